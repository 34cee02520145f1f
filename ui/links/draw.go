package links

import (
	"fmt"
	"image/color"
	"time"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// secret is what to know before a viewer link is given to anybody.
const secret = "anyone with the link can watch"

// draw is a line of the pane.
func (l *Links) draw(at place) string {
	switch at.kind {
	case sessionsHeading:
		return part.Title(l.theme, " Browser", l.focused)
	case functionsHeading:
		title := " Function"
		if len(l.run.Functions) > 1 {
			title = " Functions"
		}
		return part.Title(l.theme, title, l.focused)
	case noSession:
		if l.run.Phase.Ended() {
			return "  " + themes.Paint(l.theme.Muted, "no session")
		}
		return "  " + themes.Paint(l.theme.Muted, "no session yet")
	case hint:
		return "  " + themes.Paint(l.theme.Muted, "ctrl+o open · tab, then y copy")
	case ofCard:
		if at.of.function {
			return l.functionLine(at)
		}
		return l.sessionLine(at)
	case gap:
	}
	return ""
}

// lead marks the first line of the selected card.
func (l *Links) lead(at place) string {
	if l.focused && at.line == 0 && at.of == l.selected {
		return themes.Bold(l.theme.Accent, "› ")
	}
	return "  "
}

func (l *Links) sessionLine(at place) string {
	s := l.run.Sessions[at.of.index]
	url := string(s.ViewerURL)
	switch at.line {
	case 0:
		glyph, word, c := l.sessionState()
		text := themes.Paint(c, glyph+" "+word)
		if len(l.run.Sessions) > 1 {
			text += themes.Paint(l.theme.Muted, fmt.Sprintf(" · session %d", at.of.index+1))
		}
		return part.Sides(l.lead(at)+text, themes.Paint(l.theme.Muted, l.age(s)+" "), l.w)
	case linkLine:
		return "  " + part.Link(l.theme, url, part.ShortURL(url, l.w-3))
	case cardHeight:
		return "  " + themes.Paint(l.theme.Warning, secret)
	}
	if _, ok := part.CheckURL(url); !ok {
		return "  " + themes.Paint(l.theme.Muted, "y copy")
	}
	return "  " + themes.Paint(l.theme.Muted, "o open · y copy · Q QR")
}

// sessionState is how the sessions stand. Only the local backend is known to
// end them with the run; Notte does not say what becomes of one.
func (l *Links) sessionState() (glyph, word string, c color.Color) {
	switch {
	case l.run.Agent != nil:
		return l.agentSession()
	case !l.run.Phase.Ended():
		glyph, c = part.PhaseMark(l.theme, l.run.Phase)
		return glyph, "live", c
	case l.run.Backend == state.LocalBackend:
		return "○", "ended", l.theme.Muted
	}
	return "?", "unknown", l.theme.Muted
}

// agentSession is how the session of an agent stands, which does not end with
// its agent.
func (l *Links) agentSession() (glyph, word string, c color.Color) {
	stop := l.run.SessionStop()
	glyph, c = part.StopMark(l.theme, stop)
	switch stop {
	case state.StopAsked:
		return glyph, "stopping…", c
	case state.StopConfirmed:
		return glyph, "stopped: " + stop.String(), c
	case state.StopNotConfirmed, state.StopRefused:
		return glyph, "stop " + stop.String(), c
	case state.StopNone:
	}
	switch {
	case l.run.Agent.SessionEnded():
		return "○", "ended", l.theme.Muted
	case l.run.Phase.Ended() && l.run.Agent.Clocks.Over(l.now):
		return "?", "may have closed", l.theme.Muted
	case l.run.Phase.Ended() && l.run.Agent.Keep:
		return "●", "kept open", l.theme.Running
	case l.run.Closed:
		return "●", "left open", l.theme.Running
	}
	return "●", "live", l.theme.Running
}

// age is how long a session has been there, as far as that is known.
func (l *Links) age(s state.Session) string {
	until := l.now
	if l.run.Agent != nil && (l.run.Phase.Ended() || l.run.Agent.SessionEnded()) {
		return "" // what it has left is told where the agent stands
	}
	if l.run.Phase.Ended() {
		until = l.run.EndedAt
		if l.run.Backend != state.LocalBackend {
			return ""
		}
	}
	if until.IsZero() {
		return ""
	}
	return "for " + part.Clock(max(0, until.Sub(s.At)))
}

func (l *Links) functionLine(at place) string {
	f := l.run.Functions[at.of.index]
	switch at.line {
	case 0:
		name := themes.Paint(l.theme.Text, part.Line(f.Name, l.w))
		if name == "" {
			name = themes.Paint(l.theme.Muted, "(no name)")
		}
		return part.Sides(l.lead(at)+name, themes.Paint(l.theme.Muted, l.created(f.CreatedAt)), l.w)
	case 1:
		return "  " + themes.Paint(l.theme.Muted, part.Line(f.ID, l.w))
	}
	return "  " + themes.Paint(l.theme.Muted, "y copy id")
}

// created is when a function was made: the time of day where the person is, or
// the date when that was another day.
func (l *Links) created(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	at = at.In(l.now.Location())
	if at.Format(time.DateOnly) != l.now.Format(time.DateOnly) {
		return "created " + at.Format(time.DateOnly) + " "
	}
	return "created " + at.Format("15:04") + " "
}
