package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"notturno/state"
	"notturno/ui/board"
	"notturno/ui/dialog"
	"notturno/ui/find"
	"notturno/ui/part"
)

// do performs an action that works everywhere.
func (a *App) do(action part.Action, key string) tea.Cmd {
	switch action {
	case part.Back:
		return a.back()
	case part.Interrupt:
		return a.interrupt()
	case part.QuitNow:
		return a.quit()
	case part.NextPane:
		a.moveFocus(1)
	case part.PrevPane:
		a.moveFocus(-1)
	case part.Palette:
		a.openPalette()
	case part.Find:
		a.openFind()
	case part.Board:
		a.open(board.New(a.theme))
	case part.Rail:
		a.toggleRail()
	case part.Theme:
		return a.loadThemes
	case part.Mouse:
		a.toggleMouse()
	case part.Help:
		a.open(dialog.NewHelp(a.theme, a.enhanced, a.context()))
	case part.Redraw:
		return tea.ClearScreen
	case part.Suspend:
		return a.suspend()
	case part.Reasoning:
		a.cycleReasoning()
	case part.SwitchMode:
		return a.switchMode()
	case part.Options:
		return a.openOptions()
	case part.Sessions:
		return a.openBrowse()
	default:
		return a.doRuns(action, key)
	}
	return nil
}

// doRuns performs an action on the runs.
func (a *App) doRuns(action part.Action, key string) tea.Cmd {
	switch action {
	case part.NewTask:
		a.newTask()
	case part.GoRun:
		a.goRun(part.GoRunNumber(key))
	case part.NextRun:
		a.stepRun(1)
	case part.PrevRun:
		a.stepRun(-1)
	case part.CloseRun:
		a.closeRun()
	case part.CancelAll:
		a.cancelAll()
	default:
		if t := a.runs.tab(); t != nil {
			return a.doRun(action, t)
		}
		a.say(noRun)
	}
	return nil
}

// doRun performs an action on the run in view.
func (a *App) doRun(action part.Action, t *tab) tea.Cmd {
	switch action {
	case part.OpenViewer:
		return a.perform(part.Open{URL: string(t.run.ViewerURL())})
	case part.CopyMenu:
		a.openCopyMenu(t)
	case part.RunAgain:
		return a.runAgain(t)
	case part.StopSession:
		return a.stopSession(t)
	default:
	}
	return nil
}

// context is where the keyboard is, for the help.
func (a *App) context() part.Context {
	if a.focus == onPrompt {
		return part.InPrompt
	}
	return part.InPane
}

// back is esc: nothing else is open here, so it cancels the run in view; before
// that it takes back what is open in the prompt and in the transcript. On the
// home pane it goes back to the runs.
func (a *App) back() tea.Cmd {
	t := a.runs.tab()
	switch {
	case a.runs.editing != "":
		a.leaveEditing()
		a.prompt.Clear()
		return a.advance()
	case t != nil && a.focus == onTranscript && t.found():
		t.transcript.SetQuery(find.Query{})
	case t != nil && !t.ended():
		return a.cancel(t)
	case t == nil && len(a.runs.tabs) > 0:
		a.show(len(a.runs.tabs) - 1)
	case t == nil:
		a.say("nothing is open, and no run goes on")
	default:
		a.setFocus(onPrompt)
	}
	return nil
}

// newTask shows the first screen, where a task can be written beside the runs.
func (a *App) newTask() {
	a.leaveEditing()
	there := a.runs.tab() == nil
	a.show(-1)
	if there {
		a.say("type a task: enter starts it")
	}
}

// interrupt is ctrl+c: cancel the run in view, then clear the prompt, then
// quit on the second press.
func (a *App) interrupt() tea.Cmd {
	now := a.config.Now()
	t := a.runs.tab()
	switch {
	case t != nil && t.run.CanCancel():
		return a.cancel(t)
	case !a.prompt.Empty():
		a.prompt.Clear()
		a.say("cleared · " + a.keys.Label(part.Undo) + " brings it back")
	case now.Before(a.quitUntil):
		return a.quit()
	default:
		a.quitUntil = now.Add(quitWithin)
		a.say("press ctrl+c again to quit")
	}
	return nil
}

// goRun looks at a run, or takes an example while there is none.
func (a *App) goRun(n int) {
	example, ok := a.home.Example(n)
	switch {
	case n >= 1 && n <= len(a.runs.tabs):
		a.dialog = nil
		a.show(n - 1)
	case len(a.runs.tabs) == 0 && ok:
		a.prompt.SetText(example)
		a.setFocus(onPrompt)
	default:
		a.say(fmt.Sprintf("there is no run %d", n))
	}
}

func (a *App) stepRun(by int) {
	n := len(a.runs.tabs)
	to := -1
	if n > 0 {
		to = (max(a.runs.current, 0) + by + n) % n
	}
	if to == a.runs.current {
		a.say("there is no other run")
		return
	}
	a.dialog = nil
	a.show(to)
}

func (a *App) closeRun() {
	t := a.runs.tab()
	switch {
	case t == nil:
		a.say("there is no run to close")
	case !t.ended():
		a.say("this run goes on: esc cancels it first")
	case t.run.Agent != nil && !t.run.Closed:
		a.say("its session is being stopped: one moment")
	case t.run.Left() != (state.Left{}):
		a.say("its session may be open · " + a.keys.Label(part.StopSession) + " stops it first")
	default:
		a.runs.remove(a.runs.current)
		a.show(a.runs.current)
	}
}
