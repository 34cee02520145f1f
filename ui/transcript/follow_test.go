package transcript

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// numbered is a run whose answer is a line per paragraph, so that every row can
// be told from every other.
func numbered(n int) *state.Run {
	run := parttest.Run("task")
	say(run, 0, n)
	return run
}

func say(run *state.Run, from, to int) {
	for i := from; i < to; i++ {
		run.Apply(parttest.Arrivals(run, api.TextDelta{Delta: api.Text(fmt.Sprintf("paragraph %d.\n\n", i))}))
	}
}

// top is the first row that shows, and where in the run it is: many rows look
// alike.
func top(tr *Transcript) string {
	i := tr.blockAt(tr.offset())
	return fmt.Sprintf("%s (row %d of item %d)", tr.Rows()[0], tr.offset()-tr.starts[i], i)
}

func press(tr *Transcript, actions ...part.Action) {
	for _, a := range actions {
		tr.Update(part.Do{Action: a})
	}
}

// While it follows, the last row always shows, and the view moves by several
// rows at once and stands still in between.
func TestFollowingIsCalm(t *testing.T) {
	t.Parallel()
	for _, h := range []int{8, 20, 24, 60} {
		run := numbered(0)
		tr := newTranscript(run, 80, h)
		step, moves := min(4, h/4), 0 // several rows, where there is room
		was := tr.offset()
		for i := range 80 {
			say(run, i, i+1)
			tr.Sync()
			if text := parttest.Text(tr.Rows()); !strings.Contains(text, fmt.Sprintf("paragraph %d.", i)) {
				t.Fatalf("at a height of %d the last paragraph, %d, does not show: %q", h, i, text)
			}
			now := tr.offset()
			if now < was {
				t.Fatalf("at a height of %d the view goes back from row %d to %d", h, was, now)
			}
			if now > was {
				moves++
				if now-was < step {
					t.Errorf("at a height of %d the view moves by %d, want at least %d", h, now-was, step)
				}
			}
			was = now
		}
		if rows := tr.total - h; moves > rows/step+1 {
			t.Errorf("at a height of %d the view moves %d times over %d rows", h, moves, rows)
		}
	}
}

func TestTheLastRowShowsWhateverArrives(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 4))
		run := parttest.Run("task")
		tr := newTranscript(run, 60, 15)
		for range 30 {
			run.Apply(parttest.Arrivals(run, parttest.Events(r, 1+r.IntN(4))...))
			tr.Sync()
			if r.IntN(4) == 0 {
				tr.Resize(40+r.IntN(60), 1+r.IntN(40))
			}
			if r.IntN(8) == 0 {
				tr.SetMode(Mode(r.IntN(3)))
			}
			if last := tr.total - 1; last < tr.offset() || last >= tr.offset()+tr.h {
				t.Fatalf("seed %d: row %d is the last, and %d to %d show", seed, last, tr.offset(), tr.offset()+tr.h)
			}
			if below, fresh := tr.Behind(); below != 0 || fresh != 0 {
				t.Fatalf("seed %d: %d rows below and %d new while following", seed, below, fresh)
			}
		}
	}
}

func TestMovesUpDetachAndEndAttaches(t *testing.T) {
	t.Parallel()
	for _, up := range []part.Action{part.Up, part.PageUp, part.Top} {
		run := numbered(50)
		tr := newTranscript(run, 80, 20)
		press(tr, up)
		below, fresh := tr.Behind()
		if below == 0 || fresh != 0 {
			t.Errorf("after action %d, %d rows are below and %d are new", up, below, fresh)
		}
		was := top(tr)
		say(run, 50, 60)
		tr.Sync()
		if top(tr) != was {
			t.Errorf("after action %d the view still follows", up)
		}
		if after, fresh := tr.Behind(); after != below+20 || fresh != 20 {
			t.Errorf("20 rows came: %d below, %d new, want %d and 20", after, fresh, below+20)
		}
		press(tr, part.End)
		say(run, 60, 61)
		tr.Sync()
		if text := parttest.Text(tr.Rows()); !strings.Contains(text, "paragraph 60.") {
			t.Errorf("after the end key the view does not follow: %q", text)
		}
	}
}

