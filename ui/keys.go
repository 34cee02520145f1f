package ui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"notturno/ui/dialog"
	"notturno/ui/part"
)

// focus is who has the keyboard.
type focus int

const (
	onPrompt focus = iota
	onTranscript
	onTimeline
	onLinks
)

// paneNames are the words of the panes, by focus.
func (f focus) String() string {
	return [...]string{"Prompt", "Answer", "Timeline", "Links"}[f]
}

// quitWithin is how long a second ctrl+c may take to quit.
const quitWithin = 2 * time.Second

// press finds out what a key means where it was pressed, and does it.
func (a *App) press(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	if a.dialog != nil {
		return a.toDialog(key)
	}
	if a.focus == onPrompt {
		switch do := a.keys.Action(part.InPrompt, key); do {
		case part.NoAction:
		case part.Paste:
			return readClipboard
		default:
			return a.toPrompt(part.Do{Action: do})
		}
		if a.writes(msg) {
			return a.toPrompt(msg)
		}
		if do := a.scrollKey(key); do != part.NoAction {
			return a.toPane(onTranscript, part.Do{Action: do})
		}
	} else if do := a.keys.Action(part.InPane, key); do != part.NoAction {
		return a.toPane(a.focus, part.Do{Action: do})
	}
	if do := a.keys.Action(part.Global, key); do != part.NoAction {
		return a.do(do, key)
	}
	if a.focus == onPrompt {
		return a.toPrompt(msg)
	}
	return nil
}

// writes reports whether a key puts text into the prompt. A question mark on
// an empty one asks for help instead.
func (a *App) writes(msg tea.KeyPressMsg) bool {
	return msg.Text != "" && (msg.Text != "?" || !a.prompt.Empty())
}

// scrollKey is what a key does to the transcript while the prompt has the
// keyboard: paging always, the rest when there is no text that it could move
// in.
func (a *App) scrollKey(key string) part.Action {
	do := a.keys.Action(part.InPane, key)
	switch do {
	case part.PageUp, part.PageDown:
		return do
	case part.Up, part.Down, part.Top, part.End:
		if a.prompt.Empty() {
			return do
		}
	default:
	}
	return part.NoAction
}

func (a *App) toDialog(key string) tea.Cmd {
	for _, c := range []part.Context{part.InQuestion, part.InPane, part.Global} {
		if do := a.keys.Action(c, key); do != part.NoAction {
			intent, cmd := a.dialog.Update(part.Do{Action: do})
			return tea.Batch(a.perform(intent), cmd)
		}
	}
	return nil
}

func (a *App) toPrompt(msg tea.Msg) tea.Cmd {
	if a.dialog != nil {
		return nil
	}
	a.setFocus(onPrompt)
	intent, cmd := a.prompt.Update(msg)
	return tea.Batch(a.perform(intent), cmd)
}

func (a *App) toPane(f focus, msg tea.Msg) tea.Cmd {
	t := a.tab()
	if t == nil {
		return nil
	}
	intent, cmd := t.panes()[f-onTranscript].Update(msg)
	return tea.Batch(a.perform(intent), cmd)
}

// do performs a global action.
func (a *App) do(action part.Action, key string) tea.Cmd {
	t := a.tab()
	switch action {
	case part.Back:
		a.back()
	case part.Interrupt:
		return a.interrupt()
	case part.QuitNow:
		return a.quit()
	case part.CancelAll:
		a.cancelAll()
	case part.NextPane:
		a.moveFocus(1)
	case part.PrevPane:
		a.moveFocus(-1)
	case part.NewTask:
		a.show(-1)
	case part.GoRun:
		a.goRun(part.GoRunNumber(key))
	case part.NextRun:
		a.stepRun(1)
	case part.PrevRun:
		a.stepRun(-1)
	case part.CloseRun:
		a.closeRun()
	case part.Rail:
		a.hideRail = !a.hideRail
	case part.Help:
		a.dialog = dialog.NewHelp(a.theme, a.enhanced)
	case part.Redraw:
		return tea.ClearScreen
	case part.Suspend:
		return a.suspend()
	case part.Reasoning:
		a.cycleReasoning()
	default:
		if t != nil {
			return a.doRun(action, t)
		}
		a.say("there is no run yet")
	}
	return nil
}

