package ui

import (
	"errors"
	"net/http"
	"testing"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part/parttest"
)

// A run as it comes over the wire, through every part of the program.
func TestARunFromEnterToDone(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, func(w http.ResponseWriter, r *http.Request) {
		begin(w, r)
		say(w, `{"type":"status","status":"starting"}`)
		say(w, `{"type":"notte_session_data","viewer_url":"http://127.0.0.1:1/view/9b1f?token=secret"}`)
		say(w, `{"type":"thinking_delta","delta":"One block repeats."}`)
		say(w, `{"type":"tool_start","tool_name":"open_page"}`)
		say(w, `{"type":"tool_result","content":"200 OK"}`)
		say(w, `{"type":"text_delta","delta":"## Top posts\n\n1. First"}`)
		say(w, `{"type":"done","total_cost_usd":0.0837,"function_id":"f1","thread_id":"t1"}`)
	})
	s.write("list the top posts")
	s.until(s.press("enter"), "the run is done", func() bool { return s.runs.tab().run.Closed })
	s.shows("› list the top posts", "Thought for", "✓ open_page", "200 OK", "Top posts", "1. First", "✓ done", "cost $0.0837", "127.0.0.1:1/view/9b1f", "f1")
	s.hides("secret")
	s.exact()
}

// esc cancels at one press: the very next view says so, and then the stream is
// really closed.
func TestCancelWithOnePress(t *testing.T) {
	t.Parallel()
	gone := make(chan struct{})
	s := newScreen(t, 120, 30, func(w http.ResponseWriter, r *http.Request) {
		begin(w, r)
		say(w, `{"type":"text_delta","delta":"half an ans"}`)
		<-r.Context().Done()
		close(gone)
	})
	s.write("task")
	cmd := s.press("enter")
	run := s.runs.tab().run
	s.until(cmd, "the answer begins", func() bool { return run.Answer() != "" })
	cmd = s.press("esc")
	s.shows("■ cancelled", "closing the stream…", "half an ans")
	s.until(cmd, "the stream is closed", func() bool { return run.Closed })
	s.shows("stream closed; the local agent stops with it")
	<-gone
	if s.runs.going() != 0 {
		t.Error("a run is still live")
	}
}

func TestCancelIsOnlyForTheRunInView(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	first := s.start("first task")
	s.press("ctrl+n")
	second := s.start("second task")
	s.press("alt+1", "esc")
	if first.Phase != state.Cancelled || second.Phase.Ended() {
		t.Errorf("the runs are %s and %s", first.Phase, second.Phase)
	}
	s.press("esc", "esc", "esc")
	if second.Phase.Ended() {
		t.Error("more presses cancelled the other run")
	}
	s.press("alt+right")
	s.shows("second task")
	if s.runs.tab().run != second {
		t.Error("the second run is not in view")
	}
}

func TestCancelAll(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	runs := []*state.Run{s.start("first"), s.start("second"), s.start("third")}
	s.hear(runs[1], api.Done{})
	s.press("alt+x")
	if runs[0].Phase != state.Cancelled || runs[1].Phase != state.Done || runs[2].Phase != state.Cancelled {
		t.Errorf("the runs are %s, %s and %s", runs[0].Phase, runs[1].Phase, runs[2].Phase)
	}
	s.shows("cancelled 2 runs")
}

func TestTwoRunsStayApart(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	first := s.start("first task")
	second := s.start("second task")
	s.hear(first, api.TextDelta{Delta: "answer one"})
	s.hear(second, api.TextDelta{Delta: "answer two"})
	s.shows("answer two", "1 first task", "2 second task")
	s.hides("answer one")
	s.press("alt+1")
	s.shows("answer one")
	s.hides("answer two")
	s.press("alt+5")
	s.shows("there is no run 5")
	if s.runs.tab().run != first {
		t.Error("a run that is not there changes the view")
	}
}

// What arrives late for a run that was cancelled or closed is dropped.
func TestLateBatchesAreDropped(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	run := s.start("task")
	s.hear(run, api.TextDelta{Delta: "in time"})
	s.press("esc")
	s.hear(run, api.TextDelta{Delta: "too late"}, api.ToolStart{Name: "late_tool"}, api.Done{})
	if run.Phase != state.Cancelled {
		t.Errorf("the run is %s", run.Phase)
	}
	s.shows("in time", "cancelled")
	s.hides("too late", "late_tool")
	s.press("alt+w")
	if len(s.runs.tabs) != 0 {
		t.Fatalf("%d runs are left", len(s.runs.tabs))
	}
	before := s.text()
	if cmd := s.hear(run, api.TextDelta{Delta: "much too late"}); cmd != nil && !s.clock.ticking {
		t.Error("a batch of a closed run asks for the next one")
	}
	if s.text() != before {
		t.Errorf("a batch of a closed run shows:\n%s", s.text())
	}
}

