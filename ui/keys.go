package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

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

// noRun is what a key that is about a run says when there is none.
const noRun = "there is no run yet"

// press finds out what a key means where it was pressed, and does it.
func (a *App) press(msg tea.KeyPressMsg) tea.Cmd {
	if d := a.keyboard(); d != nil {
		return a.toDialog(d, msg)
	}
	if a.focus == onPrompt {
		return a.pressInPrompt(msg)
	}
	key := msg.String()
	if do := a.keys.Action(part.InPane, key); do != part.NoAction {
		return a.toPane(a.focus, part.Do{Action: do})
	}
	if do := a.keys.Action(part.Global, key); do != part.NoAction {
		return a.do(do, key)
	}
	return nil
}

func (a *App) pressInPrompt(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
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
	if do := a.keys.Action(part.Global, key); do != part.NoAction {
		return a.do(do, key)
	}
	return a.toPrompt(msg)
}

// writes reports whether a key puts text into the prompt. A question mark or
// a slash on an empty one asks for help or for a command instead.
func (a *App) writes(msg tea.KeyPressMsg) bool {
	return msg.Text != "" && ((msg.Text != "?" && msg.Text != "/") || !a.prompt.Empty())
}

// scrollKey is what a key does to the transcript while the prompt has the
// keyboard: paging always, the rest when there is no text that it could move
// in.
func (a *App) scrollKey(key string) part.Action {
	do := a.keys.Action(part.InPane, key)
	switch do {
	case part.PageUp, part.PageDown:
		return do
	case part.Top, part.End:
		if a.prompt.Empty() {
			return do
		}
	default:
	}
	return part.NoAction
}

// paste hands what was pasted to whoever takes text.
func (a *App) paste(msg tea.PasteMsg) tea.Cmd {
	if d := a.keyboard(); d != nil {
		if line, ok := d.(part.Typing); ok && line.Typing() {
			return a.tell(d, msg)
		}
		return nil
	}
	return a.toPrompt(msg)
}

func (a *App) toPrompt(msg tea.Msg) tea.Cmd {
	if a.focus != onPrompt {
		a.setFocus(onPrompt)
	}
	intent, cmd := a.prompt.Update(msg)
	return tea.Batch(a.perform(intent), cmd)
}

func (a *App) toPane(f focus, msg tea.Msg) tea.Cmd {
	t := a.runs.tab()
	if t == nil {
		a.say(noRun)
		return nil
	}
	intent, cmd := t.pane(f).Update(msg)
	return tea.Batch(a.perform(intent), cmd)
}

func (a *App) setFocus(f focus) {
	a.focus = f
	if f != onPrompt {
		a.pane = f
	}
	a.prompt.Focus(f == onPrompt)
	if t := a.runs.tab(); t != nil {
		t.setFocus(f)
	}
}

func (a *App) moveFocus(by int) {
	if a.runs.tab() == nil {
		a.say(noRun)
		return
	}
	n := int(onLinks) + 1
	if a.hideRail && a.w >= railFrom {
		n = int(onTranscript) + 1
	}
	a.setFocus(focus((int(a.focus) + by + n) % n))
}
