package ui

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"

	"notturno/state"
	"notturno/state/config"
	"notturno/state/options"
	"notturno/ui/part"
)

// agentService is a service with one session, s, and one agent, a, which works
// until it is stopped, or has ended from the start.
type agentService struct {
	refuses string // the body of a 422 for the agent's start; empty accepts it
	answer  string // of an agent that has ended; empty: it works
	fails   bool   // it has ended without success
	steps   int    // that it has taken
	deaf    bool   // it goes on when it is asked to stop

	refusesStop bool // with a 409

	mu      sync.Mutex
	asked   []string // what changes something: method and path
	stopped bool
}

func (s *agentService) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := r.Method + " " + r.URL.Path
	if r.Method != http.MethodGet {
		s.asked = append(s.asked, asked)
	}
	s.stopped = s.stopped || asked == "DELETE /agents/a/stop" && !s.deaf
	status, success := "active", "null"
	if s.stopped || s.answer != "" {
		status = "closed"
	}
	if s.answer != "" {
		success = strconv.FormatBool(!s.fails)
	}
	steps := strings.TrimSuffix(strings.Repeat(`{"state":{"next_goal":"Go on."},"action":{"type":"wait"}},`, s.steps), ",")
	if s.refusesStop && asked == "DELETE /agents/a/stop" {
		s.stopped = false
		w.WriteHeader(http.StatusConflict)
		_, _ = io.WriteString(w, `{"detail":"not now"}`)
		return
	}
	const session = `{"session_id":"s","status":"active","idle_timeout_minutes":3,"max_duration_minutes":15}`
	agent := fmt.Sprintf(`{"agent_id":"a","session_id":"s","status":%q,"success":%s,"answer":%q,"task":"elsewhere","steps":[%s]}`, status, success, s.answer, steps)
	page := func(item string) string { return `{"items":[` + item + `],"page":1,"page_size":50}` }
	switch asked {
	case "POST /agents/start":
		if s.refuses != "" {
			w.WriteHeader(http.StatusUnprocessableEntity)
			_, _ = io.WriteString(w, s.refuses)
			return
		}
		_, _ = io.WriteString(w, agent)
	case "GET /agents/a", "DELETE /agents/a/stop":
		_, _ = io.WriteString(w, agent)
	case "POST /sessions/start", "GET /sessions/s":
		_, _ = io.WriteString(w, session)
	case "DELETE /sessions/s/stop":
		_, _ = io.WriteString(w, `{"session_id":"s","status":"closed"}`)
	case "GET /sessions":
		_, _ = io.WriteString(w, page(session))
	case "GET /agents":
		_, _ = io.WriteString(w, page(agent))
	default:
		http.NotFound(w, r)
	}
}

// requests are those that change something, so far.
func (s *agentService) requests() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.asked, ", ")
}

// newAgentScreen is a screen in agent mode.
func newAgentScreen(t *testing.T, service http.Handler, values options.Values) *screen {
	t.Helper()
	s := newScreen(t, 130, 40, service.ServeHTTP, func(c *Config) {
		c.Backend, c.AgentBackend = "notte.example", "api.example"
		c.Memory, _ = config.LoadMemory("")
		c.Memory.Remember(config.Agent, values)
		c.Options = config.Default().Options()
	})
	t.Cleanup(func() { s.settleAll() })
	return s
}

// settleAll ends what the screen has started, as the program's end does.
func (s *screen) settleAll() {
	for _, t := range s.runs.tabs {
		if t.feed != nil && !t.run.Closed {
			t.feed.Leave()
		}
	}
}

// startAgent gives a task to an agent and waits until it is watched.
func (s *screen) startAgent() *state.Run {
	s.t.Helper()
	s.write("a task")
	s.until(s.press("enter"), "the agent is watched", func() bool {
		t := s.runs.tab()
		return t != nil && t.run.Agent.ID != "" && t.run.Events > 0
	})
	return s.runs.tab().run
}

