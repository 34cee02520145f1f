package browse

import (
	"github.com/charmbracelet/x/ansi"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// stopping reports whether it was asked to stop and may yet do so.
func (b *Browse) stopping(e entry) bool { return b.stops[e.ref()].state == state.StopAsked }

// askStop asks the person whether to stop it.
func (b *Browse) askStop(e entry) part.Intent {
	switch {
	case b.ended(e):
		return part.Say{Text: "there is nothing to stop: this " + e.kind() + " has ended"}
	case b.stopping(e):
		return part.Say{Text: "this " + e.kind() + " was asked to stop already"}
	}
	b.question = &e
	b.changed()
	return nil
}

// answer takes the answer. The key that asked says yes when it is pressed
// again; keys that answer nothing do nothing, so that what is stopped is what
// was named.
func (b *Browse) answer(action part.Action) part.Intent {
	e := *b.question
	switch action {
	case part.Yes, part.StopListed:
		b.question = nil
		b.stops[e.ref()] = stop{state: state.StopAsked}
		b.changed()
		if e.agent != nil {
			return part.EndAgent{Agent: e.id(), Session: e.sessionID()}
		}
		return part.EndSession{ID: e.id()}
	case part.No, part.Back, part.Interrupt:
		b.question = nil
		b.changed()
	default:
	}
	return nil
}

// questionRow is the question with the keys of its answers, which come first
// where there is no room for both.
func (b *Browse) questionRow() string {
	const more = " An agent at work on it stops too."
	answers := b.hint(part.Yes, "yes") + " · " + b.hint(part.No, "no")
	room := b.w - ansi.StringWidth(answers) - 2 - len(gap)
	text, id := "Stop "+b.question.kind()+" ", part.Line(b.question.id(), b.w)
	text += part.Fit(id, min(ansi.StringWidth(id), max(idWidth, room-len(text)-1))) + "?"
	if b.question.session != nil && ansi.StringWidth(text)+len(more) <= room {
		text += more
	}
	question := themes.Bold(b.theme.Warning, text)
	if ansi.StringWidth(text) > room {
		return part.Fit(" "+answers+gap+question, b.w)
	}
	return part.Sides(" "+question, answers+" ", b.w)
}
