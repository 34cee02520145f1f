package agent

import (
	"image/color"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// agentStop is how stopping the agent stands. One that ended by itself first
// was not stopped.
func (a *Agent) agentStop() state.Stop {
	switch a.run.Phase {
	case state.Done, state.Failed, state.TimedOut:
		return state.StopNone
	default:
		return a.run.AgentStop()
	}
}

// leftAlone reports whether the watching ended, and not the agent.
func (a *Agent) leftAlone() bool {
	return a.run.Phase == state.Interrupted && a.run.Agent.ID != "" && a.run.Agent.Stop == state.StopNone
}

// agentLine is what became of the agent.
func (a *Agent) agentLine() string {
	stop := a.agentStop()
	glyph, c := part.StopMark(a.theme, stop)
	switch stop {
	case state.StopNone:
		glyph, c = part.PhaseMark(a.theme, a.run.Phase)
		return a.state(glyph, c, "the agent was left as it was", "agent left as it was")
	case state.StopAsked:
		return a.state(glyph, c, state.StopText, "stopping: "+stop.String())
	case state.StopConfirmed:
		return a.state(glyph, c, "agent stopped: "+stop.String())
	case state.StopNotConfirmed:
		return a.state(glyph, c, "agent asked to stop: "+stop.String(), "agent stop: "+stop.String())
	case state.StopRefused:
		return a.state(glyph, c, "agent not stopped: "+stop.String())
	}
	return ""
}

// sessionLine is what became, or will become, of the session.
func (a *Agent) sessionLine() string {
	name := "session " + short(a.run.Agent.SessionID)
	stop := a.run.SessionStop()
	glyph, c := part.StopMark(a.theme, stop)
	switch stop {
	case state.StopNone:
		return a.afterwards()
	case state.StopAsked:
		return a.state(glyph, c, "stopping "+name+"…", "stopping the session…")
	case state.StopConfirmed:
		return a.state(glyph, c, name+" stopped: "+stop.String(), "session stopped: "+stop.String())
	case state.StopNotConfirmed:
		return a.state(glyph, c, name+" asked to stop: "+stop.String(), "session asked to stop: "+stop.String(), "session stop: "+stop.String())
	case state.StopRefused:
		return a.state(glyph, c, name+" not stopped: "+stop.String(), "session not stopped: "+stop.String())
	}
	return ""
}

// afterwards is what becomes of a session that nobody has asked to stop.
func (a *Agent) afterwards() string {
	keep := a.run.Agent.Keep
	name := "session " + short(a.run.Agent.SessionID)
	switch {
	case a.run.Agent.SessionEnded():
		return a.state("○", a.theme.Muted, name+" has ended")
	case a.over():
		return a.state("?", a.theme.Muted, name+" may have closed by itself", "session may have closed")
	case a.run.Phase.Ended() && keep:
		return a.open(name, "kept open")
	case a.run.Closed:
		return a.open(name, "left open")
	case keep:
		return a.label("then") + themes.Paint(a.theme.Text, "the session stays open")
	}
	return a.label("then") + themes.Paint(a.theme.Text, "the session is stopped")
}

// open tells of a session that outlives its agent, and how to be rid of it.
func (a *Agent) open(name, word string) string {
	key := " · " + a.stopKey + " stops it"
	return a.state("●", a.theme.Running, name+" "+word+key, "session "+word+key, word+key)
}

// state is a glyph with the first of the words that has room.
func (a *Agent) state(glyph string, c color.Color, words ...string) string {
	return margin + themes.Paint(c, glyph+" "+widest(a.room(len(margin)+2), words...))
}

// shortID is how many cells of an id show.
const shortID = 8

// short is the beginning of an id, which tells it from the others on the
// screen.
func short(id api.Text) string {
	first, _, _ := strings.Cut(part.Line(id, 2*shortID), "-")
	return ansi.Truncate(first, shortID, "…")
}
