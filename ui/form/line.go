package form

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"github.com/charmbracelet/x/ansi"

	"notturno/state/options"
	"notturno/ui/part"
)

// The most characters that are edited in a row, and the most bytes of a value.
const (
	maxLine  = 2000
	maxValue = 1 << 20
)

// line is a field in which text is typed. Some offer choices besides.
//
// The suggestions of huh's input are not used: they are drawn in a colour of
// their own, are found only by their beginnings, and count up and down among
// their keys.
type line struct {
	look     *look
	json     bool // the text may be JSON, to be written in the editor
	limit    int  // the most characters that are typed
	input    *huh.Input
	focused  bool
	held     string // a value that is not for one row, else empty
	summary  string // of held
	choices  []choice
	recalls  bool   // the value itself is among the choices
	stem     string // what was typed, by which choices are found
	chosen   bool   // the value was not typed, so that left and right choose
	atEnd    bool   // the cursor is known to be behind the last character
	fallback choice // what no value means
}

func newLine(look *look, field options.Field, choices []choice) *line {
	l := &line{look: look, json: field.Kind == options.Document, limit: maxLine, choices: choices, fallback: choice{label: field.Unset}}
	l.set("")
	return l
}

func (l *line) value() string {
	if l.held != "" {
		return l.held
	}
	text, _ := l.input.GetValue().(string)
	return text
}

// set replaces the value. What the row would change, such as a document of
// many lines, is held beside it as it is.
func (l *line) set(text string) {
	l.held, l.summary = "", ""
	if !keeps(text) || longer(text, l.limit) {
		l.held, l.summary = text, summary(text)
		text = ""
	}
	l.input = huh.NewInput().Prompt("").CharLimit(l.limit)
	l.input.WithTheme(l.look)
	l.input.WithKeyMap(ownKeys())
	l.input.Value(&text) // which leaves the cursor at the end
	l.show(l.focused)
}

func (l *line) focus(on bool) {
	if on && l.recalls {
		l.recall()
	}
	l.show(on)
}

// show puts the cursor behind the last character, or takes it away.
func (l *line) show(on bool) {
	l.focused = on
	if !on {
		l.input.Blur()
		return
	}
	l.input.Focus()
	value := l.value()
	l.stem, l.chosen, l.atEnd = value, value == "" || l.offers(value), true
	if l.chosen {
		l.stem = ""
	}
}

// offers reports whether a value is among the choices.
func (l *line) offers(value string) bool {
	return slices.ContainsFunc(l.choices, func(c choice) bool { return c.value == value })
}

// press edits the line.
func (l *line) press(msg tea.KeyPressMsg) {
	key := msg.String()
	switch {
	case key == "left" && l.choosing():
		l.step(-1)
		return
	case key == "right" && l.choosing():
		l.step(1)
		return
	case l.held != "":
		l.pressHeld(key)
		return
	case key == "right" && l.next() != nil:
		l.take(*l.next())
		return
	case key == "alt+d" || key == "alt+delete" || key == "ctrl+delete" || key == "ctrl+v":
		return // the input stops the program at the last character, or reads the clipboard
	}
	l.follow(msg)
	before := l.value()
	l.input.Update(msg)
	if after := l.value(); after != before {
		l.atEnd = l.atEnd || after == ""
		if tidy := oneLine(after); tidy != after {
			l.set(tidy)
		}
		l.stem, l.chosen = l.value(), l.value() == ""
	}
}

// pressHeld clears a value that is not for one row; it is not edited here.
func (l *line) pressHeld(key string) {
	switch key {
	case "backspace", "delete", "ctrl+h", "ctrl+u", "ctrl+w", "ctrl+k":
		l.set("")
	}
}

// follow notes whether the cursor stays at the end. The input does not tell.
func (l *line) follow(msg tea.KeyPressMsg) {
	switch msg.String() {
	case "end", "ctrl+e":
		l.atEnd = true
	case "backspace", "ctrl+h", "ctrl+w", "alt+backspace", "ctrl+backspace", "ctrl+k", "right":
	default:
		l.atEnd = l.atEnd && msg.Text != ""
	}
	if msg.Text == "" && l.value() != "" {
		l.chosen = false // now it is edited
	}
}

// paste inserts text. A document keeps what it means on one line; other text
// loses its line breaks.
func (l *line) paste(text string) {
	if l.json && l.value() == "" {
		if compact, ok := compactJSON(text); ok {
			l.set(compact)
			l.stem, l.chosen = l.value(), false
			return
		}
	}
	before := l.value()
	text = oneLine(text)
	if l.held != "" || longer(before+text, l.limit) {
		l.set(oneLine(before + text))
	} else {
		l.input.Update(tea.PasteMsg{Content: text})
		if after := l.value(); oneLine(after) != after {
			l.set(oneLine(after))
		}
	}
	l.stem, l.chosen = l.value(), l.value() == ""
}

func (l *line) shown(width int) string {
	if l.held != "" {
		return l.summary
	}
	return part.Line(l.value(), width)
}

// view is the line. Where the cursor is, an input of huh shows only by drawing
// it in reverse; the real one is put there instead, and the text in one piece,
// so that no character is cut by a style. The input scrolls when it is handed a
// message, so it gets one that means nothing to it.
func (l *line) view(width int) (row string, cursor int) {
	text := l.look.text.Render
	switch {
	case l.held != "":
		return text(part.Line(l.summary, width)), -1
	case l.value() == "":
		return l.look.styles.Focused.TextInput.Placeholder.Render(part.Line(l.fallback.label, width)), 0
	}
	l.input.WithWidth(max(width, 1))
	l.input.Update(nil)
	view := l.input.View()
	before, _, _ := strings.Cut(view, reversed)
	return text(ansi.Strip(view)), ansi.StringWidth(before)
}
