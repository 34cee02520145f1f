package transcript

import (
	"strings"

	"notturno/state"
	"notturno/ui/find"
)

// finding is what is looked for, and where the reader is among the matches.
type finding struct {
	query   find.Query
	total   int // matches in all blocks
	current bool
	block   int // of the current match, and which it is of the block's
	nth     int
	before  int // matches in the blocks before it
	typing  bool
	origin  scroll // where the reader was before typing
}

// around is how many rows show above and below a match, where there is room.
const around = 2

// SetQuery finds the query in all items, in what is folded away too, and marks
// what it finds. In the result of a tool, and in an answer that is JSON, the
// first 400 rows are searched, as they are when it is unfolded. A match lies
// within one row.
//
// While the query is typed, which ends with EndFind, each one goes to the first
// match at or after what was in view before; without a match, and with an empty
// query, the view is back there. An item that was folded is unfolded as long as
// the current match is in it. The query that is set already changes nothing.
func (t *Transcript) SetQuery(q find.Query) {
	f := &t.find
	if q.Text() == f.query.Text() {
		return
	}
	t.rows = nil
	t.leave()
	if f.typing {
		t.scroll = f.origin
		t.followGrowth()
	}
	was := f.query
	f.query = q
	if q.Empty() {
		t.find = finding{}
		for _, b := range t.blocks {
			b.hits = hits{}
		}
		return
	}
	if !f.typing {
		f.typing, f.origin = true, t.scroll
	}
	narrower := !was.Empty() && strings.HasPrefix(q.Text(), was.Text())
	f.total = 0
	for _, b := range t.blocks {
		switch {
		case was.Empty():
			b.search(q, t.view())
		case !narrower || b.hits.count > 0:
			b.find(q, 0)
		}
		f.total += b.hits.count
	}
	t.visitFrom(t.offset())
}

// EndFind says that the query is complete: the view stays where it is, and the
// item of the current match is selected. The matches stay marked until the
// query is empty.
func (t *Transcript) EndFind() {
	t.find.typing = false
	if t.find.current {
		t.selected, t.rows = t.find.block, nil
	}
}

// Matches is how many matches there are, and which of them is the current one,
// counted from 1; 0 is none.
func (t *Transcript) Matches() (at, n int) {
	if t.find.current {
		at = t.find.before + t.find.nth + 1
	}
	return at, t.find.total
}

// NextMatch goes to the next match, after the last to the first.
func (t *Transcript) NextMatch() {
	f := &t.find
	switch {
	case f.total == 0:
	case !f.current:
		t.visitFrom(t.offset())
	case f.nth+1 < t.blocks[f.block].hits.count:
		t.visit(f.block, f.nth+1)
	default:
		t.visit(t.nextHit(f.block+1, 1), 0)
	}
}

// PrevMatch goes to the match before, before the first to the last.
func (t *Transcript) PrevMatch() {
	f := &t.find
	switch {
	case f.total == 0:
	case !f.current:
		t.visitFrom(t.offset())
	case f.nth > 0:
		t.visit(f.block, f.nth-1)
	default:
		i := t.nextHit(f.block-1, -1)
		t.visit(i, t.blocks[i].hits.count-1)
	}
}

// nextHit is the first block from i on, in a direction and round the end, that
// has matches. There is one.
func (t *Transcript) nextHit(i, by int) int {
	n := len(t.blocks)
	for i = (i + n) % n; t.blocks[i].hits.count == 0; {
		i = (i + by + n) % n
	}
	return i
}

// visitFrom goes to the first match at or after the row.
func (t *Transcript) visitFrom(row int) {
	if t.find.total == 0 {
		return
	}
	i := t.blockAt(row)
	b := t.blocks[i]
	nth := b.hits.from(b.number(max(0, row-t.headRow(i))))
	if nth == b.hits.count {
		i, nth = t.nextHit(i+1, 1), 0
	}
	t.visit(i, nth)
}

// visit makes a match the current one, and shows it. Its item is selected,
// unless the query is still being typed.
func (t *Transcript) visit(i, nth int) {
	f := &t.find
	if f.current && f.block != i {
		t.leave()
	}
	f.current, f.block, f.nth = true, i, nth
	if !f.typing {
		t.selected = i
	}
	f.before = 0
	for _, b := range t.blocks[:i] {
		f.before += b.hits.count
	}
	t.anchor(t.offset())
	b := t.blocks[i]
	row, _ := b.hits.at(nth)
	// The end of reasoning that streams moves on: all of it shows instead.
	_, shows := b.place(row)
	if hides := b.item.Kind == state.ReasoningItem && row > 0; !b.found && (hides || !shows) {
		b.found = true
		t.remeasure(i)
	}
	place, _ := b.place(row)
	t.reveal(t.headRow(i) + place)
}

// reveal scrolls when the row does not show with some rows around it.
func (t *Transcript) reveal(row int) {
	room, at := min(around, t.h/4), t.offset()
	if row < at+room || row >= at+t.h-room {
		t.anchor(max(0, min(row-t.h/3, t.total-t.h)))
	}
	if t.total <= t.h {
		t.Follow()
	}
}

// leave forgets the current match, and folds what was unfolded for it.
func (t *Transcript) leave() {
	if !t.find.current {
		return
	}
	t.find.current = false
	if b := t.blocks[t.find.block]; b.found {
		b.found = false
		t.remeasure(t.find.block)
	}
}

// search searches a block that is new or has changed.
func (t *Transcript) search(i int) {
	f := &t.find
	if f.query.Empty() {
		return
	}
	b := t.blocks[i]
	was := b.hits.count
	b.search(f.query, t.view())
	more := b.hits.count - was
	f.total += more
	switch {
	case !f.current || f.block < i:
	case f.block > i:
		f.before += more
	case b.hits.count == 0:
		t.hold(t.leave)
	default:
		f.nth = min(f.nth, b.hits.count-1)
	}
}

// searchAgain searches all blocks, whose rows have been drawn again.
func (t *Transcript) searchAgain() {
	for i, b := range t.blocks {
		b.hits.text, b.hits.settled = nil, 0
		t.search(i)
	}
}

// marked are the rows of a block, from the place on, with its matches marked.
func (t *Transcript) marked(i, from int, rows []string) []string {
	b := t.blocks[i]
	if b.hits.count == 0 {
		return rows
	}
	rows = append([]string(nil), rows...) // they may be the block's own
	for k, row := range rows {
		number, margin := b.number(from+k), ""
		if b.item.Kind == state.ReasoningItem {
			if number == 0 {
				continue
			}
			margin, row = reasoningMargin, row[reasoningIndent:]
		}
		if b.isMore(from + k) {
			continue
		}
		if spans := t.find.query.In(plain(row)); len(spans) > 0 {
			rows[k] = margin + find.Highlight(row, spans, t.currentIn(i, number))
		}
	}
	return rows
}

// currentIn is which of a row's matches is the current one, or -1.
func (t *Transcript) currentIn(block, number int) int {
	if t.find.current && t.find.block == block {
		if row, nth := t.blocks[block].hits.at(t.find.nth); row == number {
			return nth
		}
	}
	return -1
}
