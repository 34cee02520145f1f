package ui

import (
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
)

func TestClockStopsWhenNothingMoves(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 100, 30, waiting)
	if cmd := s.send(tickMsg{}); cmd != nil || s.clock.ticking {
		t.Error("the clock goes while there is no run")
	}
	run := s.start("task")
	if !s.clock.ticking {
		t.Fatal("the clock stands while a run goes on")
	}
	s.hear(run, api.Done{})
	s.hearEnd(run, nil)
	if cmd := s.send(tickMsg{}); cmd != nil || s.clock.ticking {
		t.Error("the clock goes on after the run")
	}
	if cmd := s.send(tea.FocusMsg{}); cmd != nil {
		t.Error("a message to an idle screen returns a command")
	}
}

// One tick is under way at a time, whatever happens in between.
func TestClockIsNotDoubled(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 100, 30, waiting)
	s.start("task")
	for _, msg := range []tea.Msg{tea.FocusMsg{}, tea.BlurMsg{}, key("tab"), tea.WindowSizeMsg{Width: 90, Height: 20}, saidMsg{text: "word"}} {
		if cmd := s.send(msg); cmd != nil {
			t.Errorf("%T returns a command while the clock is going", msg)
		}
	}
	for range 3 {
		if cmd := s.send(tickMsg{}); cmd == nil || !s.clock.ticking {
			t.Error("the clock stops in the middle of a run")
		}
	}
}

// What streams has the screen painted: the spinner moves along with it, not in
// frames of its own.
func TestTheSpinnerMovesWithWhatComes(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 100, 30, waiting)
	run := s.start("task")
	at := s.clock.frame
	s.hear(run, api.TextDelta{Delta: "a "})
	s.hear(run, api.TextDelta{Delta: "b "})
	if s.clock.frame != at+1 {
		t.Errorf("two batches move the spinner by %d", s.clock.frame-at)
	}
	before := s.View().Content
	s.send(tickMsg{})
	if s.View().Content != before {
		t.Error("the tick after a batch paints the screen again")
	}
	s.send(tickMsg{})
	if s.View().Content == before {
		t.Error("a tick without a batch before it does not move the spinner")
	}
}

// A word about what was there before does not hide the state of a new run, nor
// that one was cancelled.
func TestNoticesGiveWayToTheState(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 100, 30, waiting)
	s.press("ctrl+o")
	s.shows("there is no run yet")
	s.start("task")
	s.hides("there is no run yet")
	s.shows("connecting 0:00")
	s.send(saidMsg{text: "something happened"})
	s.press("esc")
	s.hides("something happened")
	s.shows("■ cancelled 0:00")
}

func TestNoticesPass(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 100, 30, waiting)
	if cmd := s.send(saidMsg{text: "something happened"}); cmd == nil {
		t.Error("no clock takes the notice away")
	}
	s.shows("something happened")
	s.now = s.now.Add(noticeTime + time.Millisecond)
	if cmd := s.send(tickMsg{}); cmd != nil {
		t.Error("the clock goes on after the notice")
	}
	s.hides("something happened")
}

func TestSpinnerMovesUnlessMotionIsReduced(t *testing.T) {
	t.Parallel()
	for _, reduced := range []bool{false, true} {
		s := newScreen(t, 100, 30, waiting, func(c *Config) { c.ReducedMotion = reduced })
		s.start("task")
		before := s.View().Content
		s.send(tickMsg{})
		if moved := s.View().Content != before; moved == reduced {
			t.Errorf("with reduced motion %v the spinner moves: %v", reduced, moved)
		}
	}
}

func TestTicksAreRareWhenMotionIsReduced(t *testing.T) {
	t.Parallel()
	for _, reduced := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			a := New(t.Context(), Config{ReducedMotion: reduced, Now: time.Now})
			_, cmd := a.Update(saidMsg{text: "word"})
			want := frameTime
			if reduced {
				want = slowFrameTime
			}
			from := time.Now()
			if _, ok := cmd().(tickMsg); !ok || time.Since(from) != want {
				t.Errorf("with reduced motion %v a tick takes %v, want %v", reduced, time.Since(from), want)
			}
		})
	}
}
