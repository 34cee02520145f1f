package browse

import (
	"testing"
	"time"

	"notturno/ui/part"
)

// Counting allocations and other tests do not go together: no t.Parallel.
func TestCostDoesNotGrowWithEntries(t *testing.T) {
	draw := func(n int) float64 {
		b := newBrowse(160, 20)
		b.Update(LoadedSessions{Asked: asked(t, b.Init()), Page: page(1, n, false)})
		second := 0
		return testing.AllocsPerRun(5, func() {
			second++
			b.Tick(now().Add(time.Duration(second) * time.Second))
			b.Update(part.Do{Action: part.Down})
			b.Rows()
		})
	}
	if few, many := draw(40), draw(maxEntries); many > few*1.1 {
		t.Errorf("a list of %d sessions takes %.0f allocations, one of 40 %.0f", maxEntries, many, few)
	}
	b := newBrowse(160, 20)
	b.Update(LoadedSessions{Asked: asked(t, b.Init()), Page: page(1, 100, false)})
	b.Rows()
	if n := testing.AllocsPerRun(5, func() {
		b.Tick(now())
		b.Rows()
	}); n != 0 {
		t.Errorf("drawing again what is unchanged takes %.0f allocations", n)
	}
}

// BenchmarkBrowse is a second that passes on a full list.
func BenchmarkBrowse(b *testing.B) {
	screen := newBrowse(200, 60)
	intent, _ := screen.Init().(part.List)
	screen.Update(LoadedSessions{Asked: intent, Page: page(1, maxEntries, false)})
	second := 0
	b.ReportAllocs()
	for b.Loop() {
		second++
		screen.Tick(now().Add(time.Duration(second) * time.Second))
		screen.Rows()
	}
}