func TestTheModeIsBesideThePrompt(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 130, 30, waiting)
	s.shows("── automate · alt+a agent ─")
	s.press("alt+a")
	s.shows("── agent · 20 steps · vision · alt+o options · alt+a automate ─", "tasks go to an agent")
	if mode, _ := s.config.Memory.Last(); mode != config.Agent {
		t.Errorf("the mode that is remembered is %q", mode)
	}
	s.agents.options = options.Values{options.Model: "gemini/gemini-2.5-flash", options.MaxSteps: "7", options.Vision: options.Off}
	s.send(tea.WindowSizeMsg{Width: 60, Height: 20})
	s.shows("── agent · gemini-2.5-flash · 7 steps · no vision")
	s.exact()
	s.press("alt+a")
	s.shows("── automate")
}

// What is remembered holds for the next start of the program, but for the
// session, which is gone by then.
func TestOptionsAreRemembered(t *testing.T) {
	t.Parallel()
	s := newAgentScreen(t, &agentService{}, options.Values{options.MaxSteps: "5", options.SessionID: "gone"})
	s.shows("── agent · 5 steps · vision · alt+o")
	if got := s.agents.inUse()[options.AfterAgent]; got != options.StopAfter {
		t.Errorf("afterwards is %q, want the setting", got)
	}
}

func TestOptionsOfAnAgent(t *testing.T) {
	t.Parallel()
	service := &agentService{}
	s := newAgentScreen(t, service, nil)
	s.until(s.press("alt+o"), "the sessions are offered", func() bool { return strings.Contains(s.text(), "Options of the agent") })
	s.press("ctrl+c")
	s.hides("Options of the agent")
	s.want(part.UseOptions{Values: options.Values{options.MaxSteps: "9"}})
	s.shows("agent · 9 steps")
	s.want(part.KeepPreset{Name: "short", Values: options.Values{options.MaxSteps: "9"}})
	s.shows(`saved the preset "short"`)
	if presets := s.config.Memory.Presets(); len(presets) != 1 || presets[0].Name != "short" {
		t.Errorf("the presets are %v", presets)
	}
	s.want(part.ForgetPreset{Name: "short"})
	if presets := s.config.Memory.Presets(); len(presets) != 0 {
		t.Errorf("the presets are %v", presets)
	}
	s.want(part.KeepPreset{Name: " "})
	s.shows("failed to save the preset")
}

// Options that are no good are shown before anything is sent.
func TestBadOptionsAreNotSent(t *testing.T) {
	t.Parallel()
	service := &agentService{}
	s := newAgentScreen(t, service, options.Values{options.MaxSteps: "999"})
	s.write("a task")
	s.until(s.press("enter"), "the options", func() bool { return s.dialog != nil })
	s.shows("Options of the agent", "✗", "1 to 150")
	s.press("ctrl+c")
	s.shows("› a task", "1 option not accepted")
	if got := service.requests(); got != "" {
		t.Errorf("the service was asked: %s", got)
	}
}

// What the service refuses comes back with the task, and with the form when
// the task is to be run again.
func TestARefusalFillsTheForm(t *testing.T) {
	t.Parallel()
	service := &agentService{refuses: `{"detail":[{"type":"x","loc":["body","vault_id"],"msg":"no such vault","input":"v"}]}`}
	s := newAgentScreen(t, service, options.Values{"vault_id": "v"})
	s.write("a task")
	s.until(s.press("enter"), "the end", func() bool { t := s.runs.tab(); return t != nil && t.run.Closed })
	s.shows("✗ failed", "no such vault", "› a task", "1 option not accepted")
	s.press("ctrl+c") // clears the prompt
	s.agents = agents{}
	s.press("alt+r")
	s.shows("Options of the agent", "✗ no such vault")
	s.press("ctrl+c")
	s.shows("› a task", "agent · 20 steps")
}

// A failed run comes back with the form on the option that is worth changing.
func TestRunAgainAfterAFailure(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, answer string
		steps        int
		want         []string
	}{
		{"the agent failed", "I am lost.", 1, []string{"Options of the agent", "▸ Model"}},
		{"the step limit", "Out of steps.", 2, []string{"✗ the agent has used them all", "▸ Max steps"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newAgentScreen(t, &agentService{answer: test.answer, fails: true, steps: test.steps}, options.Values{options.MaxSteps: "2"})
			s.write("a task")
			s.until(s.press("enter"), "the end", func() bool { t := s.runs.tab(); return t != nil && t.run.Closed })
			s.shows("✗ failed", test.answer, "alt+r run again")
			s.agents = agents{}
			s.press("alt+r")
			s.shows(append(test.want, "› a task", "agent · 2 steps")...)
		})
	}
}

