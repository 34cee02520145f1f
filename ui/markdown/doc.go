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
//   - code is cut after 2 to 8 KB, at an empty line if there is one; a piece is
//     plain while it is open, and coloured when it is closed and asked for, if
//     no line of it is longer than 512 bytes;
//   - of any other open block, the part beyond 4 KB is shown as its source until
//     the block is closed;
//   - what is larger than 64 KB, a paragraph that cannot be cut for 16 KB, and
//     what is made of little but markup, stays its source;
//   - what a line is, is decided by its first 4 KB.
//
// A Doc keeps its text, the height of each closed block, and the rows of those
// that were asked for or closed last, about 2,000 rows; what else is asked for
// is rendered again. (Of a paragraph that was cut, all rows are kept: its pieces
// cannot be drawn alone.) A new width renders all but code again, for the exact
// height; a new style only what is asked for.
//
// # How it looks
//
// One blank row stands between blocks, none at the beginning or end, none
// between the items of a list. Soft line breaks join. Glamour's elements draw
// what is inside lines; the layout of blocks is done here, for exact widths and
// for rows that can be kept, and so are the colours of code. The address of a
// link stands behind its text, in parentheses; one of more than 48 cells is cut
// in the middle, behind its host, and the link that a terminal follows is whole.
// A table whose columns would be too narrow to be read is stacked: one group of
// rows per record, each row a header and its value.
//
// Set beside a whole document rendered by Glamour alone, the text differs in
// these ways, all meant: headings have no number signs; paragraphs of one list
// item and hard line breaks stay apart; links in tables stand in their cells,
// not below the table, and a table is as wide as it needs to be; a link whose
// text is its address shows it once, and other addresses stand in
// parentheses; inline code is not padded; entities in code and relative
// addresses stay as they are; images read "image: text (address)"; definition
// lists are indented. Because of the splitting, emphasis that stays open for more
// than 4 KB of one paragraph ends, and a link reference that is defined only
// later shows as text until [Doc.Close].
package markdown

import "strings"

// Doc is one Markdown text that may still grow, as rows of exactly width cells.
// It is not for concurrent use.
type Doc struct {
	width  int
	source []byte
	rest   string // the beginning of a character that is not complete
	closed bool
	dirty  bool // text came since the rows were made
	stale  bool // the rows are of another width or style

	split    splitter
	render   *renderer
	blocks   []shown // closed
	height   int     // rows of the closed blocks
	held     []int   // the closed blocks that have their rows, in the order they were drawn
	heldRows int
	bound    bool // there are blocks that cannot be drawn alone
	flow     flow // where the closed blocks end
	tail     tail // of the open block
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

// SetRenderer changes the look. What is asked for next is rendered again, if
// the style is a different one; a long paragraph makes it all of the text.
func (d *Doc) SetRenderer(r *Renderer) {
	again := r.style != d.render.style
	d.render.Renderer = r
	switch {
	case !again:
	case d.bound || d.stale:
		d.again()
	default:
		d.dropAll()
		d.tail, d.dirty = tail{}, true
	}
}

// Len is the number of rows now.
func (d *Doc) Len() int {
	d.update()
	return d.height + len(d.tail.rows)
}

// Settled is how many of the first rows no Append can change any more: those of
// the closed blocks. It never falls while the text grows, and is Len once the
// Doc is closed. SetWidth and SetRenderer draw these rows again too, and Close
// does where a link reference was defined after the block that needed it.
//
// Finding uses it to look at each row of a growing text once: what it found in
// the settled rows stays, and only the rows behind them are looked at again:
// those of at most 64 KB, and of far less where the text is not one quote or
// list item.
func (d *Doc) Settled() int {
	d.update()
	return d.height
}

// Rows are the rows from inclusive to exclusive; a range beyond the text is cut
// to it. The slice is the caller's own.
func (d *Doc) Rows(from, to int) []string {
	d.update()
	n := d.height + len(d.tail.rows)
	from = min(max(from, 0), n)
	to = min(max(to, from), n)
	k := d.height
	rows := d.closedRows(min(from, k), min(to, k))
	return append(rows, d.tail.rows[max(from-k, 0):max(to-k, 0)]...)
}

// again drops all that was rendered.
func (d *Doc) again() {
	d.height, d.held, d.heldRows = 0, nil, 0
	d.flow, d.tail = flow{}, tail{}
	d.dirty, d.stale = true, true
}

// update renders what has closed and what is open.
func (d *Doc) update() {
	if !d.dirty || d.width < 1 {
		return
	}
	d.dirty = false
	if d.stale {
		d.stale, d.bound = false, false
		blocks := d.blocks
		d.blocks = make([]shown, 0, len(blocks))
		for _, b := range blocks {
			d.take(b.block)
		}
	}
	for _, b := range d.split.scan(d.source, d.closed) {
		d.take(b)
	}
	if d.closed && d.render.refs.late() {
		d.render.refs.settle()
		d.again()
		d.update()
		return
	}
	d.openRows()
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
