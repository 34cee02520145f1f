package form

import (
	"strings"

	"notturno/state/options"
	"notturno/ui/part"
)

// Sessions is the message with the sessions that are open, or with why they
// are not known.
type Sessions struct {
	Open []Session
	Err  string
}

// Session is an open session.
type Session struct{ ID, Label string }

// Edited is the message with what was saved in the editor after a
// part.EditOption, or with why nothing was.
type Edited struct{ Field, Text, Err string }

// offerSessions lets the person choose among the open sessions. Any other can
// still be typed.
func (f *Form) offerSessions(msg Sessions) {
	e := f.entry(options.SessionID)
	l := e.line()
	if l == nil {
		return
	}
	f.heard, f.trouble = true, plain(msg.Err)
	recalled := l.offers(l.value())
	l.choices = nil
	for _, s := range msg.Open {
		// A part of an id would be another one, so it is offered whole.
		id := strings.TrimSpace(s.ID)
		if id != "" && len(id) <= maxValue && !l.offers(id) {
			l.choices = append(l.choices, choice{value: id, label: plain(id), detail: plain(s.Label)})
		}
	}
	if recalled {
		l.recall()
	}
	if value := l.value(); value == "" || l.offers(value) {
		l.stem, l.chosen = "", true
	}
}

// takeEdited takes what was saved in the editor.
func (f *Form) takeEdited(msg Edited) {
	e := f.entry(msg.Field)
	if e == nil {
		return
	}
	if msg.Err != "" {
		e.fault = oneLine(part.Head(msg.Err, maxLine))
		return
	}
	text := strings.TrimSpace(msg.Text)
	switch {
	case len(text) > maxValue:
		e.fault = tooLong
	case e.Kind == options.Document:
		e.set(text)
		f.check(e)
	default:
		e.set(oneLine(text))
		f.check(e)
	}
}
