package transcript

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"notturno/themes"
	"notturno/ui/find"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// Whatever the person does in whatever order, at any size, while a run goes on:
// the rows are exact, the match is one of those there are, and what is selected
// is an item.
func TestAnythingGoes(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 11))
			run := parttest.Run("task")
			tr := New(run, themes.Notte(), hints)
			for range 70 {
				anything(tr, r)
				parttest.CheckRows(t, tr.Rows(), max(tr.w, 0), max(tr.h, 0))
				if at, n := tr.Matches(); at < 0 || at > n {
					t.Fatalf("match %d of %d", at, n)
				}
				if i, ok := tr.Selected(); ok && (i < 0 || i >= len(run.Items)) {
					t.Fatalf("item %d of %d is selected", i, len(run.Items))
				}
				if below, fresh := tr.Behind(); below < fresh || fresh < 0 {
					t.Fatalf("%d rows are below, %d of them new", below, fresh)
				}
			}
		})
	}
}

func anything(tr *Transcript, r *rand.Rand) {
	actions := []part.Action{
		part.Up, part.Down, part.PageUp, part.PageDown, part.Top, part.End, part.NextItem, part.PrevItem,
		part.Fold, part.ReadThis, part.NextMatch, part.PrevMatch, part.CopyThis, part.OpenThis,
	}
	queries := []string{"", "e", "he", "日", "many words", "x", "nowhere", " "}
	switch r.IntN(12) {
	case 0:
		tr.Resize(r.IntN(90), r.IntN(40))
	case 1:
		tr.SetQuery(find.NewQuery(queries[r.IntN(len(queries))]))
	case 2:
		tr.EndFind()
	case 3:
		tr.SetMode(Mode(r.IntN(3)))
	case 4:
		tr.Focus(r.IntN(2) == 0)
	case 5:
		tr.Update(part.Click{X: r.IntN(90), Y: r.IntN(42) - 1})
	case 6:
		tr.Update(part.Wheel{Rows: r.IntN(13) - 6})
	case 7:
		tr.Show(r.IntN(20))
	case 8:
		press(tr, actions[r.IntN(len(actions))], actions[r.IntN(len(actions))])
	case 9:
		tr.SetTheme([]*themes.Theme{themes.Notte(), themes.Giorno()}[r.IntN(2)])
	default:
		tr.run.Apply(parttest.Arrivals(tr.run, parttest.Events(r, 1+r.IntN(6))...))
		tr.Sync()
	}
}
