package feed

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"notturno/api"
	"notturno/state"
)

// A start that somebody gives up is waited for: long while the program goes on,
// so that what it has started can be stopped, and not so long at its end.
func TestStartsAreWaitedFor(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		cancel, program, leave time.Duration // when that happens; 0 is never
		until                  time.Duration
	}{
		"cancelled":                     {cancel: time.Second, until: time.Second + startWithin},
		"the program ends":              {program: time.Second, until: time.Second + stopAgentWithin},
		"left":                          {leave: time.Second, until: time.Second + stopAgentWithin},
		"cancelled, then the end":       {cancel: time.Second, program: 5 * time.Second, until: 5*time.Second + stopAgentWithin},
		"cancelled, late, then the end": {cancel: time.Second, program: 10 * time.Second, until: time.Second + startWithin},
		"cancelled, then left":          {cancel: time.Second, leave: 2 * time.Second, until: 2*time.Second + stopAgentWithin},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				program, end := context.WithCancel(t.Context())
				defer end()
				left, leave := context.WithCancel(context.WithoutCancel(program))
				defer leave()
				a := &agentSource{program: program, left: left, asks: newAsks(program)}
				defer a.asks.close()
				ctx, cancel, err := a.starting()
				if err != nil {
					t.Fatal(err)
				}
				defer cancel()
				for do, after := range map[*context.CancelFunc]time.Duration{&end: test.program, &leave: test.leave} {
					if after > 0 {
						defer time.AfterFunc(after, *do).Stop()
					}
				}
				if test.cancel > 0 {
					defer time.AfterFunc(test.cancel, a.asks.cancel).Stop()
				}
				began := time.Now()
				<-ctx.Done()
				if waited := time.Since(began); waited != test.until {
					t.Errorf("the answer was waited for %v, want %v", waited, test.until)
				}
			})
		})
	}
}

// A start without an answer at the end of the program is told, and a session
// on which an agent may be at work is stopped, a kept one too.
func TestStartsThatAreNotAnswered(t *testing.T) {
	t.Parallel()
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	const onSession = "an agent may have been started on session "
	for name, test := range map[string]struct {
		session bool // its start is not answered
		order   state.AgentOrder
		asked   string
		says    []string
	}{
		"session":       {true, state.AgentOrder{}, "POST /sessions/start", []string{"the agent was not started", "a session may have been started: look for it in the list of sessions"}},
		"agent":         {false, state.AgentOrder{}, stopsOnly, []string{onSession + "s", "session s was stopped: confirmed"}},
		"kept session":  {false, state.AgentOrder{KeepSession: true}, stopsOnly, []string{onSession + "s", "session s was stopped: confirmed"}},
		"given session": {false, state.AgentOrder{Request: api.AgentRequest{SessionID: "mine"}}, "POST /agents/start", []string{onSession + "mine"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, end := context.WithCancel(t.Context())
			defer end()
			begun := make(chan struct{})
			start := func(w http.ResponseWriter, r *http.Request) {
				close(begun)
				hang(w, r)
			}
			s := &agentService{agents: start}
			if test.session {
				s.sessions, s.agents = start, nil
			}
			run := runAgent(ctx, t, s, test.order)
			<-begun
			run.cancel()
			end()
			run.toEnd(t)
			text := strings.Join(run.OutcomeLines(), "\n")
			if run.Phase != state.Cancelled || run.Agent.Stop != state.StopNone || s.asked() != test.asked || strings.Contains(text, "context") {
				t.Errorf("%s, agent %s, asked %s: %s", run.Phase, run.Agent.Stop, s.asked(), text)
			}
			for _, says := range test.says {
				if !strings.Contains(text, says) {
					t.Errorf("the outcome %q does not say %q", text, says)
				}
			}
		})
	}
}

// Who cancels while the agent is being started gets it stopped when it is there.
func TestAgentThatStartsAfterACancel(t *testing.T) {
	t.Parallel()
	begun, goOn := make(chan struct{}), make(chan struct{})
	s := &agentService{agents: func(w http.ResponseWriter, _ *http.Request) {
		close(begun)
		<-goOn
		_, _ = io.WriteString(w, `{"agent_id":"a","session_id":"s","status":"active"}`)
	}}
	run := runAgent(t.Context(), t, s, state.AgentOrder{})
	<-begun
	run.cancel()
	close(goOn)
	run.toEnd(t)
	if run.Phase != state.Cancelled || run.Agent.ID != "a" || run.Agent.Stop != state.StopConfirmed || s.asked() != stopsAll || run.Left() != (state.Left{}) {
		t.Errorf("%s, agent %q %s, asked %s", run.Phase, run.Agent.ID, run.Agent.Stop, s.asked())
	}
}

