package timeline

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"notturno/api"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// calls is a run of n calls that have ended.
func calls(n int) *state.Run {
	run := parttest.Run("task")
	for i := range n {
		run.Apply(parttest.Arrivals(run, api.ToolStart{Name: api.Text(fmt.Sprintf("tool-%d", i))}, api.ToolResult{Content: api.Text(fmt.Sprintf("result %d", i))}))
	}
	return run
}

func newTimeline(run *state.Run, w, h int) *Timeline {
	tl := New(run, themes.Notte())
	tl.Resize(w, h)
	tl.Sync(parttest.Start().Add(time.Minute))
	return tl
}

// told is a run that heard events so many milliseconds after its start.
func told(events ...api.Data) *state.Run {
	run := parttest.Run("task")
	hear(run, events...)
	return run
}

// wait, among events, is so much time before the next one. Without one the
// events come at once.
type wait struct {
	api.Comment
	time.Duration
}

// hear tells a run events, at times that begin where it heard the last one.
func hear(run *state.Run, events ...api.Data) {
	at := run.ProgressAt
	for _, e := range events {
		if w, ok := e.(wait); ok {
			at = at.Add(w.Duration)
			continue
		}
		run.Apply([]state.Arrival{{Seq: run.Events + 1, At: at, Event: api.Event{Data: e}}})
	}
}

func seconds(n float64) wait { return wait{Duration: time.Duration(n * float64(time.Second))} }

// waterfall is a run with everything that a timeline can show.
func waterfall() *state.Run {
	start := func(name api.Text) api.Data { return api.ToolStart{Name: name} }
	result, failed := api.ToolResult{Content: "result"}, api.ToolResult{Failed: true}
	return told(
		seconds(0.4), api.SessionData{ViewerURL: "https://viewer.example/1"}, start("open_page"), seconds(0.4), result,
		seconds(1), start("click"), seconds(0.2), result, start("click"), seconds(0.3), result, start("click"), seconds(0.3), result,
		start("read_page"), seconds(3.2), result,
		seconds(1), api.SessionData{ViewerURL: "https://viewer.example/2"},
		start("browser_navigate_to_another_page"), seconds(1), failed,
		api.ToolResult{Content: "alone"},
		api.FunctionUploaded{FunctionID: "f", FunctionName: "news-top-posts", CreatedAt: parttest.Start().Add(8 * time.Second)},
		seconds(1), start("ページを読む"), start("extract"),
	)
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, w := range []int{16, 24, 32, 40, 60, 100} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			t.Parallel()
			tl := New(waterfall(), themes.Notte())
			tl.Resize(w, 14)
			tl.Sync(parttest.Start().Add(12 * time.Second))
			tl.Focus(true)
			golden.RequireEqual(t, parttest.Text(tl.Rows()))
		})
	}
}

func TestGoldenOfAnOpenedGroup(t *testing.T) {
	t.Parallel()
	run := waterfall()
	run.Cancel(parttest.Start().Add(12 * time.Second))
	tl := newTimeline(run, 40, 16)
	tl.Focus(true)
	tl.Update(part.Do{Action: part.Top})
	tl.Update(part.Do{Action: part.Down})
	tl.Update(part.Do{Action: part.Down})
	tl.Update(part.Do{Action: part.Fold})
	golden.RequireEqual(t, parttest.Text(tl.Rows()))
}

func TestRowsAtEverySize(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 1))
		tl := New(parttest.RandomRun(r, 40*int(seed), seed == 2), themes.Notte())
		for w, h := range parttest.Sizes() {
			tl.Focus(h%2 == 0)
			parttest.Exact(t, tl, w, h)
		}
		tl.SetTheme(themes.Giorno())
		tl.Sync(parttest.Start().Add(100 * time.Hour))
		for _, a := range []part.Action{part.Top, part.Down, part.PageDown, part.Up, part.End, part.PageUp} {
			tl.Update(part.Do{Action: a})
			parttest.Exact(t, tl, 40, 12)
		}
	}
}

func FuzzRows(f *testing.F) {
	f.Add(uint64(1), uint8(10), 40, 10, "a tool", true)
	f.Fuzz(func(t *testing.T, seed uint64, n uint8, w, h int, name string, focused bool) {
		r := rand.New(rand.NewPCG(seed, 2))
		run := parttest.RandomRun(r, int(n), false)
		run.Apply(parttest.Arrivals(run, api.ToolStart{Name: api.Clean(name)}))
		tl := New(run, themes.Giorno())
		tl.Focus(focused)
		tl.Sync(parttest.Start())
		parttest.Exact(t, tl, min(max(w, 0), 300), min(max(h, 0), 100))
	})
}

