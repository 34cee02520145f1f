package timeline

import (
	tea "charm.land/bubbletea/v2"

	"notturno/ui/part"
)

// Update moves the selection and the view, and says what is to be done with
// the selected row.
func (t *Timeline) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	switch msg := msg.(type) {
	case part.Do:
		if intent, moved := t.step(msg.Action); moved {
			return intent, nil
		}
		return t.act(msg.Action), nil
	case part.Click:
		return t.click(msg.Y), nil
	case part.Wheel:
		t.scroll(msg.Rows)
	}
	return nil, nil
}

// step does what moves the selection.
func (t *Timeline) step(action part.Action) (intent part.Intent, moved bool) {
	by := 0
	switch action {
	case part.Up, part.PrevItem:
		by = -1
	case part.Down, part.NextItem:
		by = 1
	case part.PageUp:
		by = -max(1, t.room()-1)
	case part.PageDown:
		by = max(1, t.room()-1)
	case part.Top:
		return t.choose(row{}), true
	case part.End:
		return t.choose(t.entries.bottom()), true
	default:
		return nil, false
	}
	if len(t.entries) == 0 {
		return nil, true
	}
	to, _ := t.entries.move(t.selected, by)
	return t.choose(to), true
}

// choose selects a row and shows it in the transcript.
func (t *Timeline) choose(r row) part.Intent {
	if len(t.entries) == 0 {
		return nil
	}
	t.selected = r
	t.follow = r == t.entries.bottom()
	t.reveal()
	t.settle()
	t.rows = nil
	if tool := t.entries[r.entry].tool; tool != nil {
		return part.Show{Item: tool.Item}
	}
	return nil
}

// click selects the row under the pointer.
func (t *Timeline) click(y int) part.Intent {
	if y < 1 || y > min(t.room(), t.h-1) || len(t.entries) == 0 {
		return nil
	}
	r, moved := t.entries.move(t.top, y-1)
	if moved < y-1 {
		return nil
	}
	return t.choose(r)
}

// act does something with the selected row. A group stands for its first call.
func (t *Timeline) act(action part.Action) part.Intent {
	switch action {
	case part.OpenThis:
		return part.Open{URL: t.viewer()}
	case part.QRCode:
		return part.ShowQR{URL: t.viewer()}
	default:
	}
	if len(t.entries) == 0 {
		return nil
	}
	chosen := t.entries[t.selected.entry]
	switch action {
	case part.Fold:
		t.fold()
	case part.ReadThis:
		if chosen.kind == toolCall {
			return part.Read{Item: chosen.tool.Item}
		}
	case part.CopyThis:
		switch chosen.kind {
		case toolCall:
			return part.Copy{What: "tool result", Text: string(chosen.tool.Result)}
		case session:
			return part.Copy{What: "viewer link", Text: t.viewer()}
		case function:
			return part.Copy{What: "function id", Text: string(t.run.Functions[chosen.index].ID)}
		}
	default:
	}
	return nil
}

// viewer is the link of the selected session, or else the run's newest.
func (t *Timeline) viewer() string {
	if t.selected.entry < len(t.entries) {
		if chosen := t.entries[t.selected.entry]; chosen.kind == session {
			return string(t.run.Sessions[chosen.index].ViewerURL)
		}
	}
	return string(t.run.ViewerURL())
}

// fold opens or closes the group of the selected row.
func (t *Timeline) fold() {
	group := t.entries.group(t.selected.entry)
	if t.entries.size(group) == 1 {
		return
	}
	t.entries[group].opened = !t.entries[group].opened
	t.choose(row{entry: group})
}
