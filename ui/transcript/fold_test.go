package transcript

import (
	"fmt"
	"strings"
	"testing"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// resultOf is a result of n lines.
func resultOf(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "line %d.\n", i+1)
	}
	return b.String()
}

func TestResultsUnfold(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		lines, rows int // rows of the call when it is unfolded, with its head
		last        string
	}{
		{0, 1, "read_page"}, {10, 11, "line 10."}, {11, 12, "line 11."}, {400, 401, "line 400."},
		{401, 402, "… 1 line more · enter reads all"}, {5000, 402, "… 4600 lines more · enter reads all"},
	} {
		tr := newTranscript(toolRun(resultOf(test.lines)), 80, 450)
		tr.Focus(true)
		press(tr, part.NextItem, part.NextItem, part.Fold)
		text := strings.TrimSpace(parttest.Text(tr.Rows()))
		if last := text[strings.LastIndexByte(text, '\n')+1:]; tr.blocks[1].height != test.rows || !strings.Contains(last, test.last) {
			t.Errorf("%d lines unfold to %d rows that end with %q, want %d and %q", test.lines, tr.blocks[1].height, last, test.rows, test.last)
		}
		press(tr, part.Fold)
		if h := tr.blocks[1].height; h > 12 || h > test.rows {
			t.Errorf("%d lines fold to %d rows", test.lines, h)
		}
	}
}

// What does not show says its keys where they count: on the item that they are
// about, while the pane has the keyboard.
func TestHintsSayTheirKeys(t *testing.T) {
	t.Parallel()
	run := toolRun(resultOf(20))
	run.Apply(parttest.Arrivals(run, api.ToolStart{Name: "again"}, api.ToolResult{Content: api.Text(resultOf(30))}))
	tr := newTranscript(run, 80, 40)
	const keys = " · space unfolds · enter reads"
	hints := func() (first, second bool) {
		text := parttest.Text(tr.Rows())
		return strings.Contains(text, "… 10 lines more"+keys), strings.Contains(text, "… 20 lines more"+keys)
	}
	for _, step := range []struct {
		name          string
		do            func()
		first, second bool
	}{
		{"without the keyboard", func() {}, false, false},
		{"with it", func() { tr.Focus(true) }, true, false},
		{"on the second", func() { press(tr, part.PrevItem) }, false, true},
		{"on the task", func() { press(tr, part.Top, part.PrevItem, part.PrevItem) }, false, false},
		{"without it again", func() { press(tr, part.NextItem); tr.Focus(false) }, false, false},
	} {
		step.do()
		if first, second := hints(); first != step.first || second != step.second {
			t.Errorf("%s: the keys show on the first: %v, on the second: %v", step.name, first, second)
		}
	}
}

func TestReasoningUnfoldsByItself(t *testing.T) {
	t.Parallel()
	run := parttest.Run("task", thoughts(30), api.ToolStart{Name: "click"}, thoughts(20), api.ToolStart{Name: "click"})
	tr := newTranscript(run, 80, 200)
	heights := func() [2]int { return [2]int{tr.blocks[1].height, tr.blocks[3].height} }
	for _, step := range []struct {
		name string
		do   func()
		want [2]int
	}{
		{"at first", func() {}, [2]int{1, 1}},
		{"the first unfolded", func() { press(tr, part.NextItem, part.NextItem, part.Fold) }, [2]int{60, 1}},
		{"all of it", func() { tr.SetMode(Full) }, [2]int{60, 40}},
		{"the first folded", func() { press(tr, part.Fold) }, [2]int{1, 40}},
		{"all folded", func() { tr.SetMode(Fold) }, [2]int{1, 1}},
		{"the first unfolded again", func() { press(tr, part.Fold) }, [2]int{60, 1}},
		{"all folded once more", func() { tr.SetMode(Fold) }, [2]int{1, 1}},
	} {
		step.do()
		if got := heights(); got != step.want {
			t.Errorf("%s: %d rows, want %d", step.name, got, step.want)
		}
	}
}

