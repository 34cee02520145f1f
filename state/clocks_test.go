package state

import (
	"testing"
	"time"

	"notturno/api"
)

// sessionAt is an open session of a service whose clock is wrong by skew, of an
// age, that was used last some time after its creation.
func sessionAt(skew, age, used time.Duration) api.Session {
	created := start.Add(skew - age)
	return api.Session{
		SessionID: "s", Status: api.SessionActive, CreatedAt: created, LastAccessedAt: created.Add(used), Duration: age,
		IdleTimeout: 3 * time.Minute, MaxDuration: 15 * time.Minute,
	}
}

// silent is a session whose service does not say how old it is.
func silent(s api.Session) api.Session {
	s.Duration = 0
	return s
}

func TestReadClocks(t *testing.T) {
	t.Parallel()
	const minute = time.Minute
	timeless := silent(sessionAt(0, 0, 0))
	timeless.CreatedAt, timeless.LastAccessedAt = time.Time{}, time.Time{}
	boundless := sessionAt(0, 0, 0)
	boundless.IdleTimeout, boundless.MaxDuration = 0, 0
	shut := sessionAt(0, 10*minute, 9*minute)
	shut.Status = api.SessionTimedOut
	tests := []struct {
		name      string
		session   api.Session
		created   time.Time
		idle, max time.Duration // left; -1 is not known
	}{
		{"just started", sessionAt(0, 0, 0), start, 3 * minute, 15 * minute},
		{"just started, clock behind", sessionAt(-time.Hour, 0, 0), start, 3 * minute, 15 * minute},
		{"just started, clock ahead", sessionAt(time.Hour, 0, 0), start, 3 * minute, 15 * minute},
		{"ours, later", sessionAt(time.Hour, 10*minute, 9*minute), start.Add(-10 * minute), 2 * minute, 5 * minute},
		{"ours, used after our last look", sessionAt(0, 10*minute, 11*minute), start.Add(-10 * minute), 3 * minute, 5 * minute},
		{"there before", sessionAt(0, 10*minute, 9*minute), time.Time{}, 2 * minute, 5 * minute},
		{"there before, clock behind", sessionAt(-time.Hour, 10*minute, 9*minute), time.Time{}, 2 * minute, 5 * minute},
		{"there before, clock ahead", sessionAt(time.Hour, 10*minute, 9*minute), time.Time{}, 2 * minute, 5 * minute},
		{"age not told", silent(sessionAt(0, 10*minute, 9*minute)), time.Time{}, 2 * minute, 5 * minute},
		{"age not told, clock behind", silent(sessionAt(-time.Hour, 10*minute, 9*minute)), time.Time{}, 3 * minute, 6 * minute},
		{"age not told, clock ahead", silent(sessionAt(time.Hour, 10*minute, 9*minute)), time.Time{}, 3 * minute, 6 * minute},
		{"unused for too long", silent(sessionAt(0, 10*minute, 0)), time.Time{}, 3 * minute, 5 * minute},
		{"unused for too long, age told", sessionAt(0, 10*minute, 0), time.Time{}, 3 * minute, 5 * minute},
		{"ours, unused for too long", sessionAt(0, 10*minute, 0), start.Add(-10 * minute), 3 * minute, 5 * minute},
		{"age told, clock a little behind", sessionAt(-4*minute, 10*minute, 9*minute), time.Time{}, 2 * minute, 5 * minute},
		{"age told, clock so far behind that it would be over", sessionAt(-20*minute, 10*minute, 9*minute), time.Time{}, 2 * minute, 5 * minute},
		{"used before it was created", sessionAt(0, 2*minute, -minute), time.Time{}, minute, 13 * minute},
		{"no times", timeless, time.Time{}, 3 * minute, -1},
		{"no limits", boundless, start, -1, -1},
		{"over", shut, time.Time{}, -1, -1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			clocks := ReadClocks(test.session, test.created, start)
			for _, c := range []struct {
				name string
				left func(time.Time) (time.Duration, bool)
				want time.Duration
			}{{"idle", clocks.IdleLeft, test.idle}, {"maximum", clocks.MaxLeft, test.max}} {
				left, known := c.left(start)
				if known != (c.want >= 0) || known && left != c.want {
					t.Errorf("%s: %v are left, %v; want %v", c.name, left, known, c.want)
				}
			}
		})
	}
}

