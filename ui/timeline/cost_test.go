package timeline

import (
	"fmt"
	"testing"
	"time"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// These tests count allocations, so they run alone.

// waiting is a run of n calls that have ended and one that goes on.
func waiting(n int) *state.Run {
	run := calls(n)
	run.Apply(parttest.Arrivals(run, api.ToolStart{Name: "open"}))
	return run
}

// Only the rows that show are put together, and what a key or an event does
// takes no longer after many calls than after few.
func TestManyCallsCostNoMoreThanFew(t *testing.T) {
	now := parttest.Start().Add(20 * time.Hour)
	for name, test := range map[string]struct {
		run func(n int) *state.Run
		do  func(run *state.Run, tl *Timeline)
	}{
		"a tick": {waiting, func(_ *state.Run, tl *Timeline) {
			now = now.Add(120 * time.Millisecond)
			tl.Sync(now)
		}},
		"a call": {waiting, func(run *state.Run, tl *Timeline) {
			run.Apply(parttest.Arrivals(run, api.ToolStart{Name: "click"}, api.ToolResult{}))
			tl.Sync(now)
		}},
		"a call of a group": {clicks, func(run *state.Run, tl *Timeline) {
			run.Apply(parttest.Arrivals(run, api.ToolStart{Name: "click"}, api.ToolResult{}))
			tl.Sync(now)
		}},
		"up and down": {calls, func(_ *state.Run, tl *Timeline) {
			for _, a := range []part.Action{part.Top, part.PageDown, part.End, part.PageUp} {
				tl.Update(part.Do{Action: a})
			}
		}},
		"a group": {clicks, func(_ *state.Run, tl *Timeline) {
			tl.Update(part.Do{Action: part.Fold})
			tl.Update(part.Do{Action: part.PageDown})
		}},
		"a resize": {calls, func(_ *state.Run, tl *Timeline) {
			tl.Resize(32, 10)
			tl.Resize(40, 20)
		}},
	} {
		cost := func(n int) float64 {
			run := test.run(n)
			tl := newTimeline(run, 40, 20)
			return testing.AllocsPerRun(20, func() {
				test.do(run, tl)
				tl.Rows()
			})
		}
		if few, many := cost(50), cost(10_000); many > few*1.2+2 {
			t.Errorf("%s: with 50 calls %v allocations, with 10,000 %v", name, few, many)
		}
	}
}

// A call of a group finds the first one without a walk over all between them,
// even when the results come in the worst order: the last call's first.
func TestTheWayToAGroupStaysShort(t *testing.T) {
	const n = 2000
	run := parttest.Run("task")
	for i := range n {
		run.Apply(parttest.Arrivals(run, api.ToolStart{ID: api.Text(fmt.Sprint(i)), Name: "click"}))
	}
	tl := newTimeline(run, 40, 20)
	for i := n - 1; i >= 0; i-- {
		run.Apply(parttest.Arrivals(run, api.ToolResult{ID: api.Text(fmt.Sprint(i))}))
		tl.Sync(parttest.Start())
	}
	hops := 0
	for i := n - 1; tl.entries[i].first != i; i = tl.entries[i].first {
		hops++
	}
	if hops > 20 || tl.entries.size(0) != n {
		t.Errorf("it takes %d steps from the last call to the first of a group of %d", hops, tl.entries.size(0))
	}
}

func TestNothingChangedCostsNothing(t *testing.T) {
	for name, run := range map[string]*state.Run{"goes on": calls(1000), "has ended": waiting(1000)} {
		if name == "has ended" {
			run.Cancel(parttest.Start().Add(time.Hour))
		}
		tl := newTimeline(run, 40, 20)
		tl.Rows()
		now := parttest.Start().Add(time.Minute)
		if n := testing.AllocsPerRun(100, func() {
			now = now.Add(time.Nanosecond)
			tl.Sync(now)
			tl.Rows()
		}); n != 0 {
			t.Errorf("a tick of a run that %s takes %v allocations", name, n)
		}
	}
}

func BenchmarkTick(b *testing.B) {
	for _, n := range []int{20, 2_000, 20_000} {
		b.Run(fmt.Sprintf("calls=%d", n), func(b *testing.B) {
			tl := newTimeline(waiting(n), 40, 40)
			now := parttest.Start().Add(20 * time.Hour)
			for b.Loop() {
				now = now.Add(120 * time.Millisecond)
				tl.Sync(now)
				tl.Rows()
			}
		})
	}
}
