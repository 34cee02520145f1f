package ui

import (
	tea "charm.land/bubbletea/v2"

	"notturno/ui/find"
	"notturno/ui/part"
)

// openFind opens the line to find in the transcript of the run in view.
func (a *App) openFind() {
	t := a.runs.tab()
	if t == nil {
		a.say("there is no run to find in yet")
		return
	}
	if a.layout.shape == card {
		a.say("there is no room to find here: make the window larger")
		return
	}
	a.find = find.NewBar(a.theme)
	a.setFocus(onTranscript)
}

// closeFind keeps what was found; n and N go on in the transcript.
func (a *App) closeFind() {
	if a.find == nil {
		return
	}
	a.find = nil
	if t := a.runs.tab(); t != nil {
		t.transcript.EndFind()
	}
}

// toFind hands a message to the line, and what it holds then to the
// transcript.
func (a *App) toFind(msg tea.Msg) tea.Cmd {
	t := a.runs.tab()
	if t == nil {
		return nil
	}
	was := a.find.Query().Text()
	intent, cmd := a.find.Update(msg)
	if now := a.find.Query(); now.Text() != was {
		t.transcript.SetQuery(now)
	}
	switch intent := intent.(type) {
	case part.Perform:
		_, more := t.transcript.Update(part.Do(intent))
		cmd = tea.Batch(cmd, more)
	case part.Close:
		a.closeFind()
	}
	return cmd
}

// arrangeFind gives the line its place and its count.
func (a *App) arrangeFind(t *tab) {
	switch {
	case a.find == nil:
	case t == nil || a.layout.shape == card:
		a.closeFind()
	default:
		a.find.SetCount(t.transcript.Matches())
		a.find.Resize(a.layout.w, a.layout.prompt)
	}
}
