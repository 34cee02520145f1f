package ui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/atotto/clipboard"
	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/ui/part"
)

// Multiplexer is a program between this one and the terminal that does not
// hand on every sequence.
type Multiplexer int

// The multiplexers that are known.
const (
	NoMultiplexer Multiplexer = iota
	Tmux
	Screen
)

// maxOSC52 is the longest text, in bytes, that is sent through the terminal:
// many take no more than 100,000 bytes of base64.
const maxOSC52 = 74_994

// screenLimit is how much of a sequence GNU Screen hands on at once, less what
// stands around it.
const screenLimit = 760

// copy puts text on the terminal's clipboard (OSC 52) and on the native one:
// neither says for sure that it has worked, so both get it. What is too large
// for the terminal goes into a file too.
func (a *App) copy(c part.Copy) tea.Cmd {
	if c.Text == "" {
		a.say("there is no " + c.What + " to copy yet")
		return nil
	}
	text := string(api.Clean(c.Text))
	native := func() tea.Msg {
		_ = clipboard.WriteAll(text) // often there is none, over SSH for example
		return nil
	}
	if len(text) > maxOSC52 {
		a.say("the " + c.What + " is too large for the terminal's clipboard: saving it")
		return tea.Batch(native, a.save(part.Save{What: c.What, Ext: "txt", Text: text}))
	}
	a.say("copied the " + c.What)
	return tea.Batch(tea.Raw(osc52(text, a.config.Multiplexer)), native)
}

// osc52 is the sequence that sets the clipboard. A multiplexer gets it twice
// where it may either take it itself or hand it on.
func osc52(text string, m Multiplexer) string {
	set := ansi.SetSystemClipboard(text)
	switch m {
	case Tmux: // set-clipboard takes the first, allow-passthrough the second
		return set + ansi.TmuxPassthrough(set)
	case Screen:
		return ansi.ScreenPassthrough(set, screenLimit)
	case NoMultiplexer:
	}
	return set
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