// The first cancel asks the agent, which ends the run when it has stopped.
func TestCancelAnAgent(t *testing.T) {
	t.Parallel()
	service := &agentService{}
	s := newAgentScreen(t, service, nil)
	run := s.startAgent()
	s.press("esc")
	s.shows("stopping after the current action…", "esc stop session too")
	if run.Phase.Ended() {
		t.Fatalf("the run is %s before its agent has stopped", run.Phase)
	}
	s.until(s.send(tickMsg{}), "the end", func() bool { return run.Closed })
	s.shows("■ cancelled", "agent a was stopped: confirmed", "session s was stopped: confirmed")
	if got := service.requests(); got != "POST /sessions/start, POST /agents/start, DELETE /agents/a/stop, DELETE /sessions/s/stop" {
		t.Errorf("the service was asked: %s", got)
	}
}

// A stop that the service refuses is said, and can be asked for again.
func TestARefusedStopIsSaid(t *testing.T) {
	t.Parallel()
	service := &agentService{refusesStop: true}
	s := newAgentScreen(t, service, nil)
	run := s.startAgent()
	s.press("esc")
	s.until(s.send(tickMsg{}), "the refusal", func() bool { return run.Agent.Stop == state.StopRefused })
	s.shows("the agent was not stopped, and goes on", "not now")
	if run.Phase.Ended() {
		t.Errorf("the run is %s while its agent goes on", run.Phase)
	}
	s.forget()
	s.shows("esc cancel")
}

// A session that was there before is nobody's to stop: a second cancel only
// waits no longer.
func TestCancelAnAgentOnAGivenSession(t *testing.T) {
	t.Parallel()
	service := &agentService{deaf: true}
	s := newAgentScreen(t, service, nil)
	s.want(part.UseSession{ID: "s"})
	run := s.startAgent()
	s.press("esc")
	s.shows("stopping after the current action…", "esc stop waiting")
	s.press("esc")
	s.until(s.send(tickMsg{}), "the end", func() bool { return run.Closed })
	s.shows("agent a was asked to stop: not confirmed", "session s was left open")
	if got := service.requests(); got != "POST /agents/start, DELETE /agents/a/stop" {
		t.Errorf("the service was asked: %s", got)
	}
}

func TestCancellingAnAgentHasAnEnd(t *testing.T) {
	t.Parallel()
	s := newAgentScreen(t, &agentService{}, nil)
	s.startAgent()
	s.press("esc", "esc")
	s.shows("stopping session s…")
	s.press("esc")
	s.shows("it is being stopped already · ctrl+q quits")
	s.forget()
	s.press("ctrl+c")
	s.shows("press ctrl+c again to quit")
}

// A kept session has its clock, and can be stopped by key.
func TestAKeptSession(t *testing.T) {
	t.Parallel()
	service := &agentService{answer: "the answer"}
	s := newAgentScreen(t, service, nil)
	s.agents.options[options.AfterAgent] = options.KeepAfter
	s.write("a task")
	s.until(s.press("enter"), "the end", func() bool { t := s.runs.tab(); return t != nil && t.run.Closed })
	s.shows("✓ done", "alt+k stop session")
	s.press("ctrl+q")
	s.shows("session s", "stop all")
	s.press("n")
	run := s.runs.tab().run
	s.until(s.press("alt+k"), "the session's end", func() bool { return run.Agent.SessionStop == state.StopConfirmed })
	s.shows("session s was stopped: confirmed")
	s.hides("alt+k stop session")
	if cmd := s.press("ctrl+q"); !quits(cmd) {
		t.Error("quitting asks although nothing is left")
	}
}

