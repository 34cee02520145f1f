package local

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"notturno/api/local/validate"
)

var (
	errLive      = errors.New("the run is live")
	errElsewhere = errors.New("the run goes on in another program")
)

// runUpdate is the answer of a change to a run.
type runUpdate struct {
	runIDs
	UpdatedAt time.Time `json:"updated_at"`
	Status    string    `json:"status"` // stopped or updated
}

// listFunctionRuns is GET /functions/{id}/runs. Ended runs are among them
// unless only_active says otherwise, as in the newer of the documentations.
func (s *Server) listFunctionRuns(w http.ResponseWriter, r *http.Request) {
	query, ok := readPageQuery(w, r, false)
	if !ok {
		return
	}
	f, err := s.functions.store.get(r.PathValue("id"))
	if err != nil {
		refuseFunction(w, r, err)
		return
	}
	all, warnings, err := s.functions.records.list(f.ID)
	if err != nil {
		refuseFunction(w, r, err)
		return
	}
	var runs []runObject
	for _, kept := range all {
		if run := s.functions.shown(kept); run.Status == runActive || !query.Bool("only_active") {
			runs = append(runs, run)
		}
	}
	page := newListPage(runs, query.Int("page"), query.Int("page_size"))
	page.Warnings = warnings
	writeJSON(w, http.StatusOK, page)
}

// getFunctionRun is GET /functions/{id}/runs/{run_id}.
func (s *Server) getFunctionRun(w http.ResponseWriter, r *http.Request) {
	kept, err := s.keptRun(r)
	if err != nil {
		refuseFunction(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, s.functions.shown(kept))
}

// keptRun is the record of the run that r names.
func (s *Server) keptRun(r *http.Request) (record, error) {
	f, err := s.functions.store.get(r.PathValue("id"))
	if err != nil {
		return record{}, err
	}
	return s.functions.records.get(f.ID, r.PathValue("run_id"))
}

// updateFunctionRun is PATCH /functions/{id}/runs/{run_id}: how a client tells
// about a run that it does itself. A run that goes on here tells its own story.
func (s *Server) updateFunctionRun(w http.ResponseWriter, r *http.Request) {
	body, ok := read(w, r, maxBodyBytes, validate.Model{Fields: []validate.Field{
		{Name: "status", Type: validate.Literal, Choices: []string{runActive, runClosed, runFailed}, Required: true},
		{Name: "logs", Type: validate.StringList, Nullable: true},
		{Name: "result", Type: validate.Any, Nullable: true},
		{Name: "session_id", Type: validate.String, Nullable: true},
		{Name: "variables", Type: validate.Dict, Nullable: true},
	}}.Body)
	if !ok {
		return
	}
	variables, err := readVariables(body)
	if err != nil {
		refuseFunction(w, r, err)
		return
	}
	kept, err := s.keptRun(r)
	if err == nil {
		kept, err = s.functions.records.change(kept.FunctionID, kept.RunID, func(kept *record) error {
			if kept.Owner != nil && s.functions.shown(*kept).Status == runActive {
				return errLive
			}
			kept.Owner = nil
			kept.patch(body, variables)
			return nil
		})
	}
	if errors.Is(err, errLive) {
		refuse(w, r, http.StatusConflict, "The run is live", "stop it with DELETE, or wait until it has ended")
		return
	}
	if err != nil {
		refuseFunction(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, runUpdate{kept.runIDs, kept.UpdatedAt, "updated"})
}

// patch takes over the members that body has.
func (r *record) patch(body validate.Values, variables map[string]json.RawMessage) {
	r.Status = body.String("status")
	r.UpdatedAt = time.Now().UTC()
	if body.Has("logs") {
		r.Logs = []string{}
		for _, line := range body.Strings("logs") {
			r.log(line)
		}
	}
	if raw := body.Raw("result"); raw != nil {
		text := string(raw)
		// A result that is a string is JSON text already, or Python's repr.
		if err := json.Unmarshal(raw, &text); err != nil {
			text = string(raw)
		}
		r.Result = &text
	}
	if body.Has("session_id") {
		id := body.String("session_id")
		r.SessionID = &id
	}
	if body.Has("variables") {
		r.Variables = variables
	}
}

// stopFunctionRun is DELETE /functions/{id}/runs/{run_id}. It answers when the
// run has ended; one that has ended before stays as it is.
func (s *Server) stopFunctionRun(w http.ResponseWriter, r *http.Request) {
	kept, err := s.keptRun(r)
	if err != nil {
		refuseFunction(w, r, err)
		return
	}
	if run := s.functions.running(kept.FunctionID, kept.RunID); run != nil {
		run.stop(errStopped)
		select {
		case <-run.done:
		case <-r.Context().Done():
			return
		}
	}
	kept, err = s.functions.records.change(kept.FunctionID, kept.RunID, func(kept *record) error {
		if s.functions.shown(*kept).Status != runActive {
			return nil
		}
		if kept.Owner != nil {
			return errElsewhere
		}
		kept.Status, kept.UpdatedAt = runStopped, time.Now().UTC()
		kept.log(errStopped.Error())
		return nil
	})
	if errors.Is(err, errElsewhere) {
		refuse(w, r, http.StatusConflict, "The run goes on in another program", "stop it there, or wait until it has ended")
		return
	}
	if err != nil {
		refuseFunction(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, runUpdate{kept.runIDs, kept.UpdatedAt, runStopped})
}
