package local

import "net/http"

const (
	agentNotFound   = "Agent not found"
	sessionNotFound = "Session not found"
)

// agentRoutes are the paths of the Agents API, and those of a session that are
// about its agents. The logs check their token themselves.
func (s *Server) agentRoutes(mux *http.ServeMux) {
	for path, handlers := range map[string]methods{
		"/agents":                          {http.MethodGet: s.listAgents},
		"/agents/start":                    {http.MethodPost: s.startAgent},
		"/agents/{agent_id}":               {http.MethodGet: s.getAgent},
		"/agents/{agent_id}/stop":          {http.MethodDelete: s.stopAgent},
		"/agents/{agent_id}/workflow/code": {http.MethodGet: s.agentCode},
		"/sessions/{session_id}/debug":     {http.MethodGet: s.debugSession},
	} {
		mux.Handle(path, s.sameOrigin(s.byMethod(handlers)))
	}
	mux.Handle("/agents/{agent_id}/debug/logs", s.sameOrigin(allow(http.HandlerFunc(s.agentLogs), http.MethodGet)))
	mux.Handle("/sessions/{session_id}/debug/logs", s.sameOrigin(allow(http.HandlerFunc(s.sessionLogs), http.MethodGet)))
	mux.Handle("/agents/", s.sameOrigin(http.HandlerFunc(unknownPath)))
}
