package agent

import (
	"fmt"
	"strings"
	"testing"
)

// The time to look at a page must grow with its length, not faster: compare
// ns/op over the sizes, which grow tenfold.
func BenchmarkLook(b *testing.B) {
	for _, n := range []int{30, 300, 3000} {
		var page strings.Builder
		for i := range n {
			fmt.Fprintf(&page, `<div class="story s%d"><h3><a href="/s/%d">A title of some length, number %d</a></h3><p>by <span class="author">ann</span>, %d points</p><p>%s</p></div>`,
				i, i, i, i, strings.Repeat("And a sentence. ", 10))
		}
		nested := strings.Repeat("<div><a href=/x>A link on a level</a>", 30)
		for name, markup := range map[string]string{"flat": page.String(), "nested": strings.Repeat(nested+strings.Repeat("</div>", 30), n/10)} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.SetBytes(int64(len(markup)))
				for b.Loop() {
					see(b, markup)
				}
			})
		}
	}
}

// The time to extract a list must grow with its items, not faster: compare
// ns/item of a page of 200 kB with 1,000 items and one of 2 MB with 10,000.
func BenchmarkExtract(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		var page strings.Builder
		for i := range n {
			fmt.Fprintf(&page, `<div class="story"><h3><a href="/s/%d">A title of some length, number %d</a></h3><p>by <span class="author">ann</span> on 2026-05-04, %d points, $%d.50</p><p>And a sentence or two.</p></div>
`, i, i, i, i)
		}
		markup := page.String()
		b.Run(fmt.Sprintf("%d", n), func(b *testing.B) {
			b.SetBytes(int64(len(markup)))
			for b.Loop() {
				g := see(b, markup).mainGroup("posts")
				g.findFields()
				if len(g.items) != n || g.items[n-1].field("points") != fmt.Sprint(n-1) {
					b.Fatalf("%d items were found, the last with %v", len(g.items), g.items[n-1].fields)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/item")
		})
	}
}
