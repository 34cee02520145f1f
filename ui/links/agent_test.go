package links

import (
	"strings"
	"testing"
	"time"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// agentRun is a run of an agent on a session that shows.
func agentRun() *state.Run {
	run := state.NewAgent("1", state.LocalBackend, state.AgentOrder{Request: api.AgentRequest{Task: "task"}}, parttest.Start())
	run.Connect(parttest.Start())
	learn(run, state.AgentChange{SessionID: "9b1f6a52-0c1d"}, state.AgentChange{AgentID: "1c2d7e08-55aa"})
	run.Apply(parttest.Arrivals(run, api.SessionData{ViewerURL: viewer}))
	return run
}

func learn(run *state.Run, changes ...state.AgentChange) {
	for _, c := range changes {
		run.Apply([]state.Arrival{{At: parttest.Start(), Agent: &c}})
	}
}

// The session of an agent does not end with it, on any backend: the card tells
// what is known.
func TestSessionsOfAgents(t *testing.T) {
	t.Parallel()
	stop := func(s state.Stop) state.AgentChange { return state.AgentChange{SessionStop: s} }
	done := func(run *state.Run) { run.Apply(parttest.Arrivals(run, api.Done{})) }
	closed := func(run *state.Run) { run.Apply([]state.Arrival{parttest.End(run, nil)}) }
	short := state.Clocks{CreatedAt: parttest.Start(), Max: 40 * time.Second}
	for _, test := range []struct {
		name  string
		story func(*state.Run)
		want  string
	}{
		{"at work", func(*state.Run) {}, "● live for 0:42"},
		{"asked to stop at work", func(r *state.Run) { learn(r, stop(state.StopAsked)) }, "● stopping… for 0:42"},
		{"closed at work", func(r *state.Run) { learn(r, state.AgentChange{SessionEnded: true}) }, "○ ended"},
		{"done", done, "● live"},
		{"done, to be stopped", func(r *state.Run) { done(r); learn(r, stop(state.StopAsked)) }, "● stopping…"},
		{"stopped", func(r *state.Run) { done(r); learn(r, stop(state.StopConfirmed)); closed(r) }, "■ stopped: confirmed"},
		{"not confirmed", func(r *state.Run) { done(r); learn(r, stop(state.StopAsked)); closed(r) }, "? stop not confirmed"},
		{"refused", func(r *state.Run) { done(r); learn(r, stop(state.StopRefused)); closed(r) }, "✗ stop refused"},
		{"kept", func(r *state.Run) { r.Agent.Keep = true; done(r); closed(r) }, "● kept open"},
		{"kept for its time", func(r *state.Run) {
			r.Agent.Keep = true
			learn(r, state.AgentChange{Clocks: short})
			done(r)
			closed(r)
		}, "? may have closed"},
		{"lost", closed, "● left open"},
	} {
		run := agentRun()
		test.story(run)
		l := newLinks(run, 32, 6)
		l.Tick(parttest.Start().Add(42*time.Second + 500*time.Millisecond))
		if got := strings.Join(strings.Fields(parttest.Text(l.Rows()[1:2])), " "); got != test.want {
			t.Errorf("%s: the card says %q, want %q", test.name, got, test.want)
		}
	}
}

// What can be done with the link of an agent's session is what can be done with
// any.
func TestTheLinkOfAnAgentsSession(t *testing.T) {
	t.Parallel()
	l := newLinks(agentRun(), 40, 6)
	l.Focus(true)
	if intent, cmd := l.Update(part.Do{Action: part.CopyThis}); intent != (part.Copy{What: "viewer link", Text: viewer}) || cmd != nil {
		t.Errorf("copying means %#v", intent)
	}
	if text := parttest.Text(l.Rows()); !strings.Contains(text, "o open · y copy · Q QR") {
		t.Errorf("it shows %q", text)
	}
}
