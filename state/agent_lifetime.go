package state

import "time"

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
