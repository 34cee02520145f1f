package local

import (
	"net/http"
	"time"

	"notturno/api/local/validate"
)

// sessionRoutes are the paths of the sessions API.
func (s *Server) sessionRoutes(mux *http.ServeMux) {
	for path, handlers := range map[string]methods{
		"/sessions":                     {http.MethodGet: s.listSessions},
		"/sessions/start":               {http.MethodPost: s.startSession},
		"/sessions/{session_id}":        {http.MethodGet: s.getSession},
		"/sessions/{session_id}/stop":   {http.MethodDelete: s.stopSession},
		"/sessions/{session_id}/offset": {http.MethodGet: s.sessionOffset},
		"/sessions/{session_id}/replay": {http.MethodGet: s.sessionReplay},
	} {
		mux.Handle(path, s.sameOrigin(s.byMethod(handlers)))
	}
	mux.Handle("/sessions/", s.sameOrigin(http.HandlerFunc(unknownPath)))
}

// liveSession is the session of that id while it is open.
func (s *Server) liveSession(id string) (*session, bool) {
	sess := s.sessions.get(id)
	return sess, sess != nil && !sess.since(0).Ended
}

// show answers with a session.
func (s *Server) show(w http.ResponseWriter, sess *session) {
	writeJSON(w, http.StatusOK, sess.response(s.viewerURL(sess)))
}

// startSession is POST /sessions/start: a session that stays open for the
// agents that are started on it.
func (s *Server) startSession(w http.ResponseWriter, r *http.Request) {
	settings, ok := read(w, r, maxBodyBytes, parseSessionStart)
	if !ok {
		return
	}
	sess, err := s.sessions.hold(settings)
	if err != nil {
		w.Header().Set("Retry-After", "5")
		refuse(w, r, statusOverloaded, "The session cannot start", err.Error())
		return
	}
	s.show(w, sess)
}

// withSessionID is the session that a path of the API names. When there is
// none, the answer is written and ok is false.
func (s *Server) withSessionID(w http.ResponseWriter, r *http.Request) (sess *session, ok bool) {
	sess = s.sessions.get(r.PathValue("session_id"))
	if sess == nil {
		refuse(w, r, http.StatusNotFound, sessionNotFound, "")
		return nil, false
	}
	return sess, true
}

// getSession is GET /sessions/{session_id}.
func (s *Server) getSession(w http.ResponseWriter, r *http.Request) {
	if sess, ok := s.withSessionID(w, r); ok {
		s.show(w, sess)
	}
}

// stopSession is DELETE /sessions/{session_id}/stop. It ends the run that is
// at work as well. Stopping a session that is over is no error.
func (s *Server) stopSession(w http.ResponseWriter, r *http.Request) {
	sess, ok := s.withSessionID(w, r)
	if !ok {
		return
	}
	s.sessions.end(sess, sess.stopped())
	s.show(w, sess)
}

// sessionOffset is GET /sessions/{session_id}/offset: how many steps there are
// so far.
func (s *Server) sessionOffset(w http.ResponseWriter, r *http.Request) {
	if sess, ok := s.withSessionID(w, r); ok {
		writeJSON(w, http.StatusOK, struct {
			Offset int `json:"offset"`
		}{sess.offset()})
	}
}

// sessionReplay is GET /sessions/{session_id}/replay. Nothing is filmed here,
// so a session that is over has no video; its viewer page shows what was done.
func (s *Server) sessionReplay(w http.ResponseWriter, r *http.Request) {
	sess, ok := s.withSessionID(w, r)
	if !ok {
		return
	}
	ended, over := sess.endedAt()
	if !over {
		writeJSON(w, http.StatusNotFound, restProblem{Detail: "The session is still active; its replay comes after its end."})
		return
	}
	writeJSON(w, http.StatusOK, sessionReplay{ExpiresAt: ended.UTC()})
}

// sessionReplay is the video of a session.
type sessionReplay struct {
	MP4URL          *string   `json:"mp4_url"`
	PlaylistContent *string   `json:"playlist_content"`
	ExpiresAt       time.Time `json:"expires_at"`
	VideoStartMS    *int      `json:"video_start_ms"`
	VideoDurationMS *int      `json:"video_duration_ms"`
}

// listSessions is GET /sessions, the newest first. All have been started with
// the one key that the server has, and none is the system's own.
func (s *Server) listSessions(w http.ResponseWriter, r *http.Request) {
	query, errs := validate.Model{Fields: []validate.Field{
		{Name: "page", Type: validate.Int, Min: new(1), Default: 1},
		{Name: "page_size", Type: validate.Int, Min: new(1), Max: new(100), Default: 10},
		{Name: "only_active", Type: validate.Bool, Default: true},
		{Name: "only_current_token", Type: validate.Bool},
		{Name: "include_system", Type: validate.Bool},
	}}.Query(r.URL.Query())
	if errs != nil {
		writeInvalid(w, errs)
		return
	}
	page := newListPage(s.sessions.list(query.Bool("only_active")), query.Int("page"), query.Int("page_size"))
	shown := listPage[sessionResponse]{
		Items: []sessionResponse{}, Page: page.Page, PageSize: page.PageSize, HasNext: page.HasNext, HasPrevious: page.HasPrevious,
	}
	for _, sess := range page.Items {
		shown.Items = append(shown.Items, sess.response(s.viewerURL(sess)))
	}
	writeJSON(w, http.StatusOK, shown)
}