// doRun performs an action on the run in view.
func (a *App) doRun(action part.Action, t *tab) tea.Cmd {
	switch action {
	case part.OpenViewer:
		return a.perform(part.Open{URL: string(t.run.ViewerURL())})
	case part.CopyAnswer:
		return a.perform(part.Copy{What: "answer", Text: t.run.Answer()})
	case part.RunAgain:
		if !a.prompt.Empty() {
			a.say("the prompt is not empty: ctrl+c clears it")
			return nil
		}
		a.prompt.SetText(t.run.Task)
		a.setFocus(onPrompt)
		a.say("enter starts it again; it may cost again")
	default:
	}
	return nil
}

// back is esc: nothing else is open here, so it cancels the run in view; on
// the home pane it goes back to the runs.
func (a *App) back() {
	t := a.tab()
	switch {
	case t != nil && t.live():
		t.cancel(a.config.Now())
	case t == nil && len(a.tabs) > 0:
		a.show(len(a.tabs) - 1)
	default:
		a.setFocus(onPrompt)
	}
}

// interrupt is ctrl+c: cancel the run in view, then clear the prompt, then
// quit on the second press.
func (a *App) interrupt() tea.Cmd {
	now := a.config.Now()
	t := a.tab()
	switch {
	case t != nil && t.live():
		t.cancel(now)
	case !a.prompt.Empty():
		a.prompt.Clear()
		a.say("cleared · " + a.keys.Label(part.Restore) + " brings it back")
	case now.Before(a.quitUntil):
		return a.quit()
	default:
		a.quitUntil = now.Add(quitWithin)
		a.say("press ctrl+c again to quit")
	}
	return nil
}

// quit leaves, after asking when runs go on.
func (a *App) quit() tea.Cmd {
	n := a.live()
	if n == 0 {
		return tea.Quit
	}
	a.dialog = dialog.NewQuestion(a.theme, fmt.Sprintf("Quit with %s going on?", part.Count(n, "run")), a.quitWarning(), part.Quit{})
	return nil
}

func (a *App) cancelAll() {
	n := a.live()
	for _, t := range a.tabs {
		if t.live() {
			t.cancel(a.config.Now())
		}
	}
	a.say("cancelled " + part.Count(n, "run"))
}

func (a *App) setFocus(f focus) {
	a.focus = f
	if f != onPrompt {
		a.pane = f
	}
	a.prompt.Focus(f == onPrompt)
	if t := a.tab(); t != nil {
		t.timeline.Focus(f == onTimeline)
		t.links.Focus(f == onLinks)
	}
}

func (a *App) moveFocus(by int) {
	if a.tab() == nil {
		return
	}
	n := int(onLinks) + 1
	if a.hideRail && a.w >= railFrom {
		n = int(onTranscript) + 1
	}
	a.setFocus(focus((int(a.focus) + by + n) % n))
}

// goRun looks at a run, or takes an example while there is none.
func (a *App) goRun(n int) {
	example, ok := a.home.Example(n)
	switch {
	case n >= 1 && n <= len(a.tabs):
		a.show(n - 1)
	case len(a.tabs) == 0 && ok:
		a.prompt.SetText(example)
		a.setFocus(onPrompt)
	default:
		a.say(fmt.Sprintf("there is no run %d", n))
	}
}

func (a *App) stepRun(by int) {
	if n := len(a.tabs); n > 0 {
		a.show((max(a.current, 0) + by + n) % n)
	}
}

func (a *App) closeRun() {
	t := a.tab()
	switch {
	case t == nil:
		a.say("there is no run to close")
	case t.live():
		a.say("this run goes on: esc cancels it first")
	default:
		a.tabs = append(a.tabs[:a.current:a.current], a.tabs[a.current+1:]...)
		a.show(min(a.current, len(a.tabs)-1))
	}
}

func (a *App) cycleReasoning() {
	a.mode = a.mode.Next()
	for _, t := range a.tabs {
		t.transcript.SetMode(a.mode)
	}
	a.say("reasoning: " + a.mode.String())
}
