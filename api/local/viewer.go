package local

import (
	"bytes"
	"crypto/rand"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"sync"
	"time"
)

//go:embed viewer
var viewerFiles embed.FS

// viewerPolicy is the Content-Security-Policy of the viewer itself: its own
// style and script, its own event stream, and the page in a frame.
const viewerPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
	"img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// viewerTemplates are the viewer's pages, and the parts of them that its event
// stream replaces.
var viewerTemplates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("viewer").Funcs(template.FuncMap{
		"markdown": markdownHTML,
		"seconds":  seconds,
		"short":    short,
	}).ParseFS(viewerFiles, "viewer/*.html"))
})

// viewed is what the viewer's templates work on.
type viewed struct {
	snapshot
	ID    string
	Token string
}

// viewerURL is the address of a session's viewer page. It is a bearer secret:
// who has it can watch.
func (s *Server) viewerURL(sess *session) string {
	return s.url + "/view/" + sess.id + "?" + url.Values{"token": {sess.token}}.Encode()
}

// withSession finds the session that a viewer path names and checks its token.
func (s *Server) withSession(next func(http.ResponseWriter, *http.Request, *session)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		sess := s.sessions.get(r.PathValue("session"))
		if sess == nil {
			refuseView(w, http.StatusNotFound, "This session is not here",
				"Sessions are kept until notturno ends, the last 64 of them. Run the task again for a new one.")
			return
		}
		if !sameSecret(r.URL.Query().Get("token"), sess.token) {
			refuseView(w, http.StatusForbidden, "This link is not whole",
				"It lacks the token that opens the session. Copy the viewer link from notturno again, all of it.")
			return
		}
		next(w, r, sess)
	})
}

// viewSession is GET /view/{session}: the whole viewer, as things are now. It
// shows the same without its script, but then stands still.
func viewSession(w http.ResponseWriter, _ *http.Request, sess *session) {
	writeView(w, http.StatusOK, viewerPolicy, "view.html", viewed{sess.since(0), sess.id, sess.token})
}

func refuseView(w http.ResponseWriter, status int, title, detail string) {
	writeView(w, status, viewerPolicy, "refused.html", struct{ Title, Detail string }{title, detail})
}

func writeView(w http.ResponseWriter, status int, policy, name string, data any) {
	var body bytes.Buffer
	if err := viewerTemplates().ExecuteTemplate(&body, name, data); err != nil {
		http.Error(w, "failed to show the session: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", policy)
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // a browser that has gone cannot be told
}

// viewPage is GET /view/{session}/page: the page in front of the run, without
// anything that acts, for the viewer's sandboxed frame.
func (s *Server) viewPage(w http.ResponseWriter, _ *http.Request, sess *session) {
	nonce := rand.Text()
	policy := "default-src 'none'; img-src 'self' data:; style-src 'self' 'nonce-" + nonce + "'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"
	shown := newSnapshotter(s.hosts, s.url).still(sess.since(0).Page)
	shown.Nonce = nonce
	writeView(w, http.StatusOK, policy, "page.html", shown)
}

func viewerStyle(w http.ResponseWriter, _ *http.Request) {
	writeAsset(w, "text/css; charset=utf-8", "viewer/viewer.css")
}

func viewerScript(w http.ResponseWriter, _ *http.Request) {
	writeAsset(w, "text/javascript; charset=utf-8", "viewer/viewer.js")
}

func writeAsset(w http.ResponseWriter, kind, name string) {
	data, err := viewerFiles.ReadFile(name)
	if err != nil {
		http.Error(w, "failed to read a file of the viewer: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(data) // a browser that has gone cannot be told
}

// seconds is a duration as people read it: 0.04s, 1.2s, 75s.
func seconds(d time.Duration) string {
	switch s := d.Seconds(); {
	case s < 0.1:
		return fmt.Sprintf("%.2fs", s)
	case s < 10:
		return fmt.Sprintf("%.1fs", s)
	default:
		return fmt.Sprintf("%.0fs", s)
	}
}

// short reports whether a tool's result needs no folding.
func short(text string) bool {
	return len(text) <= 240 && bytes.Count([]byte(text), []byte("\n")) < 5
}
