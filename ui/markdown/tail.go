package markdown

import (
	"bytes"
	"slices"
	"strings"
)

// maxOpen is how much of an open block, in bytes, is rendered again whenever
// it changes.
const maxOpen = 4 << 10

// tail is what the open block looks like now.
type tail struct {
	rows    []string
	settled int    // rows that cannot change while the block is open
	at      int    // offset in the source after the settled rows of plain text
	begun   bool   // the settled rows are there
	indent  string // before each row of plain text
}

// openRows renders the open block.
func (d *Doc) openRows() {
	b := d.split.open
	b.end = len(d.source)
	d.render.refs.all()
	switch {
	case b.kind == fence:
		d.openFence(b)
	case b.source || b.kind != none && b.kind != paragraph && b.end-b.start > maxOpen:
		d.openLong(b)
	default:
		d.tail = tail{rows: d.openBlocks(d.source)}
	}
}

// openBlocks are the rows of what is not closed in source, as if the text
// ended there. The last line, which the splitter leaves alone until it is
// complete, can make it more than one block.
func (d *Doc) openBlocks(source []byte) []string {
	var rows []string
	split := d.split // a copy: what it finds here is not final
	split.found = nil
	f := flow{row: slices.Clone(d.flow.row), widths: d.flow.widths}
	for _, b := range split.scan(source, true) {
		rows = append(rows, d.apart(b, d.render.rows(b, source, d.width, &f, false), d.height+len(rows) > 0)...)
	}
	return rows
}

// openFence shows code as it comes. It is coloured when a piece of it is
// closed; its rows stay where they are.
func (d *Doc) openFence(b block) {
	if b.head == (span{}) {
		return // the language is still arriving
	}
	t := &d.tail
	if !t.begun {
		*t = tail{begun: true, at: b.start, rows: d.apart(b, []line{{}}, d.height > 0)}
		t.settled = len(t.rows) - 1
		t.indent, _ = d.render.indentation(d.width)
	}
	d.plain(d.split.mark)
}

// openLong shows the first part of a long block rendered and the rest, until
// the block is closed, as its source.
func (d *Doc) openLong(b block) {
	t := &d.tail
	if !t.begun {
		*t = tail{begun: true, at: b.start}
		if b.source {
			b.end = b.start
		} else {
			b.end = b.start + firstPart(d.source[b.start:b.start+maxOpen])
			t.at = b.end
		}
		f := flow{row: slices.Clone(d.flow.row), widths: d.flow.widths}
		t.rows = d.apart(b, d.render.rows(b, d.source, d.width, &f, false), d.height > 0)
		t.settled = len(t.rows)
	}
	d.plain("")
}

// firstPart is how much of b can be rendered by itself.
func firstPart(b []byte) int {
	n := bytes.LastIndexByte(b, '\n')
	if n < 0 {
		n = max(bytes.LastIndexByte(b, ' '), 0)
	}
	return n + 1
}

// plain shows the source from t.at, row by row. What may become the closing
// line of the fence mark is not shown.
func (d *Doc) plain(mark string) {
	t := &d.tail
	t.rows = t.rows[:t.settled]
	for t.at < len(d.source) {
		l := d.source[t.at:]
		n := bytes.IndexByte(l, '\n')
		if n >= 0 {
			l = l[:n]
		}
		atStart := d.source[t.at-1] == '\n'
		if n < 0 && atStart && mark != "" && strings.Trim(string(l), " "+mark[:1]) == "" {
			return
		}
		row := appendText(nil, expandTabs(string(l)), nil)
		spans := cut(row, d.width-len(t.indent))
		rows := lines(row, spans)
		for _, r := range rows {
			t.rows = append(t.rows, pad(line{t.indent + r.text, len(t.indent) + r.width}, d.width))
		}
		if n < 0 {
			d.settle(row, spans)
			return
		}
		t.at += n + 1
		t.settled = len(t.rows)
	}
}

// settle keeps all rows but the last two of a line that is not finished, so
// that a line of any length costs the same when it grows.
func (d *Doc) settle(row []cell, spans []span) {
	t := &d.tail
	keep := len(spans) - 2
	if keep < 1 || bytes.IndexByte(d.source[t.at:], '\t') >= 0 {
		return
	}
	for _, c := range row[:spans[keep].from] {
		t.at += len(c.text)
	}
	t.settled += keep
}
