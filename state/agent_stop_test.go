package state

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"notturno/api"
)

// What a person sees at once when a run is cancelled, once more, and what
// becomes of that.
func TestCancelLadder(t *testing.T) {
	t.Parallel()
	given := func(o *AgentOrder) { o.Request.SessionID = "s" }
	cancel := func(r *Run) { r.Cancel(start) }
	told := func(change AgentChange) func(*Run) { return func(r *Run) { r.Apply([]Arrival{news(change)}) } }
	refused := told(AgentChange{Stop: StopRefused, Why: "403"})
	const stopping, session = StopText, "stopping session s…"
	tests := []struct {
		name          string
		change        func(*AgentOrder)
		do            []func(*Run)
		agent, sess   Stop
		line          string
		stops, cancel bool
	}{
		{"not asked", nil, nil, StopNone, StopNone, "", false, true},
		{"asked", nil, []func(*Run){cancel}, StopAsked, StopNone, stopping, true, true},
		{"asked twice", nil, []func(*Run){cancel, cancel}, StopAsked, StopAsked, session, true, false},
		{"asked thrice", nil, []func(*Run){cancel, cancel, cancel}, StopAsked, StopAsked, session, true, false},
		{"asked twice, session given", given, []func(*Run){cancel, cancel}, StopAsked, StopNone, stopping, true, true},
		{"refused", nil, []func(*Run){cancel, refused}, StopRefused, StopNone, "stop refused", false, true},
		{"refused, asked again", nil, []func(*Run){cancel, refused, cancel}, StopAsked, StopNone, stopping, true, true},
		{"both refused", nil, []func(*Run){cancel, cancel, refused, told(AgentChange{SessionStop: StopRefused, Why: "403"})}, StopRefused, StopRefused, "session stop refused", false, true},
		{"session refused", nil, []func(*Run){cancel, told(AgentChange{SessionStop: StopRefused})}, StopAsked, StopRefused, stopping, true, true},
		{"both refused, asked twice", nil, []func(*Run){cancel, cancel, refused, told(AgentChange{SessionStop: StopRefused}), cancel, cancel}, StopAsked, StopAsked, session, true, false},
		{"confirmed, end not told", nil, []func(*Run){cancel, told(AgentChange{Stop: StopConfirmed})}, StopConfirmed, StopNone, stopping, true, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := begunAgent(test.change)
			r.Apply(atWork())
			for _, do := range test.do {
				do(r)
			}
			if r.Agent.Stop != test.agent || r.Agent.SessionStop != test.sess || r.StopLine() != test.line || r.Stopping() != test.stops || r.CanCancel() != test.cancel || r.Phase != Running {
				t.Errorf("agent %s, session %s, %q, stopping %v, can cancel %v, %s", r.Agent.Stop, r.Agent.SessionStop, r.StopLine(), r.Stopping(), r.CanCancel(), r.Phase)
			}
			r.Apply([]Arrival{ended(nil)})
			if r.CanCancel() || r.StopLine() != "" || r.Stopping() {
				t.Errorf("after the end: %q, stopping %v, can cancel %v", r.StopLine(), r.Stopping(), r.CanCancel())
			}
		})
	}
}

// The footer has room for the head of an id only, and none for reasons.
func TestStopLineIsShort(t *testing.T) {
	t.Parallel()
	why := api.Text(strings.Repeat("because ", 100))
	r := begunAgent(nil)
	r.Apply([]Arrival{news(AgentChange{SessionID: "9b1f6a52-3c0d-4e77-8a41-0d5f2c7be901"}), news(AgentChange{AgentID: "a"})})
	want := func(line string) {
		t.Helper()
		if r.StopLine() != line {
			t.Errorf("%q, want %q", r.StopLine(), line)
		}
	}
	r.Cancel(start)
	r.Cancel(start)
	want("stopping session 9b1f6a52…")
	r.Apply([]Arrival{news(AgentChange{Stop: StopRefused, Why: why})})
	want("stopping session 9b1f6a52…")
	r.Apply([]Arrival{news(AgentChange{SessionStop: StopRefused, Why: why})})
	want("session stop refused")
	r.Apply([]Arrival{ended(context.Canceled)})
	for _, line := range r.AgentLines() {
		if len([]rune(line)) > 350 || !strings.Contains(line, "because") || !strings.HasSuffix(line, "…)") {
			t.Errorf("the reason is not cut: %q", line)
		}
	}
}

// A session that could not be started is not said to have been asked to stop.
func TestSecondCancelWithoutASession(t *testing.T) {
	t.Parallel()
	r := begunAgent(nil)
	r.Cancel(start)
	r.Cancel(start)
	r.Apply([]Arrival{ended(context.Canceled)})
	if got := r.OutcomeLines(); !slices.Equal(got, []string{"the agent was not started"}) {
		t.Errorf("the run says %q", got)
	}
}

