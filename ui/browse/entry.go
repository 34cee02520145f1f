package browse

import (
	"image/color"
	"strings"
	"time"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part"
)

// entry is a session or an agent; the other one is nil.
type entry struct {
	session *api.Session
	agent   *api.Agent
	steps   int          // of the session, which are not kept
	clocks  state.Clocks // of the session
}

// sessionEntries are sessions as they were listed at a time, but for those that
// the service keeps for itself.
func sessionEntries(sessions []api.Session, at time.Time) []entry {
	var entries []entry
	for _, s := range sessions {
		if s.SystemHidden != nil && *s.SystemHidden {
			continue
		}
		e := entry{session: &s, steps: len(s.Steps)}
		if !at.IsZero() {
			e.clocks = state.ReadClocks(s, time.Time{}, at)
		}
		s.Steps = nil
		entries = append(entries, e)
	}
	return entries
}

func agentEntries(agents []api.Agent) []entry {
	var entries []entry
	for _, a := range agents {
		entries = append(entries, entry{agent: &a})
	}
	return entries
}

// kind is the word for what it is.
func (e entry) kind() string {
	if e.agent != nil {
		return "agent"
	}
	return "session"
}

func (e entry) id() string {
	if e.agent != nil {
		return string(e.agent.AgentID)
	}
	return string(e.session.SessionID)
}

func (e entry) ref() ref { return ref{agent: e.agent != nil, id: e.id()} }

// sessionID is the id of the session: its own, or the agent's.
func (e entry) sessionID() string {
	if e.agent != nil {
		return string(e.agent.SessionID)
	}
	return string(e.session.SessionID)
}

func (e entry) ended() bool {
	if e.agent != nil {
		return e.agent.Closed()
	}
	return !e.session.Open()
}

func (e entry) createdAt() time.Time {
	if e.agent != nil {
		return e.agent.CreatedAt
	}
	return e.session.CreatedAt
}

func (e entry) closedAt() time.Time {
	if e.agent != nil {
		return e.agent.ClosedAt
	}
	return e.session.ClosedAt
}

// lasted is how long it was there, or is so far, if that is known.
func (b *Browse) lasted(e entry) (time.Duration, bool) {
	until := e.closedAt()
	switch {
	case e.session != nil && e.ended() && e.session.Duration > 0:
		return e.session.Duration, true
	case e.ended():
	case b.ended(e):
		until = b.stops[e.ref()].at
	default:
		until = b.now
	}
	if until.IsZero() || e.createdAt().IsZero() {
		return 0, false
	}
	return until.Sub(e.createdAt()), true
}

// authenticating is what a session is before it can be used; not all services
// know it.
const authenticating = "authenticating"

// mark is how it stands, by what the list says.
func (b *Browse) mark(e entry) (glyph, word string, c color.Color) {
	status := api.Text("")
	if e.agent != nil {
		status = e.agent.Status
	} else {
		status = e.session.Status
	}
	switch {
	case e.session != nil && status == api.SessionError:
		return "✗", "error", b.theme.Error
	case e.session != nil && status == api.SessionTimedOut:
		return "◷", "timed out", b.theme.Warning
	case e.ended():
		return "○", "closed", b.theme.Muted
	case status == api.SessionActive || status == authenticating:
		return "●", string(status), b.theme.Running
	case strings.TrimSpace(string(status)) == "":
		return "?", "unknown", b.theme.Muted
	}
	return "?", part.Line(status, stateWidth), b.theme.Muted
}

// standing is how it stands, by a stop that was asked for since the list came,
// else by the list.
func (b *Browse) standing(e entry) (glyph, word string, c color.Color) {
	switch b.stops[e.ref()].state {
	case state.StopAsked:
		return "■", "stop asked", b.theme.Warning
	case state.StopConfirmed:
		return "✓", "stop confirmed", b.theme.Success
	case state.StopNotConfirmed:
		return "≠", "not confirmed", b.theme.Warning
	case state.StopRefused:
		return "✗", "stop refused", b.theme.Error
	default:
		return b.mark(e)
	}
}
