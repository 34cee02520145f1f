package state

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"notturno/api"
)

// Failure says why a run did not end as Done and what the person can do.
type Failure struct {
	Message api.Text // what is wrong, one line
	Detail  api.Text // more about it, or empty
	Next    string   // what can be done about it, or empty
	Cause   Cause
	// Fields are the parts of the request that the service did not accept.
	Fields []api.FieldError
	// OfSession says that it is the start of an agent's session that failed, not
	// that of the agent: both requests have a vault_id.
	OfSession bool

	worth []string // see Options
}

// Options are the fields of the request that are worth changing before another
// attempt, by the names of the API, each once; nil when no field is.
func (f *Failure) Options() []string {
	var names []string
	for _, field := range f.Fields {
		if name := field.Field(); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range f.worth {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// ErrLeft ends a run that nobody here watches any more, and that was left to go
// on. What it wraps beside that is why it is not known whether it has begun.
var ErrLeft = errors.New("left running")

// Cause sorts failures by what the caller of the program needs to know.
type Cause int

// The causes.
const (
	CauseAgent         Cause = iota // the agent or the service said so
	CauseNotAuthorised              // the key was refused
	CauseConnection                 // the service could not be reached, or was lost
)

// endByError ends a run whose connection closed before a terminal event.
func (r *Run) endByError(a Arrival) {
	if r.Agent != nil {
		r.endAgentByError(a)
		return
	}
	var refused *api.Error
	var transport *api.TransportError
	switch {
	case errors.Is(a.Err, context.Canceled):
		r.end(Cancelled, a.At, nil)
	case errors.As(a.Err, &refused):
		r.end(Failed, a.At, refusal(refused))
	case errors.As(a.Err, &transport) && !transport.Sent:
		r.end(Failed, a.At, &Failure{
			Message: api.Clean(transport.Error()), Cause: CauseConnection,
			Next: "check the network and the address, then send the task again",
		})
	case a.Err == nil, errors.Is(a.Err, api.ErrTruncated):
		r.end(Interrupted, a.At, lost("the stream ended before the agent did"))
	case r.Started(), transport != nil:
		r.end(Interrupted, a.At, lost(api.Clean(a.Err.Error())))
	default: // the client refused to send the request
		r.end(Failed, a.At, &Failure{Message: api.Clean(a.Err.Error())})
	}
}

func lost(message api.Text) *Failure {
	return &Failure{
		Message: message, Cause: CauseConnection,
		Detail: "connection lost; the run may still be going on at the service, and may be billed",
		Next:   "open the viewer to see whether it goes on, or run it again (may cost again)",
	}
}

// refusal tells what an HTTP error means for the person.
func refusal(e *api.Error) *Failure {
	f := &Failure{Message: api.Clean(e.Error()), Next: nextStep(e)}
	if e.Status == http.StatusUnauthorized {
		f.Cause = CauseNotAuthorised
	}
	return f
}

// statusOverloaded is the service's own status for "too many sessions".
const statusOverloaded = 529

const checkAddress = "check NOTTE_ANYTHING_URL, then send the task again"

func nextStep(e *api.Error) string {
	switch e.Status {
	case http.StatusUnauthorized:
		return "check NOTTE_API_KEY: the service does not accept this key; without it the local backend is used"
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return "change the task and send it again"
	case http.StatusPaymentRequired, http.StatusForbidden:
		return "check the plan and the budget of this account in the Notte console"
	case http.StatusNotFound:
		return "check NOTTE_ANYTHING_URL: nothing answers this call there"
	case http.StatusTooManyRequests:
		return "too many requests: " + wait(e.RetryAfter)
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return "the service could not start or reach the agent: it may have run, and may be billed; send the task again if you want to"
	case statusOverloaded:
		return "the service is overloaded: " + wait(e.RetryAfter)
	}
	if e.Status >= http.StatusInternalServerError {
		return "the service failed: the task may have run, and may be billed; send it again if you want to"
	}
	return checkAddress
}

func wait(d time.Duration) string {
	if d <= 0 {
		return "wait a minute, then send the task again"
	}
	return fmt.Sprintf("wait %s, then send the task again", d.Round(time.Second))
}
