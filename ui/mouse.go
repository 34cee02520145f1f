package ui

import (
	tea "charm.land/bubbletea/v2"

	"notturno/ui/part"
)

// wheelRows is how far one step of the wheel goes.
const wheelRows = 3

// target is what is under the mouse: a piece, the focus that it has, and the
// place within it.
type target struct {
	piece part.Part
	focus focus
	x, y  int
}

// under finds the piece at a cell of the screen. Without one the piece is nil.
func (a *App) under(x, y int) target {
	if a.dialog != nil {
		top, h := a.dialogPlace()
		if y < top || y >= top+h {
			return target{}
		}
		return target{piece: a.dialog, x: x, y: y - top}
	}
	l := a.layout
	if top := l.h - l.prompt - 1; l.shape != card && y >= top && y < l.h-1 {
		return target{piece: a.prompt, focus: onPrompt, x: x, y: y - top}
	}
	t := a.runs.tab()
	y -= bodyTop
	if t == nil || l.shape == card || y < 0 || y >= l.body {
		return target{}
	}
	return a.underPanes(t, x, y)
}

// underPanes finds the pane at a cell of the body.
func (a *App) underPanes(t *tab, x, y int) target {
	f := onTranscript
	above := len(t.agentRows())
	switch l := a.layout; {
	case l.rail > 0 && x == l.main:
		return target{} // the line between them
	case l.rail > 0 && x > l.main:
		x -= l.main + 1
		f = onTimeline
		if y < above {
			return target{piece: t.agent, focus: a.focus, x: x, y: y}
		}
		y -= above
		if above := len(t.timeline.Rows()); y >= above {
			f, y = onLinks, y-above
		}
	case l.shape == tabs:
		f = a.pane
		if f != onTranscript && y < above {
			return target{piece: t.agent, focus: a.focus, x: x, y: y}
		}
		if f != onTranscript {
			y -= above
		}
	}
	return target{piece: t.pane(f), focus: f, x: x, y: y}
}

// click gives the keyboard to the piece under the mouse, which acts on it.
func (a *App) click(m tea.Mouse) tea.Cmd {
	if m.Button != tea.MouseLeft {
		return nil
	}
	to := a.under(m.X, m.Y)
	switch {
	case to.piece == nil && a.dialog != nil:
		return a.tell(a.dialog, part.Do{Action: part.Back})
	case to.piece == nil:
		a.clickOutside(m)
		return nil
	case a.dialog != nil:
		return a.tell(a.dialog, part.Click{X: to.x, Y: to.y})
	case a.find != nil:
		a.closeFind()
	}
	a.setFocus(to.focus)
	intent, cmd := to.piece.Update(part.Click{X: to.x, Y: to.y})
	return tea.Batch(a.perform(intent), cmd)
}

// clickOutside is a click on what surrounds the panes: the run bar, the names
// of the panes, and the word about what is below.
func (a *App) clickOutside(m tea.Mouse) {
	t := a.runs.tab()
	switch {
	case a.layout.shape == card:
	case m.Y == 0:
		if i, ok := a.tabAt(m.X); ok {
			a.show(i)
		}
	case m.Y == 1 && t != nil && a.layout.shape == tabs:
		if f, ok := a.paneAt(m.X); ok {
			a.setFocus(f)
		}
	case m.Y == bodyTop+a.layout.body && t != nil:
		t.transcript.Follow()
	}
}

// wheel scrolls what is under the mouse.
func (a *App) wheel(m tea.Mouse) tea.Cmd {
	rows := wheelRows
	switch m.Button {
	case tea.MouseWheelUp:
		rows = -wheelRows
	case tea.MouseWheelDown:
	default:
		return nil
	}
	to := a.under(m.X, m.Y)
	if to.piece == nil {
		return nil
	}
	intent, cmd := to.piece.Update(part.Wheel{Rows: rows})
	return tea.Batch(a.perform(intent), cmd)
}
