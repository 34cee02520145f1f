package board

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"notturno/state"
	"notturno/ui/part"
)

// Update moves the selection, and says what is to be done with the selected
// run.
func (b *Board) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	switch msg := msg.(type) {
	case part.Do:
		return b.do(msg.Action), nil
	case part.Click:
		return b.click(msg.Y), nil
	case part.Wheel:
		b.choose(b.selected + msg.Rows)
	}
	return nil, nil
}

func (b *Board) do(action part.Action) part.Intent {
	page := max(1, b.frame().list-1)
	switch action {
	case part.Up:
		b.choose(b.selected - 1)
	case part.Down:
		b.choose(b.selected + 1)
	case part.PageUp:
		b.choose(b.selected - page)
	case part.PageDown:
		b.choose(b.selected + page)
	case part.Top:
		b.choose(0)
	case part.End:
		b.choose(len(b.runs) - 1)
	case part.Back, part.Interrupt, part.Board:
		return part.Close{}
	default:
		if run := b.run(); run != nil {
			return b.doRun(action, run)
		}
	}
	return nil
}

// doRun is what an action asks for the selected run.
func (b *Board) doRun(action part.Action, run *state.Run) part.Intent {
	switch action {
	case part.Choose:
		return part.GoTo{Run: run.ID}
	case part.Rephrase:
		if run.Phase != state.Queued {
			return part.Say{Text: "only a queued task can be edited: this run " + standing(run)}
		}
		return part.Rewrite{Run: run.ID}
	case part.MoveUp:
		return b.reorder(run, -1)
	case part.MoveDown:
		return b.reorder(run, 1)
	case part.Drop:
		if run.Phase.Ended() {
			return part.Say{Text: "there is nothing to cancel: this run " + standing(run)}
		}
		return part.Cancel{Run: run.ID}
	default:
	}
	return nil
}

// reorder moves a queued run within the queue, as far as that goes.
func (b *Board) reorder(run *state.Run, by int) part.Intent {
	if run.Phase != state.Queued {
		return part.Say{Text: "only a queued run can be moved: this run " + standing(run)}
	}
	queue := b.queue()
	switch to := slices.Index(queue, b.selected) + by; {
	case to < 0:
		return part.Say{Text: "this run is the next already"}
	case to >= len(queue):
		return part.Say{Text: "this run is the last of the queue already"}
	}
	return part.Reorder{Run: run.ID, By: by}
}

// standing says of a run that waits no more why it is too late.
func standing(run *state.Run) string {
	if run.Phase.Ended() {
		return "has ended"
	}
	return "goes on"
}

// click selects the run on a row; a click on the selected one goes there.
func (b *Board) click(y int) part.Intent {
	frame := b.frame()
	i := b.from + y - frame.above()
	switch {
	case y < frame.above() || y >= frame.above()+frame.list || i >= len(b.runs):
	case i == b.selected:
		return part.GoTo{Run: b.id}
	default:
		b.choose(i)
	}
	return nil
}
