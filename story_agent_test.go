//go:build unix

package main

import (
	"io"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
)

// An agent is started with options from the form, is watched, answers, and its
// session is stopped at the end. The next start of the program remembers the
// options.
func TestAgentWithOptions(t *testing.T) {
	t.Parallel()
	x := startTerminal(t, 130, 40, nil, "--pace", "0s")
	home := x.waitFor("the home screen", func(s screen) bool { return newsAddress.MatchString(s.String()) })
	x.send(alt("a"))
	x.waitText("agent · 20 steps · vision")
	x.send(alt("o"))
	x.waitText("Options of the agent", "Max steps")
	x.send("\t") // from the model to the steps
	x.waitText("the most steps")
	x.send("12")
	x.waitText("12")
	x.send(enter)
	x.waitText("agent · 12 steps · vision")
	x.submit("list the top 3 posts of " + newsAddress.FindString(home.String()))
	end := x.waitText("done", newsTitles(t)[0], "was stopped: confirmed")
	if !end.has(" of 12") {
		t.Errorf("the steps are not counted against the limit:\n%s", end)
	}
	x.quit()
	if output := x.output(); strings.Contains(output, "left:") {
		t.Errorf("something is said to be left: %q", tail(output, 300))
	}
}

// A service's refusal lands on the field that it names, with the task back in
// the prompt.
func TestARefusedOptionShowsAtItsField(t *testing.T) {
	t.Parallel()
	s := newAgentService(t, &agentService{statuses: []string{agentStatus("active", "null", "")}})
	s.answers = map[string]http.HandlerFunc{"POST /agents/start": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = io.WriteString(w, `{"detail":[{"type":"string_too_short","loc":["body","persona_id"],"msg":"no such persona here","input":"x"}]}`)
	}}
	x := startTerminal(t, 130, 40, s.env())
	x.waitText("anything.notte.cc")
	x.send(alt("a"))
	x.waitText("agent · 20 steps")
	x.submit("do something")
	x.waitFor("the refusal, and the task back", func(s screen) bool {
		return s.has("failed", "no such persona here", "1 option not accepted") && strings.Contains(s.prompt(), "do something")
	})
	x.send(alt("o"))
	x.waitText("Options of the agent", "✗ no such persona here")
	if got := s.requests(); got != "POST /sessions/start, POST /agents/start, DELETE /sessions/s/stop" {
		t.Errorf("the service was asked: %s", got)
	}
	x.send(ctrl('c'))
	x.waitText("1 option not accepted")
	x.send(ctrl('c'))
	x.waitText("cleared")
	x.quit()
}

// Esc asks the agent to stop, which is confirmed, and then its session is
// stopped.
func TestStopAnAgent(t *testing.T) {
	t.Parallel()
	step := agentStep("Look around.")
	s := newAgentService(t, &agentService{statuses: []string{agentStatus("active", "null", "")}, log: holds(step)})
	x := startTerminal(t, 130, 40, s.env())
	startAgentOnScreen(x, "look around")
	x.waitText("step 1 of 20", "Look around.")
	x.watch("stopping after the current action…")
	x.send(escape)
	x.waitText("cancelled", "agent a was stopped: confirmed", "session s was stopped: confirmed")
	if got := s.requests(); got != "POST /sessions/start, POST /agents/start, DELETE /agents/a/stop, DELETE /sessions/s/stop" {
		t.Errorf("the service was asked: %s", got)
	}
	x.quit()
}

// An agent that does not come to its end is not waited for after a second
// press: its session is stopped.
func TestStopTheSessionToo(t *testing.T) {
	t.Parallel()
	s := newAgentService(t, &agentService{statuses: []string{agentStatus("active", "null", "")}, log: holds(agentStep("Wait."))})
	s.answers = map[string]http.HandlerFunc{"DELETE /agents/a/stop": func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, agentStatus("active", "null", "")) // after the action, which takes for ever
	}}
	x := startTerminal(t, 130, 40, s.env())
	startAgentOnScreen(x, "wait")
	x.waitText("step 1 of 20")
	x.send(escape)
	x.waitText("stopping after the current action…", "stop session too")
	x.send(escape)
	x.waitText("cancelled", "not confirmed", "session s was stopped: confirmed")
	if got := s.requests(); !strings.HasSuffix(got, "DELETE /agents/a/stop, DELETE /sessions/s/stop") {
		t.Errorf("the service was asked: %s", got)
	}
	x.quit()
}

