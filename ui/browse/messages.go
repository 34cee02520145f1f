package browse

import (
	"notturno/api"
	"notturno/state"
	"notturno/ui/part"
)

// LoadedSessions is what came of a part.List of sessions: a page, or why there
// is none.
type LoadedSessions struct {
	Asked part.List // the intent that it answers
	Page  api.Page[api.Session]
	Err   error
}

// LoadedAgents is what came of a part.List of agents.
type LoadedAgents struct {
	Asked part.List // the intent that it answers
	Page  api.Page[api.Agent]
	Err   error
}

// Stopped is what came of a part.EndAgent, or of a part.EndSession, whose Agent
// is empty.
type Stopped struct {
	Agent, Session string // ids
	Stop           state.Stop
	Why            api.Text // it was refused or is not confirmed; else empty
}

// takeSessions takes in a page of sessions. One that the list does not wait for
// is dropped: the person has asked for another since.
func (b *Browse) takeSessions(msg LoadedSessions) {
	switch {
	case !b.sessions.awaits(msg.Asked):
		return
	case msg.Err != nil:
		b.sessions.fail(msg.Err)
	default:
		b.sessions.take(sessionEntries(msg.Page.Items, b.now), msg.Page.HasNext, b.now)
	}
	b.changed()
}

// takeAgents does the same with agents.
func (b *Browse) takeAgents(msg LoadedAgents) {
	switch {
	case !b.agents.awaits(msg.Asked):
		return
	case msg.Err != nil:
		b.agents.fail(msg.Err)
	default:
		b.agents.take(agentEntries(msg.Page.Items), msg.Page.HasNext, b.now)
	}
	b.changed()
}

func (b *Browse) stopped(msg Stopped) {
	of := ref{agent: msg.Agent != "", id: msg.Session}
	if of.agent {
		of.id = msg.Agent
	}
	b.stops[of] = stop{state: msg.Stop, why: msg.Why.Line(), at: b.now}
	b.rows = nil
}
