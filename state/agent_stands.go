package state

import "time"

// AgentStop is how stopping the agent of a run stands, as far as it can be
// known: when nothing more will arrive, a stop that was only asked for is not
// confirmed. An agent that the service has not named was never asked.
func (r *Run) AgentStop() Stop {
	if r.Agent.ID == "" {
		return StopNone
	}
	return r.known(r.Agent.Stop)
}

// SessionStop is the same of the agent's session.
func (r *Run) SessionStop() Stop {
	if r.Agent.SessionID == "" {
		return StopNone
	}
	return r.known(r.Agent.SessionStop)
}

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

// learnLifetime takes when an agent that was started elsewhere began and ended.
// What it has done since it was watched counts from then.
func (r *Run) learnLifetime(change AgentChange) {
	a := r.Agent
	if !a.Attached || r.Phase.Ended() {
		return
	}
	if a.watched.IsZero() {
		a.watched = r.StartedAt
	}
	if !change.Began.IsZero() && change.Began.Before(a.watched) {
		r.StartedAt = change.Began
	}
	if !change.Ended.IsZero() {
		a.endedAt = change.Ended
	}
}

// endsAt is when a run ends whose end arrives at a time: an agent that had
// ended before it was watched ended then.
func (r *Run) endsAt(at time.Time) time.Time {
	if r.Agent == nil || r.Agent.endedAt.IsZero() || r.Agent.endedAt.Before(r.StartedAt) {
		return at
	}
	return r.Agent.endedAt
}
