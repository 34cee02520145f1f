package transcript

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/themes"
	"notturno/ui/part"
)

// bar marks the selected item, in the column that is free otherwise.
const bar = "▌"

// Rows are the rows that show.
func (t *Transcript) Rows() []string {
	if t.rows == nil {
		t.rows = part.Fill(t.visible(), t.w, t.h)
	}
	return t.rows
}

func (t *Transcript) visible() []string {
	rows := make([]string, 0, max(t.h, 0))
	from := t.offset()
	to := from + t.h
	blank := strings.Repeat(" ", max(t.w, 0))
	target := none
	if t.focused {
		target, _ = t.target()
	}
	for i := t.blockAt(from); i < len(t.blocks) && t.starts[i] < to; i++ {
		b, at := t.blocks[i], t.starts[i]
		for ; at < t.starts[i]+b.gap; at++ {
			if at >= from && at < to {
				rows = append(rows, blank)
			}
		}
		margin := " "
		if t.focused && i == t.selected {
			margin = themes.Paint(t.theme.Accent, bar)
		}
		first := max(0, from-at)
		for k, row := range t.marked(i, first, b.rows(first, min(b.height, to-at))) {
			if i == target {
				row = t.withKeys(b, first+k, row)
			}
			rows = append(rows, part.Fit(margin+row, t.w))
		}
	}
	return rows
}

// withKeys is a row of the item that keys are about, with the keys that show
// more of its result: on the row that says how much more there is, else on the
// last line that is cut, where there is room.
func (t *Transcript) withKeys(b *block, place int, row string) string {
	unfolds := " · " + t.keys.fold + " unfolds · " + t.keys.read + " reads"
	switch {
	case b.isMore(place) && b.unfolded():
		return b.rest.row(t.theme, " · "+t.keys.read+" reads all")
	case b.isMore(place):
		return b.rest.row(t.theme, unfolds)
	case !b.cuts() || !b.rest.none() || place != b.lastCut():
		return row
	}
	room := t.textWidth() - ansi.StringWidth(unfolds)
	if room < t.textWidth()/2 {
		return row
	}
	return ansi.Truncate(row, room, "…") + themes.Paint(t.theme.Muted, unfolds)
}

// blockAt is the block that the row belongs to.
func (t *Transcript) blockAt(row int) int {
	i, found := slices.BinarySearch(t.starts, row)
	if found {
		return i
	}
	return max(0, i-1)
}

// layout measures the blocks from the first that may have changed, and lets
// the view follow.
func (t *Transcript) layout(first int) {
	t.rows = nil
	t.starts = t.starts[:min(first, len(t.starts))]
	at := 0
	if first > 0 {
		at = t.starts[first-1] + t.blocks[first-1].gap + t.blocks[first-1].height
	}
	for i := first; i < len(t.blocks); i++ {
		b := t.blocks[i]
		b.measure(t.view())
		b.gap = 0
		if i > 0 {
			b.gap = gap(t.blocks[i-1], b)
		}
		t.starts = append(t.starts, at)
		at += b.gap + b.height
	}
	t.total = at
	t.followGrowth()
}

// view is what blocks need to know to measure themselves.
func (t *Transcript) view() view {
	return view{run: t.run, theme: t.theme, mode: t.mode, tail: t.tail(), width: t.textWidth(), hints: t.hints}
}

// textWidth leaves a column free on either side.
func (t *Transcript) textWidth() int { return min(max(t.w-2, 0), maxText) }

// tail is how many rows of reasoning show while it streams.
func (t *Transcript) tail() int { return min(max(t.h/4, 3), 10) }
