package transcript

import (
	"math/rand/v2"
	"strings"
	"testing"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// barred are the items whose rows have the bar.
func barred(tr *Transcript) map[int]int {
	items := map[int]int{}
	for y, row := range tr.Rows() {
		if strings.HasPrefix(parttest.Text([]string{row}), bar) {
			items[tr.blockAt(tr.offset()+y)]++
		}
	}
	return items
}

func TestItemsAreSelectedInOrder(t *testing.T) {
	t.Parallel()
	tr := newTranscript(story(13), 80, 12)
	if i, ok := tr.Selected(); ok {
		t.Errorf("item %d is selected before any key", i)
	}
	press(tr, part.Top)
	for want := range tr.blocks {
		press(tr, part.NextItem)
		i, ok := tr.Selected()
		if !ok || i != want {
			t.Fatalf("item %d is selected: %v, want %d", i, ok, want)
		}
		checkHeadShows(t, tr, i)
	}
	press(tr, part.NextItem)
	for want := len(tr.blocks) - 1; want >= 0; want-- {
		if i, _ := tr.Selected(); i != want {
			t.Fatalf("going up, item %d is selected, want %d", i, want)
		}
		checkHeadShows(t, tr, want)
		press(tr, part.PrevItem)
	}
}

func checkHeadShows(t *testing.T, tr *Transcript, i int) {
	t.Helper()
	if head := tr.headRow(i); head < tr.offset() || head >= tr.offset()+tr.h {
		t.Fatalf("item %d begins at row %d, and %d to %d show", i, head, tr.offset(), tr.offset()+tr.h)
	}
}

func TestHeadsShowInEveryRun(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		r := rand.New(rand.NewPCG(seed, 8))
		tr := newTranscript(parttest.RandomRun(r, 40, seed%2 == 0), 20+r.IntN(80), 1+r.IntN(30))
		tr.SetMode(Mode(r.IntN(3)))
		for range 60 {
			press(tr, []part.Action{part.NextItem, part.NextItem, part.PrevItem, part.Fold, part.Up, part.PageUp, part.PageDown}[r.IntN(7)])
			if r.IntN(4) > 0 {
				continue
			}
			press(tr, part.NextItem)
			i, ok := tr.Selected()
			if !ok || tr.blocks[i].height == 0 {
				t.Fatalf("seed %d: item %d is selected: %v", seed, i, ok)
			}
			if i+1 < len(tr.blocks) { // at the last one the key does nothing
				checkHeadShows(t, tr, i)
			}
			parttest.CheckRows(t, tr.Rows(), tr.w, tr.h)
		}
	}
}

func TestTheFirstToBeSelectedIsInView(t *testing.T) {
	t.Parallel()
	for _, action := range []part.Action{part.NextItem, part.PrevItem} {
		tr := newTranscript(story(13), 80, 14)
		was := top(tr)
		press(tr, action)
		i, _ := tr.Selected()
		checkHeadShows(t, tr, i)
		if top(tr) != was {
			t.Errorf("selecting item %d in view moves it from %q to %q", i, was, top(tr))
		}
	}
}

func TestTheBarIsOnTheSelectedItemWhileFocused(t *testing.T) {
	t.Parallel()
	tr := newTranscript(story(13), 80, 40)
	press(tr, part.Top, part.NextItem, part.NextItem, part.NextItem)
	if got := barred(tr); len(got) != 0 {
		t.Errorf("without the keyboard, bars are on %v", got)
	}
	tr.Focus(true)
	i, _ := tr.Selected()
	if got := barred(tr); len(got) != 1 || got[i] != tr.blocks[i].height {
		t.Errorf("bars are on %v, want %d on item %d", got, tr.blocks[i].height, i)
	}
	press(tr, part.End)
	if i, ok := tr.Selected(); ok {
		t.Errorf("at the end item %d is still selected", i)
	}
}

