package reader

import (
	"notturno/themes"
	"notturno/ui/markdown"
)

const (
	// maxMarkdown is the longest Markdown, in bytes, that is rendered.
	maxMarkdown = 64 << 10
	// maxProse is the width beyond which lines of text get hard to read.
	maxProse = 100
)

// rendered is Markdown as rows.
type rendered struct {
	drawn
	doc   *markdown.Doc
	width int
}

func newRendered(theme *themes.Theme, text string) *rendered {
	r := &rendered{doc: markdown.New(markdown.AnswerStyle(theme), 0)}
	r.doc.Append(text)
	r.doc.Close()
	r.read()
	return r
}

// read takes the rows from the document.
func (r *rendered) read() { r.take(r.doc.Rows(0, r.doc.Len())) }

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
