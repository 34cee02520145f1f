package form

import (
	tea "charm.land/bubbletea/v2"

	"notturno/state/options"
)

// control is how a field is changed.
type control interface {
	// value is the text that is chosen, empty when that is up to the service.
	value() string
	// set replaces the value.
	set(text string)
	// press handles a key that is the field's own.
	press(msg tea.KeyPressMsg)
	// paste takes text from elsewhere.
	paste(text string)
	// step goes to the next of what can be chosen, or with -1 to the one
	// before.
	step(by int)
	// focus says whether the field has the keyboard.
	focus(on bool)
	// shown is the value on one line, as it shows without the keyboard.
	shown(width int) string
	// view is the styled line that shows with the keyboard, and the cell of the
	// cursor in it, or -1.
	view(width int) (row string, cursor int)
}

// entry is one row of the form.
type entry struct {
	options.Field
	control control
	fault   string // what is wrong with the value, or empty
	refused bool   // by the service, so that no check here takes it back
}

func newEntry(look *look, field options.Field) *entry {
	e := &entry{Field: field}
	switch field.Kind {
	case options.Switch:
		e.control = newPick(look, field.Unset, plainChoices([]string{options.On, options.Off}))
	case options.Choice:
		e.control = newPick(look, field.Unset, plainChoices(field.Choices))
	case options.Suggest:
		e.control = newLine(look, field, plainChoices(field.Choices))
	default:
		l := newLine(look, field, nil)
		l.recalls = field.Name == options.SessionID
		e.control = l
	}
	return e
}

// set replaces the value. What was wrong with another one is forgotten.
func (e *entry) set(text string) {
	if text != e.control.value() {
		e.control.set(text)
		e.fault, e.refused = "", false
	}
}

// namesFile reports whether the value may be the path of a file.
func (e *entry) namesFile() bool {
	switch value := e.control.value(); value {
	case "", options.On, options.Off:
		return false
	default:
		return (e.Kind == options.Document || e.Kind == options.File) && !isDocument(value)
	}
}

// change does something to the control and reports whether the value is
// another one then.
func (e *entry) change(do func(control)) bool {
	before := e.control.value()
	do(e.control)
	if e.control.value() == before {
		return false
	}
	e.fault, e.refused = "", false
	return true
}

// line is the control when text can be typed there, or nil.
func (e *entry) line() *line {
	l, _ := e.control.(*line)
	return l
}

// choice is something that can be chosen.
type choice struct {
	value, label string
	detail       string // beside the label where there is a list
}

func plainChoices(values []string) []choice {
	choices := make([]choice, len(values))
	for i, value := range values {
		choices[i] = choice{value: value, label: value}
	}
	return choices
}
