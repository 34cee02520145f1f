package ui

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"notturno/state"
	"notturno/state/options"
	"notturno/ui/part"
)

// heldService is a service that does not answer the requests of a path until it
// is released.
func heldService(t *testing.T, service http.Handler, path string) (held http.Handler, asked <-chan struct{}, release func()) {
	t.Helper()
	reached, answer := make(chan struct{}, 8), make(chan struct{})
	done := false
	release = func() {
		if !done {
			done = true
			close(answer)
		}
	}
	t.Cleanup(release)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == path {
			_, _ = io.Copy(io.Discard, r.Body) // only then does net/http notice that the client has gone
			reached <- struct{}{}
			select {
			case <-answer:
			case <-r.Context().Done():
				return
			}
		}
		service.ServeHTTP(w, r)
	}), reached, release
}

// received reports whether something has come, as a condition for until.
func received(c <-chan struct{}) func() bool {
	return func() bool {
		select {
		case <-c:
			return true
		default:
			return false
		}
	}
}

// What arrived before the screen ended and was not folded is not lost, whoever
// was waiting for it.
func TestSettleFoldsWhatHadArrived(t *testing.T) {
	t.Parallel()
	service := &agentService{answer: "the answer"}
	s := newAgentScreen(t, service, nil)
	s.agents.options[options.AfterAgent] = options.KeepAfter
	s.write("a task")
	s.until(s.press("enter"), "the run", func() bool { return s.runs.tab() != nil })
	run := s.runs.tab()
	<-run.feed.Ended() // and nobody has folded it
	s.leave = true
	var said bytes.Buffer
	s.settle(t.Context(), &said)
	if !run.run.Closed || !strings.Contains(said.String(), "left: session s") {
		t.Errorf("it says %q, and the run is closed: %v", said.String(), run.run.Closed)
	}
}

// What was stopped while the screen ended is told like what is stopped after it.
func TestSettleTellsWhatIsStoppedAlready(t *testing.T) {
	t.Parallel()
	s := newAgentScreen(t, &agentService{}, nil)
	s.startAgent()
	run := s.runs.tab()
	s.endRuns()
	<-run.feed.Ended()
	s.send(arrivedMsg{run: run.run.ID})
	var said bytes.Buffer
	s.settle(t.Context(), &said)
	if text := said.String(); !strings.Contains(text, "agent a was stopped: confirmed") || !strings.Contains(text, "session s was stopped: confirmed") {
		t.Errorf("it says %q", text)
	}
}

// A start that is never answered is not kept quiet.
func TestSettleSaysWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/sessions/start", "/agents/start"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			service, asked, _ := heldService(t, &agentService{}, path)
			s := newAgentScreen(t, service, nil)
			s.write("a task")
			s.until(s.press("enter"), "the start", received(asked))
			s.press("ctrl+q")
			s.shows("Quit with 1 agent at work")
			ctx, enough := context.WithCancel(t.Context())
			enough()
			var said bytes.Buffer
			s.settle(ctx, &said)
			if text := said.String(); !strings.Contains(text, lookForStarted) && !strings.Contains(text, "left: session s") {
				t.Errorf("it says %q", text)
			}
		})
	}
}

// A stop that failed before is asked for again when the program ends.
func TestSettleAsksAgain(t *testing.T) {
	t.Parallel()
	service := &agentService{answer: "the answer"}
	s := newAgentScreen(t, service, nil)
	s.agents.options[options.AfterAgent] = options.KeepAfter
	s.write("a task")
	s.until(s.press("enter"), "the end", func() bool { t := s.runs.tab(); return t != nil && t.run.Closed })
	run := s.runs.tab().run
	s.take(run, []state.Arrival{{At: s.now, Agent: &state.AgentChange{SessionStop: state.StopRefused, Why: "busy"}}})
	var said bytes.Buffer
	s.settle(t.Context(), &said)
	if !strings.Contains(said.String(), "session s was stopped: confirmed") {
		t.Errorf("it says %q", said.String())
	}
}

