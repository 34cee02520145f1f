package feed

import (
	"time"

	"notturno/api"
	"notturno/state"
)

// maxAge is how long an agent may be said to have been at work. No session
// stays open for longer.
const maxAge = 24 * time.Hour

// lifetime is when an agent that was started elsewhere began and ended, in the
// time of this machine, as far as its own times can be believed; zero when they
// cannot. An agent that is said to end after now has ended now: the clock of
// the service is ahead.
func lifetime(agent api.Agent, now time.Time) (began, ended time.Time) {
	if agent.CreatedAt.IsZero() {
		return began, ended
	}
	if agent.ClosedAt.IsZero() {
		if age := now.Sub(agent.CreatedAt); !agent.Closed() && age >= 0 && age <= maxAge {
			began = agent.CreatedAt
		}
		return began, ended
	}
	took := agent.ClosedAt.Sub(agent.CreatedAt)
	if took < 0 || took > maxAge {
		return began, ended
	}
	ended = agent.ClosedAt
	if ended.After(now) {
		ended = now
	}
	return ended.Add(-took), ended
}

// beganOn is when an agent that is at work on a session began, in the time of
// this machine: the service knows how long after the session, whatever its
// clock shows. Zero is not known.
func beganOn(s api.Session, clocks state.Clocks, agent time.Time) time.Time {
	if agent.IsZero() || s.CreatedAt.IsZero() || clocks.CreatedAt.IsZero() || agent.Before(s.CreatedAt) {
		return time.Time{}
	}
	return clocks.CreatedAt.Add(agent.Sub(s.CreatedAt))
}