func TestMovingDownToTheEndAttaches(t *testing.T) {
	t.Parallel()
	for _, down := range []part.Action{part.Down, part.PageDown} {
		run := numbered(50)
		tr := newTranscript(run, 80, 20)
		press(tr, part.PageUp)
		for range 30 {
			press(tr, down)
		}
		say(run, 50, 80)
		tr.Sync()
		if text := parttest.Text(tr.Rows()); !strings.Contains(text, "paragraph 79.") {
			t.Errorf("after action %d to the end the view does not follow", down)
		}
	}
}

func TestScrollingReachesEveryRow(t *testing.T) {
	t.Parallel()
	tr := newTranscript(numbered(40), 80, 10)
	press(tr, part.Top)
	var rows []string
	for len(rows) < tr.total {
		rows = append(rows, tr.Rows()[0])
		if tr.offset() == tr.total-tr.h {
			rows = append(rows, tr.Rows()[1:]...)
			break
		}
		press(tr, part.Down)
	}
	tr.Resize(80, tr.total)
	if all := tr.Rows(); !slices.Equal(rows, all) {
		t.Errorf("scrolling showed %d rows, there are %d", len(rows), len(all))
	}
}

// What is read never moves: whatever arrives below, and however high the pane
// is made, the first row that shows stays.
func TestWhatIsReadNeverMoves(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 5))
		run := parttest.Run("task", parttest.Events(r, 40)...)
		tr := newTranscript(run, 60, 12)
		if tr.total < 3*tr.h {
			continue
		}
		detach(tr, r)
		was := top(tr)
		for step := range 40 {
			run.Apply(parttest.Arrivals(run, parttest.Events(r, 1+r.IntN(5))...))
			tr.Sync()
			if r.IntN(5) == 0 {
				tr.Resize(60, 4+r.IntN(9))
			}
			if got := top(tr); got != was {
				t.Fatalf("seed %d, step %d: the row at the top was %q and is %q", seed, step, was, got)
			}
		}
	}
}

// detach goes to a random row of a block that cannot change any more.
func detach(tr *Transcript, r *rand.Rand) {
	open := len(tr.blocks) - 1
	for _, i := range tr.open {
		open = min(open, i)
	}
	press(tr, part.Top)
	for range r.IntN(max(1, min(tr.starts[open], tr.total-tr.h))) {
		press(tr, part.Down)
	}
}

// A block above that folds or unfolds does not move what is read below it.
func TestFoldingAboveDoesNotMoveWhatIsRead(t *testing.T) {
	t.Parallel()
	run := parttest.Run("task", api.ThinkingDelta{Delta: api.Text(strings.Repeat("a thought\n\n", 30))})
	say(run, 0, 60)
	tr := newTranscript(run, 80, 20)
	press(tr, part.PageUp, part.PageUp)
	was := top(tr)
	for _, m := range []Mode{Full, Fold, Tail, Full} {
		tr.SetMode(m)
		if got := top(tr); got != was {
			t.Errorf("reasoning shown as %q moves the view from %q to %q", m, was, got)
		}
	}
}

// A block below that folds, at the end of the text, does not move it either.
func TestFoldingBelowDoesNotMoveWhatIsRead(t *testing.T) {
	t.Parallel()
	run := numbered(40)
	tr := newTranscript(run, 80, 20)
	run.Apply(parttest.Arrivals(run, api.ThinkingDelta{Delta: api.Text(strings.Repeat("a thought\n\n", 30))}))
	tr.Sync()
	press(tr, part.Up)
	was := top(tr)
	run.Apply(parttest.Arrivals(run, api.ToolStart{Name: "click"}))
	tr.Sync()
	if got := top(tr); got != was {
		t.Errorf("the row at the top was %q and is %q", was, got)
	}
}

// item is the item at the top.
func item(tr *Transcript) int { return tr.blockAt(tr.offset()) }

// A new width leaves the item at the top there, as far into it as the reader
// was, unless the text ends before; back at the old width the same row is there.
func TestResizeKeepsTheItemAtTheTop(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 9))
		tr := newTranscript(parttest.Run("task", parttest.Events(r, 60)...), 60, 12)
		tr.SetMode(Full)
		if tr.total < 3*tr.h {
			continue
		}
		detach(tr, r)
		was, at := top(tr), item(tr)
		for range 8 {
			tr.Resize(30+r.IntN(90), 4+r.IntN(9))
			if got := item(tr); got != at && tr.offset() < tr.total-tr.h {
				t.Fatalf("seed %d, width %d: item %d is at the top, it was item %d", seed, tr.w, got, at)
			}
			if item(tr) != at || tr.offset() >= tr.total-tr.h {
				break // the end of the text is in view: no empty rows below it
			}
			tr.Resize(60, tr.h)
			if got := top(tr); got != was && tr.offset() < tr.total-tr.h {
				t.Fatalf("seed %d: back at the old width the view is at %q, was at %q", seed, got, was)
			}
		}
	}
}

