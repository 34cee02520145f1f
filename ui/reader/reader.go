// Package reader is a dialog over the whole screen in which one item of a run
// is read: a tool call with its input and result, reasoning, an answer.
//
// A text may be of any length. Nothing is done for all of it when it is
// opened: its lines are found where they are shown, and a place is a byte of
// the text, not a number of a row that would have to be counted. What does go
// through all of a text does so at the speed of memory, when the end of the
// text or the number of its lines is asked for.
package reader

import (
	tea "charm.land/bubbletea/v2"

	"notturno/themes"
	"notturno/ui/find"
	"notturno/ui/part"
	"notturno/ui/structure"
)

// Document is what is read. Its texts are expected to be clean (api.Clean).
type Document struct {
	Title    string // as in "extract · result"
	What     string // names the main section where it is copied, as in "tool result"
	Sections []Section
}

// Section is a part of a document. The last one is the main one: what is copied
// and saved.
type Section struct {
	Heading string // empty: none
	Text    string
	Format  Format
	// Answer, unless it is nil, is what Text says as a table or a tree. It is
	// shown in the place of Text when it is not too long to draw all of it.
	Answer *structure.Structure
}

// Reader is the dialog. It is a part.Part.
type Reader struct {
	theme    *themes.Theme
	keys     *part.Keys
	doc      Document
	sections []*section
	wrap     bool
	top      place // the row at the top
	x        int   // cells that are left of the view, where lines are not broken
	w, h     int
	bar      *find.Bar // where the query is typed; nil while it is not
	origin   place     // where the view was before the query was typed
	search   search
	rows     []string // nil when they must be put together again
}

// New is a reader at the start of doc, with long lines broken.
func New(theme *themes.Theme, doc Document) *Reader {
	if len(doc.Sections) == 0 {
		doc.Sections = []Section{{}}
	}
	r := &Reader{theme: theme, keys: part.NewKeys(), doc: doc, wrap: true}
	for i, s := range doc.Sections {
		r.sections = append(r.sections, newSection(theme, s, i > 0))
	}
	r.top = r.first()
	return r
}

// Whole says that the reader covers the whole screen.
func (r *Reader) Whole() {}

// Contexts are where its keys are looked up: while a query is typed, letters
// are text.
func (r *Reader) Contexts() []part.Context {
	if r.bar != nil {
		return r.bar.Contexts()
	}
	return []part.Context{part.InReader, part.InPane, part.Global}
}

// Typing reports whether a query is being typed.
func (r *Reader) Typing() bool { return r.bar != nil }

// Cursor is where the real cursor belongs while a query is typed, or nil.
func (r *Reader) Cursor() *tea.Cursor {
	if r.bar == nil {
		return nil
	}
	c := r.bar.Cursor()
	if c != nil {
		c.Y = r.h - 1
	}
	return c
}

// Resize keeps the text at the top where it is.
func (r *Reader) Resize(w, h int) {
	if w != r.w || h != r.h {
		r.w, r.h = w, h
		r.lay()
	}
}

// SetTheme draws in the theme's colours.
func (r *Reader) SetTheme(theme *themes.Theme) {
	r.theme = theme
	for _, s := range r.sections {
		s.content.setTheme(theme)
	}
	if r.bar != nil {
		r.bar.SetTheme(theme)
	}
	r.rows = nil
}

// Update moves, finds, copies and closes.
func (r *Reader) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	switch msg := msg.(type) {
	case part.Wheel:
		r.move(msg.Rows)
		return nil, nil
	case part.Do:
		if r.bar == nil {
			return r.do(msg.Action), nil
		}
	}
	if r.bar != nil {
		r.toBar(msg)
	}
	return nil, nil
}

func (r *Reader) do(a part.Action) part.Intent {
	switch a {
	case part.FindHere, part.Find:
		r.openBar()
	case part.NextMatch:
		return r.step(1)
	case part.PrevMatch:
		return r.step(-1)
	case part.WrapLines:
		r.wrap, r.x = !r.wrap, 0
		r.lay()
	case part.CopyThis:
		return part.Copy{What: r.doc.What, Text: r.main().Text}
	case part.SaveThis:
		return part.Save{What: r.doc.What, Ext: r.main().Format.extension(), Text: r.main().Text}
	case part.Leave, part.Back, part.Interrupt:
		return part.Close{}
	default:
		r.scroll(a)
	}
	return nil
}

// main is the section that is copied and saved.
func (r *Reader) main() Section { return r.doc.Sections[len(r.doc.Sections)-1] }

// lay cuts the texts to the width.
func (r *Reader) lay() {
	changed := false
	for _, s := range r.sections {
		changed = s.lay(r.textWidth(), r.wrap) || changed
	}
	if at := r.top.at; at > 0 {
		c := r.sections[r.top.section].content
		r.top.at = c.start(min(at, len(c.text())))
	}
	if changed {
		r.gather()
		r.search.current = min(r.search.current, len(r.search.hits)-1)
	}
	r.clamp()
}

// textWidth leaves a column free on either side.
func (r *Reader) textWidth() int { return max(r.w-2*margin, 0) }

// margin is the columns left free on either side.
const margin = 1
