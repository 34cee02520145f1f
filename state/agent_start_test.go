package state

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"notturno/api"
)

// cut is the end of a start whose answer nobody waits for any more.
func cut() error { return &api.TransportError{Host: "h", Sent: true, Err: context.Canceled} }

// What is being started can be told from what was started.
func TestStarting(t *testing.T) {
	t.Parallel()
	queued := NewAgent("1", LocalBackend, order(nil), start)
	watched := NewWatch("2", LocalBackend, "a", "s", "", start)
	watched.Connect(start)
	r := begunAgent(nil)
	check := func(what string, r *Run, want bool) {
		t.Helper()
		if r.Starting() != want {
			t.Errorf("%s: starting is %v", what, r.Starting())
		}
	}
	check("queued", queued, false)
	check("an automation", begun(), false)
	check("watched", watched, false)
	check("sent", r, true)
	r.Apply([]Arrival{news(AgentChange{SessionID: "s"})})
	check("the session is there", r, true)
	r.Apply([]Arrival{news(AgentChange{AgentID: "a"})})
	check("the agent is there", r, false)
	r = begunAgent(nil)
	r.Apply([]Arrival{ended(cut())})
	check("over", r, false)
}

// Who cancels a start is not told that an agent was asked to stop: there is
// none yet.
func TestCancelWhileStarting(t *testing.T) {
	t.Parallel()
	keep := func(o *AgentOrder) { o.KeepSession = true }
	given := func(o *AgentOrder) { o.Request.SessionID = "mine" }
	for name, test := range map[string]struct {
		change     func(*AgentOrder)
		twice      bool // another cancel does something
		afterTwice string
	}{
		"own session":   {nil, false, "stopping what is being started…"},
		"kept session":  {keep, true, "stopping what is being started…"},
		"given session": {given, false, "stopping what is being started…"},
	} {
		r := begunAgent(test.change)
		r.Cancel(start)
		if r.Agent.Stop != StopNone || r.AgentStop() != StopNone || !r.Stopping() || r.StopLine() != "stopping what is being started…" || r.CanCancel() != test.twice {
			t.Errorf("%s: agent %s, stopping %v, can cancel %v: %q", name, r.Agent.Stop, r.Stopping(), r.CanCancel(), r.StopLine())
		}
		r.Cancel(start)
		if r.StopLine() != test.afterTwice || r.CanCancel() || r.Agent.Stop != StopNone {
			t.Errorf("%s, once more: agent %s, can cancel %v: %q", name, r.Agent.Stop, r.CanCancel(), r.StopLine())
		}
		r.Apply([]Arrival{news(AgentChange{AgentID: "a"})})
		if r.Agent.Stop != StopAsked || !r.Stopping() {
			t.Errorf("%s: the agent that was started then is not asked to stop: %s", name, r.Agent.Stop)
		}
	}
}

// What a run says of starts that were given up.
func TestStartsThatAreNotKnown(t *testing.T) {
	t.Parallel()
	given := func(o *AgentOrder) { o.Request.SessionID = "mine" }
	session := []Arrival{news(AgentChange{SessionID: "s"})}
	left := fmt.Errorf("%w: %w", ErrLeft, cut())
	broken := &api.TransportError{Host: "h", Sent: true, Err: errors.New("EOF")}
	stopped := append(slices.Clone(session), news(AgentChange{SessionStop: StopConfirmed}))
	const look = "a session may have been started: look for it in the list of sessions"
	for name, test := range map[string]struct {
		change func(*AgentOrder)
		all    []Arrival
		err    error
		phase  Phase
		says   []string
		not    string
	}{
		"nothing sent":             {nil, nil, context.Canceled, Cancelled, []string{"the agent was not started"}, "may have"},
		"session":                  {nil, nil, cut(), Cancelled, []string{"no answer in time to the start of the session", "the agent was not started", look}, "on session"},
		"session, left":            {nil, nil, left, Interrupted, []string{"left before the start of the session was answered", look}, "session s"},
		"session, lost":            {nil, nil, broken, Interrupted, []string{"EOF", look}, "on session"},
		"agent":                    {nil, session, cut(), Cancelled, []string{"no answer in time to the start of the agent", "an agent may have been started on session s", "session s was left open"}, "not started"},
		"agent, session stopped":   {nil, stopped, cut(), Cancelled, []string{"an agent may have been started on session s", "session s was stopped: confirmed"}, "not started"},
		"agent on a given session": {given, nil, cut(), Cancelled, []string{"an agent may have been started on session mine"}, "not started"},
		"agent, left":              {nil, session, left, Interrupted, []string{"left before the start of the agent was answered", "an agent may have been started on session s"}, "not started"},
	} {
		r := begunAgent(test.change)
		r.Cancel(start)
		r.Apply(append(test.all, ended(test.err)))
		text := strings.Join(r.OutcomeLines(), "\n")
		if r.Phase != test.phase || r.AgentStop() != StopNone || r.Agent.Stop != StopNone {
			t.Errorf("%s: %s, the agent's stop is %s", name, r.Phase, r.AgentStop())
		}
		if strings.Contains(text, "asked to stop") || strings.Contains(text, "context") || strings.Contains(text, test.not) {
			t.Errorf("%s: the outcome says %q", name, text)
		}
		for _, says := range test.says {
			if !strings.Contains(text, says) {
				t.Errorf("%s: the outcome %q does not say %q", name, text, says)
			}
		}
		for _, line := range r.AgentLines() {
			if !strings.Contains(text, line) {
				t.Errorf("%s: %q is not in the outcome", name, line)
			}
		}
	}
}
