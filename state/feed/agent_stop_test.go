package feed

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"notturno/api"
	"notturno/state"
)

// refuse answers that the person may not do that.
func refuse(w http.ResponseWriter, _ *http.Request) {
	http.Error(w, `{"detail":"not yours"}`, http.StatusForbidden)
}

// refusing is a stop of the agent that is refused so often, and then closes it.
func refusing(s *agentService, times int64) {
	var asked atomic.Int64
	s.stop = func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) <= times {
			refuse(w, r)
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.closed = true
		_, _ = io.WriteString(w, s.status())
	}
}

// cancel does what the screen does when a run is cancelled.
func (r *agentRun) cancel() {
	r.Cancel(r.StartedAt)
	r.feed.Cancel()
}

// cancelRefused cancels, and waits for the refusal, after which the run goes
// on.
func (r *agentRun) cancelRefused(t *testing.T, refusals int) {
	t.Helper()
	r.cancel()
	if r.Agent.Stop != state.StopAsked || !r.Stopping() {
		t.Fatalf("right after the cancel the stop is %s", r.Agent.Stop)
	}
	r.until(t, "the refusal", func() bool {
		return r.Agent.Stop == state.StopRefused && r.Agent.SessionStop != state.StopAsked && count(r.seen, "refused") >= refusals
	})
	if r.Phase != state.Running || r.Stopping() || !r.CanCancel() || !strings.HasSuffix(r.StopLine(), "stop refused") || !strings.Contains(string(r.Agent.StopWhy), "not yours") {
		t.Fatalf("after the refusal the run is %s, stopping %v: %q", r.Phase, r.Stopping(), r.StopLine())
	}
}

func count(all []string, one string) int {
	n := 0
	for _, s := range all {
		if s == one {
			n++
		}
	}
	return n
}

const agentStop = ", DELETE /agents/a/stop"
const sessionStop = ", DELETE /sessions/s/stop"

// A stop that is refused is not taken for one: the run goes on, and the stop
// can be asked for again. Who asks again gets a session stopped that was
// started here.
func TestAgentStopRefused(t *testing.T) {
	t.Parallel()
	given := state.AgentOrder{Request: api.AgentRequest{SessionID: "mine"}}
	tests := []struct {
		name        string
		order       state.AgentOrder
		refused     int64 // stops of the agent
		refusals    int   // that the run is told
		stopSession func(http.ResponseWriter, *http.Request)
		asked       string
		agent       state.Stop
		session     state.Stop
	}{
		{"once", state.AgentOrder{}, 1, 1, nil, starts + agentStop + agentStop + sessionStop, state.StopConfirmed, state.StopConfirmed},
		{"the session is stopped then", state.AgentOrder{}, 2, 1, nil, starts + agentStop + agentStop + sessionStop, state.StopRefused, state.StopConfirmed},
		{"a kept one too", state.AgentOrder{KeepSession: true}, 2, 1, nil, starts + agentStop + agentStop + sessionStop, state.StopRefused, state.StopConfirmed},
		{"session refused too", state.AgentOrder{}, 2, 3, refuse, starts + agentStop + agentStop + sessionStop + agentStop + sessionStop, state.StopConfirmed, state.StopRefused},
		{"given session", given, 3, 3, nil, "POST /agents/start" + strings.Repeat(agentStop, 4), state.StopConfirmed, state.StopNone},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := &agentService{stopSession: test.stopSession}
			refusing(s, test.refused)
			run := runAgent(t.Context(), t, s, test.order)
			run.toWork(t)
			for told := 0; told < test.refusals; told = count(run.seen, "refused") {
				run.cancelRefused(t, told+1)
			}
			run.cancel()
			run.toEnd(t)
			if run.Phase != state.Cancelled || run.Agent.Stop != test.agent || run.Agent.SessionStop != test.session || s.asked() != test.asked {
				t.Errorf("%s, agent %s, session %s, asked %s\nwant agent %s, session %s, asked %s", run.Phase,
					run.Agent.Stop, run.Agent.SessionStop, s.asked(), test.agent, test.session, test.asked)
			}
		})
	}
}

// A program that ends does not wait for anybody to change their mind.
func TestProgramEndsAlthoughStopsAreRefused(t *testing.T) {
	t.Parallel()
	ctx, end := context.WithCancel(t.Context())
	defer end()
	s := &agentService{stop: refuse, stopSession: refuse}
	run := runAgent(ctx, t, s, state.AgentOrder{})
	run.toWork(t)
	end()
	run.toEnd(t)
	text := strings.Join(run.OutcomeLines(), "\n")
	want := state.Left{Agent: "a", Session: "s", OwnSession: true}
	if run.Phase != state.Cancelled || !strings.Contains(text, "agent a was not stopped") || !strings.Contains(text, "session s was not stopped") || run.Left() != want {
		t.Errorf("%s, %+v, %s", run.Phase, run.Left(), text)
	}
}

