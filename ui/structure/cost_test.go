package structure_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"notturno/themes"
	"notturno/ui/structure"
)

// items is an array of so many items of text.
func items(n int) string {
	var b strings.Builder
	b.WriteString("[")
	for i := range n {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, `"item %d with some words"`, i)
	}
	return b.String() + "]"
}

// shapes are answers of so many rows.
var shapes = map[string]func(n int) string{"table": posts, "tree": items}

// What shows costs the same however much there is beside it.
func TestFoldingCostsWhatShows(t *testing.T) {
	for name, answer := range shapes {
		cost := func(n int) float64 {
			s := of(t, answer(n), "")
			return testing.AllocsPerRun(5, func() { s.Folded(themes.Notte(), 100, 30) })
		}
		if small, large := cost(1_000), cost(30_000); large > small+small/10 {
			t.Errorf("%s: 30 rows of 1,000 take %v allocations, of 30,000 %v", name, small, large)
		}
	}
}

func BenchmarkFolded(b *testing.B) {
	for name, answer := range shapes {
		for _, n := range []int{10, 1_000, 100_000} {
			run := agentRun(answer(n), "")
			s, _ := structure.Of(run)
			theme := themes.Notte()
			b.Run(fmt.Sprintf("%s/%d/show", name, n), func(b *testing.B) {
				for b.Loop() {
					s.Folded(theme, 100, 30)
				}
			})
			b.Run(fmt.Sprintf("%s/%d/open", name, n), func(b *testing.B) {
				b.SetBytes(int64(len(run.Answer())))
				for b.Loop() {
					structure.Of(run)
				}
			})
			b.Run(fmt.Sprintf("%s/%d/encoding-json", name, n), func(b *testing.B) {
				text := []byte(run.Answer())
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					var value any
					if err := json.Unmarshal(text, &value); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