// Who cancels once more while a kept session is looked at for the last time
// gets it stopped.
func TestSecondCancelAtTheLastLook(t *testing.T) {
	t.Parallel()
	looks, goOn := make(chan struct{}), make(chan struct{})
	begun := make(chan struct{})
	s := &agentService{
		sessions: func(w http.ResponseWriter, _ *http.Request) {
			begun <- struct{}{}
			<-begun
			_, _ = io.WriteString(w, `{"session_id":"s","status":"active"}`)
		},
		session: func(w http.ResponseWriter, _ *http.Request) {
			close(looks)
			<-goOn
			_, _ = io.WriteString(w, `{"session_id":"s","status":"active"}`)
		},
	}
	run := runAgent(t.Context(), t, s, state.AgentOrder{KeepSession: true})
	<-begun
	run.cancel()
	begun <- struct{}{}
	<-looks
	run.cancel()
	close(goOn)
	run.toEnd(t)
	if run.Agent.SessionStop != state.StopConfirmed || s.asked() != "POST /sessions/start"+sessionStop || run.Left() != (state.Left{}) {
		t.Errorf("session %s, left %+v, asked %s", run.Agent.SessionStop, run.Left(), s.asked())
	}
}

// An id that names nothing is none.
func TestIDsThatAreNone(t *testing.T) {
	t.Parallel()
	for name, id := range map[string]string{"missing": "", "blank": " \t ", "far too long": strings.Repeat("x", 201)} {
		answer := func(w http.ResponseWriter, _ *http.Request) {
			_, _ = fmt.Fprintf(w, `{"session_id":%q,"agent_id":%q,"status":"active"}`, id, id)
		}
		for what, s := range map[string]*agentService{"session": {sessions: answer}, "agent": {agents: answer}} {
			run := runAgent(t.Context(), t, s, state.AgentOrder{})
			run.toEnd(t)
			text := strings.Join(run.OutcomeLines(), "\n")
			if run.Phase != state.Failed || run.Agent.ID != "" || !strings.Contains(text, "started") || !strings.Contains(text, "did not say which") {
				t.Errorf("%s, %s: %s, %s", what, name, run.Phase, text)
			}
		}
	}
}

// A watching that does not end when it is left holds up neither the stop of the
// session nor the end, and says nothing after it.
func TestWatchingThatIsStuck(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		leave bool
		asked string
	}{
		"cancelled": {false, stopsAll},
		"left":      {true, starts},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, goOn, over := &agentService{}, make(chan struct{}), make(chan struct{})
			stuck := func(context.Context, api.AgentWatch) iter.Seq2[api.Event, error] {
				return func(yield func(api.Event, error) bool) {
					defer close(over)
					yield(api.Event{Data: api.ToolStart{Name: "goto"}}, nil)
					<-goOn
					yield(api.Event{Data: api.Done{}}, nil)
				}
			}
			order := state.AgentOrder{Request: api.AgentRequest{Task: "find it"}}
			left, leave := context.WithCancel(context.WithoutCancel(t.Context()))
			a := newAgentSource(t.Context(), s.client(t), left)
			a.order, a.events = order, stuck
			run := &agentRun{Run: state.NewAgent("1", "api.example", order, time.Now()), feed: a.follow(leave, a.start)}
			run.Connect(time.Now())
			run.toWork(t)
			if test.leave {
				run.feed.Leave()
			} else {
				run.cancel()
			}
			run.toEnd(t)
			close(goOn)
			<-over
			if run.Phase == state.Done || s.asked() != test.asked || run.feed.Next(t.Context()) != nil {
				t.Errorf("%s, asked %s", run.Phase, s.asked())
			}
		})
	}
}

// A watching that panics ends its run, and not the program.
func TestWatchingThatPanics(t *testing.T) {
	t.Parallel()
	s := &agentService{}
	order := state.AgentOrder{Request: api.AgentRequest{Task: "find it"}}
	left, leave := context.WithCancel(context.WithoutCancel(t.Context()))
	a := newAgentSource(t.Context(), s.client(t), left)
	a.order = order
	a.events = func(context.Context, api.AgentWatch) iter.Seq2[api.Event, error] {
		return func(func(api.Event, error) bool) { panic("odd") }
	}
	run := &agentRun{Run: state.NewAgent("1", "api.example", order, time.Now()), feed: a.follow(leave, a.start)}
	run.Connect(time.Now())
	run.toEnd(t)
	if text := strings.Join(run.OutcomeLines(), "\n"); run.Phase != state.Interrupted || !strings.Contains(text, "internal error") {
		t.Errorf("%s: %s", run.Phase, text)
	}
}

// After the End nothing is told.
func TestNothingComesAfterTheEnd(t *testing.T) {
	t.Parallel()
	f := follow(source{stop: func() {}, leave: func() {}, read: func(*Feed) error { return nil }})
	for f.Next(t.Context()) != nil {
	}
	f.tell(state.AgentChange{SessionStop: state.StopAsked})
	f.buffer.put(t.Context(), state.Arrival{Event: api.Event{Data: api.Done{}}})
	if f.Next(t.Context()) != nil || f.Take() != nil {
		t.Error("something comes after the end")
	}
}
