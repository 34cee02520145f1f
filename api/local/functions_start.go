package local

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"notturno/api/local/validate"
)

// answerWithin is how long an answer in JSON waits for its run. The official
// command-line client gives up after 45 s; a run that is longer is told as
// active and goes on.
const answerWithin = 40 * time.Second

// runRequest is the body of a run's start.
type runRequest struct {
	variables map[string]json.RawMessage
	stream    bool
}

// readRunRequest reads what starts a run. The path has the function's ID, so
// the body may have it under its new name, its old one or not at all; other
// members are ignored. Without stream the answer is JSON, as old clients
// expect it, and so it is always for the command-line client, which cannot
// read streams. When the body is not valid, the answer is written and ok is
// false.
func readRunRequest(w http.ResponseWriter, r *http.Request) (req runRequest, ok bool) {
	body, ok := read(w, r, maxBodyBytes, validate.Model{Fields: []validate.Field{
		{Name: "workflow_id", Type: validate.String, Nullable: true},
		{Name: "function_id", Type: validate.String, Nullable: true},
		{Name: "variables", Type: validate.Dict, Nullable: true},
		{Name: "stream", Type: validate.Bool, Nullable: true},
	}}.Body)
	if !ok {
		return runRequest{}, false
	}
	variables, err := readVariables(body)
	if err != nil {
		refuseFunction(w, r, err)
		return runRequest{}, false
	}
	origin := r.Header.Get("X-Notte-Request-Origin")
	return runRequest{variables, body.Bool("stream") && origin != "cli"}, true
}

// activeFunction is the function that a path names. When there is none that can
// be run, the answer is written and ok is false.
func (s *Server) activeFunction(w http.ResponseWriter, r *http.Request) (f function, ok bool) {
	f, err := s.functions.store.active(r.PathValue("id"))
	if err != nil {
		refuseFunction(w, r, err)
		return function{}, false
	}
	return f, true
}

// startFunctionRun is POST /functions/{id}/runs/start.
func (s *Server) startFunctionRun(w http.ResponseWriter, r *http.Request) {
	req, ok := readRunRequest(w, r)
	if !ok {
		return
	}
	f, ok := s.activeFunction(w, r)
	if !ok {
		return
	}
	kept := newRecord(f.ID)
	kept.Variables = req.variables
	if err := s.functions.records.add(kept); err != nil {
		refuseFunction(w, r, err)
		return
	}
	run, err := s.beginRun(f, kept)
	if err != nil {
		refuseRun(w, r, errors.Join(err, s.functions.records.remove(kept)))
		return
	}
	s.answerRun(w, r, run, req.stream)
}

// createFunctionRun is POST /functions/{id}/runs/create: a run that waits for
// its start, or one that the client runs itself and only tells about.
func (s *Server) createFunctionRun(w http.ResponseWriter, r *http.Request) {
	body, ok := read(w, r, maxBodyBytes, validate.Model{Fields: []validate.Field{{Name: "local", Type: validate.Bool}}}.Body)
	if !ok {
		return
	}
	f, ok := s.activeFunction(w, r)
	if !ok {
		return
	}
	kept := newRecord(f.ID)
	if kept.Local = body.Bool("local"); kept.Local {
		kept.Status = runActive
	}
	if err := s.functions.records.add(kept); err != nil {
		refuseFunction(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, struct {
		runIDs
		CreatedAt time.Time `json:"created_at"`
		Status    string    `json:"status"`
	}{kept.runIDs, kept.CreatedAt, runCreated})
}

// startCreatedRun is POST /functions/{id}/runs/{run_id}, once for each run.
func (s *Server) startCreatedRun(w http.ResponseWriter, r *http.Request) {
	req, ok := readRunRequest(w, r)
	if !ok {
		return
	}
	f, ok := s.activeFunction(w, r)
	if !ok {
		return
	}
	kept, err := s.functions.records.get(f.ID, r.PathValue("run_id"))
	if err != nil {
		refuseFunction(w, r, err)
		return
	}
	kept.Variables = req.variables
	run, err := s.beginRun(f, kept)
	if err != nil {
		refuseRun(w, r, err)
		return
	}
	s.answerRun(w, r, run, req.stream)
}

// refuseRun answers why a run could not begin.
func refuseRun(w http.ResponseWriter, r *http.Request, err error) {
	full := (*busy)(nil)
	switch {
	case errors.As(err, &full):
		w.Header().Set("Retry-After", "5")
		refuse(w, r, statusOverloaded, "The run cannot start", full.Error())
	case errors.Is(err, errBegun):
		refuse(w, r, http.StatusConflict, "The run has begun already", "create another one")
	default:
		refuseFunction(w, r, err)
	}
}

// answerRun tells the client of r how a run goes: as a stream, or as JSON when
// the run has ended or takes too long.
func (s *Server) answerRun(w http.ResponseWriter, r *http.Request, run *functionRun, stream bool) {
	// The limits of a request are shorter than a run. A failure to lift one
	// shows as the end of the client, which it is then.
	limits := http.NewResponseController(w)
	_ = limits.SetReadDeadline(time.Time{})
	if stream {
		s.streamRun(w, r, run)
		return
	}
	_ = limits.SetWriteDeadline(time.Now().Add(answerWithin + writeTimeout))
	timer := time.NewTimer(answerWithin)
	defer timer.Stop()
	select {
	case <-run.done:
	case <-timer.C:
	case <-r.Context().Done():
		if s.life.Err() == nil {
			return
		}
		<-run.done // the server ends, and the run with it
	}
	now, _ := run.now()
	writeJSON(w, http.StatusOK, now.answer())
}

// runAnswer is the answer of a run that was started.
type runAnswer struct {
	runIDs
	SessionID *string         `json:"session_id"`
	Result    json.RawMessage `json:"result"` // null while the run is active
	Status    string          `json:"status"`
}

func (r *record) answer() runAnswer {
	answer := runAnswer{r.runIDs, r.SessionID, nil, r.Status}
	if r.Result != nil {
		answer.Result = json.RawMessage(*r.Result)
	}
	return answer
}