// When the agent gets out of sight after it was not stopped, nobody says that
// it was cancelled.
func TestLostAfterRefusal(t *testing.T) {
	t.Parallel()
	s := &agentService{stop: refuse}
	run := runAgent(t.Context(), t, s, state.AgentOrder{Request: api.AgentRequest{SessionID: "mine"}})
	run.toWork(t)
	run.cancelRefused(t, 1)
	s.mu.Lock()
	s.lose = true
	s.mu.Unlock()
	run.toEnd(t)
	if text := strings.Join(run.OutcomeLines(), "\n"); run.Phase != state.Interrupted || !strings.Contains(text, "agent a was not stopped; it may be going on") {
		t.Errorf("%s: %s", run.Phase, text)
	}
}

// Whoever cancels twice waits no longer for the action in progress: a session
// that was started here is stopped, a kept one too; one that was there before
// is left.
func TestSecondCancel(t *testing.T) {
	t.Parallel()
	given := state.AgentOrder{Request: api.AgentRequest{SessionID: "mine"}}
	for name, test := range map[string]struct {
		order   state.AgentOrder
		asked   string
		session state.Stop
		left    state.Left
	}{
		"own session":   {state.AgentOrder{}, stopsAll, state.StopConfirmed, state.Left{}},
		"kept session":  {state.AgentOrder{KeepSession: true}, stopsAll, state.StopConfirmed, state.Left{}},
		"given session": {given, "POST /agents/start" + agentStop, state.StopNone, state.Left{Agent: "a", Session: "mine"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := make(chan struct{})
			s := &agentService{stop: func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, `{"agent_id":"a","status":"active"}`)
				close(asked)
			}}
			run := runAgent(t.Context(), t, s, test.order)
			run.toWork(t)
			run.cancel()
			<-asked
			run.until(t, "asking", func() bool { return slices.Contains(run.seen, "asked") })
			if run.Phase.Ended() || run.StopLine() != state.StopText {
				t.Errorf("while the agent goes on the run is %s: %q", run.Phase, run.StopLine())
			}
			run.cancel()
			if own := test.session == state.StopConfirmed; own != (run.Agent.SessionStop == state.StopAsked) || own != (run.StopLine() == "stopping session s…") {
				t.Errorf("right after the second cancel the session's stop is %s: %q", run.Agent.SessionStop, run.StopLine())
			}
			run.toEnd(t)
			if run.Phase != state.Cancelled || run.Agent.Stop != state.StopNotConfirmed || run.Agent.SessionStop != test.session || s.asked() != test.asked || run.Left() != test.left {
				t.Errorf("%s, agent %s, session %s, left %+v, asked %s", run.Phase, run.Agent.Stop, run.Agent.SessionStop, run.Left(), s.asked())
			}
		})
	}
}

// A session that is closed already is as good as stopped, and one on which
// nothing can be started is said to be the reason.
func TestSessionClosedAlready(t *testing.T) {
	t.Parallel()
	already := func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, `{"detail":"Session s is already closed"}`, http.StatusBadRequest)
	}
	gone := func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, `{"detail":"Session not found"}`, http.StatusNotFound)
	}
	s := &agentService{closed: true, success: "true", stopSession: already, session: gone}
	run := runAgent(t.Context(), t, s, state.AgentOrder{})
	run.toEnd(t)
	if run.Phase != state.Done || run.Agent.SessionStop != state.StopConfirmed || run.Left() != (state.Left{}) {
		t.Errorf("%s, session %s, left %+v", run.Phase, run.Agent.SessionStop, run.Left())
	}
	s = &agentService{agents: gone, session: gone}
	run = runAgent(t.Context(), t, s, state.AgentOrder{Request: api.AgentRequest{SessionID: "mine"}})
	run.toEnd(t)
	if run.Phase != state.Failed || !slices.Equal(run.Failure.Options(), []string{"session_id"}) || run.Failure.OfSession || run.Left() != (state.Left{}) {
		t.Errorf("%s, %+v, left %+v", run.Phase, run.Failure, run.Left())
	}
}

// What is stopped by itself is told as a change for the run that knows it.
func TestStopsByThemselves(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer func(http.ResponseWriter, *http.Request)
		want   state.Stop
	}{
		"confirmed": {nil, state.StopConfirmed},
		"refused":   {refuse, state.StopRefused},
		"still open": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"session_id":"s","agent_id":"a","status":"active"}`)
		}, state.StopNotConfirmed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &agentService{stop: test.answer, stopSession: test.answer}
			client := s.client(t)
			session := StopSession(t.Context(), client, "s")
			ctx, cancel := context.WithTimeout(t.Context(), graceWithin)
			defer cancel()
			agent := StopAgent(ctx, client, "a", "s")
			if session.SessionStop != test.want || session.Stop != state.StopNone || agent.Stop != test.want || agent.SessionStop != state.StopNone {
				t.Errorf("session %+v, agent %+v", session, agent)
			}
			if confirmed := test.want == state.StopConfirmed; confirmed == (session.Why != "") || confirmed == (agent.Why != "") {
				t.Errorf("session %+v, agent %+v", session, agent)
			}
			if s.asked() != "DELETE /sessions/s/stop, DELETE /agents/a/stop" {
				t.Errorf("asked %s", s.asked())
			}
		})
	}
}
