package transcript

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/find"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// count is how many places a query has in the rows of all items, unfolded: the
// slow way.
func count(run *state.Run, w int, q find.Query) int {
	tr := newTranscript(run, w, 20)
	n := 0
	for i, b := range tr.blocks {
		b.choice = unfolded
		tr.remeasure(i)
		for place, row := range b.rows(0, b.height) {
			if b.isMore(place) || (b.item.Kind == state.ReasoningItem && place == 0) {
				continue
			}
			n += len(q.In(strings.TrimRight(ansi.Strip(row), " ")))
		}
	}
	return n
}

// How a match is marked, and the current one.
const (
	foundMark   = "\x1b[7m"
	currentMark = "\x1b[1;7m"
)

// marks are how many stretches of the rows are marked, and how many of those as
// the current match.
func marks(rows []string) (all, current int) {
	for _, row := range rows {
		on, was := "", ""
		for len(row) > 0 {
			seq, width, n, _ := ansi.DecodeSequence(row, ansi.NormalState, nil)
			row = row[n:]
			switch {
			case seq == foundMark || seq == currentMark:
				on = seq
			case seq == ansi.ResetStyle:
				on = ""
			case width > 0 && on != was:
				was = on
				if on != "" {
					all++
				}
				if on == currentMark {
					current++
				}
			}
		}
	}
	return all, current
}

// mixed is a run in which "needle" stands 7 times: in what shows, in folded
// reasoning, and in lines of a result that are folded away and that are beyond
// what unfolds.
func mixed() *state.Run {
	var result strings.Builder
	for i := range 500 {
		word := "hay"
		if i == 4 || i == 60 || i == 399 || i == 450 {
			word = "Needle"
		}
		fmt.Fprintf(&result, "%s in line %d\n", word, i)
	}
	return parttest.Run("find the needle",
		api.ThinkingDelta{Delta: api.Text(strings.Repeat("hay\n\n", 20)) + "a **nee**dle\n\nhay"},
		api.ToolStart{Name: "read_page"}, api.ToolResult{Content: api.Text(result.String())},
		api.TextDelta{Delta: api.Text(strings.Repeat("hay\n\n", 40)) + "a needle, and a needle"})
}

func TestFindsInWhatIsFolded(t *testing.T) {
	t.Parallel()
	tr := newTranscript(mixed(), 80, 20)
	press(tr, part.Top)
	heights := func() (all []int) {
		for _, b := range tr.blocks {
			all = append(all, b.height)
		}
		return all
	}
	before := heights()
	tr.SetQuery(find.NewQuery("needle"))
	for _, want := range []struct{ at, unfolded int }{
		{1, -1}, {2, 1}, {3, -1}, {4, 2}, {5, 2}, {6, -1}, {7, -1}, {1, -1}, {2, 1},
	} {
		if at, n := tr.Matches(); at != want.at || n != 7 {
			t.Fatalf("match %d of %d, want %d of 7", at, n, want.at)
		}
		if all, current := marks(tr.Rows()); all == 0 || current != 1 {
			t.Errorf("at match %d, %d are marked, %d as the current one: %q", want.at, all, current, parttest.Text(tr.Rows()))
		}
		for i, h := range heights() {
			if (h > before[i]) != (i == want.unfolded) {
				t.Errorf("at match %d, item %d has %d rows, before %d", want.at, i, h, before[i])
			}
		}
		press(tr, part.NextMatch)
	}
	tr.SetQuery(find.NewQuery(""))
	if all, _ := marks(tr.Rows()); all != 0 || !slices.Equal(heights(), before) {
		t.Errorf("after the query, %d are marked, and the items have %d rows, before %d", all, heights(), before)
	}
}

