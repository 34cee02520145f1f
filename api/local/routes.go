package local

import (
	"net/http"
	"slices"
	"strings"
)

// handler is all that the server answers. Every request passes the guard
// first; paths of the API win over those of the sample site.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/api/anything/start", s.sameOrigin(s.authorized(http.MethodPost, http.HandlerFunc(s.startAnything))))
	mux.Handle("/api/", s.sameOrigin(http.HandlerFunc(unknownPath)))
	mux.Handle("/anything/start", s.sameOrigin(s.authorized(http.MethodPost, http.HandlerFunc(s.startTask))))
	mux.Handle("/anything/", s.sameOrigin(http.HandlerFunc(unknownPath)))
	mux.Handle("/usage", s.sameOrigin(s.authorized(http.MethodGet, http.HandlerFunc(s.usage))))
	mux.Handle("/usage/logs", s.sameOrigin(s.authorized(http.MethodGet, http.HandlerFunc(s.usageLog))))
	mux.Handle("/usage/", s.sameOrigin(http.HandlerFunc(unknownPath)))
	s.sessionRoutes(mux)
	s.agentRoutes(mux)
	s.functionRoutes(mux)
	mux.Handle("/health", s.sameOrigin(readOnly(http.HandlerFunc(s.health))))
	mux.Handle("/ready", s.sameOrigin(readOnly(http.HandlerFunc(s.health))))

	mux.Handle("/view/viewer.css", readOnly(http.HandlerFunc(viewerStyle)))
	mux.Handle("/view/viewer.js", readOnly(http.HandlerFunc(viewerScript)))
	mux.Handle("/view/{session}", readOnly(s.withSession(viewSession)))
	mux.Handle("/view/{session}/page", readOnly(s.withSession(s.viewPage)))
	mux.Handle("/view/{session}/events", readOnly(s.withSession(viewEvents)))

	mux.Handle("/", readOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.site.ServeHTTP(w, r)
	})))
	return s.guard(mux)
}

// allow answers 405 to a method that is not among methods. OPTIONS is one like
// any other: it grants nothing.
func allow(next http.Handler, methods ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !slices.Contains(methods, r.Method) {
			w.Header().Set("Allow", strings.Join(methods, ", "))
			refuse(w, r, http.StatusMethodNotAllowed, "Method Not Allowed", "use "+strings.Join(methods, " or "))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func readOnly(next http.Handler) http.Handler {
	return allow(next, http.MethodGet, http.MethodHead)
}

func unknownPath(w http.ResponseWriter, r *http.Request) {
	refuse(w, r, http.StatusNotFound, "Not Found", "the API has no such path; runs start with POST /api/anything/start")
}

// health is GET /health and GET /ready, which need no key.
func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, struct {
		Status      string `json:"status"`
		Version     string `json:"version"`
		Description string `json:"description"`
	}{"healthy", s.config.Version, "notturno's local backend: works by rules, no AI"})
}
