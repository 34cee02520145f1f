package timeline

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// first is the first row of the list.
func first(tl *Timeline) string {
	return strings.Fields(strings.TrimPrefix(parttest.Text(tl.Rows()[1:2]), "›"))[1]
}

func more(tl *Timeline, run *state.Run) {
	run.Apply(parttest.Arrivals(run, api.ToolStart{Name: "newest"}, api.ToolResult{}, api.ToolStart{Name: "other"}, api.ToolResult{}))
	tl.Sync(parttest.Start().Add(time.Hour))
}

func TestTheWheelMovesTheView(t *testing.T) {
	t.Parallel()
	run := calls(100)
	tl := newTimeline(run, 40, 12)
	tl.Focus(true)
	wheel := func(rows int) { tl.Update(part.Wheel{Rows: rows}) }
	wheel(-5)
	if got := first(tl); got != "tool-85" {
		t.Errorf("five rows up, the first row is %s", got)
	}
	more(tl, run)
	if got := first(tl); got != "tool-85" {
		t.Errorf("the view moved to %s when calls came", got)
	}
	tl.Resize(40, 20)
	if got := first(tl); got != "tool-84" { // 102 calls, and 18 of them fit
		t.Errorf("in a taller pane the first row is %s", got)
	}
	wheel(-1000)
	if got := first(tl); got != "tool-0" {
		t.Errorf("at the start the first row is %s", got)
	}
	if text := parttest.Text(tl.Rows()); strings.Contains(text, "›") {
		t.Errorf("the wheel moved the selection: %q", text)
	}
	wheel(1000)
	more(tl, run)
	if text := parttest.Text(tl.Rows()); strings.Count(text, "other") != 2 {
		t.Errorf("at the end it does not follow: %q", text)
	}
	tl.Update(part.Do{Action: part.Up})
	if text := parttest.Text(tl.Rows()); strings.Count(text, "›") != 1 {
		t.Errorf("a key does not show the selected row again: %q", text)
	}
}

// What is read stands still when calls come and when the pane changes.
func TestTheViewStandsStill(t *testing.T) {
	t.Parallel()
	run := calls(100)
	tl := newTimeline(run, 40, 12)
	tl.Update(part.Do{Action: part.Top})
	for range 30 {
		tl.Update(part.Do{Action: part.Down})
	}
	before := first(tl)
	more(tl, run)
	tl.Resize(60, 12)
	tl.Resize(40, 16)
	if got := first(tl); got != before {
		t.Errorf("the first row was %s and is %s", before, got)
	}
	tl.Focus(true)
	tl.Resize(40, 5)
	if text := parttest.Text(tl.Rows()); !strings.Contains(text, "› ✓ tool-30 ") {
		t.Errorf("in a lower pane the selected row is gone: %q", text)
	}
}

func TestClickSelects(t *testing.T) {
	t.Parallel()
	run := calls(100)
	tl := newTimeline(run, 40, 12)
	tl.Focus(true)
	tl.Update(part.Wheel{Rows: -20})
	was := first(tl)
	for _, y := range []int{-1, 0, 11, 12, 100} { // above, the heading, the foot, below
		if intent, _ := tl.Update(part.Click{X: 3, Y: y}); intent != nil {
			t.Errorf("a click on row %d means %#v", y, intent)
		}
	}
	var at int
	if _, err := fmt.Sscanf(was, "tool-%d", &at); err != nil {
		t.Fatal(err)
	}
	for y := 1; y <= 10; y++ {
		intent, cmd := tl.Update(part.Click{X: 3, Y: y})
		if want := (part.Show{Item: run.Tools[at+y-1].Item}); intent != want || cmd != nil {
			t.Errorf("a click on row %d means %#v, want %#v", y, intent, want)
		}
		if text := parttest.Text(tl.Rows()[y : y+1]); !strings.HasPrefix(text, fmt.Sprintf("› ✓ tool-%d ", at+y-1)) {
			t.Errorf("after a click on row %d it is %q", y, text)
		}
	}
	few := newTimeline(calls(2), 40, 12)
	if intent, _ := few.Update(part.Click{Y: 5}); intent != nil {
		t.Errorf("a click below the last call means %#v", intent)
	}
}

func TestWhatCanBeDoneWithMoments(t *testing.T) {
	t.Parallel()
	tl := newTimeline(told(
		api.SessionData{ViewerURL: "https://viewer.example/1"}, seconds(1), api.ToolStart{Name: "a"}, seconds(1), api.ToolResult{},
		api.SessionData{ViewerURL: "https://viewer.example/2"}, api.FunctionUploaded{FunctionID: "f-1"}), 40, 12)
	open := func(n string) part.Intent { return part.Open{URL: "https://viewer.example/" + n} }
	for _, test := range []struct {
		move             part.Action
		open, copy, read part.Intent
	}{
		{part.Top, open("1"), part.Copy{What: "viewer link", Text: "https://viewer.example/1"}, nil},
		{part.Down, open("2"), part.Copy{What: "tool result"}, part.Read{Item: 1}},
		{part.Down, open("2"), part.Copy{What: "viewer link", Text: "https://viewer.example/2"}, nil},
		{part.Down, open("2"), part.Copy{What: "function id", Text: "f-1"}, nil},
	} {
		tl.Update(part.Do{Action: test.move})
		for action, want := range map[part.Action]part.Intent{part.OpenThis: test.open, part.CopyThis: test.copy, part.ReadThis: test.read, part.Fold: nil} {
			if intent, cmd := tl.Update(part.Do{Action: action}); intent != want || cmd != nil {
				t.Errorf("action %d means %#v, want %#v", action, intent, want)
			}
		}
	}
	if intent, _ := tl.Update(part.Do{Action: part.QRCode}); intent != (part.ShowQR{URL: "https://viewer.example/2"}) {
		t.Errorf("the code means %#v", intent)
	}
}

func TestTheSlowestIsMarked(t *testing.T) {
	t.Parallel()
	run := told(api.ToolStart{Name: "first"}, seconds(1), api.ToolResult{})
	tl := newTimeline(run, 40, 12)
	if text := parttest.Text(tl.Rows()); strings.Contains(text, slowestMark) {
		t.Errorf("the only call is the slowest: %q", text)
	}
	for _, test := range []struct {
		name string
		took float64
		want string
	}{{"quick", 0.5, "first"}, {"slow", 3, "slow"}, {"as-slow", 3, "slow"}, {"slowest", 4, "slowest"}} {
		hear(run, api.ToolStart{Name: api.Text(test.name)}, seconds(test.took), api.ToolResult{})
		tl.Sync(parttest.Start().Add(time.Hour))
		var marked []string
		for _, row := range tl.Rows()[1:11] {
			if text := parttest.Text([]string{row}); strings.Contains(text, slowestMark) {
				marked = append(marked, strings.Fields(strings.TrimPrefix(text, "›"))[1])
			}
		}
		foot := parttest.Text(tl.Rows()[11:])
		if len(marked) != 1 || marked[0] != test.want || !strings.Contains(foot, "slowest: "+test.want) {
			t.Errorf("after %s, %q are marked and the foot is %q", test.name, marked, foot)
		}
	}
	hear(run, api.ToolStart{Name: "open"}, seconds(60))
	tl.Sync(parttest.Start().Add(time.Hour))
	if foot := parttest.Text(tl.Rows()[11:]); !strings.Contains(foot, "slowest: slowest") {
		t.Errorf("a call that goes on is the slowest: %q", foot)
	}
}