func TestResizeKeepsTheWordsThatAreRead(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range 300 {
		fmt.Fprintf(&text, "word-%d and a few others.\n\n", i)
	}
	tr := newTranscript(parttest.Run("task", api.TextDelta{Delta: api.Text(text.String())}, api.ToolStart{Name: "click"}), 100, 20)
	press(tr, part.Top)
	for range 15 {
		press(tr, part.PageDown)
	}
	was := top(tr)
	for _, w := range []int{90, 60, 30, 14, 200, 100} {
		tr.Resize(w, 20)
		if text := parttest.Text(tr.Rows()[:5]); !strings.Contains(text, "word-13") {
			t.Errorf("at a width of %d the first rows are %q", w, text)
		}
	}
	if got := top(tr); got != was {
		t.Errorf("back at the old width the view is at %q, was at %q", got, was)
	}
}

// What is read stays when anything above or below it folds or unfolds.
func TestFoldsLeaveWhatIsRead(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		r := rand.New(rand.NewPCG(seed, 10))
		run := parttest.Run("task", parttest.Events(r, 60)...)
		tr := newTranscript(run, 60, 8)
		if tr.total < 4*tr.h {
			continue
		}
		detach(tr, r)
		was, at := top(tr), item(tr)
		for step := range 40 {
			i := r.IntN(len(tr.blocks))
			if i < at || (i > at && tr.headRow(i) >= tr.offset()) {
				b := tr.blocks[i]
				tr.hold(func() { b.choice = choice(r.IntN(3)); tr.remeasure(i) })
			}
			if r.IntN(3) == 0 {
				run.Apply(parttest.Arrivals(run, parttest.Events(r, 2)...))
				tr.Sync()
			}
			if got := top(tr); got != was {
				t.Fatalf("seed %d, step %d: after item %d the view is at %q, was at %q", seed, step, i, got, was)
			}
		}
	}
}

// When the person makes the pane higher, no empty rows show below the text.
func TestAHigherPaneIsFilled(t *testing.T) {
	t.Parallel()
	tr := newTranscript(numbered(40), 80, 10)
	press(tr, part.Up)
	tr.Resize(80, 30)
	if last := parttest.Text(tr.Rows()[29:]); last != " paragraph 39." {
		t.Errorf("the last row of the higher pane is %q", last)
	}
}

func TestShowPutsAnItemAtTheTop(t *testing.T) {
	t.Parallel()
	run := parttest.Run("task")
	for i := range 30 {
		run.Apply(parttest.Arrivals(run, api.ToolStart{Name: api.Text(fmt.Sprintf("tool-%d", i))}, api.ToolResult{Content: "a\nb"}))
	}
	tr := newTranscript(run, 60, 10)
	for _, i := range []int{20, 3, 0} {
		tr.Show(run.Tools[i].Item)
		if first := parttest.Text(tr.Rows()[:1]); !strings.Contains(first, fmt.Sprintf("tool-%d ", i)) {
			t.Errorf("the row at the top is %q, want tool-%d", first, i)
		}
	}
	was := top(tr)
	tr.Show(-1)
	tr.Show(1000)
	if top(tr) != was {
		t.Error("an item that is not there moves the view")
	}
}

func TestTextThatFitsIsAlwaysFollowed(t *testing.T) {
	t.Parallel()
	for _, up := range []part.Action{part.Up, part.PageUp, part.Top} {
		run := numbered(3)
		tr := newTranscript(run, 80, 40)
		press(tr, up)
		tr.Show(1)
		say(run, 3, 60)
		tr.Sync()
		if text := parttest.Text(tr.Rows()); !strings.Contains(text, "paragraph 59.") {
			t.Errorf("after action %d on text that fits the view does not follow: %q", up, text)
		}
	}
}
