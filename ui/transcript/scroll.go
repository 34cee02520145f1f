package transcript

// scroll is where the reader is: at the end of a text that grows, or at a row
// of a block, which stays where it is whatever happens above and below.
type scroll struct {
	follow  bool
	offset  int // first row that shows, while following
	block   int // the block and the row in it that are at the top, otherwise
	row     int
	total   int // rows there were when the reader left the end
	wrapped place
}

// place is a row of a block at the width at which the reader went there. At
// other widths it is as far into the block; back at this one it is the same
// row. Without a height it is none.
type place struct{ row, height int }

// calmStep is by how many rows the view moves at once while it follows, so
// that what is being read stands still in between.
const calmStep = 6

// offset is the first row that shows.
func (t *Transcript) offset() int {
	if t.scroll.follow {
		return t.scroll.offset
	}
	if t.scroll.block >= len(t.blocks) {
		return 0
	}
	b := t.blocks[t.scroll.block]
	return t.starts[t.scroll.block] + max(0, min(t.scroll.row, b.gap+b.height-1))
}

// fill leaves no empty rows below the text when the person has changed the
// pane. A text that shrinks by itself may leave some: what is read stays.
func (t *Transcript) fill() {
	if end := max(0, t.total-t.h); !t.scroll.follow && t.offset() > end {
		t.anchor(end)
	}
}

// followGrowth moves on when new rows have reached the bottom edge.
func (t *Transcript) followGrowth() {
	if !t.scroll.follow {
		return
	}
	step := min(calmStep, t.h/4)
	end := t.total - t.h
	switch {
	case end <= 0:
		t.scroll.offset = 0
	case t.scroll.offset < end, t.scroll.offset > end+step:
		t.scroll.offset = end + step
	}
}

// rewrap gives all blocks the new width, and keeps the row at the top as far
// into its block as it was.
func (t *Transcript) rewrap() {
	was := t.total
	at, keep := t.placeAtTop()
	for _, b := range t.blocks {
		b.resize(t.textWidth())
	}
	t.layout(0)
	if keep {
		b := t.blocks[t.scroll.block]
		t.scroll.row = b.gap + min(at.row*b.height/at.height, max(0, b.height-1))
		t.scroll.wrapped = at
	}
	if was > 0 {
		t.scroll.total = t.scroll.total * t.total / was
	}
}

// placeAtTop is the place to keep, unless the reader follows or the row at the
// top is between two blocks.
func (t *Transcript) placeAtTop() (at place, keep bool) {
	if t.scroll.follow || t.scroll.block >= len(t.blocks) {
		return place{}, false
	}
	b := t.blocks[t.scroll.block]
	if t.scroll.wrapped.height > 0 && !b.item.Open() {
		return t.scroll.wrapped, true
	}
	at = place{t.offset() - t.headRow(t.scroll.block), b.height}
	return at, at.row >= 0 && at.height > 0
}

// move scrolls by rows. Reaching the end follows it again; any move up leaves
// it, unless all of the text shows anyway.
func (t *Transcript) move(by int) {
	t.rows = nil
	end := max(0, t.total-t.h)
	to := min(t.offset(), end) + by
	if end == 0 || (to >= end && by >= 0) {
		t.Follow()
		return
	}
	t.anchor(max(0, min(to, end)))
}

// scrollTo brings a row to the top, or as near as there is text for.
func (t *Transcript) scrollTo(row int) {
	t.move(row - min(t.offset(), max(0, t.total-t.h)))
}

// anchor stays at a row.
func (t *Transcript) anchor(row int) {
	t.rows = nil
	if t.scroll.follow {
		t.scroll.total = t.total
	}
	t.scroll.follow = false
	t.scroll.wrapped = place{}
	t.scroll.block = t.blockAt(row)
	if t.scroll.block < len(t.starts) {
		t.scroll.row = row - t.starts[t.scroll.block]
	}
}

// Follow goes to the end and stays there.
func (t *Transcript) Follow() {
	t.rows = nil
	t.scroll.follow = true
	t.scroll.offset = max(0, t.total-t.h)
}

// Show puts the item at the top and selects it.
func (t *Transcript) Show(item int) {
	if item < 0 || item >= len(t.starts) {
		return
	}
	t.selected, t.rows = item, nil
	if t.total > t.h {
		t.anchor(min(t.headRow(item), t.total-t.h))
	}
}

// Behind is how many rows are below what shows, and how many of them have
// come since the reader left the end. Both are zero while following.
func (t *Transcript) Behind() (below, fresh int) {
	if t.scroll.follow {
		return 0, 0
	}
	below = max(0, t.total-t.offset()-t.h)
	return below, min(below, max(0, t.total-t.scroll.total))
}
