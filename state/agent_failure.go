package state

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"notturno/api"
	"notturno/api/schema"
)

// failAgent ends a run whose agent says that it failed.
func (r *Run) failAgent(e api.Failed, at time.Time) {
	f := &Failure{Message: orElse(e.Error, "the agent failed"), Detail: e.Detail, Next: failAdvice}
	if e.Error == api.StepLimit {
		f.Next = r.Agent.stepAdvice()
	}
	r.end(Failed, at, f)
}

// finishAgent ends a run whose agent is done. An answer that does not meet the
// response format is no success, whatever the agent thinks of it.
func (r *Run) finishAgent(at time.Time) {
	a := r.Agent
	if a.format != nil {
		for _, fault := range a.format.Check(r.Answer()) {
			// JSON's escapes can stand for control characters.
			a.Faults = append(a.Faults, schema.Fault{Path: api.Clean(fault.Path).Line(), Reason: api.Clean(fault.Reason).Line()})
		}
	}
	if len(a.Faults) == 0 {
		r.end(Done, at, nil)
		return
	}
	var faults []string
	for _, fault := range a.Faults {
		faults = append(faults, fault.String())
	}
	r.end(Failed, at, &Failure{
		Message: "the answer does not meet the response format",
		Detail:  api.Text(strings.Join(faults, "; ")),
		Next:    "make the response format looser or the task clearer, and run it again (may cost again)",
	})
}

// endAgentByError ends an agent's run without a word of the agent: it was
// cancelled, could not be started, or cannot be watched any more.
func (r *Run) endAgentByError(a Arrival) {
	var refused *api.Error
	var transport *api.TransportError
	lost := errors.As(a.Err, &transport)
	mayHaveBegun := lost && transport.Sent && !transport.StartsNothing
	switch {
	case errors.Is(a.Err, context.Canceled) && mayHaveBegun:
		r.end(Cancelled, a.At, &Failure{Message: api.Clean(transport.Error()), Cause: CauseConnection})
	case errors.Is(a.Err, context.Canceled):
		r.end(Cancelled, a.At, nil)
	case errors.As(a.Err, &refused) && (r.Agent.ID == "" || refused.Status == http.StatusNotFound):
		r.end(Failed, a.At, r.agentRefusal(refused))
	case lost && mayHaveBegun:
		r.end(Interrupted, a.At, &Failure{
			Message: api.Clean(transport.Error()), Cause: CauseConnection,
			Next: "look for it in the Notte console, or run it again (may cost again)",
		})
	case lost && r.Agent.ID == "":
		r.end(Failed, a.At, &Failure{
			Message: api.Clean(transport.Error()), Cause: CauseConnection,
			Next: "check the network and the address, then start the agent again",
		})
	case r.Agent.ID != "":
		r.end(Interrupted, a.At, lostWatch(a.Err))
	case a.Err == nil:
		r.end(Interrupted, a.At, &Failure{Message: "the run ended before its agent was started"})
	default: // the client refused to send the request
		r.end(Failed, a.At, &Failure{Message: api.Clean(a.Err.Error())})
	}
}

// lostWatch says that the agent is out of sight, which does not end it.
func lostWatch(err error) *Failure {
	if err == nil {
		err = api.ErrTruncated
	}
	return &Failure{
		Message: api.Clean(err.Error()), Cause: CauseConnection,
		Detail: "the agent cannot be watched any more; it may be going on, and may be billed",
		Next:   "open the viewer or the Notte console to see whether it goes on",
	}
}

// agentRefusal tells what an HTTP error means for whoever starts an agent.
func (r *Run) agentRefusal(e *api.Error) *Failure {
	f := refusal(e)
	f.Fields = e.Fields
	switch e.Status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		f.Next = "change what is named and start the agent again"
	case http.StatusNotFound:
		f.Next = r.missing()
	case http.StatusConflict:
		f.Next = "the session is busy: wait for its agent, stop it, or use another session"
	default:
		if f.Next == checkAddress {
			f.Next = "check NOTTE_API_URL, then start the agent again"
		}
	}
	return f
}

// missing says what may be wrong when the service knows no such thing: the
// agent, its session, or the address itself.
func (r *Run) missing() string {
	switch {
	case r.Agent.ID != "":
		return "the service does not know agent " + r.Agent.ID.Line() + " any more; look for it in the Notte console"
	case r.Agent.SessionID != "":
		return "check the session: an agent needs one that is open, and the service knows no open session " + r.Agent.SessionID.Line()
	}
	return "check NOTTE_API_URL: nothing answers this call there"
}
