package markdown

import (
	"fmt"
	"strings"
	"testing"

	glamour "charm.land/glamour/v2"
)

const benchWidth = 100

// streams are texts that arrive in deltas of about six bytes: what the n-th
// delta is, for any n.
var streams = []struct {
	name string
	head string
	line func(i int) string
}{
	{"prose", "", func(i int) string {
		return fmt.Sprintf("Paragraph %d says **what** was found on the page, with a [link](https://example.com/%d), some `code` and quite enough words to fill a row or two or even three of them.\n\n", i, i)
	}},
	{"paragraph", "", func(i int) string {
		return fmt.Sprintf("Sentence %d goes on with *words* and more words in one paragraph that never ends. ", i)
	}},
	{"fence", "```go\n", func(i int) string { return fmt.Sprintf("\tif x := f(%d); x > 0 { return x } // line\n", i) }},
	{"list", "", func(i int) string { return fmt.Sprintf("- item %d with **bold** and a few more words\n", i) }},
	{"table", "| name | points | comment |\n|---|--:|---|\n", func(i int) string { return fmt.Sprintf("| row %d | %d | some words about it |\n", i, i*7) }},
	{"quote", "> begin\n", func(i int) string { return fmt.Sprintf("> line %d of a quote that does not end soon\n", i) }},
}

// text is the beginning of a stream, of n deltas of six bytes.
func streamText(head string, line func(int) string, n int) string {
	var b strings.Builder
	b.WriteString(head)
	for i := 0; b.Len() < n*6; i++ {
		b.WriteString(line(i))
	}
	return b.String()[:n*6]
}

// BenchmarkDelta is the cost of one delta of six bytes and of drawing the last
// 40 rows after it, at the given place of an answer.
func BenchmarkDelta(b *testing.B) {
	const window = 200 // deltas measured around the place
	for _, s := range streams {
		for _, at := range []int{200, 2_000, 20_000} {
			b.Run(fmt.Sprintf("%s/%d", s.name, at), func(b *testing.B) {
				text := streamText(s.head, s.line, at+window)
				var d *Doc
				rest := ""
				for b.Loop() {
					if rest == "" {
						b.StopTimer()
						d = New(testStyle(), benchWidth)
						for i := 0; i < at*6; i += 600 {
							d.Append(text[i:min(i+600, at*6)])
							d.Len()
						}
						rest = text[at*6:]
						b.StartTimer()
					}
					d.Append(rest[:6])
					rest = rest[6:]
					n := d.Len()
					d.Rows(n-40, n)
				}
			})
		}
	}
}

// BenchmarkDeltaGlamour is the reference: Glamour over the whole text for each
// delta.
func BenchmarkDeltaGlamour(b *testing.B) {
	for _, s := range streams {
		for _, at := range []int{200, 2_000, 20_000} {
			b.Run(fmt.Sprintf("%s/%d", s.name, at), func(b *testing.B) {
				text := streamText(s.head, s.line, at)
				r, err := glamour.NewTermRenderer(glamour.WithStandardStyle("dark"), glamour.WithWordWrap(benchWidth))
				if err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					if _, err := r.Render(text); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkPiece is the cost of 100 KB that arrive at once, and of drawing the
// last 60 rows after them, late in a text of one line or of one fence.
func BenchmarkPiece(b *testing.B) {
	const piece, before = 100_000, 8 << 20
	for _, e := range endless {
		b.Run(e.name, func(b *testing.B) {
			unit := strings.Repeat(e.unit, piece/len(e.unit))
			d := New(testStyle(), benchWidth)
			d.Append(e.head)
			for n := 0; n < before; n += piece {
				d.Append(unit)
				d.Len()
			}
			for b.Loop() {
				d.Append(unit)
				n := d.Len()
				d.Rows(n-60, n)
			}
		})
	}
}

// BenchmarkResize is a document of 1 MB that gets another width, up to its
// first rows.
func BenchmarkResize(b *testing.B) {
	var text strings.Builder
	for text.Len() < 1<<20 {
		for _, document := range documents(b) {
			text.WriteString(document + "\n\n")
		}
	}
	d := New(testStyle(), benchWidth)
	d.Append(text.String())
	d.Close()
	d.Len()
	for i := 0; b.Loop(); i++ {
		d.SetWidth(benchWidth + i%2)
		d.Rows(0, 60)
	}
}

// BenchmarkDocument renders the documents in testdata whole.
func BenchmarkDocument(b *testing.B) {
	var whole strings.Builder
	for _, text := range documents(b) {
		whole.WriteString(text + "\n\n")
	}
	text := whole.String()
	b.Run("markdown", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			all(text, benchWidth)
		}
	})
	b.Run("glamour", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		r, err := glamour.NewTermRenderer(glamour.WithStandardStyle("dark"), glamour.WithWordWrap(benchWidth))
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, err := r.Render(text); err != nil {
				b.Fatal(err)
			}
		}
	})
}
