package feed

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"notturno/api"
	"notturno/state"
)

// session answers with a session of a status, whose time the service knows.
func session(status string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(w, `{"session_id":"s","status":%q,"created_at":"2020-01-01T00:00:00Z","last_accessed_at":"2020-01-01T00:08:00Z",
			"duration":"PT10M","idle_timeout_minutes":3,"max_duration_minutes":15}`, status)
	}
}

// The clocks of a session are those of its start, or are read once; at the end
// those of a session that stays open are read once more. Nothing else asks for
// them.
func TestClocks(t *testing.T) {
	t.Parallel()
	given := state.AgentOrder{Request: api.AgentRequest{SessionID: "mine"}}
	gone := func(w http.ResponseWriter, _ *http.Request) { http.NotFound(w, nil) }
	tests := []struct {
		name    string
		order   state.AgentOrder
		session func(http.ResponseWriter, *http.Request)
		looks   int  // the watching looks once itself, for the viewer's link
		old     bool // ten minutes, and not just begun
		known   bool
		says    string
	}{
		{"own session", state.AgentOrder{}, session("active"), 1, false, false, "was stopped: confirmed"},
		{"kept session", state.AgentOrder{KeepSession: true}, session("active"), 2, false, true, "was left open"},
		{"kept session that has ended", state.AgentOrder{KeepSession: true}, session("timed_out"), 2, false, false, "session s has ended"},
		{"given session", given, session("active"), 3, true, true, "was left open"},
		{"given session without clocks", given, nil, 3, false, false, "was left open"},
		{"given session that is not shown", given, gone, 3, false, false, "was left open"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := &agentService{session: test.session, sessions: session("active"), closed: true, success: "true"}
			began := time.Now()
			run := runAgent(t.Context(), t, s, test.order)
			if !strings.HasPrefix(test.name, "given") {
				run.until(t, "the session", func() bool { return run.Agent.SessionID != "" })
				if left, known := run.Agent.Clocks.MaxLeft(time.Now()); !known || left > 15*time.Minute || run.Agent.Clocks.CreatedAt.Before(began) {
					t.Errorf("a session that was just started: %+v", run.Agent.Clocks)
				}
			}
			run.toEnd(t)
			s.mu.Lock()
			looks := s.looks
			s.mu.Unlock()
			left, known := run.Agent.Clocks.MaxLeft(time.Now())
			if known != test.known || looks != test.looks || (known && (left <= 5*time.Minute) != test.old) {
				t.Errorf("%v are left, %v, after %d looks: %+v", left, known, looks, run.Agent.Clocks)
			}
			if text := strings.Join(run.OutcomeLines(), "\n"); run.Phase != state.Done || !strings.Contains(text, test.says) {
				t.Errorf("%s: %s", run.Phase, text)
			}
		})
	}
}

// What an agent did before it was watched does not count as use of its session
// now; what it does then does.
func TestClocksOfAWatchedAgent(t *testing.T) {
	t.Parallel()
	s := &agentService{session: session("active")}
	run := watchAgent(t.Context(), t, s, "a", "s")
	run.until(t, "the first step and the clocks", func() bool { return run.Agent.Steps > 0 && run.Agent.Clocks.Idle > 0 })
	if left, known := run.Agent.Clocks.IdleLeft(time.Now()); !known || left > time.Minute {
		t.Errorf("two minutes after its use the session may be idle for %v, %v", left, known)
	}
	run.feed.Leave()
	run.toEnd(t)
}

// A look that nobody answers holds up neither the agent nor the end.
func TestClocksThatDoNotCome(t *testing.T) {
	t.Parallel()
	s := &agentService{session: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }}
	run := runAgent(t.Context(), t, s, state.AgentOrder{Request: api.AgentRequest{SessionID: "mine"}})
	run.until(t, "the start", func() bool { return run.Agent.ID != "" })
	run.feed.Leave()
	run.toEnd(t)
	if run.Phase != state.Interrupted || s.asked() != "POST /agents/start" {
		t.Errorf("%s, asked %s", run.Phase, s.asked())
	}
}
