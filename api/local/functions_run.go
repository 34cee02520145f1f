package local

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"notturno/api/local/agent"
)

// Why a run ends before its time.
const (
	errStopped = sessionOver("the run was stopped")
	errTooLong = sessionOver("the run took longer than 5 minutes")
)

var errBegun = errors.New("the run has begun already")

// functionRunner is the part of an agent that runs functions: see
// [agent.Agent.RunFunction].
type functionRunner func(ctx context.Context, f agent.Function, variables map[string]string, tell func(agent.Step)) (json.RawMessage, error)

// functions is what the functions API works with. It is safe for use by
// several goroutines.
type functions struct {
	store   *store
	records *records
	run     functionRunner
	me      owner

	mu   sync.Mutex
	live map[string]*functionRun // by run ID
}

func newFunctions(store *store, records *records, run functionRunner) *functions {
	return &functions{store: store, records: records, run: run, me: newOwner(), live: map[string]*functionRun{}}
}

// functionRun is a run on its way. It belongs to the server and not to the
// client that began it: a wait that breaks off must not lose what was done.
// It ends by itself, after maxRunTime, by DELETE, or with the server.
type functionRun struct {
	function  function
	variables map[string]string
	session   *session
	stop      context.CancelCauseFunc
	done      chan struct{} // closed when the run has ended and its record is kept

	mu      sync.Mutex
	record  record
	changed chan struct{} // closed at the next change
}

// now is the record as it is, and what is closed at its next change.
func (run *functionRun) now() (record, <-chan struct{}) {
	run.mu.Lock()
	defer run.mu.Unlock()
	r := run.record
	r.Logs = slices.Clone(r.Logs)
	return r, run.changed
}

// update edits the record and wakes who waits for that.
func (run *functionRun) update(edit func(*record)) {
	run.mu.Lock()
	defer run.mu.Unlock()
	edit(&run.record)
	run.record.UpdatedAt = time.Now().UTC()
	close(run.changed)
	run.changed = make(chan struct{})
}

// beginRun starts the run that r describes, whose record is kept.
func (s *Server) beginRun(f function, r record) (*functionRun, error) {
	sess, err := s.sessions.open("Run function " + f.Name)
	if err != nil {
		return nil, &busy{err}
	}
	ctx, stop := context.WithCancelCause(s.life)
	run := &functionRun{
		function: f, variables: variableTexts(r.Variables), session: sess, stop: stop,
		done: make(chan struct{}), changed: make(chan struct{}),
	}
	me := s.functions.me
	_, err = s.functions.records.change(r.FunctionID, r.RunID, func(kept *record) error {
		if kept.Status != runCreated {
			return errBegun
		}
		kept.Variables, kept.Status, kept.SessionID, kept.Owner = r.Variables, runActive, &sess.id, &me
		kept.UpdatedAt = time.Now().UTC()
		run.record = *kept
		s.functions.enter(r.RunID, run)
		return nil
	})
	if err != nil {
		s.functions.leave(r.RunID, run)
		stop(err)
		s.sessions.end(sess, outcome{state: stateFailed, reason: err.Error()})
		return nil, err
	}
	s.work.Go(func() { s.perform(ctx, run) })
	return run, nil
}

// busy says that no further run can begin now.
type busy struct{ error }

// perform runs a function to its end and keeps its record.
func (s *Server) perform(ctx context.Context, run *functionRun) {
	defer run.stop(nil)
	ctx, cancel := context.WithTimeoutCause(ctx, maxRunTime, errTooLong)
	defer cancel()
	var result json.RawMessage
	end := s.execute(ctx, run.session, func(ctx context.Context, tell func(agent.Step)) error {
		var err error
		result, err = s.functions.run(ctx, run.function.Function, run.variables, tell)
		return errors.Join(err, checkResult(result))
	}, func(_ context.Context, step agent.Step) { run.hear(step) })
	run.settle(end, result)
	kept, _ := run.now()
	if err := s.functions.records.write(kept); err != nil {
		run.update(func(r *record) { r.log(err.Error()) })
	}
	s.functions.leave(kept.RunID, run)
	close(run.done)
}

// checkResult says what is wrong with a result, which none has to be.
func checkResult(result json.RawMessage) error {
	if len(result) > 0 && !json.Valid(result) {
		return errors.New("the function's result is not JSON")
	}
	return nil
}

// hear keeps what the log says about a step.
func (run *functionRun) hear(step agent.Step) {
	lines := logLines(step)
	if len(lines) == 0 {
		return
	}
	run.update(func(r *record) {
		for _, line := range lines {
			r.log(line)
		}
	})
}

// settle says in the record how the run ended. The result of one that did not
// succeed is the reason.
func (run *functionRun) settle(end outcome, result json.RawMessage) {
	text, status := string(result), runClosed
	switch {
	case end.state == stateFailed || end.reason == string(errTooLong):
		status = runFailed
	case end.state == stateCancelled:
		status = runStopped
	case text == "":
		text = "null"
	}
	if status != runClosed {
		text = string(encode(end.reason))
	}
	run.update(func(r *record) {
		r.Status, r.Result, r.Owner = status, &text, nil
		if status != runClosed {
			r.log(end.reason)
		}
	})
}

func (f *functions) enter(id string, run *functionRun) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.live[id] = run
}

// leave forgets a run that has ended.
func (f *functions) leave(id string, run *functionRun) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.live[id] == run {
		delete(f.live, id)
	}
}

// running is the live run of those IDs, or nil.
func (f *functions) running(functionID, runID string) *functionRun {
	f.mu.Lock()
	defer f.mu.Unlock()
	if run := f.live[strings.ToLower(runID)]; run != nil && run.function.ID == strings.ToLower(functionID) {
		return run
	}
	return nil
}

// shown is r as the API tells it: a live run as it is at this moment.
func (f *functions) shown(r record) runObject {
	if run := f.running(r.FunctionID, r.RunID); run != nil {
		r, _ = run.now()
		return r.runObject
	}
	if r.Owner != nil && *r.Owner == f.me {
		// It has ended after r was read.
		if again, err := f.records.get(r.FunctionID, r.RunID); err == nil {
			r = again
		}
	}
	return r.shown(f.me)
}

// variableTexts are variables as the agent takes them. Null is as good as
// absent; what is no string is given as its JSON.
func variableTexts(variables map[string]json.RawMessage) map[string]string {
	texts := map[string]string{}
	for name, raw := range variables {
		var text *string
		switch err := json.Unmarshal(raw, &text); {
		case err != nil:
			texts[name] = string(raw)
		case text != nil:
			texts[name] = *text
		}
	}
	return texts
}
