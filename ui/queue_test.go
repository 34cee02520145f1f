package ui

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part"
)

func parallel(n int) func(*Config) { return func(c *Config) { c.MaxParallel = n } }

func phases(s *screen) string {
	text := ""
	for _, t := range s.runs.tabs {
		text += t.run.Task + ":" + t.run.Phase.String() + " "
	}
	return text
}

func (s *screen) wantPhases(want string) {
	s.t.Helper()
	if got := phases(s); got != want {
		s.t.Errorf("the runs are %q, want %q", got, want)
	}
}

func TestTheQueue(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting, parallel(2))
	for _, task := range []string{"a", "b", "c", "d"} {
		s.start(task)
	}
	s.wantPhases("a:connecting b:connecting c:queued d:queued ")
	s.forget()
	s.shows("○ queued", "number 2 in the queue")
	s.press("alt+1", "esc") // a place is free
	s.wantPhases("a:cancelled b:connecting c:connecting d:queued ")
	b := s.runs.tabs[1].run
	s.hear(b, api.Done{})
	s.wantPhases("a:cancelled b:done c:connecting d:connecting ")
}

// However runs come and go, no more than the limit goes on, and each is sent
// once.
func TestNoMoreThanTheLimit(t *testing.T) {
	t.Parallel()
	var now, most, sent atomic.Int32
	s := newScreen(t, 120, 30, func(w http.ResponseWriter, r *http.Request) {
		sent.Add(1)
		for n := now.Add(1); ; {
			if m := most.Load(); n <= m || most.CompareAndSwap(m, n) {
				break
			}
		}
		begin(w, r)
		now.Add(-1)
		say(w, `{"type":"done"}`)
	}, parallel(3))
	for i := range 10 {
		s.write(fmt.Sprint("task ", i))
		s.run(s.press("enter"))
	}
	s.until(nil, "all are done", func() bool { return s.runs.count((*tab).ended) == 10 })
	if sent.Load() != 10 || most.Load() > 3 {
		t.Errorf("%d runs were sent, up to %d at once", sent.Load(), most.Load())
	}
}

func TestAQueuedRunIsEditedInItsPlace(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting, parallel(1))
	for _, task := range []string{"a", "b", "c"} {
		s.start(task)
	}
	s.want(part.Rewrite{Run: s.runs.tabs[1].run.ID})
	s.shows("editing a queued task")
	s.want(part.Cancel{Run: s.runs.tabs[0].run.ID}) // the place is for c: b is being edited
	s.wantPhases("a:cancelled b:queued c:connecting ")
	s.write(" more")
	s.press("enter")
	s.wantPhases("a:cancelled b more:queued c:connecting ")
	s.hides("editing a queued task")
	s.shows("› b more")
	s.hear(s.runs.tabs[2].run, api.Done{})
	s.wantPhases("a:cancelled b more:connecting c:done ")
}

func TestEditingCanBeLeft(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting, parallel(1))
	s.start("a")
	s.start("b")
	s.want(part.Rewrite{Run: s.runs.tabs[1].run.ID})
	s.write(" more")
	s.press("esc")
	s.wantPhases("a:connecting b:queued ")
	if !s.prompt.Empty() {
		t.Error("the prompt keeps what was left")
	}
	s.want(part.Rewrite{Run: s.runs.tabs[0].run.ID})
	s.shows("only a queued run can be edited")
}

func TestTheQueueIsReordered(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting, parallel(1))
	for _, task := range []string{"a", "b", "c", "d"} {
		s.start(task)
	}
	d := s.runs.tabs[3].run.ID
	for _, step := range []struct {
		by   int
		want string
	}{
		{-1, "a:connecting b:queued d:queued c:queued "}, {-5, "a:connecting d:queued b:queued c:queued "},
		{2, "a:connecting b:queued c:queued d:queued "}, {1, "a:connecting b:queued c:queued d:queued "},
	} {
		s.want(part.Reorder{Run: d, By: step.by})
		s.wantPhases(step.want)
		if s.runs.tab().run.ID != d {
			t.Error("another run is in view")
		}
	}
	s.want(part.Reorder{Run: s.runs.tabs[0].run.ID, By: 1})
	s.wantPhases("a:connecting b:queued c:queued d:queued ")
}

func TestADroppedRunIsNeverSent(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting, parallel(1))
	s.start("a")
	s.start("b")
	s.want(part.Cancel{Run: s.runs.tabs[1].run.ID})
	s.hear(s.runs.tabs[0].run, api.Done{})
	s.wantPhases("a:done b:cancelled ")
	if s.runs.tabs[1].feed != nil {
		t.Error("a dropped run was sent")
	}
}

func TestQuittingTellsOfTheQueue(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting, parallel(1))
	s.start("a")
	s.start("b")
	s.press("ctrl+q")
	s.shows("Quit with 1 run going on and 1 in the queue?", "was not sent")
	s.press("n", "alt+x")
	s.wantPhases("a:cancelled b:cancelled ")
	if state.Queued.Ended() {
		t.Error("a queued run counts as ended")
	}
}