// A result that the person unfolded stays so whatever the mode of reasoning,
// and what was chosen while reasoning streams is kept when it ends.
func TestChoicesLast(t *testing.T) {
	t.Parallel()
	tr := newTranscript(toolRun(resultOf(30)), 80, 60)
	press(tr, part.NextItem, part.NextItem, part.Fold)
	tr.SetMode(Fold)
	tr.Resize(60, 40)
	if h := tr.blocks[1].height; h != 31 {
		t.Errorf("the result has %d rows, want 31", h)
	}
	run := parttest.Run("task", thoughts(30))
	tr = newTranscript(run, 80, 200)
	press(tr, part.NextItem, part.NextItem, part.Fold)
	run.Apply(parttest.Arrivals(run, thoughts(1), api.ToolStart{Name: "click"}))
	tr.Sync()
	if h := tr.blocks[1].height; h != 62 {
		t.Errorf("the reasoning that ended has %d rows, want 62", h)
	}
}

// Unfolding shows the start of what unfolds, also at the end of the text.
func TestUnfoldingWhileFollowingStays(t *testing.T) {
	t.Parallel()
	run := numbered(20)
	run.Apply(parttest.Arrivals(run, api.ToolStart{Name: "read_page"}, api.ToolResult{Content: api.Text(resultOf(100))}))
	tr := newTranscript(run, 80, 20)
	was := top(tr)
	press(tr, part.PrevItem, part.Fold)
	if got := top(tr); got != was {
		t.Errorf("unfolding moves the view from %q to %q", was, got)
	}
	if below, fresh := tr.Behind(); below == 0 || fresh != 0 {
		t.Errorf("%d rows are below and %d are new", below, fresh)
	}
	press(tr, part.Fold)
	if got := top(tr); got != was {
		t.Errorf("folding again moves the view to %q", got)
	}
	if below, _ := tr.Behind(); below != 0 {
		t.Errorf("folded again, %d rows are below", below)
	}
	say(run, 20, 40)
	tr.Sync()
	if text := parttest.Text(tr.Rows()); !strings.Contains(text, "paragraph 39.") {
		t.Errorf("folded again, the view does not follow: %q", text)
	}
}

// Folding from within a long item shows its head.
func TestFoldingFromWithinShowsTheHead(t *testing.T) {
	t.Parallel()
	run := toolRun(resultOf(300))
	say(run, 0, 40)
	tr := newTranscript(run, 80, 20)
	press(tr, part.Top, part.NextItem, part.NextItem, part.Fold)
	for range 8 {
		press(tr, part.PageDown)
	}
	press(tr, part.Fold)
	checkHeadShows(t, tr, 1)
}

// Only what arrives is new: not the rows that unfolding adds.
func TestUnfoldingIsNoNews(t *testing.T) {
	t.Parallel()
	run := parttest.Run("task", thoughts(30))
	run.Apply(parttest.Arrivals(run, api.ToolStart{Name: "read_page"}, api.ToolResult{Content: api.Text(resultOf(100))}))
	say(run, 0, 60)
	tr := newTranscript(run, 80, 20)
	press(tr, part.Up)
	say(run, 60, 65)
	tr.Sync()
	for _, change := range []func(){
		func() { tr.SetMode(Full) }, func() { tr.toggle(2) }, func() { tr.SetMode(Tail) }, func() { tr.toggle(2) }, func() { tr.toggle(1) },
	} {
		change()
		if _, fresh := tr.Behind(); fresh != 10 {
			t.Errorf("%d rows are new, want 10", fresh)
		}
	}
}

func TestWaitingShowsUntilTheRunStarts(t *testing.T) {
	t.Parallel()
	run := state.New("1", state.LocalBackend, "a task that waits", parttest.Start())
	tr := newTranscript(run, 60, 6)
	if text := parttest.Text(tr.Rows()); text != " › a task that waits\n   ○ queued · waits for a free place\n\n\n\n" {
		t.Errorf("while it waits: %q", text)
	}
	run.Connect(parttest.Start())
	tr.Sync()
	if text := parttest.Text(tr.Rows()); strings.TrimSpace(text) != "› a task that waits" {
		t.Errorf("when it starts: %q", text)
	}
}
