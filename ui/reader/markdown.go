package reader

import (
	"sort"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/themes"
	"notturno/ui/markdown"
)

const (
	// maxMarkdown is the longest Markdown, in bytes, that is rendered.
	maxMarkdown = 64 << 10
	// maxProse is the width beyond which lines of text get hard to read.
	maxProse = 100
)

// rendered is Markdown as rows. Its text is what the rows say.
type rendered struct {
	doc    *markdown.Doc
	width  int
	rows   []string
	starts []int // where the rows begin in plain
	plain  string
}

func newRendered(theme *themes.Theme, text string) *rendered {
	r := &rendered{doc: markdown.New(markdown.AnswerStyle(theme), 0)}
	r.doc.Append(text)
	r.doc.Close()
	r.read()
	return r
}

// read takes the rows from the document.
func (r *rendered) read() {
	r.rows = r.doc.Rows(0, r.doc.Len())
	if len(r.rows) == 0 {
		r.rows = []string{""}
	}
	var plain strings.Builder
	r.starts = r.starts[:0]
	for i, styled := range r.rows {
		if i > 0 {
			plain.WriteByte('\n')
		}
		r.starts = append(r.starts, plain.Len())
		plain.WriteString(strings.TrimRight(ansi.Strip(styled), " "))
	}
	r.plain = plain.String()
}

func (r *rendered) text() string { return r.plain }

// lay renders for a width. Markdown has no lines of its own to leave unbroken.
func (r *rendered) lay(width int, _ bool) {
	if width = min(width, maxProse); width != r.width {
		r.width = width
		r.doc.SetWidth(width)
		r.read()
	}
}

func (r *rendered) setTheme(theme *themes.Theme) {
	r.doc.SetRenderer(markdown.NewRenderer(markdown.AnswerStyle(theme)))
	r.read()
}

// index is which row holds the byte at.
func (r *rendered) index(at int) int {
	return max(0, sort.SearchInts(r.starts, at+1)-1)
}

func (r *rendered) start(at int) int { return r.starts[r.index(at)] }

func (r *rendered) end(from int) int {
	if i := r.index(from); i+1 < len(r.starts) {
		return r.starts[i+1] - 1
	}
	return len(r.plain)
}

func (r *rendered) row(from, _ int) row {
	return row{styled: r.rows[r.index(from)], from: from, to: r.end(from)}
}
