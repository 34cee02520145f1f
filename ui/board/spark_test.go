package board

import (
	"strings"
	"testing"
	"time"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part/parttest"
)

// row is the row of the run with the task.
func row(t *testing.T, b *Board, task string) string {
	t.Helper()
	for line := range strings.SplitSeq(text(b), "\n") {
		if strings.Contains(line, task) {
			return line
		}
	}
	t.Fatalf("%q does not show:\n%s", task, text(b))
	return ""
}

// steps is a run that hears n events in each of the last seconds.
func steps(id string, counts ...int) *state.Run {
	run := running(id, "task "+id)
	for i, n := range counts {
		at(run, 30.5-float64(len(counts)-i), n)
	}
	return run
}

func TestSparklinesShareOneScale(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		other []int // of a run beside it
		own   []int
		want  string
	}{
		{"alone, the highest is full", []int{0}, []int{1, 2, 3, 4, 5, 6, 7}, "▁▂▃▄▅▆▇█    7/s"},
		{"beside a busier one", []int{14}, []int{7, 14, 1}, "▁▅█▂    1/s"},
		{"one among thousands stands out", []int{5000}, []int{1, 0, 2500}, "▁▂▁▅ 2.5k/s"},
		{"one event", []int{0}, []int{1}, "▁█    1/s"},
		{"quiet", []int{9}, []int{0, 0}, "▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁    0/s"},
		{"more than a thousand", []int{0}, []int{12_345}, "█  12k/s"},
		{"999", []int{0}, []int{999}, "█  999/s"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := newBoard([]*state.Run{steps("own", test.own...), steps("other", test.other...)}, "own", 130, 8)
			if got := row(t, b, "task own"); !strings.Contains(got, test.want) {
				t.Errorf("the row is %q, want %q in it", got, test.want)
			}
		})
	}
}

func TestSparklineLooksFurtherBackWhenWide(t *testing.T) {
	t.Parallel()
	for w, want := range map[int]int{120: 20, 139: 20, 140: 30, 200: 30} {
		got := row(t, newBoard([]*state.Run{steps("own", 0)}, "own", w, 8), "task own")
		if n := strings.Count(got, "▁"); n != want {
			t.Errorf("at %d the sparkline is %d seconds long, want %d", w, n, want)
		}
	}
}

// Every second, everything moves one cell to the left, until it is forgotten.
func TestSparklineMovesWithTime(t *testing.T) {
	t.Parallel()
	run := steps("own", 3)
	b := newBoard([]*state.Run{run}, "own", 120, 8)
	for second := range 25 {
		b.Sync([]*state.Run{run}, "own", now().Add(time.Duration(second)*time.Second))
		want := strings.Repeat("▁", 20)
		if second < 20 {
			want = strings.Repeat("▁", 19-second) + "█" + strings.Repeat("▁", second)
		}
		if got := row(t, b, "task own"); !strings.Contains(got, "  "+want+" ") {
			t.Errorf("after %d seconds the row is %q", second, got)
		}
	}
}

func TestWhatSaysNothingHasNoSparkline(t *testing.T) {
	t.Parallel()
	ended := steps("own", 5)
	ended.Apply(parttest.Arrivals(ended, api.Done{}))
	runs := []*state.Run{ended, queued("q", "task q")}
	b := newBoard(runs, "own", 120, 8)
	if got := row(t, b, "task q"); strings.ContainsAny(got, "▁█") || strings.Contains(got, "/s") {
		t.Errorf("a queued run has the row %q", got)
	}
	if got := row(t, b, "task own"); !strings.Contains(got, "▁█") || strings.Contains(got, "/s") {
		t.Errorf("a run that has just ended has the row %q", got)
	}
	b.Sync(runs, "own", now().Add(time.Minute))
	if got := row(t, b, "task own"); strings.ContainsAny(got, "▁█") {
		t.Errorf("a run that ended a minute ago has the row %q", got)
	}
}
