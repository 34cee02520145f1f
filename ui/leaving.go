package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/state"
	"notturno/ui/dialog"
	"notturno/ui/part"
)

// live are the runs with an agent or a session that this program has started,
// or is starting, and that may be going on.
func (a *App) live() []*tab {
	var live []*tab
	for _, t := range a.runs.tabs {
		if t.run.Left() != (state.Left{}) || t.run.Starting() {
			live = append(live, t)
		}
	}
	return live
}

// quit leaves, after asking when something goes on or waits.
func (a *App) quit() tea.Cmd {
	if live := a.live(); len(live) > 0 {
		a.open(dialog.NewLeaving(a.theme, leavingTitle(live), a.leavingLines(live), a.leavingNotes(live)...))
		return nil
	}
	going, waiting := a.runs.going(), a.runs.waiting()
	if going+waiting == 0 {
		return tea.Quit
	}
	what := part.Count(going, "run") + " going on"
	switch {
	case going == 0:
		what = part.Count(waiting, "run") + " in the queue"
	case waiting > 0:
		what += fmt.Sprintf(" and %d in the queue", waiting)
	}
	a.open(dialog.NewQuestion(a.theme, "Quit with "+what+"?", a.quitWarning(a.runs.going()), part.Quit{}))
	return nil
}

// asksToQuit reports whether the person is asked whether to quit.
func (a *App) asksToQuit() bool {
	switch d := a.dialog.(type) {
	case *dialog.Leaving:
		return true
	case *dialog.Question:
		return d.Asks(part.Quit{})
	}
	return false
}

// leavingTitle asks, with how many go on.
func leavingTitle(live []*tab) string {
	agents, sessions := 0, 0
	for _, t := range live {
		left := t.run.Left()
		if left.Agent != "" || t.run.Starting() {
			agents++
		}
		if left.OwnSession {
			sessions++
		}
	}
	var what []string
	if agents > 0 {
		what = append(what, part.Count(agents, "agent")+" at work")
	}
	if sessions > 0 {
		what = append(what, part.Count(sessions, "session")+" open")
	}
	return "Quit with " + strings.Join(what, " and ") + "?"
}

// leavingLines list what may go on.
func (a *App) leavingLines(live []*tab) []string {
	var lines []string
	for _, t := range live {
		glyph, word, _ := part.RunMark(a.theme, t.run)
		lines = append(lines, glyph+" "+word+" · "+leftText(t.run.Left(), shortID)+" · "+part.Line(head(t.run.Task), maxTitle))
	}
	return lines
}

// leavingNotes say what happens to it, and to the other runs.
func (a *App) leavingNotes(live []*tab) []string {
	var notes []string
	going := a.runs.going()
	for _, t := range live {
		if t.working() {
			going--
		}
	}
	if a.config.Backend == state.LocalBackend {
		notes = append(notes, "The local backend ends with this program, and what is left there with it.")
	}
	return append(notes, a.quitWarning(going)...)
}

// shortID is enough of an id to know it again.
func shortID(id api.Text) string { return ansi.Truncate(id.Line(), 9, "…") }

// leftText names what may go on, with the ids as they shall show.
func leftText(left state.Left, id func(api.Text) string) string {
	switch {
	case left == (state.Left{}):
		return "no session yet"
	case left.Agent == "":
		return "session " + id(left.Session)
	case left.Session == "":
		return "agent " + id(left.Agent)
	}
	return "agent " + id(left.Agent) + " on session " + id(left.Session)
}

// quitWarning says what quitting does to runs that wait, and to so many that
// go on and are only watched from here.
func (a *App) quitWarning(going int) []string {
	var lines []string
	if a.runs.waiting() > 0 {
		lines = append(lines, "What is queued was not sent, and is lost.")
	}
	for _, t := range a.runs.tabs {
		if t.going() && !t.working() {
			lines = append(lines, "Only watched, and left at work: agent "+t.run.Agent.ID.Line()+".")
			going--
		}
	}
	switch {
	case going <= 0:
		return lines
	case a.config.Backend == state.LocalBackend:
		return append(lines, "Quitting closes the streams; the local agents stop with them.")
	}
	return append(lines, "Quitting stops watching. The service may finish, and bill, what goes on.")
}
