package markdown

import (
	"runtime"
	"strings"
	"testing"
)

// endless are texts of one block, one line or both that never end.
var endless = []struct{ name, head, unit string }{
	{"letters", "", "x"},
	{"words", "", "many words "},
	{"objects", "", `{"key": [1, 2, 3]}, `},
	{"digits", "", "0123456789 "},
	{"dashes", "", "-"},
	{"backticks", "", "`"},
	{"backticks in a paragraph", "a ", "`"},
	{"spaces", "", " "},
	{"Chinese", "", "没有空格的段落"},
	{"emoji", "", "👩‍👩‍👧‍👦"},
	{"a heading", "# ", "word "},
	{"an item", "- ", "word "},
	{"a quote", "> ", "word "},
	{"quotes", "", "> word\n"},
	{"HTML", "<pre>\n", "word "},
	{"a table's header", "| ", "word | "},
	{"a table's row", "| a |\n|---|\n| ", "word "},
	{"rows", "| a | b |\n|---|---|\n", "| many words in one cell, and not only there | many words in the cell beside it, as far as there is room |\n"},
	{"code", "```\n", "x := f(1)\n"},
	{"a line of code", "```\n", "x := f(1); "},
	{"tabs in code", "```\n", "a\tb"},
	{"code in an item", "- a\n\n  ```\n", "  x := f(1)\n"},
	{"paragraphs", "", "many words in a paragraph that does not fill more than one or two rows of the screen\n\n"},
}

// TestEndless checks that texts of any length come to the same whatever the
// pieces, and keep what a Doc promises.
func TestEndless(t *testing.T) {
	t.Parallel()
	const size = 70_000
	for _, e := range endless {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			text := e.head + strings.Repeat(e.unit, size/len(e.unit))
			want := all(text, 90)
			checkRows(t, want, 90)
			checkSame(t, chunked(t, text, 90, func() int { return 19_000 }, func() bool { return true }), want)
		})
	}
}

// TestEndlessIsLinear counts what pieces of 20 KB cost early in a text without
// end and late, in bytes allocated: no more late, but for the text itself,
// which is copied now and then as it grows. It is not parallel, so that nothing
// else allocates.
func TestEndlessIsLinear(t *testing.T) {
	const (
		size  = 160_000
		piece = 20_000
		times = 2 // pieces measured together
	)
	for _, e := range endless {
		unit := strings.Repeat(e.unit, piece/len(e.unit))
		d := newDoc(100)
		d.Append(e.head)
		var costs []uint64
		var stats runtime.MemStats
		for n := 0; n < size; n += times * len(unit) {
			runtime.ReadMemStats(&stats)
			before := stats.TotalAlloc
			for range times {
				d.Append(unit)
				end := d.Len()
				d.Rows(end-60, end)
			}
			runtime.ReadMemStats(&stats)
			costs = append(costs, stats.TotalAlloc-before)
		}
		early, late := costs[1], costs[len(costs)-1]
		if late > early*3/2+2*size {
			t.Errorf("%s: %d pieces cost %d KB early and %d KB late", e.name, times, early>>10, late>>10)
		}
	}
}
