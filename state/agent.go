package state

import (
	"fmt"
	"strings"

	"notturno/api"
	"notturno/api/schema"
)

// AgentOrder is what an agent shall do, and on which session.
type AgentOrder struct {
	// Request is what the agent is asked for. An empty SessionID asks for a new
	// session.
	Request api.AgentRequest
	// Session is what a new session shall be.
	Session api.SessionRequest
	// KeepSession leaves a new session open after the agent's end. One that was
	// there before is always left open.
	KeepSession bool
}

// MaxSteps is how many steps the agent may take.
func (o AgentOrder) MaxSteps() int {
	if o.Request.MaxSteps == nil {
		return api.DefaultMaxSteps
	}
	return *o.Request.MaxSteps
}

// Agent is what is known about the agent of a run.
type Agent struct {
	ID        api.Text // empty until the service has started it
	SessionID api.Text // empty until there is one
	Goal      api.Text // what it wants to reach with the current step, or empty
	Steps     int      // begun so far
	MaxSteps  int
	Polling   bool // its status is read every second, for its log cannot be followed

	Stop        Stop     // of the agent
	StopWhy     api.Text // why it was refused, or is not confirmed; else empty
	SessionStop Stop
	SessionWhy  api.Text // the same of the session's

	// Faults are the fields of the answer that do not meet the response format.
	Faults []schema.Fault

	format *schema.Schema // of the answer; nil when any will do
	given  bool           // its session was there before
}

// StepsText is how far the agent has come, such as "step 3 of 20".
func (a *Agent) StepsText() string { return fmt.Sprintf("step %d of %d", a.Steps, a.MaxSteps) }

// Stop is how asking an agent or a session to stop stands.
type Stop int

// What a stop can be.
const (
	StopNone         Stop = iota // nobody has asked
	StopAsked                    // no word yet of its end
	StopConfirmed                // the service shows that it has ended
	StopNotConfirmed             // it was asked, or may have been, and nothing shows its end
	StopRefused                  // it was not asked, or the service refused
)

// String is the word that people see, empty for StopNone.
func (s Stop) String() string {
	switch s {
	case StopNone:
		return ""
	case StopAsked:
		return "asked"
	case StopConfirmed:
		return "confirmed"
	case StopNotConfirmed:
		return "not confirmed"
	case StopRefused:
		return "refused"
	}
	return "unknown"
}

// AgentChange is what this program learned of an agent and its session by what
// it did itself. What is empty has not changed.
type AgentChange struct {
	AgentID     api.Text
	SessionID   api.Text
	Stop        Stop
	SessionStop Stop
	Why         api.Text // a stop was refused, or is not confirmed
}

// newAgent is what is known before anything was sent.
func newAgent(order AgentOrder) *Agent {
	a := &Agent{MaxSteps: order.MaxSteps(), SessionID: api.Clean(order.Request.SessionID)}
	a.given = a.SessionID != ""
	if order.Request.ResponseFormat != nil {
		// Whoever asks has checked it. With one that cannot be used, any answer
		// will do.
		a.format, _ = schema.Parse(order.Request.ResponseFormat)
	}
	return a
}

func (a *Agent) learn(change AgentChange) {
	if change.AgentID != "" {
		a.ID = change.AgentID
	}
	if change.SessionID != "" {
		a.SessionID = change.SessionID
	}
	if change.Stop != StopNone {
		a.Stop, a.StopWhy = change.Stop, change.Why
	}
	if change.SessionStop != StopNone {
		a.SessionStop, a.SessionWhy = change.SessionStop, change.Why
	}
}

// polling is what a status begins with while the agent's log is not followed.
const polling = "polling"

// setGoal takes the goal out of a status.
func (a *Agent) setGoal(status api.Text) {
	goal, isPolling := strings.CutPrefix(string(status), polling)
	if isPolling {
		a.Polling = true
		goal = strings.TrimPrefix(goal, " · ")
	}
	if goal != "" {
		a.Goal = api.Text(goal)
	}
}

// Stopping reports whether the run goes on although its agent was asked to
// stop: it ends after the action in progress.
func (r *Run) Stopping() bool {
	return r.Agent != nil && r.Agent.Stop != StopNone && !r.Phase.Ended()
}