// A stop from the list that has no answer yet when the person quits is waited
// for and told.
func TestSettleWaitsForStops(t *testing.T) {
	t.Parallel()
	service, asked, release := heldService(t, &agentService{}, "/sessions/s/stop")
	s := newAgentScreen(t, service, nil)
	s.until(s.wind(), "the stop", func() bool {
		if len(s.stops.pending) == 0 {
			s.run(s.perform(part.EndSession{ID: "s"}))
			s.run(s.wind())
		}
		return received(asked)()
	})
	release()
	var said bytes.Buffer
	s.settle(t.Context(), &said)
	if got, want := said.String(), "session s was stopped: confirmed\n"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
}

// A tab whose session may be open is not closed: it would be forgotten.
func TestATabWithAnOpenSessionStays(t *testing.T) {
	t.Parallel()
	s := newAgentScreen(t, &agentService{answer: "the answer"}, nil)
	s.agents.options[options.AfterAgent] = options.KeepAfter
	s.write("a task")
	s.until(s.press("enter"), "the end", func() bool { t := s.runs.tab(); return t != nil && t.run.Closed })
	s.press("alt+w")
	s.shows("its session may be open · alt+k stops it first")
	run := s.runs.tab().run
	s.until(s.press("alt+k"), "the session's end", func() bool { return run.Agent.SessionStop == state.StopConfirmed })
	s.press("alt+w")
	if len(s.runs.tabs) != 0 {
		t.Error("the tab is not closed after its session has ended")
	}
}

// While the person is asked whether to quit nothing is started: the question
// has said what waits.
func TestNothingStartsWhileQuittingIsAsked(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 130, 40, waiting, func(c *Config) { c.MaxParallel = 1 })
	first := s.start("first")
	second := s.start("second")
	s.press("ctrl+q")
	s.shows("1 run going on and 1 in the queue")
	s.hearEnd(first, nil)
	if second.Phase != state.Queued {
		t.Errorf("the second run is %s", second.Phase)
	}
	s.press("n")
	if second.Phase == state.Queued {
		t.Error("the second run still waits")
	}
}

func TestCancelAllTellsAgentsApart(t *testing.T) {
	t.Parallel()
	s := newAgentScreen(t, &agentService{}, nil)
	s.startAgent()
	s.agents.on = false
	s.start("automation")
	s.press("alt+x")
	s.shows("asked 1 agent to stop, and cancelled 1 run")
}

// The code of a viewer link covers the list for a moment only.
func TestTheListComesBackAfterTheCode(t *testing.T) {
	t.Parallel()
	s := newAgentScreen(t, &agentService{}, nil)
	s.until(s.press("alt+s"), "the sessions", func() bool { return strings.Contains(s.text(), "active") })
	s.want(part.ShowQR{URL: "https://viewer.example/x"})
	s.hides("Sessions │ Agents")
	s.press("esc")
	s.shows("Sessions │ Agents")
	s.press("esc")
	s.hides("Sessions │ Agents")
}

// A queued task that is edited keeps its mode and its options, and says so.
func TestAQueuedAgentKeepsItsOptions(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 130, 40, waiting, func(c *Config) { c.MaxParallel = 1 })
	s.start("first")
	s.agents.on = true
	s.agents.options = options.Values{options.MaxSteps: "5"}
	s.write("second")
	s.until(s.press("enter"), "the queued run", func() bool { return len(s.runs.tabs) == 2 })
	queued := s.runs.tabs[1]
	s.agents = agents{}
	s.want(part.Rewrite{Run: queued.run.ID})
	s.shows("── agent · 5 steps · vision ─")
	s.press("alt+o")
	s.shows("a queued task keeps its mode and its options")
	s.press("alt+a")
	if s.agents.on {
		t.Error("the mode changes while a queued task is edited")
	}
}

// The header names who executes the run in view, or would execute the next.
func TestTheHeaderNamesWhoExecutes(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 130, 40, waiting, func(c *Config) { c.Backend, c.AgentBackend = "anything.example", "api.example" })
	s.shows("anything.example")
	s.press("alt+a")
	s.shows("api.example")
	s.press("alt+a")
	s.start("task")
	s.agents.on = true
	s.shows("anything.example")
}
