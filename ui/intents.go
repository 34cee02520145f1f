package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/state"
	"notturno/ui/browse"
	"notturno/ui/dialog"
	"notturno/ui/part"
)

// notifyAfter is how long a run must have taken to call the person back.
const notifyAfter = 20e9 // 20 s in nanoseconds

// perform does what a piece wants, now.
func (a *App) perform(intent part.Intent) tea.Cmd {
	switch intent := intent.(type) {
	case part.Submit:
		return a.submit(intent.Task)
	case part.Open:
		return a.openLink(intent.URL)
	case part.Copy:
		a.closeDialog()
		return a.copy(intent)
	case part.CopyAs:
		a.closeDialog()
		return copyAs(intent)
	case part.CopyRun:
		a.closeDialog()
		if t := a.runs.tab(); t != nil {
			return a.copy(part.Copy{What: "run", Text: t.run.Markdown()})
		}
	case part.Save:
		return a.save(intent)
	case part.Edit:
		return a.edit(intent.Text)
	case part.ShowQR:
		a.showQR(intent.URL)
	case part.Say:
		a.say(intent.Text)
	case part.UseTheme:
		a.useTheme(intent)
		if intent.Keep {
			a.dialog = nil
		}
	case part.Perform:
		a.dialog = nil
		return a.performAction(intent.Action)
	case part.Both:
		return tea.Batch(a.perform(intent.First), a.perform(intent.Then))
	case part.Close:
		a.dialog, a.below = a.below, nil
		return a.advance()
	case part.Quit:
		a.leave = true
		return tea.Quit
	case part.StopAndQuit:
		a.endRuns() // at once: nothing more is to be started
		return tea.Quit
	default:
		return a.performOnAgents(intent)
	}
	return nil
}

// performOnAgents does what a piece wants of the options, and of the agents and
// sessions of the service.
func (a *App) performOnAgents(intent part.Intent) tea.Cmd {
	switch intent := intent.(type) {
	case part.UseOptions:
		return a.useOptions(intent.Values)
	case part.KeepPreset:
		return a.keepPreset(intent)
	case part.ForgetPreset:
		return a.forgetPreset(intent.Name)
	case part.EditOption:
		return a.editOption(intent)
	case part.List:
		return a.list(intent)
	case part.UseSession:
		a.useSession(intent.ID)
	case part.Watch:
		return a.watch(intent)
	case part.EndSession:
		return a.endSession(intent.ID)
	case part.EndAgent:
		return a.endAgent(intent)
	default:
		return a.performOnRun(intent)
	}
	return nil
}

// performOnRun does what a piece wants of a run.
func (a *App) performOnRun(intent part.Intent) tea.Cmd {
	t := a.runs.tab()
	switch intent := intent.(type) {
	case part.Show:
		if t != nil {
			t.transcript.Show(intent.Item)
		}
	case part.Read:
		if t != nil {
			a.read(t.run, intent.Item)
		}
	case part.GoTo:
		if i := a.runs.index(intent.Run); i >= 0 {
			a.dialog = nil
			a.show(i)
		}
	case part.Rewrite:
		a.rewrite(intent.Run)
	case part.Reorder:
		a.runs.reorder(intent.Run, intent.By)
	case part.Cancel:
		return a.cancel(a.runs.byID(intent.Run))
	}
	return nil
}

// performAction does what the key of an action does where the keyboard is; the
// palette has the keys of all contexts.
func (a *App) performAction(action part.Action) tea.Cmd {
	switch a.keys.Context(action) {
	case part.InPrompt:
		return a.toPrompt(part.Do{Action: action})
	case part.InPane:
		return a.toPane(max(a.focus, onTranscript), part.Do{Action: action})
	default:
		return a.do(action, "")
	}
}

// closeDialog closes a menu that has done its work; the reader and the board
// stay.
func (a *App) closeDialog() {
	if _, ok := a.dialog.(*dialog.Picker); ok {
		a.dialog = nil
	}
}

// openLink opens a viewer link, after checking what it is.
func (a *App) openLink(raw string) tea.Cmd {
	if raw == "" {
		a.say("there is no viewer link yet")
		return nil
	}
	u, ok := part.CheckURL(raw)
	if !ok {
		a.say("this link is not safe to open: only https, or http on this machine")
		return nil
	}
	a.say("opening " + part.ShortURL(raw, max(a.w/2, 20)))
	return func() tea.Msg {
		if err := openInBrowser(a.ctx, u); err != nil {
			return saidMsg{text: fmt.Sprintf("failed to open the browser: %v · copy the link instead", err)}
		}
		return nil
	}
}

func (a *App) showQR(url string) {
	switch _, ok := part.CheckURL(url); {
	case url == "":
		a.say("there is no viewer link yet")
	case !ok:
		a.say("this link is not safe to open: only https, or http on this machine")
	default:
		was := a.dialog
		a.open(dialog.NewQR(a.theme, url))
		if lists, ok := was.(*browse.Browse); ok {
			a.below = lists
		}
	}
}

// notify tells the terminal that a run has ended: OSC 9, and the bell.
func notify(run *state.Run) tea.Cmd {
	text := ansi.Truncate(api.Clean(head(run.Task)).Line(), 60, "…")
	return tea.Raw(ansi.Notify("notturno: "+run.Phase.String()+": "+text) + "\a")
}
