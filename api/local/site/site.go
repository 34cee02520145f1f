// Package site is a small website, embedded in the program, so that there is
// something to browse without a network.
//
// It has a list, an article, a table, and pages that are hard to show: in
// Chinese, in mixed scripts, slow, and broken. Their content is invented and
// never changes, so tests may rely on it. No page has a script, sets a cookie
// or loads anything else.
package site

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strconv"
	"time"
)

//go:embed pages news.json broken.html
var files embed.FS

// slowness is how long the slow page takes to answer.
const slowness = 3 * time.Second

// Section is one of the pages that the site's first page links to.
type Section struct {
	Name  string // one word, as a task may name it: "news"
	Path  string // from the site's root: "/news"
	Title string
	Task  string // a task that works on it; %s stands for its address
}

// Sections are the pages that the first page links to, in its order.
func Sections() []Section {
	return []Section{
		{"news", "/news", "News: thirty stories", "list the top 3 posts of %s"},
		{"article", "/article", "An article: The map in the drawer", "read %s"},
		{"league", "/league", "A table: the Coast and Valley League", "list the top 5 teams of %s"},
		{"chinese", "/chinese", "A page in Chinese: 山城的清晨", "read %s"},
		{"mixed", "/mixed", "Emoji, Hebrew and Arabic on one page", "read %s"},
		{"slow", "/slow", "A page that takes three seconds", "read %s"},
		{"broken", "/broken", "A page whose HTML is broken", "read %s"},
	}
}

// view is what the templates of pages/ know.
type view struct {
	Title    string
	Lang     string
	Sections []Section
	Stories  []story
	Story    story
	League   []standing
}

// Handler serves the site from the root of its paths.
func Handler() http.Handler {
	s := &server{
		pages:   template.Must(template.ParseFS(files, "pages/*.html")),
		stories: stories(),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.show("index.html", view{Title: "The sample site"}))
	mux.HandleFunc("GET /news", s.show("news.html", view{Title: "News", Stories: s.stories}))
	mux.HandleFunc("GET /news/{rank}", s.story)
	mux.HandleFunc("GET /article", s.show("article.html", view{Title: "The map in the drawer"}))
	mux.HandleFunc("GET /league", s.show("league.html", view{Title: "The Coast and Valley League", League: league()}))
	mux.HandleFunc("GET /chinese", s.show("chinese.html", view{Title: "山城的清晨", Lang: "zh"}))
	mux.HandleFunc("GET /mixed", s.show("mixed.html", view{Title: "One page, many scripts"}))
	mux.HandleFunc("GET /slow", s.slow)
	mux.HandleFunc("GET /broken", s.broken)
	mux.HandleFunc("GET /", s.missing)
	return mux
}

type server struct {
	pages   *template.Template
	stories []story
}

// show is a handler that always answers with the same page.
func (s *server) show(page string, v view) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { s.write(w, http.StatusOK, page, v) }
}

func (s *server) story(w http.ResponseWriter, r *http.Request) {
	rank, err := strconv.Atoi(r.PathValue("rank"))
	if err != nil || rank < 1 || rank > len(s.stories) {
		s.missing(w, r)
		return
	}
	story := s.stories[rank-1]
	s.write(w, http.StatusOK, "story.html", view{Title: story.Title, Story: story})
}

// slow answers late, and not at all to a client that has gone.
func (s *server) slow(w http.ResponseWriter, r *http.Request) {
	timer := time.NewTimer(slowness)
	defer timer.Stop()
	select {
	case <-timer.C:
		s.write(w, http.StatusOK, "slow.html", view{Title: "The slow page"})
	case <-r.Context().Done():
	}
}

func (s *server) missing(w http.ResponseWriter, _ *http.Request) {
	s.write(w, http.StatusNotFound, "missing.html", view{Title: "Page not found"})
}

// broken sends its page as it lies there: no template would accept it.
func (s *server) broken(w http.ResponseWriter, _ *http.Request) {
	page, err := files.ReadFile("broken.html")
	if err != nil {
		http.Error(w, "failed to open the broken page", http.StatusInternalServerError)
		return
	}
	send(w, http.StatusOK, page)
}

func (s *server) write(w http.ResponseWriter, status int, page string, v view) {
	v.Sections = Sections()
	if v.Lang == "" {
		v.Lang = "en"
	}
	var b bytes.Buffer
	if err := s.pages.ExecuteTemplate(&b, page, v); err != nil {
		http.Error(w, "failed to make page "+page, http.StatusInternalServerError)
		return
	}
	send(w, status, b.Bytes())
}

func send(w http.ResponseWriter, status int, page []byte) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(page) // the client may have gone
}
