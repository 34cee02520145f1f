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