func TestMatchesGoRoundBothWays(t *testing.T) {
	t.Parallel()
	tr := newTranscript(mixed(), 80, 20)
	press(tr, part.Top)
	tr.SetQuery(find.NewQuery("needle"))
	for _, want := range []int{7, 6, 5, 4, 3, 2, 1, 7} {
		press(tr, part.PrevMatch)
		if at, _ := tr.Matches(); at != want {
			t.Fatalf("match %d, want %d", at, want)
		}
		if _, current := marks(tr.Rows()); current != 1 {
			t.Errorf("match %d does not show: %q", at(tr), parttest.Text(tr.Rows()))
		}
	}
}

func at(tr *Transcript) int {
	n, _ := tr.Matches()
	return n
}

// Each query that is typed starts from where the reader was, and what finds
// nothing leads back there.
func TestTypingDoesNotLoseThePlace(t *testing.T) {
	t.Parallel()
	for name, moves := range map[string][]part.Action{"following": nil, "up": {part.PageUp, part.PageUp}, "top": {part.Top}} {
		run := numbered(60)
		tr := newTranscript(run, 80, 20)
		press(tr, moves...)
		was := top(tr)
		for _, text := range []string{"p", "paragraph 1", "paragraph 15", "paragraph 15x"} {
			tr.SetQuery(find.NewQuery(text))
		}
		if _, n := tr.Matches(); n != 0 || top(tr) != was {
			t.Errorf("%s: %d matches, and the view is at %q, was at %q", name, n, top(tr), was)
		}
		tr.SetQuery(find.NewQuery("paragraph 15"))
		if text := parttest.Text(tr.Rows()); !strings.Contains(text, "paragraph 15.") {
			t.Errorf("%s: the match does not show: %q", name, text)
		}
		found := top(tr)
		tr.SetQuery(find.NewQuery(""))
		if top(tr) != was {
			t.Errorf("%s: without a query the view is at %q, was at %q", name, top(tr), was)
		}
		tr.SetQuery(find.NewQuery("paragraph 15"))
		tr.EndFind()
		tr.SetQuery(find.NewQuery(""))
		if top(tr) != found {
			t.Errorf("%s: after the end of finding the view is at %q, the match was at %q", name, top(tr), found)
		}
	}
}

func TestTheFirstMatchIsTheOneInView(t *testing.T) {
	t.Parallel()
	tr := newTranscript(numbered(60), 80, 20)
	press(tr, part.Top, part.PageDown, part.PageDown)
	was := top(tr)
	tr.SetQuery(find.NewQuery("paragraph"))
	if _, current := marks(tr.Rows()); current != 1 || at(tr) < 10 {
		t.Errorf("the first match is number %d: %q", at(tr), parttest.Text(tr.Rows()))
	}
	tr.SetQuery(find.NewQuery("paragraph 25"))
	if text := parttest.Text(tr.Rows()); !strings.Contains(text, "paragraph 25.") || at(tr) != 1 {
		t.Errorf("match %d in %q", at(tr), text)
	}
	tr.SetQuery(find.NewQuery("paragraph 2."))
	if at(tr) != 1 || top(tr) == was {
		t.Error("finding does not go round to the start")
	}
}

func TestEndOfFindingSelectsTheItem(t *testing.T) {
	t.Parallel()
	tr := newTranscript(mixed(), 80, 20)
	tr.SetQuery(find.NewQuery("line 60"))
	if i, ok := tr.Selected(); ok {
		t.Errorf("item %d is selected while typing", i)
	}
	tr.EndFind()
	if i, ok := tr.Selected(); !ok || i != 2 {
		t.Errorf("item %d is selected: %v, want 2", i, ok)
	}
	tr.SetQuery(find.NewQuery("**"))
	tr.EndFind()
	if _, n := tr.Matches(); n != 0 {
		t.Errorf("%d matches in markup", n)
	}
}

func TestTheSameQueryChangesNothing(t *testing.T) {
	t.Parallel()
	tr := newTranscript(mixed(), 80, 20)
	press(tr, part.Top)
	tr.SetQuery(find.NewQuery("needle"))
	press(tr, part.NextMatch, part.NextMatch, part.NextMatch)
	was := top(tr)
	tr.SetQuery(find.NewQuery("needle"))
	if at(tr) != 4 || top(tr) != was {
		t.Errorf("match %d at %q, was 4 at %q", at(tr), top(tr), was)
	}
}

