package browse

import (
	tea "charm.land/bubbletea/v2"

	"notturno/ui/part"
)

// Update moves the selection, says what is to be asked of the service, and
// takes in what came of it.
func (b *Browse) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	switch msg := msg.(type) {
	case LoadedSessions:
		b.takeSessions(msg)
	case LoadedAgents:
		b.takeAgents(msg)
	case Stopped:
		b.stopped(msg)
	case part.Do:
		if b.question != nil {
			return b.answer(msg.Action), nil
		}
		return b.do(msg.Action), nil
	case part.Click:
		if b.question == nil {
			return b.click(msg.X, msg.Y), nil
		}
	case part.Wheel:
		if b.question == nil {
			return b.moveTo(b.shown().selected + msg.Rows), nil
		}
	}
	return nil, nil
}

func (b *Browse) do(action part.Action) part.Intent {
	l := b.shown()
	page := max(1, b.frame().list-1)
	switch action {
	case part.Up, part.PrevItem:
		return b.moveTo(l.selected - 1)
	case part.Down, part.NextItem:
		return b.moveTo(l.selected + 1)
	case part.PageUp:
		return b.moveTo(l.selected - page)
	case part.PageDown:
		return b.moveTo(l.selected + page)
	case part.Top:
		return b.moveTo(0)
	case part.End:
		return b.moveTo(len(l.entries))
	case part.OtherList:
		return b.switchTo(!b.onAgents)
	case part.ActiveOnly:
		l.all = !l.all
		l.empty()
		return b.ask(1)
	case part.Refresh:
		return b.refresh()
	case part.Back, part.Interrupt, part.Sessions:
		return part.Close{}
	default:
		if e, ok := l.entry(); ok {
			return b.doEntry(action, e)
		}
	}
	return nil
}

// moveTo selects the entry at the place i, or the nearest one. Beyond the last
// one it asks for more.
func (b *Browse) moveTo(i int) part.Intent {
	l := b.shown()
	l.choose(i)
	b.changed()
	if i >= len(l.entries) && l.more && !l.loading && !l.full() {
		return b.ask(l.page + 1)
	}
	return nil
}

// switchTo shows the agents, or the sessions.
func (b *Browse) switchTo(agents bool) part.Intent {
	if agents == b.onAgents {
		return nil
	}
	b.onAgents = agents
	b.changed()
	if l := b.shown(); l.loaded || l.loading {
		return nil
	}
	return b.ask(1)
}

// refresh asks for the list anew.
func (b *Browse) refresh() part.Intent {
	if l := b.shown(); l.loading && l.asked.Page == 1 {
		return part.Say{Text: "the service is being asked"}
	}
	return b.ask(1)
}

// doEntry is what an action asks for an entry.
func (b *Browse) doEntry(action part.Action, e entry) part.Intent {
	switch action {
	case part.UseListed, part.StopListed, part.CopyID:
		if e.id() == "" {
			return part.Say{Text: "the service gave no id for this " + e.kind()}
		}
	case part.OpenThis, part.OpenViewer, part.CopyThis, part.CopyMenu, part.QRCode:
		return b.doViewer(action, e)
	default:
		return nil
	}
	switch action {
	case part.UseListed:
		return b.use(e)
	case part.StopListed:
		return b.askStop(e)
	default:
		return part.Copy{What: e.kind() + " id", Text: e.id()}
	}
}

// doViewer opens, copies or draws the viewer link.
func (b *Browse) doViewer(action part.Action, e entry) part.Intent {
	url := b.viewer(e)
	switch {
	case url == "" && e.agent != nil:
		return part.Say{Text: "the viewer link of this agent's session is not known: " + b.keys.Label(part.OtherList) + " lists the sessions"}
	case url == "":
		return part.Say{Text: "this session has no viewer link"}
	}
	switch action {
	case part.CopyThis, part.CopyMenu:
		return part.Copy{What: "viewer link", Text: url}
	case part.QRCode:
		return part.ShowQR{URL: url}
	default:
		return part.Open{URL: url}
	}
}

// use starts an agent on a session, or watches an agent: one that has ended
// too, whose steps are told again.
func (b *Browse) use(e entry) part.Intent {
	switch {
	case e.agent != nil:
		return part.Watch{Agent: e.id(), Session: e.sessionID()}
	case b.ended(e):
		return part.Say{Text: "this session has ended: an agent needs one that is open"}
	case b.stopping(e):
		return part.Say{Text: "this session was asked to stop: an agent needs one that stays open"}
	}
	return part.UseSession{ID: e.id()}
}

// click selects the entry on a row, or the list by its name; a click on the
// selected entry uses it, one on its viewer link opens that.
func (b *Browse) click(x, y int) part.Intent {
	f, l := b.frame(), b.shown()
	switch top := f.above() + f.list; {
	case f.head && y == 0:
		return b.clickTab(x)
	case y >= f.above() && y < top:
		return b.clickLine(l.from + y - f.above())
	case f.detail > 0 && y == top+2:
		if e, ok := l.entry(); ok && b.viewer(e) != "" {
			return part.Open{URL: b.viewer(e)}
		}
	}
	return nil
}

func (b *Browse) clickLine(i int) part.Intent {
	l := b.shown()
	switch {
	case i >= l.lines():
		return nil
	case i == len(l.entries) || i != l.selected:
		return b.moveTo(i)
	}
	return b.doEntry(part.UseListed, l.entries[i])
}

// clickTab shows the list whose name is at a column.
func (b *Browse) clickTab(x int) part.Intent {
	x-- // the margin
	for i, name := range tabs() {
		if x >= 0 && x < len(name) {
			return b.switchTo(i == 1)
		}
		x -= len(name) + 3 // the cells of tabGap
	}
	return nil
}
