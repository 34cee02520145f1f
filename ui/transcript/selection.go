package transcript

import (
	"strings"

	"notturno/state"
	"notturno/ui/part"
)

// none is the selection of nothing.
const none = -1

// Selected is the index of the item that is selected.
func (t *Transcript) Selected() (item int, ok bool) {
	return t.selected, t.selected != none
}

// step selects the next item that has rows, in a direction.
func (t *Transcript) step(by int) {
	i := t.selected + by
	if t.selected == none {
		i = t.entry(by)
	}
	for i >= 0 && i < len(t.blocks) && t.blocks[i].height == 0 {
		i += by
	}
	if i >= 0 && i < len(t.blocks) {
		t.selected, t.rows = i, nil
		t.showHead(i)
	}
}

// entry is the item that is selected first: going down the first whose head
// shows, going up the last.
func (t *Transcript) entry(by int) int {
	at := t.offset()
	top := t.blockAt(at)
	if by > 0 {
		if next := top + 1; t.headRow(top) < at && next < len(t.blocks) && t.headRow(next) < at+t.h {
			return next
		}
		return top
	}
	bottom := t.blockAt(min(at+max(t.h-1, 0), t.total-1))
	if t.headRow(bottom) >= at+t.h && bottom > top {
		return bottom - 1
	}
	return bottom
}

// showHead scrolls as little as it takes to show the item, or as much of its
// start as there is room for.
func (t *Transcript) showHead(i int) {
	head, at := t.headRow(i), t.offset()
	last := head + min(t.blocks[i].height, t.h)
	switch {
	case head < at:
		t.scrollTo(head)
	case last > at+t.h:
		t.scrollTo(last - t.h)
	}
}

// headRow is the row at which the item begins.
func (t *Transcript) headRow(i int) int { return t.starts[i] + t.blocks[i].gap }

// target is the item that a key is about: the selected one, else the first in
// view that can be folded, else the first in view.
func (t *Transcript) target() (item int, ok bool) {
	if t.selected != none {
		return t.selected, true
	}
	at := t.offset()
	first := none
	for i := t.blockAt(at); i < len(t.blocks) && t.starts[i] < at+t.h; i++ {
		b := t.blocks[i]
		if t.headRow(i)+b.height <= at || b.height == 0 {
			continue
		}
		if b.foldable() {
			return i, true
		}
		if first == none {
			first = i
		}
	}
	return first, first != none
}

// click selects the item under the row; on its head, it folds or unfolds it,
// and on the row that says how much does not show, it unfolds it.
func (t *Transcript) click(y int) {
	row := t.offset() + y
	if y < 0 || y >= t.h || row >= t.total {
		return
	}
	i := t.blockAt(row)
	b, place := t.blocks[i], row-t.headRow(i)
	if place < 0 || place >= b.height {
		return
	}
	t.selected, t.rows = i, nil
	if place == 0 || (b.isMore(place) && !b.whole(t.mode)) {
		t.toggle(i)
	}
}

// copyThis is the selected item, or the whole answer.
func (t *Transcript) copyThis() part.Intent {
	if t.selected == none {
		return part.Copy{What: "answer", Text: t.run.Answer()}
	}
	item := t.run.Items[t.selected]
	switch item.Kind {
	case state.TaskItem:
		return part.Copy{What: "task", Text: item.Text()}
	case state.ReasoningItem:
		return part.Copy{What: "reasoning", Text: item.Text()}
	case state.ToolItem:
		return part.Copy{What: "tool result", Text: string(item.Tool.Result)}
	case state.NoticeItem:
		return part.Copy{What: "notice", Text: item.Text()}
	case state.OutcomeItem:
		lines := append([]string{t.run.Headline(part.Clock(t.run.Elapsed(t.run.EndedAt)))}, t.run.OutcomeLines()...)
		return part.Copy{What: "outcome", Text: strings.Join(lines, "\n")}
	default:
		return part.Copy{What: "answer", Text: item.Text()}
	}
}
