package ui

import (
	"runtime"
	"strings"
	"testing"

	"notturno/api"
	"notturno/ui/part/parttest"
)

// messageCost is how many bytes a message that changes nothing, and the view
// after it, allocate.
func messageCost(s *screen) uint64 {
	const times = 20
	step := func() {
		s.send(struct{}{})
		_ = s.View()
	}
	step()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range times {
		step()
	}
	runtime.ReadMemStats(&after)
	return (after.TotalAlloc - before.TotalAlloc) / times
}

// Bubble Tea asks for a view after every message: what it costs must not grow
// with what the run holds.
func TestAViewCostsTheSameWhateverTheRunHolds(t *testing.T) {
	huge := api.Text(strings.Repeat("漢", 1<<20))
	small := newScreen(t, 200, 60, waiting)
	told(small)
	limit := 2 * messageCost(small)
	for name, prepare := range map[string]func() *screen{
		"10,000 items": func() *screen { return idle(t) },
		"a huge task": func() *screen {
			s := newScreen(t, 200, 60, waiting)
			s.submit(string(huge))
			s.arrange()
			return s
		},
		"huge names": func() *screen {
			s := newScreen(t, 200, 60, waiting)
			run := s.start("task")
			s.hear(run, api.Status{Status: huge}, api.ToolStart{Name: huge, Input: huge}, api.FunctionUploaded{FunctionID: huge, FunctionName: huge})
			return s
		},
		"a huge result": func() *screen {
			s := newScreen(t, 200, 60, waiting)
			s.hear(s.start("task"), api.ToolStart{Name: "read"}, api.ToolResult{Content: huge})
			return s
		},
		"a huge paste": func() *screen {
			s := newScreen(t, 200, 60, waiting)
			s.prompt.SetText(string(huge))
			s.arrange()
			return s
		},
	} {
		if got := messageCost(prepare()); got > limit {
			t.Errorf("%s: a view allocates %d bytes, want at most %d", name, got, limit)
		}
	}
}

// A clean message and view allocate a bounded number of times.
func TestAnIdleScreenCostsLittle(t *testing.T) {
	s := idle(t)
	if n := testing.AllocsPerRun(50, func() { s.send(struct{}{}) }); n > 20 {
		t.Errorf("a message that changes nothing takes %v allocations", n)
	}
	if n := testing.AllocsPerRun(50, func() { _ = s.View() }); n > 400 {
		t.Errorf("a view of what has not changed takes %v allocations", n)
	}
}

// A pane whose run has said only text keeps its rows.
func TestRowsAreKeptWhenNothingChanged(t *testing.T) {
	s := newScreen(t, 120, 30, waiting)
	told(s)
	run := s.runs.tab().run
	_ = s.View()
	s.hear(run, api.TextDelta{Delta: "the first after a tick moves what shows time"})
	before := &s.runs.tab().timeline.Rows()[0]
	s.hear(run, api.TextDelta{Delta: "more"})
	s.send(struct{}{})
	if after := &s.runs.tab().timeline.Rows()[0]; before != after {
		t.Error("the timeline is drawn again for a piece of text")
	}
	parttest.CheckRows(t, s.runs.tab().timeline.Rows(), s.layout.rail, len(s.runs.tab().timeline.Rows()))
}
