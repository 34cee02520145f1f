package transcript

// scroll is where the reader is: at the end of a text that grows, or at a row
// of a block, which stays where it is whatever happens above and below.
type scroll struct {
	follow bool
	offset int // first row that shows, while following
	block  int // the block and the row in it that are at the top, otherwise
	row    int
	total  int // rows there were when the reader left the end
}

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

// anchor stays at a row.
func (t *Transcript) anchor(row int) {
	t.rows = nil
	if t.scroll.follow {
		t.scroll.total = t.total
	}
	t.scroll.follow = false
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

// Show puts the item at the top.
func (t *Transcript) Show(item int) {
	if item < 0 || item >= len(t.starts) || t.total <= t.h {
		return
	}
	t.anchor(min(t.starts[item]+t.blocks[item].gap, max(0, t.total-t.h)))
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
