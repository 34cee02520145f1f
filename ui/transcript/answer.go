package transcript

import (
	"notturno/api"
	"notturno/state"
	"notturno/ui/structure"
)

// foldedAnswer is how many rows of an answer that is JSON show before it is
// unfolded. Then they are as many as those of a result.
const foldedAnswer = 30

// longAnswer is how many bytes of an answer are laid out although it may turn
// out to be JSON.
const longAnswer = 64 << 10

// waits reports whether an answer is to be laid out only when the run has
// ended. The answer of an agent comes as a whole, just before; if it is long and
// turns out to be JSON, laying it out as Markdown is much work for nothing.
func (b *block) waits(run *state.Run) bool {
	b.waiting = b.item.Kind == state.AnswerItem && run.Agent != nil && !run.Phase.Ended() && len(b.item.Text()) > longAnswer
	if b.waiting {
		b.doc, b.fed = nil, 0
		b.result.take(api.Text(b.item.Text()))
	} else if b.item.Kind == state.AnswerItem {
		b.result = result{}
	}
	return b.waiting
}

// measureWaiting sets the first rows of an answer that waits.
func (b *block) measureWaiting(v view) {
	rows, _, more := b.result.folded(v.width)
	b.head, b.rest = rows, rest{} // it cannot be unfolded yet
	if !more.none() {
		b.head = append(b.head, more.row(v.theme, ""))
	}
}

// takeAnswer draws the answer of an agent that has ended as a table or a tree,
// if it is JSON and all in this block.
func (b *block) takeAnswer(run *state.Run) {
	if b.item.Kind != state.AnswerItem || b.answer != nil || run.Agent == nil || !run.Phase.Ended() || run.Answer() != b.item.Text() {
		return
	}
	if answer, ok := structure.Of(run); ok {
		b.answer, b.doc, b.result, b.waiting = answer, nil, result{}, false
	}
}

// measureAnswer sets the rows of an answer that is JSON, folded or not.
func (b *block) measureAnswer(v view) {
	rows, more := b.answer.Folded(v.theme, v.width, foldedAnswer)
	b.long = more > 0
	if b.long && b.unfolded() {
		rows, more = b.answer.Folded(v.theme, v.width, unfoldedRows)
	}
	b.rest = rest{}
	switch {
	case more == 0:
	case b.answer.IsTable():
		b.rest.rows = more
	default:
		b.rest.lines = more
	}
	b.head = rows
	if !b.rest.none() {
		b.head = append(b.head, b.rest.row(v.theme, ""))
	}
}