func TestStatesAreWordsOrTimes(t *testing.T) {
	t.Parallel()
	run := parttest.Run("task", api.ToolStart{ID: "a", Name: "failing"}, api.ToolResult{ID: "a", Failed: true},
		api.ToolStart{ID: "b", Name: "open"})
	tl := newTimeline(run, 40, 5)
	text := parttest.Text(tl.Rows())
	if !strings.Contains(text, "✗ failing") || !strings.Contains(text, "failed 0.2s") || !strings.Contains(text, "● open") || !strings.Contains(text, "59s") {
		t.Errorf("while it runs: %q", text)
	}
	run.Apply(parttest.Arrivals(run, api.Failed{}))
	tl.Sync(parttest.Start().Add(time.Hour))
	if text = parttest.Text(tl.Rows()); !strings.Contains(text, "○ open") || !strings.Contains(text, "unfinished") {
		t.Errorf("after the end: %q", text)
	}
}

func TestTheSelectedRowShows(t *testing.T) {
	t.Parallel()
	run := calls(200)
	tl := newTimeline(run, 40, 12)
	tl.Focus(true)
	for _, step := range []struct {
		action part.Action
		to     int
	}{
		{part.Up, 198}, {part.PageUp, 189}, {part.Top, 0}, {part.Up, 0}, {part.Down, 1}, {part.PageDown, 10}, {part.End, 199},
		{part.Down, 199}, {part.PrevItem, 198}, {part.PrevItem, 197}, {part.NextItem, 198},
	} {
		intent, cmd := tl.Update(part.Do{Action: step.action})
		at := step.to
		if show, ok := intent.(part.Show); !ok || show.Item != run.Tools[at].Item || cmd != nil {
			t.Errorf("action %d means %#v, want to show the call %d", step.action, intent, at)
		}
		if text := parttest.Text(tl.Rows()); !strings.Contains(text, fmt.Sprintf("› ✓ tool-%d ", at)) {
			t.Errorf("after action %d the call %d is not marked: %q", step.action, at, text)
		}
	}
}

func TestTheNewestIsSelectedUntilThePersonMoves(t *testing.T) {
	t.Parallel()
	run := calls(3)
	tl := newTimeline(run, 40, 12)
	tl.Focus(true)
	more := func() string {
		run.Apply(parttest.Arrivals(run, api.ToolStart{Name: "newest"}, api.ToolResult{}))
		tl.Sync(parttest.Start())
		return parttest.Text(tl.Rows())
	}
	if text := more(); !strings.Contains(text, "› ✓ newest") {
		t.Errorf("the newest is not selected: %q", text)
	}
	tl.Update(part.Do{Action: part.Top})
	if text := more(); !strings.Contains(text, "› ✓ tool-0") {
		t.Errorf("the selection moved by itself: %q", text)
	}
}

func TestCopyAndOpen(t *testing.T) {
	t.Parallel()
	run := calls(2)
	tl := newTimeline(run, 40, 12)
	tl.Update(part.Do{Action: part.Top})
	if intent, _ := tl.Update(part.Do{Action: part.CopyThis}); intent != (part.Copy{What: "tool result", Text: "result 0"}) {
		t.Errorf("copying means %#v", intent)
	}
	run.Apply(parttest.Arrivals(run, api.SessionData{ViewerURL: "https://viewer.example/1"}))
	if intent, _ := tl.Update(part.Do{Action: part.OpenThis}); intent != (part.Open{URL: "https://viewer.example/1"}) {
		t.Errorf("opening means %#v", intent)
	}
}

func TestWithoutCalls(t *testing.T) {
	t.Parallel()
	tl := newTimeline(parttest.Run("task"), 40, 5)
	for a := part.NoAction; a <= part.No; a++ {
		if intent, cmd := tl.Update(part.Do{Action: a}); cmd != nil || (intent != nil && a != part.OpenThis && a != part.QRCode) {
			t.Errorf("action %d means %#v", a, intent)
		}
	}
	if text := parttest.Text(tl.Rows()); !strings.Contains(text, "no tool calls yet") {
		t.Errorf("it shows %q", text)
	}
}

// Of a call that was made before the run was watched nobody knows when, nor how
// long it took.
func TestCallsOfThePastHaveNoTimes(t *testing.T) {
	t.Parallel()
	run := state.NewWatch("1", "api.example", "a", "s", "task", parttest.Start())
	run.Connect(parttest.Start())
	run.Apply([]state.Arrival{{At: parttest.Start(), Agent: &state.AgentChange{Past: 2}}})
	hear(run, api.ToolStart{Name: "old"}, wait{Duration: time.Second}, api.ToolResult{},
		api.ToolStart{Name: "older"}, wait{Duration: time.Second}, api.ToolResult{},
		api.ToolStart{Name: "new"}, wait{Duration: time.Second}, api.ToolResult{})
	text := parttest.Text(newTimeline(run, 60, 10).Rows())
	for line := range strings.Lines(text) {
		if strings.Contains(line, "old") && strings.ContainsAny(line, "0123456789█▏") {
			t.Errorf("a call of the past has times: %q", line)
		}
	}
	if !strings.Contains(text, "1.0s") || strings.Contains(text, "slowest: old") {
		t.Errorf("it shows\n%s", text)
	}
}
