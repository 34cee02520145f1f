package state

import "time"

// AgentStop is how stopping the agent of a run stands, as far as it can be
// known: when nothing more will arrive, a stop that was only asked for is not
// confirmed.
func (r *Run) AgentStop() Stop { return r.known(r.Agent.Stop) }

// SessionStop is the same of the agent's session.
func (r *Run) SessionStop() Stop { return r.known(r.Agent.SessionStop) }

// SessionEnded reports whether the service shows that the session of the agent
// has ended, whoever ended it.
func (a *Agent) SessionEnded() bool { return a.sessionOver }

// Over reports whether one of the clocks has run out, so that the session must
// have ended by itself unless somebody used it.
func (c Clocks) Over(now time.Time) bool {
	idle, idleKnown := c.IdleLeft(now)
	most, mostKnown := c.MaxLeft(now)
	return idleKnown && idle == 0 || mostKnown && most == 0
}
