package transcript

import (
	"notturno/state"
	"notturno/ui/structure"
)

// foldedAnswer is how many rows of an answer that is JSON show before it is
// unfolded. Then they are as many as those of a result.
const foldedAnswer = 30

// takeAnswer draws the answer of an agent that has ended as a table or a tree,
// if it is JSON and all in this block.
func (b *block) takeAnswer(run *state.Run) {
	if b.item.Kind != state.AnswerItem || b.answer != nil || run.Agent == nil || !run.Phase.Ended() || run.Answer() != b.item.Text() {
		return
	}
	if answer, ok := structure.Of(run); ok {
		b.answer, b.doc = answer, nil
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
