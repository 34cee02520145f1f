package board

import (
	"fmt"
	"testing"

	"notturno/state"
	"notturno/ui/part"
)

// some are n runs that go on and n that wait.
func some(n int) []*state.Run {
	var runs []*state.Run
	for i := range n {
		runs = append(runs, steps(fmt.Sprint(i), 1, 2, 3))
	}
	for i := range n {
		runs = append(runs, queued(fmt.Sprint("q", i), "a task"))
	}
	return runs
}

// Counting allocations and other tests do not go together: no t.Parallel.
func TestCostDoesNotGrowWithRuns(t *testing.T) {
	draw := func(n int) float64 {
		runs := some(n)
		b := newBoard(runs, "5", 160, 20)
		return testing.AllocsPerRun(5, func() {
			b.Sync(runs, "5", now())
			b.Update(part.Do{Action: part.Down})
			b.Update(part.Do{Action: part.Up})
			b.Rows()
		})
	}
	if few, many := draw(50), draw(5000); many > few*1.1 {
		t.Errorf("a board of 10,000 runs takes %.0f allocations, one of 100 %.0f", many, few)
	}
	b := newBoard(some(100), "5", 160, 20)
	b.Rows()
	if n := testing.AllocsPerRun(5, func() { b.Rows() }); n != 0 {
		t.Errorf("drawing again what is unchanged takes %.0f allocations", n)
	}
}

// BenchmarkBoard is a tick of the clock on a board of so many runs.
func BenchmarkBoard(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		runs := some(n)
		b.Run(fmt.Sprint(2*n), func(b *testing.B) {
			board := newBoard(runs, "5", 200, 60)
			b.ReportAllocs()
			for b.Loop() {
				board.Sync(runs, "5", now())
				board.Rows()
			}
		})
	}
}