func TestClocksRunDown(t *testing.T) {
	t.Parallel()
	clocks := NewClocks(sessionAt(0, 0, 0), start)
	for _, test := range []struct {
		after             time.Duration
		idle, max         time.Duration
		idleLate, maxLate bool
	}{
		{-time.Hour, 3 * time.Minute, 15 * time.Minute, false, false},
		{0, 3 * time.Minute, 15 * time.Minute, false, false},
		{143 * time.Second, 37 * time.Second, 15*time.Minute - 143*time.Second, false, false},
		{144 * time.Second, 36 * time.Second, 15*time.Minute - 144*time.Second, true, false},
		{12 * time.Minute, 0, 3 * time.Minute, true, true},
		{time.Hour, 0, 0, true, true},
	} {
		now := start.Add(test.after)
		idle, _ := clocks.IdleLeft(now)
		longest, _ := clocks.MaxLeft(now)
		if idle != test.idle || longest != test.max || clocks.IdleLate(now) != test.idleLate || clocks.MaxLate(now) != test.maxLate {
			t.Errorf("after %v: %v and %v are left, late %v and %v", test.after, idle, longest, clocks.IdleLate(now), clocks.MaxLate(now))
		}
	}
	if none := (Clocks{}); none.IdleLate(start) || none.MaxLate(start) {
		t.Error("clocks that are not known are late")
	}
}

// Every action of the agent is a use of its session, however the clocks are
// learned; comments and the words of the log are none.
func TestWorkKeepsASessionInUse(t *testing.T) {
	t.Parallel()
	r := begunAgent(nil)
	r.Apply([]Arrival{news(AgentChange{SessionID: "s", Clocks: NewClocks(sessionAt(0, 0, 0), start)})})
	r.Apply(arrivals(api.Connected{}, api.Comment{}, api.Status{Status: "goal"}))
	if r.Agent.Clocks.UsedAt != start {
		t.Errorf("before the first action the session was used at %v", r.Agent.Clocks.UsedAt)
	}
	work := arrivals(api.ToolStart{Name: "click"}, api.ToolResult{Content: "ok"})
	r.Apply(work)
	if used := work[1].At; r.Agent.Clocks.UsedAt != used {
		t.Errorf("the session was used at %v, want %v", r.Agent.Clocks.UsedAt, used)
	}
	r.Apply([]Arrival{news(AgentChange{Clocks: Clocks{CreatedAt: start, UsedAt: start, Idle: time.Minute}})})
	if c := r.Agent.Clocks; c.UsedAt != work[1].At || c.Idle != time.Minute || c.Max != 0 {
		t.Errorf("older news have made the clocks %+v", c)
	}
	r.Apply([]Arrival{news(AgentChange{SessionStop: StopConfirmed})})
	r.Apply(work)
	if c := r.Agent.Clocks; c != (Clocks{}) {
		t.Errorf("a session that is over has the clocks %+v", c)
	}
}

// Steps that were taken before the watching are told now, but not taken now.
func TestPastStepsAreNoUse(t *testing.T) {
	t.Parallel()
	r := NewWatch("1", LocalBackend, "a", "s", "", start)
	r.Connect(start)
	used := start.Add(-time.Minute)
	r.Apply([]Arrival{news(AgentChange{Past: 2, Clocks: Clocks{UsedAt: used, Idle: 3 * time.Minute}})})
	steps := arrivals(api.ToolStart{ID: "0", Name: "goto"}, api.ToolResult{ID: "0"}, api.ToolStart{ID: "1", Name: "click"}, api.ToolResult{ID: "1"}, api.ToolStart{ID: "2", Name: "click"})
	r.Apply(steps[:4])
	if r.Agent.Clocks.UsedAt != used {
		t.Errorf("steps of the past have used the session at %v", r.Agent.Clocks.UsedAt)
	}
	r.Apply(steps[4:])
	if r.Agent.Clocks.UsedAt != steps[4].At {
		t.Errorf("a new step has used the session at %v", r.Agent.Clocks.UsedAt)
	}
}

// A session is over when either of its clocks has run out.
func TestClocksAreOver(t *testing.T) {
	t.Parallel()
	both := Clocks{CreatedAt: start, UsedAt: start.Add(5 * time.Minute), Idle: 3 * time.Minute, Max: 15 * time.Minute}
	busy := both
	busy.UsedAt = start.Add(14 * time.Minute)
	for _, test := range []struct {
		name   string
		clocks Clocks
		passed time.Duration
		over   bool
	}{
		{"none is known", Clocks{CreatedAt: start, UsedAt: start}, time.Hour, false},
		{"in use", both, 8*time.Minute - 1, false},
		{"unused for too long", both, 8 * time.Minute, true},
		{"old, and in use", busy, 15*time.Minute - 1, false},
		{"too old", busy, 15 * time.Minute, true},
	} {
		if got := test.clocks.Over(start.Add(test.passed)); got != test.over {
			t.Errorf("%s: over is %v", test.name, got)
		}
	}
}