func TestClicks(t *testing.T) {
	t.Parallel()
	run := toolRun(strings.Repeat("a line\n", 30))
	tr := newTranscript(run, 80, 60)
	tr.Update(part.Click{X: 5, Y: 1}) // between the task and the call
	if i, ok := tr.Selected(); ok {
		t.Errorf("a click between items selects %d", i)
	}
	for _, test := range []struct{ y, item, rows int }{
		{0, 0, 12}, {4, 1, 12}, {2, 1, 31}, {20, 1, 31}, {2, 1, 12}, {12, 1, 12}, {-1, 1, 12}, {40, 1, 12}, {13, 1, 31},
	} {
		tr.Update(part.Click{X: 5, Y: test.y})
		if i, ok := tr.Selected(); !ok || i != test.item || tr.blocks[1].height != test.rows {
			t.Errorf("a click on row %d selects %d and the call has %d rows, want %d and %d", test.y, i, tr.blocks[1].height, test.item, test.rows)
		}
	}
}

func TestTheWheelScrolls(t *testing.T) {
	t.Parallel()
	tr := newTranscript(numbered(60), 80, 20)
	end := tr.offset()
	tr.Update(part.Wheel{Rows: -3})
	if got := min(end, tr.total-tr.h) - tr.offset(); got != 3 {
		t.Errorf("three rows up are %d", got)
	}
	tr.Update(part.Wheel{Rows: 3})
	if below, _ := tr.Behind(); below != 0 {
		t.Errorf("back down, %d rows are below", below)
	}
}

func TestCopyTakesWhatIsSelected(t *testing.T) {
	t.Parallel()
	run := story(12)
	run.Apply(parttest.Arrivals(run, api.Failed{Error: "the page is gone"}))
	tr := newTranscript(run, 80, 40)
	press(tr, part.Top)
	for _, item := range run.Items {
		press(tr, part.NextItem)
		i, _ := tr.Selected()
		want := map[state.ItemKind]part.Copy{
			state.TaskItem:      {What: "task", Text: run.Task},
			state.ReasoningItem: {What: "reasoning", Text: item.Text()},
			state.AnswerItem:    {What: "answer", Text: item.Text()},
			state.NoticeItem:    {What: "notice", Text: item.Text()},
			state.OutcomeItem:   {What: "outcome", Text: "failed · 0:03\nthe page is gone"},
		}[item.Kind]
		if item.Tool != nil {
			want = part.Copy{What: "tool result", Text: string(item.Tool.Result)}
		}
		if intent, _ := tr.Update(part.Do{Action: part.CopyThis}); intent != want {
			t.Errorf("copying item %d means %q, want %q", i, intent, want)
		}
		if intent, _ := tr.Update(part.Do{Action: part.ReadThis}); intent != (part.Read{Item: i}) {
			t.Errorf("reading item %d means %v", i, intent)
		}
	}
}

// Without a selection the keys are about the first item in view that can be
// folded, else about the first in view.
func TestKeysWithoutASelection(t *testing.T) {
	t.Parallel()
	tr := newTranscript(toolRun(strings.Repeat("a line\n", 30)), 80, 30)
	if intent, _ := tr.Update(part.Do{Action: part.ReadThis}); intent != (part.Read{Item: 1}) {
		t.Errorf("reading means %v, want the call", intent)
	}
	press(tr, part.Fold)
	if h := tr.blocks[1].height; h != 31 {
		t.Errorf("unfolding the call in view gives it %d rows, want 31", h)
	}
	tr = newTranscript(parttest.Run("task", api.TextDelta{Delta: "text"}), 80, 30)
	if intent, _ := tr.Update(part.Do{Action: part.ReadThis}); intent != (part.Read{Item: 0}) {
		t.Errorf("reading means %v, want the task", intent)
	}
}

func TestShowSelects(t *testing.T) {
	t.Parallel()
	tr := newTranscript(story(13), 80, 6)
	tr.Show(2)
	if i, ok := tr.Selected(); !ok || i != 2 {
		t.Errorf("item %d is selected: %v, want 2", i, ok)
	}
	tr.Show(-1)
	tr.Show(100)
	if i, _ := tr.Selected(); i != 2 {
		t.Errorf("showing what is not there selects %d", i)
	}
}
