package transcript

import (
	"slices"

	"notturno/state"
)

// Mode is how much of the reasoning shows.
type Mode int

// The modes.
const (
	Tail Mode = iota // its end while it streams, one line afterwards
	Full             // all of it
	Fold             // one line
)

// String is the word that people see.
func (m Mode) String() string {
	return [...]string{"its end", "all of it", "folded"}[m]
}

// Next is the mode after m, for a key that goes round.
func (m Mode) Next() Mode { return (m + 1) % 3 }

// choice is how the person wants one item.
type choice int

const (
	unasked choice = iota // as the mode says; results and answers are folded
	folded
	unfolded
)

// mode is how much of a block of reasoning shows.
func (b *block) mode(all Mode) Mode {
	switch {
	case b.found || b.choice == unfolded:
		return Full
	case b.choice == folded:
		return Fold
	}
	return all
}

// unfolded reports whether a tool's result shows with all of its lines broken
// into rows, or an answer that is JSON with more of its rows.
func (b *block) unfolded() bool { return b.found || b.choice == unfolded }

// cuts reports whether the block is a result with its lines cut.
func (b *block) cuts() bool { return b.item.Kind == state.ToolItem && !b.unfolded() }

// foldable reports whether more or less of the block can show.
func (b *block) foldable() bool {
	switch b.item.Kind {
	case state.ReasoningItem:
		return b.doc.Len() > 0
	case state.ToolItem:
		return b.result.lines > foldedLines || slices.Contains(b.cut, true)
	case state.AnswerItem:
		return b.long
	default:
		return false
	}
}

// whole reports whether the block is unfolded.
func (b *block) whole(all Mode) bool {
	if b.item.Kind == state.ReasoningItem {
		return b.mode(all) == Full
	}
	return b.unfolded()
}

// toggle folds the item, or unfolds it, and shows its head.
func (t *Transcript) toggle(i int) {
	b := t.blocks[i]
	if !b.foldable() {
		return
	}
	wish := unfolded
	if b.whole(t.mode) {
		wish = folded
	}
	t.hold(func() {
		b.choice, b.found = wish, false
		t.remeasure(i)
	})
	if head := t.headRow(i); head < t.offset() {
		t.scrollTo(head)
	}
	if at := t.offset(); !t.scroll.follow && t.total-t.h <= at {
		t.scroll.follow, t.scroll.offset = true, at
		t.followGrowth()
	}
}

// remeasure measures a block that is to be folded or unfolded. The rows that
// this adds are not news.
func (t *Transcript) remeasure(i int) {
	was := t.total
	t.blocks[i].settled = false
	t.layout(i)
	t.scroll.total += t.total - was
	t.scroll.wrapped = place{}
}

// hold keeps the rows that show where they are while change folds or unfolds
// something: also those at the end, which the view would otherwise follow.
func (t *Transcript) hold(change func()) {
	before := t.scroll
	if before.follow {
		t.anchor(t.offset())
	}
	change()
	if before.follow && t.total-t.h <= before.offset {
		t.scroll = before
		t.followGrowth()
	}
}
