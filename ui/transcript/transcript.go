// Package transcript is the pane that tells a run in order: the task, blocks
// of reasoning and answer as they stream, tool calls with their results,
// notices, and the outcome.
//
// An item of the run becomes a block of rows. A block that can no longer
// change keeps its rows; on a batch only the blocks that are still open are
// looked at, and only the rows that show are put together, so that the cost of
// an event does not grow with the length of the run.
package transcript

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// maxText is the width beyond which lines of text get hard to read.
const maxText = 100

// Transcript is the pane. It is a part.Part.
type Transcript struct {
	run    *state.Run
	theme  *themes.Theme
	looks  looks
	hints  Hints
	w, h   int
	blocks []*block
	starts []int // row at which each block begins, its gap included
	open   []int // blocks that may still change
	total  int   // rows of all blocks
	scroll scroll
	mode   Mode
	rows   []string // what shows, nil when it must be put together again
}

// Hints are the keys that help after the run has ended, as texts.
type Hints func(run *state.Run) []string

// New is the transcript of a run.
func New(run *state.Run, theme *themes.Theme, hints Hints) *Transcript {
	t := &Transcript{run: run, theme: theme, looks: newLooks(theme), hints: hints, scroll: scroll{follow: true}}
	t.Sync()
	return t
}

// Resize keeps the row at the top where it is.
func (t *Transcript) Resize(w, h int) {
	if w == t.w && h == t.h {
		return
	}
	rewrap := w != t.w
	t.w, t.h = w, h
	if rewrap {
		for _, b := range t.blocks {
			b.resize(t.textWidth())
		}
	}
	t.layout(0)
	t.fill()
}

// SetTheme draws everything anew in the theme's colours.
func (t *Transcript) SetTheme(theme *themes.Theme) {
	t.theme, t.looks = theme, newLooks(theme)
	for _, b := range t.blocks {
		b.setLooks(t.looks)
	}
	t.layout(0)
}

// SetMode changes how reasoning is shown.
func (t *Transcript) SetMode(m Mode) {
	t.mode = m
	for _, b := range t.blocks {
		b.settled = false
	}
	t.layout(0)
	t.fill()
}

// Sync takes in what the run has learned since the last call.
func (t *Transcript) Sync() {
	first := len(t.blocks)
	for _, i := range t.open {
		first = min(first, i)
	}
	for _, item := range t.run.Items[len(t.blocks):] {
		t.open = append(t.open, len(t.blocks))
		t.blocks = append(t.blocks, newBlock(item, t.looks, t.textWidth()))
	}
	for _, i := range t.open {
		t.blocks[i].sync()
	}
	t.layout(first)
	t.open = slices.DeleteFunc(t.open, func(i int) bool {
		b := t.blocks[i]
		return !b.item.Open() && (b.item.Kind != state.OutcomeItem || t.run.Closed)
	})
}

// Update scrolls, and copies and opens what the pane is about.
func (t *Transcript) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	do, ok := msg.(part.Do)
	if !ok {
		return nil, nil
	}
	switch do.Action {
	case part.Up:
		t.move(-1)
	case part.Down:
		t.move(1)
	case part.PageUp:
		t.move(-max(1, t.h-2))
	case part.PageDown:
		t.move(max(1, t.h-2))
	case part.Top:
		t.move(-t.total)
	case part.End:
		t.Follow()
	case part.CopyThis:
		return part.Copy{What: "answer", Text: t.run.Answer()}, nil
	case part.OpenThis:
		return part.Open{URL: string(t.run.ViewerURL())}, nil
	default:
	}
	return nil, nil
}

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
	for i := t.blockAt(from); i < len(t.blocks) && t.starts[i] < to; i++ {
		b, at := t.blocks[i], t.starts[i]
		for ; at < t.starts[i]+b.gap; at++ {
			if at >= from && at < to {
				rows = append(rows, blank)
			}
		}
		for _, row := range b.rows(max(0, from-at), min(b.height, to-at)) {
			rows = append(rows, part.Fit(" "+row, t.w))
		}
	}
	return rows
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
		b.measure(view{run: t.run, theme: t.theme, mode: t.mode, tail: t.tail(), width: t.textWidth(), hints: t.hints})
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

// textWidth leaves a column free on either side.
func (t *Transcript) textWidth() int { return min(max(t.w-2, 0), maxText) }

// tail is how many rows of reasoning show while it streams.
func (t *Transcript) tail() int { return min(max(t.h/4, 3), 10) }