// Quitting lists what goes on. It can be stopped, and what was confirmed is
// said in the terminal afterwards.
func TestQuitAndStopAgents(t *testing.T) {
	t.Parallel()
	s, x := agentAtWork(t)
	x.send(ctrl('q'))
	x.waitText("agent a on session s", "stop all")
	x.send("n")
	x.waitText("step 1 of 20")
	x.send(ctrl('q'))
	x.waitText("agent a on session s", "stop all")
	x.send("s")
	x.wantEnd()
	if said := x.output(); !containsAll(said, "agent a was stopped: confirmed", "session s was stopped: confirmed") || strings.Contains(said, "left:") {
		t.Errorf("it ends with %q", tail(said, 600))
	}
	if got := s.requests(); !strings.HasSuffix(got, "DELETE /agents/a/stop, DELETE /sessions/s/stop") {
		t.Errorf("the service was asked: %s", got)
	}
}

// What is left running is named, and nothing is stopped.
func TestQuitAndLeaveAgents(t *testing.T) {
	t.Parallel()
	s, x := agentAtWork(t)
	x.send(ctrl('q'))
	x.waitText("agent a on session s", "leave")
	x.send("l")
	x.wantEnd()
	if said := x.output(); !strings.Contains(said, "left: agent a on session s") {
		t.Errorf("it ends with %q", tail(said, 600))
	}
	if got := s.requests(); got != "POST /sessions/start, POST /agents/start" {
		t.Errorf("the service was asked: %s", got)
	}
}

// A signal cannot ask, so what was started here is stopped.
func TestASignalStopsAgents(t *testing.T) {
	t.Parallel()
	_, x := agentAtWork(t)
	if err := x.cmd.Process.Signal(os.Signal(syscall.SIGTERM)); err != nil {
		t.Fatal(err)
	}
	_ = x.wait() // it dies by the signal
	x.wantRestored()
	if said := x.output(); !containsAll(said, "agent a was stopped: confirmed", "session s was stopped: confirmed") {
		t.Errorf("it ends with %q", tail(said, 600))
	}
}

// An agent that was started elsewhere is found in the list, watched from its
// first step, and left at work when the program ends.
func TestWatchAnAgentStartedElsewhere(t *testing.T) {
	t.Parallel()
	step := agentStep("Look around.")
	s := newAgentService(t, &agentService{statuses: []string{agentStatus("active", "null", "", step)}, log: holds(step, agentStep("Go on."))})
	list := func(items string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"items":[`+items+`],"page":1,"page_size":50,"has_next":false,"has_previous":false}`)
		}
	}
	s.answers = map[string]http.HandlerFunc{
		"GET /sessions": list(`{"session_id":"s","status":"active","idle_timeout_minutes":3,"max_duration_minutes":15}`),
		"GET /agents":   list(`{"agent_id":"a","session_id":"s","status":"active"}`),
	}
	x := startTerminal(t, 130, 40, s.env())
	x.waitText("anything.notte.cc")
	x.send(alt("s"))
	x.waitText("Sessions", "active")
	x.send("\t")
	x.waitText("agent a", "enter watch")
	x.send(enter)
	x.waitText("It worked.", "Go on.", "step 2")
	x.send(ctrl('q'))
	x.waitText("Quit with 1 run going on?")
	x.send("y")
	x.wantEnd()
	if got := s.requests(); got != "" {
		t.Errorf("watching asked the service: %s", got)
	}
}

// agentAtWork is a service whose agent works until it is stopped, and the
// program that has given it a task and watches it.
func agentAtWork(t *testing.T) (*agentService, *terminal) {
	t.Helper()
	s := newAgentService(t, &agentService{statuses: []string{agentStatus("active", "null", "")}, log: holds(agentStep("Wait."))})
	x := startTerminal(t, 130, 40, s.env())
	startAgentOnScreen(x, "wait for it")
	x.waitText("step 1 of 20")
	return s, x
}

// startAgentOnScreen gives a task to an agent.
func startAgentOnScreen(x *terminal, task string) {
	x.t.Helper()
	x.waitText("automate")
	x.send(alt("a"))
	x.waitText("agent · 20 steps")
	x.submit(task)
}
