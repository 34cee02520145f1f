package state

import (
	"testing"
	"time"
)

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
