package ui

import (
	"reflect"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"notturno/state"
)

// quits reports whether a command ends the program.
func quits(cmd tea.Cmd) bool {
	return cmd != nil && reflect.ValueOf(cmd).Pointer() == reflect.ValueOf(tea.Quit).Pointer()
}

func TestInterruptLadder(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	run := s.start("task")
	s.write("a draft")
	if cmd := s.press("ctrl+c"); quits(cmd) || run.Phase != state.Cancelled {
		t.Fatalf("the first press leaves the run %s", run.Phase)
	}
	s.shows("› a draft")
	if cmd := s.press("ctrl+c"); quits(cmd) || !s.prompt.Empty() {
		t.Fatal("the second press does not clear the draft")
	}
	s.shows("cleared · alt+z brings it back")
	if cmd := s.press("ctrl+c"); quits(cmd) {
		t.Fatal("the third press quits at once")
	}
	s.shows("press ctrl+c again to quit")
	s.now = s.now.Add(quitWithin)
	if cmd := s.press("ctrl+c"); quits(cmd) {
		t.Fatal("a press two seconds later quits")
	}
	s.now = s.now.Add(quitWithin - time.Millisecond)
	if cmd := s.press("ctrl+c"); !quits(cmd) {
		t.Error("the second press in time does not quit")
	}
}

func TestClearedTextComesBack(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	s.write("a draft")
	s.press("ctrl+c", "alt+z")
	s.shows("› a draft")
}

func TestQuittingWithLiveRunsAsksFirst(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	s.start("first")
	s.start("second")
	if cmd := s.press("ctrl+q"); quits(cmd) {
		t.Fatal("it quits without asking")
	}
	s.shows("Quit with 2 runs going on?", "the local agents stop with them")
	s.press("n")
	s.hides("Quit with")
	s.press("ctrl+q", "esc")
	s.hides("Quit with")
	if s.runs.going() != 2 {
		t.Errorf("%d runs are live: esc cancelled one through the question", s.runs.going())
	}
	if cmd := s.press("ctrl+q", "y"); !quits(cmd) {
		t.Error("yes does not quit")
	}
}

func TestQuittingAServiceSaysThatItMayBill(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting, func(c *Config) { c.Backend = "anything.example" })
	s.start("task")
	s.press("ctrl+q")
	s.shows("may finish, and bill")
}

func TestQuittingAnIdleScreen(t *testing.T) {
	t.Parallel()
	if s := newScreen(t, 120, 30, waiting); !quits(s.press("ctrl+q")) {
		t.Error("ctrl+q does not quit")
	}
}
