package feed

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"notturno/api"
	"notturno/state"
)

// watchAgent watches the agent of a service.
func watchAgent(ctx context.Context, t *testing.T, s *agentService, agent, session string) *agentRun {
	t.Helper()
	run := state.NewWatch("1", "api.example", agent, session, "", time.Now())
	run.Connect(time.Now())
	return &agentRun{Run: run, feed: WatchAgent(ctx, s.client(t), agent, session)}
}

// An agent that was started elsewhere is told from its first step on, with its
// task and its session; its session is nobody's here.
func TestWatchAgentToItsEnd(t *testing.T) {
	t.Parallel()
	for name, session := range map[string]string{"session known": "s", "session learned": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &agentService{closed: true, success: "true"}
			run := watchAgent(t.Context(), t, s, "a", session)
			run.toEnd(t)
			if run.Phase != state.Done || run.Answer() != "42" || run.Task != "find it" || run.Items[0].Text() != "find it" || run.Agent.StepsText() != "step 1" {
				t.Errorf("%s, %q, the task is %q, %s", run.Phase, run.Answer(), run.Task, run.Agent.StepsText())
			}
			text := strings.Join(run.OutcomeLines(), "\n")
			if run.Agent.SessionID != "s" || s.asked() != "" || text != "session s was left open" || run.Left() != (state.Left{}) {
				t.Errorf("session %q, asked %s, left %+v: %s", run.Agent.SessionID, s.asked(), run.Left(), text)
			}
		})
	}
}

// Whoever watches may stop the agent, and never its session.
func TestWatchedAgentStops(t *testing.T) {
	t.Parallel()
	s := &agentService{}
	run := watchAgent(t.Context(), t, s, "a", "s")
	run.toWork(t)
	run.cancel()
	run.toEnd(t)
	if run.Phase != state.Cancelled || run.Agent.Stop != state.StopConfirmed || s.asked() != "DELETE /agents/a/stop" {
		t.Errorf("%s, agent %s, asked %s", run.Phase, run.Agent.Stop, s.asked())
	}
	s = &agentService{stop: refuse}
	run = watchAgent(t.Context(), t, s, "a", "s")
	run.toWork(t)
	run.cancelRefused(t, 1)
	run.cancelRefused(t, 2)
	run.feed.Leave()
	run.toEnd(t)
	if text := strings.Join(run.OutcomeLines(), "\n"); run.Phase != state.Interrupted || !strings.Contains(text, "agent a was not stopped") {
		t.Errorf("%s, %s", run.Phase, text)
	}
}

// Watching ends without a word to the service: by the end of the program, or
// because nobody wants to watch any more.
func TestWatchIsLeft(t *testing.T) {
	t.Parallel()
	for name, byProgram := range map[string]bool{"leave": false, "program ends": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, end := context.WithCancel(t.Context())
			defer end()
			s := &agentService{}
			run := watchAgent(ctx, t, s, "a", "s")
			run.toWork(t)
			if byProgram {
				end()
			} else {
				run.feed.Leave()
			}
			run.toEnd(t)
			text := strings.Join(run.OutcomeLines(), "\n")
			if run.Phase != state.Interrupted || s.asked() != "" || !strings.Contains(text, "left running") || !strings.Contains(text, "agent a was left as it was") {
				t.Errorf("%s, asked %s: %s", run.Phase, s.asked(), text)
			}
		})
	}
}

// Agents that cannot be watched.
func TestWatchesThatFail(t *testing.T) {
	t.Parallel()
	s := &agentService{}
	run := watchAgent(t.Context(), t, s, "other", "s")
	run.toEnd(t)
	if text := strings.Join(run.OutcomeLines(), "\n"); run.Phase != state.Failed || !strings.Contains(text, "check the id of the agent") || !strings.Contains(text, "other") {
		t.Errorf("an agent that is not known: %s, %s", run.Phase, text)
	}
	s = &agentService{lose: true}
	run = watchAgent(t.Context(), t, s, "a", "s")
	run.toEnd(t)
	if text := strings.Join(run.OutcomeLines(), "\n"); run.Phase != state.Failed || !strings.Contains(text, "403") || strings.Contains(text, "budget") {
		t.Errorf("an agent that is not shown: %s, %s", run.Phase, text)
	}
}

// Who leaves a run has nothing stopped, and learns the ids of what was started,
// also of what was under way just then.
func TestLeave(t *testing.T) {
	t.Parallel()
	answer := func(begun chan<- struct{}, goOn <-chan struct{}, body string) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, _ *http.Request) {
			close(begun)
			<-goOn
			_, _ = w.Write([]byte(body))
		}
	}
	tests := []struct {
		name  string
		while string
		left  state.Left
		asked string
		says  []string
	}{
		{"at work", "", state.Left{Agent: "a", Session: "s", OwnSession: true}, starts, []string{"agent a was left as it was", "session s was left open"}},
		{"starting the agent", "agent", state.Left{Agent: "a", Session: "s", OwnSession: true}, starts, []string{"agent a was left as it was", "session s was left open"}},
		{"starting the session", "session", state.Left{Session: "s", OwnSession: true}, "POST /sessions/start", []string{"left before the agent was started", "session s was left open"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			begun, goOn := make(chan struct{}), make(chan struct{})
			s := &agentService{}
			switch test.while {
			case "agent":
				s.agents = answer(begun, goOn, `{"agent_id":"a","session_id":"s","status":"active"}`)
			case "session":
				s.sessions = answer(begun, goOn, `{"session_id":"s","status":"active"}`)
			}
			run := runAgent(t.Context(), t, s, state.AgentOrder{})
			if test.while == "" {
				run.toWork(t)
			} else {
				<-begun
			}
			run.feed.Leave()
			close(goOn)
			run.toEnd(t)
			text := strings.Join(run.OutcomeLines(), "\n")
			if run.Phase != state.Interrupted || run.Left() != test.left || s.asked() != test.asked {
				t.Errorf("%s, left %+v, asked %s", run.Phase, run.Left(), s.asked())
			}
			for _, says := range test.says {
				if !strings.Contains(text, says) {
					t.Errorf("the outcome %q does not say %q", text, says)
				}
			}
		})
	}
}

// A start that nobody answers is not waited for long: it may have begun.
func TestLeaveWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	begun := make(chan struct{})
	s := &agentService{agents: func(_ http.ResponseWriter, r *http.Request) {
		close(begun)
		<-r.Context().Done()
	}}
	run := runAgent(t.Context(), t, s, state.AgentOrder{})
	<-begun
	run.feed.Leave()
	run.toEnd(t)
	text := strings.Join(run.OutcomeLines(), "\n")
	if run.Phase != state.Interrupted || !strings.Contains(text, "an agent may have been started on session s") || !strings.Contains(text, "session s was left open") || s.asked() != starts {
		t.Errorf("%s, asked %s: %s", run.Phase, s.asked(), text)
	}
}

// An agent that ends while it is left has ended.
func TestLeaveAfterTheEnd(t *testing.T) {
	t.Parallel()
	s := &agentService{closed: true, success: "true"}
	run := runAgent(t.Context(), t, s, state.AgentOrder{Request: api.AgentRequest{SessionID: "mine"}})
	run.toEnd(t)
	run.feed.Leave()
	run.feed.Cancel()
	if run.feed.Next(t.Context()) != nil || run.Phase != state.Done {
		t.Errorf("after the end the run is %s", run.Phase)
	}
}