func TestARunThatGoesOnIsNotClosed(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	s.start("task")
	s.press("alt+w")
	if len(s.runs.tabs) != 1 {
		t.Fatal("a live run is closed")
	}
	s.shows("esc cancels it first")
}

func TestClosingShowsANeighbour(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	for _, task := range []string{"first", "second", "third"} {
		s.hear(s.start(task), api.Done{})
	}
	s.press("alt+2", "alt+w")
	if s.runs.tab().run.Task != "third" {
		t.Errorf("%q is in view", s.runs.tab().run.Task)
	}
	s.press("alt+w")
	if s.runs.tab().run.Task != "first" {
		t.Errorf("%q is in view", s.runs.tab().run.Task)
	}
	s.press("alt+w")
	s.shows("Type a task in plain English", "alt+1")
}

// refuse is a service that takes no task.
func refuse(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusBadRequest)
	_, _ = w.Write([]byte(`{"detail":"no such thing"}`))
}

func TestAFailedStartGivesTheTextBack(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, refuse)
	s.write("my task")
	cmd := s.press("enter")
	if !s.prompt.Empty() {
		t.Fatal("enter leaves the text in the prompt")
	}
	s.until(cmd, "the run has failed", func() bool { return s.runs.tab().run.Phase.Ended() })
	s.shows("✗ failed", "no such thing", "change the task and send it again")
	s.press("enter") // the person decides to send it again
	if len(s.runs.tabs) != 2 || s.runs.tab().run.Task != "my task" {
		t.Errorf("enter does not start the text that was given back: %d runs", len(s.runs.tabs))
	}
}

func TestAFailedStartLeavesWhatWasTypedAlone(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, refuse)
	s.write("my task")
	cmd := s.press("enter")
	s.write("the next")
	s.until(cmd, "the run has failed", func() bool { return s.runs.tab().run.Phase.Ended() })
	s.shows("› the next")
	s.press("ctrl+c") // the run has ended, so this clears
	if !s.prompt.Empty() {
		t.Error("more than what was typed is in the prompt")
	}
}

func TestARunThatBeganKeepsItsText(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	run := s.start("task")
	s.hear(run, api.Connected{})
	s.hearEnd(run, errors.New("reset by peer"))
	if !s.prompt.Empty() || run.Phase != state.Interrupted {
		t.Errorf("the run is %s", run.Phase)
	}
	s.shows("interrupted", "may still be going on")
}

func TestRunAgain(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	s.press("alt+r")
	s.shows("there is no run yet")
	s.hear(s.start("the task"), api.Done{})
	s.write("x")
	s.press("alt+r")
	s.shows("the prompt is not empty")
	s.press("backspace", "alt+r")
	s.shows("may cost again")
	if len(s.runs.tabs) != 1 {
		t.Fatal("it was started without being sent")
	}
	s.press("enter")
	if len(s.runs.tabs) != 2 || s.runs.tab().run.Task != "the task" {
		t.Errorf("enter starts %d runs", len(s.runs.tabs))
	}
}

// One press, one request: whatever keys repeat, a task is sent once.
func TestOneEnterOneRequest(t *testing.T) {
	t.Parallel()
	requests := make(chan struct{}, 10)
	s := newScreen(t, 120, 30, func(w http.ResponseWriter, r *http.Request) {
		requests <- struct{}{}
		begin(w, r)
		say(w, `{"type":"done"}`)
	})
	s.write("task")
	cmd := s.press("enter")
	s.press("enter", "enter", "enter")
	s.until(cmd, "the run is done", func() bool { return s.runs.tab().run.Closed })
	if len(s.runs.tabs) != 1 || len(requests) != 1 {
		t.Errorf("%d runs and %d requests", len(s.runs.tabs), len(requests))
	}
}

func TestABatchOfTextIsNotStructural(t *testing.T) {
	t.Parallel()
	run := parttest.Run("task")
	if structural(parttest.Arrivals(run, api.TextDelta{}, api.ThinkingDelta{}, api.Comment{})) {
		t.Error("text alone is structural")
	}
	for _, e := range []api.Data{api.ToolStart{}, api.ToolResult{}, api.SessionData{}, api.FunctionUploaded{}, api.Done{}, api.Failed{}, api.Connected{}} {
		if !structural(parttest.Arrivals(run, api.TextDelta{}, e)) {
			t.Errorf("%T is not structural", e)
		}
	}
	if !structural([]state.Arrival{parttest.End(run, nil)}) {
		t.Error("the end is not structural")
	}
}
