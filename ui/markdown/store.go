package markdown

import "sort"

// maxHeld is how many rows of closed blocks a Doc keeps. Those that were drawn
// first are dropped first, and drawn again when they are asked for; their
// number is kept.
const maxHeld = 2_000

// shown is a closed block and its place among the rows.
type shown struct {
	block
	top, height int
	rows        []string // nil: not drawn, or dropped
	widths      []int    // of the columns of the table that it goes on with
	bound       bool     // drawn together with the block before or after it
}

// take puts a closed block below the others. Code is only measured: colouring
// it takes long, and it may never be asked for.
func (d *Doc) take(b block) {
	d.tail = tail{}
	s := shown{block: b, top: d.height, widths: d.flow.widths}
	if b.kind == fence {
		code, _ := fenced(b, d.source)
		s.height = d.render.codeHeight(code, d.width)
		if s.height > 0 && d.height > 0 && !b.continues {
			s.height++
		}
		d.flow.widths = nil
	} else {
		s.bound = b.more || len(d.flow.row) > 0
		d.render.refs.at(b)
		s.rows = d.apart(b, d.render.rows(b, d.source, d.width, &d.flow, true), d.height > 0)
		s.height = len(s.rows)
	}
	d.height += s.height
	d.blocks = append(d.blocks, s)
	d.bound = d.bound || s.bound
	if s.rows != nil {
		d.hold(len(d.blocks) - 1)
	}
}

// closedRows are the rows from inclusive to exclusive of the closed blocks.
func (d *Doc) closedRows(from, to int) []string {
	rows := make([]string, 0, to-from)
	first := sort.Search(len(d.blocks), func(i int) bool {
		return d.blocks[i].top+d.blocks[i].height > from
	})
	for i := first; i < len(d.blocks) && d.blocks[i].top < to; i++ {
		b := &d.blocks[i]
		if b.rows == nil && b.height > 0 {
			d.draw(b)
			d.hold(i)
		}
		rows = append(rows, b.rows[max(from-b.top, 0):min(to-b.top, b.height)]...)
	}
	return rows
}

// draw makes the rows of a block that knows its height, as they were or would
// have been when it was closed.
func (d *Doc) draw(b *shown) {
	d.render.refs.at(b.block)
	f := flow{widths: b.widths}
	b.rows = d.apart(b.block, d.render.rows(b.block, d.source, d.width, &f, false), b.top > 0)
}

// hold notes that the block with the index i has rows, and drops the rows that
// were drawn first if that makes too many.
func (d *Doc) hold(i int) {
	if d.blocks[i].bound {
		return
	}
	d.held = append(d.held, i)
	d.heldRows += d.blocks[i].height
	for d.heldRows > maxHeld && d.held[0] != i {
		d.drop(d.held[0])
		d.held = d.held[1:]
	}
}

func (d *Doc) drop(i int) {
	d.blocks[i].rows = nil
	d.heldRows -= d.blocks[i].height
}

// dropAll drops the rows of all closed blocks, and keeps their number. It is
// not to be used while there are bound ones.
func (d *Doc) dropAll() {
	for _, i := range d.held {
		d.drop(i)
	}
	d.held = nil
}
