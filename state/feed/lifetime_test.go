package feed

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"testing"
	"time"

	"notturno/api"
	"notturno/state"
)

// An agent that was started elsewhere began when the service says, as far as
// that can be.
func TestLifetime(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 8, 20, 12, 0, 0, 0, time.UTC)
	none := time.Time{}
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	const minute = time.Minute
	for name, test := range map[string]struct {
		agent        api.Agent
		began, ended time.Time
	}{
		"not told":              {api.Agent{}, none, none},
		"at work":               {api.Agent{CreatedAt: ago(5 * minute)}, ago(5 * minute), none},
		"at work, clock ahead":  {api.Agent{CreatedAt: ago(-minute)}, none, none},
		"at work for a year":    {api.Agent{CreatedAt: ago(365 * 24 * time.Hour)}, none, none},
		"over, and not when":    {api.Agent{CreatedAt: ago(5 * minute), Status: api.AgentClosed}, none, none},
		"over":                  {api.Agent{CreatedAt: ago(5 * minute), ClosedAt: ago(4 * minute)}, ago(5 * minute), ago(4 * minute)},
		"over, clock ahead":     {api.Agent{CreatedAt: ago(-5 * minute), ClosedAt: ago(-6 * minute)}, ago(minute), now},
		"over before it began":  {api.Agent{CreatedAt: ago(4 * minute), ClosedAt: ago(5 * minute)}, none, none},
		"over for a long time":  {api.Agent{CreatedAt: ago(900 * time.Hour), ClosedAt: ago(899 * time.Hour)}, ago(900 * time.Hour), ago(899 * time.Hour)},
		"over, after two years": {api.Agent{CreatedAt: ago(9999 * time.Hour), ClosedAt: ago(time.Hour)}, none, none},
	} {
		if began, ended := lifetime(test.agent, now); began != test.began || ended != test.ended {
			t.Errorf("%s: from %v to %v, want from %v to %v", name, began, ended, test.began, test.ended)
		}
	}
}

// The times of an agent that is watched are its own, also where the clock of
// the service is wrong.
func TestTimesOfAWatchedAgent(t *testing.T) {
	t.Parallel()
	for name, skew := range map[string]time.Duration{"right": 0, "an hour ahead": time.Hour, "an hour behind": -time.Hour} {
		for state, closed := range map[string]bool{"at work": false, "over": true} {
			t.Run(name+", "+state, func(t *testing.T) {
				t.Parallel()
				checkTimes(t, time.Now().Add(skew).UTC(), closed)
			})
		}
	}
}

// checkTimes watches an agent that was started five minutes ago, on a session
// that is a minute older, and that ended a minute after its start if at all.
func checkTimes(t *testing.T, there time.Time, closed bool) {
	ago := func(d time.Duration) string { return there.Add(-d).Format(time.RFC3339Nano) }
	s := &agentService{session: func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(w, `{"session_id":"s","status":"active","created_at":%q,"last_accessed_at":%q,"duration":"PT6M","idle_timeout_minutes":3,"max_duration_minutes":15}`,
			ago(6*time.Minute), ago(time.Minute))
	}}
	agent := fmt.Sprintf(`{"agent_id":"a","session_id":"s","status":"active","created_at":%q}`, ago(5*time.Minute))
	if closed {
		agent = fmt.Sprintf(`{"agent_id":"a","session_id":"s","status":"closed","created_at":%q,"closed_at":%q}`, ago(5*time.Minute), ago(4*time.Minute))
	}
	s.shown = func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, agent) }
	left, leave := context.WithCancel(context.WithoutCancel(t.Context()))
	a := newAgentSource(t.Context(), s.client(t), left)
	a.events = func(ctx context.Context, _ api.AgentWatch) iter.Seq2[api.Event, error] {
		return func(yield func(api.Event, error) bool) {
			if closed {
				yield(api.Event{Data: api.Done{}}, nil)
				return
			}
			<-ctx.Done()
			yield(api.Event{}, ctx.Err())
		}
	}
	run := &agentRun{Run: state.NewWatch("1", "api.example", "a", "s", "", time.Now())}
	run.Connect(time.Now())
	run.feed = a.follow(leave, func(f *Feed) error { return a.attach(f, "a", "s") })
	if !closed {
		run.until(t, "the clocks", func() bool { return run.Agent.Clocks != (state.Clocks{}) })
		if age := run.Elapsed(time.Now()); age < 5*time.Minute || age > 6*time.Minute {
			t.Errorf("the agent is said to be at work for %v", age)
		}
		run.feed.Leave()
	}
	run.toEnd(t)
	if took := run.Elapsed(time.Now()); closed && took != time.Minute {
		t.Errorf("the agent is said to have taken %v", took)
	}
}
