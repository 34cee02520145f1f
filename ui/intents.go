package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
	"github.com/atotto/clipboard"
	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part"
)

// notifyAfter is how long a run must have taken to call the person back.
const notifyAfter = 20e9 // 20 s in nanoseconds

// perform does what a piece wants, now.
func (a *App) perform(intent part.Intent) tea.Cmd {
	switch intent := intent.(type) {
	case part.Submit:
		return a.start(intent.Task)
	case part.Open:
		return a.open(intent.URL)
	case part.Copy:
		return a.copy(intent)
	case part.Show:
		if t := a.tab(); t != nil {
			t.transcript.Show(intent.Item)
		}
	case part.Say:
		a.say(intent.Text)
	case part.Close:
		a.dialog = nil
	case part.Quit:
		return tea.Quit
	}
	return nil
}

// open opens a viewer link, after checking what it is.
func (a *App) open(raw string) tea.Cmd {
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

// copy sends text to the terminal (OSC 52) and to the native clipboard:
// neither says for sure that it has worked, so both get it.
func (a *App) copy(c part.Copy) tea.Cmd {
	if c.Text == "" {
		a.say("there is no " + c.What + " to copy yet")
		return nil
	}
	a.say("copied the " + c.What)
	text := string(api.Clean(c.Text))
	return tea.Batch(tea.SetClipboard(text), func() tea.Msg {
		_ = clipboard.WriteAll(text) // often there is none, over SSH for example
		return nil
	})
}

// readClipboard pastes what the native clipboard holds, for terminals that
// leave ctrl+v to the program.
func readClipboard() tea.Msg {
	text, err := clipboard.ReadAll()
	if err != nil {
		return saidMsg{text: "there is no clipboard to read here: paste with the terminal's own key"}
	}
	return tea.PasteMsg{Content: text}
}

// notify tells the terminal that a run has ended: OSC 9, and the bell.
func notify(run *state.Run) tea.Cmd {
	text := ansi.Truncate(api.Clean(head(run.Task)).Line(), 60, "…")
	return tea.Raw(ansi.Notify("notturno: "+run.Phase.String()+": "+text) + "\a")
}

// quitWarning says what quitting does to the runs that go on.
func (a *App) quitWarning() []string {
	if a.config.Backend == state.LocalBackend {
		return []string{"Quitting closes the streams; the local agents stop with them."}
	}
	return []string{"Quitting stops watching. The service may finish, and bill, what goes on."}
}