func TestWatchFromTheList(t *testing.T) {
	t.Parallel()
	service := &agentService{}
	s := newAgentScreen(t, service, nil)
	s.until(s.press("alt+s"), "the sessions", func() bool { return strings.Contains(s.text(), "active") })
	s.until(s.press("tab"), "the agents", func() bool { return strings.Contains(s.text(), "a  ") })
	s.until(s.press("enter"), "the agent is watched", func() bool { t := s.runs.tab(); return t != nil && t.run.Events > 0 })
	run := s.runs.tab().run
	s.shows("› elsewhere")
	if run.Task != "elsewhere" || !run.Agent.Attached {
		t.Errorf("the run is %+v", run)
	}
	s.want(part.Watch{Agent: "a", Session: "s"})
	if len(s.runs.tabs) != 1 {
		t.Errorf("the same agent is watched %d times", len(s.runs.tabs))
	}
	if cmd := s.press("ctrl+q"); quits(cmd) {
		t.Error("it quits at once while a run goes on")
	}
	if got := service.requests(); got != "" {
		t.Errorf("watching asked the service: %s", got)
	}
}

func TestStartAnAgentOnAListedSession(t *testing.T) {
	t.Parallel()
	service := &agentService{}
	s := newAgentScreen(t, service, nil)
	s.want(part.UseSession{ID: "s"})
	s.shows("agent · 20 steps · vision · on session s")
	s.startAgent()
	if got := service.requests(); got != "POST /agents/start" {
		t.Errorf("the service was asked: %s", got)
	}
}

// After the screen what was started here is stopped, or left and named.
func TestSettle(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		leave bool
		says  []string
		asked string
	}{
		{"stop", false, []string{"stopping the agents and sessions of 1 run…", "agent a was stopped: confirmed", "session s was stopped: confirmed"}, "DELETE /agents/a/stop, DELETE /sessions/s/stop"},
		{"leave", true, []string{"left: agent a on session s"}, "POST /agents/start"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			service := &agentService{}
			s := newAgentScreen(t, service, nil)
			s.startAgent()
			s.leave = test.leave
			if !test.leave {
				s.endRuns()
			}
			var said bytes.Buffer
			s.settle(t.Context(), &said)
			for _, want := range test.says {
				if !strings.Contains(said.String(), want) {
					t.Errorf("it says %q, not %q", said.String(), want)
				}
			}
			if got := service.requests(); !strings.HasSuffix(got, test.asked) {
				t.Errorf("the service was asked: %s", got)
			}
		})
	}
}

// A start that is on its way when the person quits is waited for: without its
// answer nobody could say what was started.
func TestSettleWhatIsBeingStarted(t *testing.T) {
	t.Parallel()
	service := &agentService{}
	asked, held := make(chan struct{}), make(chan struct{})
	answer := sync.OnceFunc(func() { close(held) })
	s := newAgentScreen(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/sessions/start" {
			close(asked)
			<-held
		}
		service.ServeHTTP(w, r)
	}), nil)
	t.Cleanup(answer)
	s.write("a task")
	s.until(s.press("enter"), "the session's start", func() bool {
		select {
		case <-asked:
			return true
		default:
			return false
		}
	})
	s.press("ctrl+q")
	s.shows("Quit with 1 agent at work?", "no session yet")
	s.endRuns()
	answer()
	var said bytes.Buffer
	s.settle(t.Context(), &said)
	if !strings.Contains(said.String(), "session s was stopped: confirmed") {
		t.Errorf("it says %q", said.String())
	}
	if got := service.requests(); got != "POST /sessions/start, DELETE /sessions/s/stop" {
		t.Errorf("the service was asked: %s", got)
	}
}

func TestNothingToSettle(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	s.start("a task")
	var said bytes.Buffer
	s.settle(t.Context(), &said)
	if said.Len() > 0 {
		t.Errorf("it says %q", said.String())
	}
}

// Every word of the form, the lists and the question has exactly its cells at
// any size.
func TestAgentsAtAnySize(t *testing.T) {
	t.Parallel()
	s := newAgentScreen(t, &agentService{}, nil)
	s.startAgent()
	for _, keys := range [][]string{nil, {"alt+o"}, {"ctrl+c", "alt+s"}, {"ctrl+c", "ctrl+q"}, {"n"}} {
		s.press(keys...)
		for _, size := range [][2]int{{1, 1}, {7, 3}, {40, 10}, {41, 11}, {60, 20}, {90, 24}, {130, 40}, {300, 100}} {
			s.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			s.exact()
		}
	}
	if !slices.ContainsFunc(s.runs.tabs, (*tab).going) {
		t.Error("a key ended the run")
	}
}
