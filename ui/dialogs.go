package ui

import (
	tea "charm.land/bubbletea/v2"

	"notturno/themes"
	"notturno/ui/board"
	"notturno/ui/dialog"
	"notturno/ui/part"
)

// open opens a dialog in the place of the one before, whose previews are taken
// back.
func (a *App) open(d part.Dialog) {
	a.closeFind()
	if p, ok := a.dialog.(*dialog.Picker); ok && p.OnCancel != nil {
		a.perform(p.OnCancel)
	}
	a.dialog, a.below = d, nil
	a.syncBoard()
}

// syncBoard tells the board how the runs are. It is drawn anew each time, so
// that happens on ticks and keys and not with every batch.
func (a *App) syncBoard() {
	b, ok := a.dialog.(*board.Board)
	if !ok {
		return
	}
	current := ""
	if t := a.runs.tab(); t != nil {
		current = t.run.ID
	}
	b.Sync(a.runs.all(), current, a.config.Now())
}

// everywhere reports whether an action works in the dialog that is open too.
func (a *App) everywhere(do part.Action) bool {
	switch do {
	case part.QuitNow:
		_, asked := a.dialog.(*dialog.Leaving)
		return !asked
	case part.Redraw, part.Suspend, part.Mouse, part.Reasoning:
		return true
	case part.GoRun, part.NextRun, part.PrevRun:
		_, ok := a.dialog.(*board.Board)
		return ok
	default:
		return false
	}
}

// toDialog hands a key to a dialog, as the action that it means there or, for
// a dialog with a line to type in, as it is.
func (a *App) toDialog(d part.Dialog, msg tea.KeyPressMsg) tea.Cmd {
	line, types := d.(part.Typing)
	types = types && line.Typing()
	if types && msg.Text != "" {
		return a.tell(d, msg)
	}
	for _, c := range d.Contexts() {
		do := a.keys.Action(c, msg.String())
		switch {
		case do == part.NoAction:
			continue
		case c == part.Global && a.everywhere(do):
			return a.do(do, msg.String())
		}
		return a.tell(d, part.Do{Action: do})
	}
	if types {
		return a.tell(d, msg)
	}
	return nil
}

// tell hands a message to a dialog and performs what it wants.
func (a *App) tell(d part.Dialog, msg tea.Msg) tea.Cmd {
	if a.find != nil && d == part.Dialog(a.find) {
		return a.toFind(msg)
	}
	intent, cmd := d.Update(msg)
	more := a.perform(intent)
	a.syncBoard()
	return tea.Batch(more, cmd)
}

// keyboard is the dialog that has the keyboard, or nil.
func (a *App) keyboard() part.Dialog {
	switch {
	case a.dialog != nil:
		return a.dialog
	case a.find != nil:
		return a.find
	}
	return nil
}

// arrangeDialog gives the dialog its place and what it shows.
func (a *App) arrangeDialog() {
	if a.dialog == nil {
		return
	}
	_, h := a.dialogPlace()
	a.dialog.Resize(a.layout.w, h)
}

// dialogPlace is the first row of the screen that a dialog covers, and how
// many: the whole screen, the panes, or as many rows at their end as it wants.
func (a *App) dialogPlace() (y, h int) {
	if _, whole := a.dialog.(part.Whole); whole || a.layout.shape == card {
		return 0, a.layout.h
	}
	h = a.layout.body
	if wanting, ok := a.dialog.(part.Wanting); ok {
		h = min(h, max(1, wanting.Want()))
	}
	return bodyTop + a.layout.body - h, h
}

// covers reports whether a dialog is over a row of the screen.
func (a *App) covers(y int) bool {
	if a.dialog == nil {
		return false
	}
	top, h := a.dialogPlace()
	return y >= top && y < top+h
}

// covered is the screen with the dialog on it. One that covers the footer too
// leaves its last row to a word that is to be seen.
func (a *App) covered(rows []string) []string {
	if a.dialog == nil {
		return rows
	}
	y, h := a.dialogPlace()
	for i, row := range a.dialog.Rows() {
		if i < h && y+i < len(rows) {
			rows[y+i] = a.cells(row, a.layout.w)
		}
	}
	if y == 0 && a.notice.text != "" && len(rows) > 1 {
		rows[len(rows)-1] = part.Fit(" "+themes.Paint(a.theme.Accent, a.notice.text), a.w)
	}
	return rows
}
