package site

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func get(ctx context.Context, method, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequestWithContext(ctx, method, path, nil))
	return w
}

func TestEveryPageIsWhole(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/":        "The sample site",
		"/news":    "A tiny database in 900 lines",
		"/news/1":  "Nine hundred lines later",
		"/news/30": "It closed at noon",
		"/article": "hands behind his back",
		"/league":  "Harbour Rovers",
		"/chinese": "山城的清晨",
		"/mixed":   "שלום",
		"/broken":  "closed nothing",
	} {
		w := get(t.Context(), http.MethodGet, path)
		body := w.Body.String()
		if w.Code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s answered %d without %q", path, w.Code, want)
		}
		if got := w.Header().Get("Content-Type"); got != "text/html; charset=utf-8" {
			t.Errorf("%s is %q", path, got)
		}
		if !strings.Contains(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s may load what it likes", path)
		}
		if strings.Contains(body, "<script") || len(w.Result().Cookies()) > 0 { //nolint:bodyclose // a recorder's body needs no closing
			t.Errorf("%s has a script or sets a cookie", path)
		}
	}
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	t.Parallel()
	href := regexp.MustCompile(`href="?(/[^"#> ]*)`)
	seen, todo := map[string]bool{"/": true, "/slow": true}, []string{"/"} // the slow page has its own test
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		w := get(t.Context(), http.MethodGet, path)
		if w.Code != http.StatusOK {
			t.Errorf("%s answered %d", path, w.Code)
		}
		for _, m := range href.FindAllStringSubmatch(w.Body.String(), -1) {
			if !seen[m[1]] {
				seen[m[1]] = true
				todo = append(todo, m[1])
			}
		}
	}
	for _, s := range Sections() {
		if !seen[s.Path] {
			t.Errorf("no page links to %s", s.Path)
		}
	}
	if !seen["/news/30"] {
		t.Error("the last story is not linked")
	}
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		method, path string
		status       int
	}{
		{http.MethodGet, "/nowhere", http.StatusNotFound},
		{http.MethodGet, "/news/0", http.StatusNotFound},
		{http.MethodGet, "/news/31", http.StatusNotFound},
		{http.MethodGet, "/news/one", http.StatusNotFound},
		{http.MethodGet, "/pages/", http.StatusNotFound},
		{http.MethodGet, "/pages/news.html", http.StatusNotFound},
		{http.MethodGet, "/news.json", http.StatusNotFound},
		{http.MethodPost, "/news", http.StatusMethodNotAllowed},
	} {
		if w := get(t.Context(), test.method, test.path); w.Code != test.status {
			t.Errorf("%s %s answered %d, want %d", test.method, test.path, w.Code, test.status)
		}
	}
	if body := get(t.Context(), http.MethodGet, "/nowhere").Body.String(); !strings.Contains(body, "Page not found") {
		t.Errorf("the missing page says %q", body)
	}
}

func TestSlowPage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		w := get(t.Context(), http.MethodGet, "/slow")
		if took := time.Since(began); took != slowness || !strings.Contains(w.Body.String(), "three seconds") {
			t.Errorf("answered after %v: %q", took, w.Body)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		w := get(ctx, http.MethodGet, "/slow")
		if took := time.Since(began); took != time.Second || w.Body.Len() > 0 {
			t.Errorf("its client was gone after 1 s, and it answered %q after %v", w.Body, took)
		}
	})
}

func TestArticleIsLong(t *testing.T) {
	t.Parallel()
	body := get(t.Context(), http.MethodGet, "/article").Body.String()
	words := strings.Fields(regexp.MustCompile(`(?s)<style>.*?</style>|<[^>]*>`).ReplaceAllString(body, " "))
	if len(words) < 1500 {
		t.Errorf("the article has %d words", len(words))
	}
	for _, tag := range []string{"<h2>", "<ol>", "<ul>", "<blockquote>", "<pre><code"} {
		if !strings.Contains(body, tag) {
			t.Errorf("the article has no %s", tag)
		}
	}
}

func TestSections(t *testing.T) {
	t.Parallel()
	for _, s := range Sections() {
		if s.Name == "" || s.Title == "" || s.Path != "/"+s.Name || strings.Count(s.Task, "%") != 1 {
			t.Errorf("section %+v", s)
		}
		if task := fmt.Sprintf(s.Task, "X"); !strings.HasSuffix(task, " X") {
			t.Errorf("section %q has the task %q", s.Name, task)
		}
	}
}

func TestLeagueAddsUp(t *testing.T) {
	t.Parallel()
	won, lost, scored, conceded, before := 0, 0, 0, 0, 1000
	for _, s := range league() {
		var f, a int
		if _, err := fmt.Sscanf(s.Goals, "%d:%d", &f, &a); err != nil {
			t.Errorf("%s: %v", s.Team, err)
		}
		won, lost, scored, conceded = won+s.Won, lost+s.Lost, scored+f, conceded+a
		if s.Played() != 22 || s.Points() > before {
			t.Errorf("%s played %d and has %d points below %d", s.Team, s.Played(), s.Points(), before)
		}
		before = s.Points()
	}
	if won != lost || scored != conceded {
		t.Errorf("%d won and %d lost, %d goals for and %d against", won, lost, scored, conceded)
	}
}
