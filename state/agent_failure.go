package state

import (
	"context"
	"errors"
	"net/http"
	"time"

	"notturno/api"
)

// failAgent ends a run whose agent says that it failed.
func (r *Run) failAgent(e api.Failed, at time.Time) {
	f := &Failure{Message: orElse(e.Error, "the agent failed"), Detail: e.Detail, Next: failAdvice, worth: []string{"reasoning_model", "url", "max_steps"}}
	if e.Error == api.StepLimit {
		f.Next, f.worth = r.Agent.stepAdvice(), []string{"max_steps"}
		r.Agent.limit = true
	}
	r.end(Failed, at, f)
}

// StepLimit reports whether the run has failed because its agent was not done
// when it had taken as many steps as it may.
func (r *Run) StepLimit() bool { return r.Agent != nil && r.Agent.limit }

// endAgentByError ends an agent's run without a word of the agent: it was
// cancelled, left, could not be started, or cannot be watched any more.
func (r *Run) endAgentByError(a Arrival) {
	var refused *api.Error
	var transport *api.TransportError
	lost := errors.As(a.Err, &transport)
	mayHaveBegun := lost && transport.Sent && !transport.StartsNothing
	r.Agent.unsure = mayHaveBegun && r.Agent.ID == ""
	switch {
	case errors.Is(a.Err, ErrLeft):
		r.end(Interrupted, a.At, r.leftRunning(mayHaveBegun))
	case errors.Is(a.Err, context.Canceled) && mayHaveBegun:
		r.end(Cancelled, a.At, &Failure{Message: "no answer in time to " + r.Agent.startName(), Cause: CauseConnection})
	case errors.Is(a.Err, context.Canceled):
		r.end(Cancelled, a.At, nil)
	case errors.As(a.Err, &refused) && (!r.Agent.seen() || refused.Status == http.StatusNotFound):
		r.Agent.over = r.Agent.ID != "" && refused.Status == http.StatusNotFound
		r.end(Failed, a.At, r.agentRefusal(refused))
	case lost && mayHaveBegun:
		r.end(Interrupted, a.At, &Failure{
			Message: api.Clean(transport.Error()), Cause: CauseConnection, Next: lookForIt,
		})
	case lost && r.Agent.ID == "":
		r.end(Failed, a.At, &Failure{
			Message: api.Clean(transport.Error()), Cause: CauseConnection,
			Next: "check the network and the address, then start the agent again",
		})
	case r.Agent.ID != "":
		r.end(Interrupted, a.At, r.lostWatch(a.Err))
	case a.Err == nil:
		r.end(Interrupted, a.At, &Failure{Message: "the run ended before its agent was started"})
	default: // the client refused to send the request
		r.end(Failed, a.At, &Failure{Message: api.Clean(a.Err.Error())})
	}
}

// seen reports whether the service has told of the agent: it was started here,
// or something of it was read.
func (a *Agent) seen() bool { return a.ID != "" && !a.unread }

// leftRunning says that nobody watches any more, and nothing was stopped. What
// was left is told by AgentLines.
func (r *Run) leftRunning(mayHaveBegun bool) *Failure {
	switch {
	case mayHaveBegun:
		return &Failure{Message: "left before " + r.Agent.startName() + " was answered", Cause: CauseConnection, Next: lookForIt}
	case r.Agent.ID == "":
		return &Failure{Message: "left before the agent was started"}
	case r.Agent.Stop.wanted():
		return &Failure{Message: "left before the agent had stopped"}
	}
	return &Failure{Message: "left running; nobody watches it here any more"}
}

const lookForIt = "look for it in the Notte console, or run it again (may cost again)"

// lostWatch says that the agent is out of sight, which does not end it.
func (r *Run) lostWatch(err error) *Failure {
	if err == nil {
		err = api.ErrTruncated
	}
	f := &Failure{
		Message: api.Clean(err.Error()), Cause: CauseConnection,
		Detail: "the agent cannot be watched any more; it may be going on, and may be billed",
		Next:   "open the viewer or the Notte console to see whether it goes on",
	}
	if !r.Agent.seen() {
		f.Detail = "the agent cannot be watched; nothing was stopped"
		f.Next = "check the network and the address, then watch it again"
	}
	return f
}

// agentRefusal tells what an HTTP error means for whoever starts an agent.
func (r *Run) agentRefusal(e *api.Error) *Failure {
	f := refusal(e)
	f.Fields = e.Fields
	f.OfSession = r.Agent.SessionID == "" && !r.Agent.Attached
	if !f.OfSession && (e.Status == http.StatusNotFound || e.Status == http.StatusConflict) && r.Agent.ID == "" {
		f.worth = []string{"session_id"}
	}
	if r.Agent.Attached && e.Status != http.StatusUnauthorized {
		f.Next = r.watchAdvice(e.Status)
		return f
	}
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

// watchAdvice is what can be done when an agent cannot be watched.
func (r *Run) watchAdvice(status int) string {
	if status == http.StatusTooManyRequests || status >= http.StatusInternalServerError {
		return "wait a minute, then watch it again"
	}
	return r.missing()
}

// missing says what may be wrong when the service knows no such thing: the
// agent, its session, or the address itself.
func (r *Run) missing() string {
	switch {
	case r.Agent.unread:
		return "check the id of the agent: the service does not show an agent " + r.Agent.ID.Line() + " to this key"
	case r.Agent.ID != "":
		return "the service does not know agent " + r.Agent.ID.Line() + " any more; look for it in the Notte console"
	case r.Agent.SessionID != "":
		return "check the session: an agent needs one that is open, and the service knows no open session " + r.Agent.SessionID.Line()
	}
	return "check NOTTE_API_URL: nothing answers this call there"
}
