package state

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

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
	Page      api.Text // the address that it has opened last, or empty
	Steps     int      // begun so far
	MaxSteps  int      // 0 when it is not known
	Polling   bool     // its status is read every second, for its log cannot be followed

	// Attached is set for an agent that was started elsewhere and is watched.
	Attached bool
	// Keep says that its session stays open after it, because it was there
	// before or is to be kept. Otherwise it is stopped.
	Keep   bool
	Clocks Clocks // of its session; empty when that is over

	Stop        Stop     // of the agent
	StopWhy     api.Text // why it was refused, or is not confirmed; else empty
	SessionStop Stop
	SessionWhy  api.Text // the same of the session's

	// Faults are the fields of the answer that do not meet the response format.
	Faults []schema.Fault
	// Unchecked is why it is not known whether the answer meets the response
	// format; empty when it is known, or any answer will do.
	Unchecked api.Text

	formatted bool // the answer has to meet a response format
	checked   bool // it was told what the check of the answer has found
	given     bool // its session was not started here
	past      int  // steps that were taken before it was watched
	over      bool // it is known to have ended
	limit     bool // at its step limit
	unread    bool // it is to be watched, and the service has not told of it yet

	watched time.Time // since when, once the service has told of an agent that was started elsewhere
	endedAt time.Time // it had before it was watched

	early       bool // a stop was asked for before it was started
	unsure      bool // a start was sent, and nobody knows what it has started
	sessionOver bool // the service shows that the session has ended
	late        bool // a stop was asked for after the run was closed: more will arrive
}

// StepsText is how far the agent has come, such as "step 3 of 20", or "step 3"
// when it is not known how many it may take.
func (a *Agent) StepsText() string {
	if a.MaxSteps == 0 {
		return fmt.Sprintf("step %d", a.Steps)
	}
	return fmt.Sprintf("step %d of %d", a.Steps, a.MaxSteps)
}

// newAgent is what is known before anything was sent.
func newAgent(order AgentOrder) *Agent {
	a := &Agent{MaxSteps: order.MaxSteps(), SessionID: api.Clean(order.Request.SessionID)}
	a.given = a.SessionID != ""
	a.Keep = a.given || order.KeepSession
	a.formatted = order.Request.ResponseFormat != nil
	return a
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

// setPage takes the address out of a call that opens one.
func (a *Agent) setPage(action, input api.Text) {
	if action != "goto" && action != "goto_new_tab" {
		return
	}
	var members map[string]json.RawMessage
	if json.Unmarshal([]byte(input), &members) != nil || !bytes.HasPrefix(members["url"], []byte{'"'}) {
		return
	}
	if url := api.TextOf(members["url"]).Line(); url != "" {
		a.Page = api.Text(url)
	}
}

// work notes that the agent used its session, with a step that was not taken
// before it was watched.
func (a *Agent) work(data api.Data, at time.Time) {
	switch data.(type) {
	case api.ToolStart, api.ToolResult:
		if a.Steps > a.past && !a.sessionOver {
			a.Clocks.use(at)
		}
	}
}

// SessionEnded reports whether the service shows that the session of the agent
// has ended, whoever ended it.
func (a *Agent) SessionEnded() bool { return a.sessionOver }