// The session of a run that is closed can be stopped later.
func TestSessionStoppedLater(t *testing.T) {
	t.Parallel()
	r := begunAgent(func(o *AgentOrder) { o.KeepSession = true })
	r.Apply(append(append(atWork(), arrivals(api.Done{})...), ended(nil)))
	want := func(line string, left Left) {
		t.Helper()
		if got := r.AgentLines(); !slices.Equal(got, []string{line}) || r.Left() != left {
			t.Errorf("the run says %q, want %q; left is %+v", got, line, r.Left())
		}
	}
	own := Left{Session: "s", OwnSession: true}
	want("session s was left open", own)
	r.Apply([]Arrival{news(AgentChange{SessionStop: StopAsked})})
	want("stopping session s…", own)
	r.Apply([]Arrival{news(AgentChange{SessionStop: StopRefused, Why: "403"})})
	want("session s was not stopped; it may be going on, and may be billed (403)", own)
	r.Apply([]Arrival{news(AgentChange{SessionStop: StopConfirmed})})
	want("session s was stopped: confirmed", Left{})
}

// What may be going on because of a run.
func TestLeft(t *testing.T) {
	t.Parallel()
	given := func(o *AgentOrder) { o.Request.SessionID = "mine" }
	keep := func(o *AgentOrder) { o.KeepSession = true }
	session, agent := news(AgentChange{SessionID: "s"}), news(AgentChange{AgentID: "a"})
	done := func(also ...Arrival) []Arrival {
		return append([]Arrival{session, agent, arrivals(api.Done{})[0]}, also...)
	}
	confirmed := news(AgentChange{SessionStop: StopConfirmed})
	lost := ended(&api.TransportError{Sent: true, StartsNothing: true, Err: errors.New("EOF")})
	tests := []struct {
		name   string
		change func(*AgentOrder)
		all    []Arrival
		want   Left
	}{
		{"nothing started", nil, nil, Left{}},
		{"given session, nothing started", given, nil, Left{}},
		{"session", nil, []Arrival{session}, Left{Session: "s", OwnSession: true}},
		{"at work", nil, []Arrival{session, agent}, Left{"a", "s", true}},
		{"at work on a given session", given, []Arrival{agent}, Left{"a", "mine", false}},
		{"out of sight", nil, []Arrival{session, agent, lost}, Left{"a", "s", true}},
		{"not known any more", nil, []Arrival{session, agent, ended(&api.Error{Status: 404}), confirmed}, Left{}},
		{"done", nil, done(), Left{Session: "s", OwnSession: true}},
		{"done, session stopped", nil, done(confirmed, ended(nil)), Left{}},
		{"done, session not confirmed", nil, done(news(AgentChange{SessionStop: StopNotConfirmed}), ended(nil)), Left{Session: "s", OwnSession: true}},
		{"done, session kept", keep, done(ended(nil)), Left{Session: "s", OwnSession: true}},
		{"done, session over", keep, done(news(AgentChange{SessionEnded: true}), ended(nil)), Left{}},
		{"stopped", given, []Arrival{agent, news(AgentChange{Stop: StopConfirmed}), ended(context.Canceled)}, Left{}},
		{"stop not confirmed", given, []Arrival{agent, news(AgentChange{Stop: StopNotConfirmed}), ended(context.Canceled)}, Left{Agent: "a", Session: "mine"}},
		{"stop not confirmed, session stopped", nil, []Arrival{session, agent, news(AgentChange{Stop: StopNotConfirmed}), confirmed, ended(context.Canceled)}, Left{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := begunAgent(test.change)
			r.Apply(test.all)
			if got := r.Left(); got != test.want {
				t.Errorf("%+v is left, want %+v", got, test.want)
			}
		})
	}
	if automation := begun(); automation.Left() != (Left{}) || automation.AgentLines() != nil || automation.StopLine() != "" || !automation.CanCancel() {
		t.Error("an automation has an agent")
	}
}

// A run that was left says so, and names what was left.
func TestLeftRunning(t *testing.T) {
	t.Parallel()
	session := []Arrival{news(AgentChange{SessionID: "s"})}
	canceled := fmt.Errorf("%w: %w", ErrLeft, context.Canceled)
	unanswered := fmt.Errorf("%w: %w", ErrLeft, cut())
	tests := []struct {
		name string
		all  []Arrival
		err  error
		says []string
	}{
		{"at work", atWork(), canceled, []string{"left running", "agent a was left as it was", "session s was left open"}},
		{"stopping", append(atWork(), news(AgentChange{Stop: StopNotConfirmed})), canceled, []string{"left before the agent had stopped", "agent a was asked to stop: not confirmed", "session s was left open"}},
		{"before the agent", session, canceled, []string{"left before the agent was started", "session s was left open"}},
		{"while it was started", session, unanswered, []string{"an agent may have been started on session s", "look for it in the Notte console", "session s was left open"}},
		{"before anything", nil, canceled, []string{"left before the agent was started"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := begunAgent(nil)
			r.Apply(append(test.all, Arrival{At: start.Add(time.Minute), End: true, Err: test.err}))
			text := strings.Join(r.OutcomeLines(), "\n")
			if r.Phase != Interrupted || strings.Contains(text, "context canceled") {
				t.Errorf("%s: %s", r.Phase, text)
			}
			for _, says := range test.says {
				if !strings.Contains(text, says) {
					t.Errorf("the outcome %q does not say %q", text, says)
				}
			}
		})
	}
}
