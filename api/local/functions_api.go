package local

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// methods are the handlers of one path.
type methods map[string]http.HandlerFunc

// functionRoutes are the paths of the functions API.
func (s *Server) functionRoutes(mux *http.ServeMux) {
	for path, handlers := range map[string]methods{
		"/functions":                    {http.MethodGet: s.listFunctions},
		"/functions/{id}":               {http.MethodGet: s.getFunction, http.MethodDelete: s.deleteFunction},
		"/functions/{id}/source":        {http.MethodGet: s.getFunctionSource},
		"/functions/{id}/schedule":      {http.MethodPost: s.scheduleFunction, http.MethodDelete: s.unscheduleFunction},
		"/functions/{id}/runs":          {http.MethodGet: s.listFunctionRuns},
		"/functions/{id}/runs/start":    {http.MethodPost: s.startFunctionRun},
		"/functions/{id}/runs/create":   {http.MethodPost: s.createFunctionRun},
		"/functions/{id}/runs/{run_id}": {http.MethodGet: s.getFunctionRun, http.MethodPost: s.startCreatedRun, http.MethodPatch: s.updateFunctionRun, http.MethodDelete: s.stopFunctionRun},
	} {
		mux.Handle(path, s.sameOrigin(s.byMethod(handlers)))
	}
	mux.Handle("/functions/", s.sameOrigin(http.HandlerFunc(unknownPath)))
}

// byMethod answers a request that has the key with its method's handler.
func (s *Server) byMethod(handlers methods) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler, ok := handlers[r.Method]
		if !ok {
			w.Header().Set("Allow", strings.Join(slices.Sorted(maps.Keys(handlers)), ", "))
			refuse(w, r, http.StatusMethodNotAllowed, "Method Not Allowed", "")
			return
		}
		s.authorized(r.Method, handler).ServeHTTP(w, withBearer(r))
	})
}

// withBearer is r with its x-notte-api-key in the place where keys are looked
// for, when that has none: the starts of runs may bring the bare key alone.
func withBearer(r *http.Request) *http.Request {
	key := r.Header.Get("X-Notte-Api-Key")
	if key == "" || r.Header.Get("Authorization") != "" {
		return r
	}
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+key)
	return r
}

// refuseFunction answers with what went wrong in a store.
func refuseFunction(w http.ResponseWriter, r *http.Request, err error) {
	broken := (*damaged)(nil)
	switch {
	case errors.Is(err, errNoFunction):
		refuse(w, r, http.StatusNotFound, "Function not found", "")
	case errors.Is(err, errNoRun):
		refuse(w, r, http.StatusNotFound, "Run not found", "")
	case errors.As(err, &broken):
		refuse(w, r, http.StatusNotFound, "Not found: "+broken.Error(), "")
	default:
		refuse(w, r, http.StatusInternalServerError, "The functions cannot be used", err.Error())
	}
}
