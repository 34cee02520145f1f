package local

import (
	"context"
	"fmt"
	"net/http"
)

// startAgent is POST /agents/start: it begins an agent on an open session and
// answers at once.
func (s *Server) startAgent(w http.ResponseWriter, r *http.Request) {
	request, ok := read(w, r, maxAgentBody, parseAgentStart)
	if !ok {
		return
	}
	sess, ok := s.liveSession(request.sessionID)
	if !ok {
		refuse(w, r, http.StatusNotFound, sessionNotFound, "")
		return
	}
	ctx, cancel := context.WithCancelCause(s.life)
	run := newAgentRun(request, sess, cancel)
	if busy := s.agents.add(run); busy != nil {
		cancel(nil)
		refuse(w, r, http.StatusConflict, "The session is busy", fmt.Sprintf("wait until agent %s is closed, or stop it", busy.id))
		return
	}
	s.work.Go(func() {
		defer cancel(nil)
		s.serveAgent(ctx, run)
	})
	writeJSON(w, http.StatusOK, run.response())
}

// withAgent is the agent that a path names. When there is none, the answer is
// written and ok is false.
func (s *Server) withAgent(w http.ResponseWriter, r *http.Request) (run *agentRun, ok bool) {
	run = s.agents.get(r.PathValue("agent_id"))
	if run == nil {
		refuse(w, r, http.StatusNotFound, agentNotFound, "")
		return nil, false
	}
	return run, true
}

// getAgent is GET /agents/{agent_id}.
func (s *Server) getAgent(w http.ResponseWriter, r *http.Request) {
	if run, ok := s.withAgent(w, r); ok {
		writeJSON(w, http.StatusOK, run.status())
	}
}

// stopAgent is DELETE /agents/{agent_id}/stop: the agent ends after the step
// in progress, its session goes on. Stopping one that has ended is no error.
func (s *Server) stopAgent(w http.ResponseWriter, r *http.Request) {
	query, errs := agentStopQuery().Query(r.URL.Query())
	if errs != nil {
		writeInvalid(w, errs)
		return
	}
	run, ok := s.withAgent(w, r)
	if !ok {
		return
	}
	if run.session.id != query.String("session_id") {
		refuse(w, r, http.StatusNotFound, agentNotFound, "")
		return
	}
	run.stop()
	writeJSON(w, http.StatusOK, run.status())
}

// listAgents is GET /agents, the newest first. All agents here have been
// started with the one key that the server has.
func (s *Server) listAgents(w http.ResponseWriter, r *http.Request) {
	query, errs := agentListQuery().Query(r.URL.Query())
	if errs != nil {
		writeInvalid(w, errs)
		return
	}
	found := s.agents.list(func(shown agentResponse) bool {
		return (shown.Status == agentActive || !query.Bool("only_active")) && (shown.Saved || !query.Bool("only_saved"))
	})
	writeJSON(w, http.StatusOK, newListPage(found, query.Int("page"), query.Int("page_size")))
}

// agentCode is GET /agents/{agent_id}/workflow/code.
func (s *Server) agentCode(w http.ResponseWriter, r *http.Request) {
	query, errs := agentCodeQuery().Query(r.URL.Query())
	if errs != nil {
		writeInvalid(w, errs)
		return
	}
	if run, ok := s.withAgent(w, r); ok {
		writeJSON(w, http.StatusOK, newWorkflowCode(run.status().Steps, query.Bool("as_workflow")))
	}
}
