package agent

import (
	"time"

	"notturno/themes"
	"notturno/ui/part"
)

// clock is one of the two of a session: how long it may go unused, and how long
// it may be open at all.
type clock struct {
	left  time.Duration
	known bool
	late  bool // most of it is used
}

// clocks are the clocks of the session, as far as they are known.
func (a *Agent) clocks() (idle, most clock) {
	c := a.run.Agent.Clocks
	idle.left, idle.known = c.IdleLeft(a.now)
	most.left, most.known = c.MaxLeft(a.now)
	idle.late, most.late = c.IdleLate(a.now), c.MaxLate(a.now)
	return idle, most
}

// over reports whether the session must have ended by itself, for no agent uses
// it any more.
func (a *Agent) over() bool { return a.run.Phase.Ended() && a.run.Agent.Clocks.Over(a.now) }

// clockLine is how long the session has left.
func (a *Agent) clockLine() string {
	idle, most := a.clocks()
	whole, short := a.clockTexts(idle, most, " left", " at most"), a.clockTexts(idle, most, "", " max")
	return widest(a.w-1, whole, short)
}

func (a *Agent) clockTexts(idle, most clock, afterIdle, afterMost string) string {
	switch {
	case !idle.known:
		return a.label("open") + a.time(most, afterMost)
	case !most.known:
		return a.label("idle") + a.time(idle, afterIdle)
	}
	return a.label("idle") + a.time(idle, afterIdle) + themes.Paint(a.theme.Muted, " · ") + a.time(most, afterMost)
}

// time is a clock with what its number means. One that is late has a mark, for
// whoever does not see the colour.
func (a *Agent) time(c clock, word string) string {
	left := part.Clock(c.left) + word
	if c.late {
		return themes.Paint(a.theme.Warning, "◷ "+left)
	}
	return themes.Paint(a.theme.Text, left)
}
