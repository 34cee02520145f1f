// Package markdown turns Markdown that is still arriving into terminal rows.
//
// A [Doc] is given text as it comes and asked for rows when the screen is
// drawn:
//
//	doc := markdown.New(style, 80)
//	doc.Append("# Top ")
//	doc.Append("stories\n\nThe first ")
//	rows := doc.Rows(0, doc.Len()) // each exactly 80 cells
//	doc.Close()
//
// Every row can be drawn alone, at any place: it is exactly as wide as asked,
// and the colours and links that it switches on it switches off. It holds no
// control sequence but SGR without backgrounds and OSC 8 links to checked
// addresses, whatever the text holds.
//
// # What it costs
//
// An answer of 20,000 deltas costs per delta what one of 200 does. The source
// is split at top-level blocks that later text cannot change; a block is
// rendered when it is closed, once, and kept as rows. A list is split between
// its items, a table between its rows, a long paragraph between its words. Only
// what is still open is rendered again, at most once per change, and it is
// bounded:
//
//   - a paragraph is cut after 1 to 4 KB, where no emphasis, code or link is
//     open;
//   - the columns of a table are fixed by its first 2 KB;
//   - an open code fence is shown plain, and coloured when it is closed, if it
//     is not longer than 32 KB;
//   - of any other open block, the part beyond 4 KB is shown as its source until
//     the block is closed;
//   - a closed block of more than 64 KB, or one made of little but markup, stays
//     its source.
//
// # How it looks
//
// One blank row stands between blocks, none at the beginning or end, none
// between the items of a list. Soft line breaks join. Glamour's elements draw
// what is inside lines and code blocks; the layout of blocks is done here, for
// exact widths and for rows that can be kept.
//
// Set beside a whole document rendered by Glamour alone, the text differs in
// these ways, all meant: headings have no number signs; paragraphs of one list
// item and hard line breaks stay apart; links in tables stand in their cells,
// not below the table, and a table is as wide as it needs to be; a link whose
// text is its address shows it once; inline code is not padded; entities in
// code stay as they are; images read "image: text address"; definition lists
// are indented. Because of the splitting, emphasis that stays open for more
// than 4 KB of one paragraph ends, and a link reference that is defined only
// later shows as text until [Doc.Close].
package markdown

import (
	"slices"
	"strings"
)

// Doc is one Markdown text that may still grow, as rows of exactly width cells.
// It is not for concurrent use.
type Doc struct {
	width  int
	source []byte
	rest   string // the beginning of a character that is not complete
	closed bool
	dirty  bool // text came since the rows were made
	stale  bool // the rows are of another width or style

	split  splitter
	blocks []block // closed
	render *renderer
	flow   flow     // where the closed blocks end
	rows   []string // of the closed blocks
	tail   tail     // of the open block
}

// New is an empty Doc. With a width of 0 or less it has no rows.
func New(style Style, width int) *Doc { return NewRenderer(style).New(width) }

// New is an empty Doc that is drawn by r, as other Docs may be.
func (r *Renderer) New(width int) *Doc {
	return &Doc{width: width, render: &renderer{r, newReferences()}}
}

// Append adds s to the text. The text is expected to be clean of control
// characters; those that are left become visible, and carriage returns go.
// After Close it does nothing.
func (d *Doc) Append(s string) {
	if d.closed || s == "" {
		return
	}
	if d.rest != "" {
		s = d.rest + s
	}
	s, d.rest = whole(s)
	d.add(s)
}

func (d *Doc) add(s string) {
	d.source = append(d.source, visible(strings.ReplaceAll(s, "\r", ""))...)
	d.dirty = true
}

// Close says that no more text comes. The open block gets its final form, and
// link references that were defined late become links.
func (d *Doc) Close() {
	if d.closed {
		return
	}
	d.add(d.rest)
	d.rest = ""
	d.closed = true
}

// SetWidth changes the width of the rows, in cells. All of the text is rendered
// again when rows are asked for next, if the width is a different one.
func (d *Doc) SetWidth(width int) {
	if width != d.width {
		d.width = width
		d.again()
	}
}

// SetRenderer changes the look. All of the text is rendered again when rows
// are asked for next, if the style is a different one.
func (d *Doc) SetRenderer(r *Renderer) {
	again := r.style != d.render.style
	d.render.Renderer = r
	if again {
		d.again()
	}
}

// Len is the number of rows now.
func (d *Doc) Len() int {
	d.update()
	return len(d.rows) + len(d.tail.rows)
}

// Rows are the rows from inclusive to exclusive; a range beyond the text is cut
// to it. The slice is the caller's own.
func (d *Doc) Rows(from, to int) []string {
	d.update()
	n := len(d.rows) + len(d.tail.rows)
	from = min(max(from, 0), n)
	to = min(max(to, from), n)
	k := len(d.rows)
	return slices.Concat(d.rows[min(from, k):min(to, k)], d.tail.rows[max(from-k, 0):max(to-k, 0)])
}

// again drops all that was rendered.
func (d *Doc) again() {
	d.rows, d.flow, d.tail = nil, flow{}, tail{}
	d.dirty, d.stale = true, true
}

// update renders what has closed and what is open.
func (d *Doc) update() {
	if !d.dirty || d.width < 1 {
		return
	}
	d.dirty = false
	if d.stale {
		d.stale = false
		for _, b := range d.blocks {
			d.take(b)
		}
	}
	for _, b := range d.split.scan(d.source, d.closed) {
		d.blocks = append(d.blocks, b)
		d.take(b)
	}
	if d.closed && d.render.refs.late() {
		clear(d.render.refs.missed)
		d.again()
		d.update()
		return
	}
	d.openRows()
}

// take renders a closed block and keeps its rows.
func (d *Doc) take(b block) {
	d.tail = tail{}
	d.rows = append(d.rows, d.apart(b, d.render.rows(b, d.source, d.width, &d.flow, true), len(d.rows) > 0)...)
}

// apart pads the rows of b, and puts a blank row before them if they begin a
// new block below others.
func (d *Doc) apart(b block, rows []line, below bool) []string {
	if len(rows) == 0 {
		return nil
	}
	out := make([]string, 0, len(rows)+1)
	if below && !b.continues {
		out = append(out, pad(line{}, d.width))
	}
	for _, l := range rows {
		out = append(out, pad(l, d.width))
	}
	return out
}