func TestNothingFound(t *testing.T) {
	t.Parallel()
	tr := newTranscript(story(13), 80, 10)
	for _, q := range []find.Query{{}, find.NewQuery("nowhere")} {
		tr.SetQuery(q)
		was := top(tr)
		press(tr, part.NextMatch, part.PrevMatch)
		if at, n := tr.Matches(); at != 0 || n != 0 || top(tr) != was {
			t.Errorf("match %d of %d, from %q to %q", at, n, was, top(tr))
		}
	}
}

// The count is that of a search of every row, whatever arrives and whatever
// the person does meanwhile.
func TestCountsAreThoseOfEveryRow(t *testing.T) {
	t.Parallel()
	queries := []string{"a", "the", "words", "日本", "e", "Donau", "·", "E", "line", "x"}
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 6))
			run := parttest.Run("a task", parttest.Events(r, 20)...)
			w := 60
			tr := newTranscript(run, w, 15)
			q := find.NewQuery("a")
			tr.SetQuery(q)
			for step := range 15 {
				switch r.IntN(6) {
				case 0:
					q = find.NewQuery(queries[r.IntN(len(queries))])
					tr.SetQuery(q)
				case 1:
					w = 20 + r.IntN(90)
					tr.Resize(w, 1+r.IntN(40))
				case 2:
					tr.SetTheme([]*themes.Theme{themes.Notte(), themes.Giorno()}[r.IntN(2)])
					press(tr, []part.Action{part.NextMatch, part.PrevMatch, part.Fold, part.NextItem}[r.IntN(4)])
				default:
					run.Apply(parttest.Arrivals(run, parttest.Events(r, 1+r.IntN(4))...))
					tr.Sync()
				}
				at, n := tr.Matches()
				if want := count(run, w, q); n != want || at > n || at < 0 {
					t.Fatalf("step %d: match %d of %d of %q, there are %d", step, at, n, q.Text(), want)
				}
				if h := len(tr.Rows()); h != tr.h {
					t.Fatalf("step %d: %d rows, want %d", step, h, tr.h)
				}
			}
		})
	}
}

// The current match shows, is the one marked as such, and the numbers go one by
// one.
func TestEveryMatchIsReached(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 7))
		tr := New(parttest.RandomRun(r, 12, true), themes.Notte(), hints)
		tr.Resize(50+r.IntN(60), 3+r.IntN(30))
		press(tr, part.Top)
		tr.SetQuery(find.NewQuery("e"))
		_, n := tr.Matches()
		for want := 1; want <= n; want++ {
			if at(tr) != want {
				t.Fatalf("seed %d: match %d, want %d of %d", seed, at(tr), want, n)
			}
			if _, current := marks(tr.Rows()); current != 1 {
				t.Fatalf("seed %d: %d are marked as match %d: %q", seed, current, want, tr.Rows())
			}
			parttest.CheckRows(t, tr.Rows(), tr.w, tr.h)
			tr.NextMatch()
		}
	}
}

// The match that the reader is at stays the same one while text arrives.
func TestTheCurrentMatchStays(t *testing.T) {
	t.Parallel()
	run := numbered(60)
	tr := newTranscript(run, 80, 20)
	tr.SetQuery(find.NewQuery("paragraph 3"))
	tr.NextMatch()
	was, place := top(tr), at(tr)
	for i := 60; i < 400; i++ {
		say(run, i, i+1)
		tr.Sync()
		if top(tr) != was || at(tr) != place {
			t.Fatalf("after paragraph %d the view is at %q, match %d; it was at %q, match %d", i, top(tr), at(tr), was, place)
		}
	}
	if _, n := tr.Matches(); n != 111 {
		t.Errorf("%d matches, want 111", n)
	}
}
