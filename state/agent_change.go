package state

import (
	"time"

	"notturno/api"
)

// AgentChange is what this program learned of an agent and its session by what
// it did itself. What is empty has not changed.
type AgentChange struct {
	AgentID   api.Text
	SessionID api.Text
	// Task is that of an agent that was started elsewhere.
	Task api.Text
	// Past is how many steps an agent had taken before it was watched. They
	// arrive now, but were taken then.
	Past int
	// Began and Ended are when an agent that was started elsewhere did, before
	// it was watched, in the time of this machine.
	Began        time.Time
	Ended        time.Time
	Clocks       Clocks
	Stop         Stop
	SessionStop  Stop
	Why          api.Text // a stop was refused, or is not confirmed
	SessionEnded bool     // the service shows so, though nobody here has stopped it
	// Check is told of an answer that has to meet a response format.
	Check *AnswerCheck
}

// learn takes what is new.
func (r *Run) learn(change AgentChange) {
	r.Agent.learn(change, r.Closed)
	r.learnLifetime(change)
	if r.Agent.Attached && r.Task == "" && change.Task != "" && !r.Phase.Ended() {
		r.Task = string(change.Task)
		r.Items[0] = taskItem(r.Task, r.StartedAt)
	}
}

func (a *Agent) learn(change AgentChange, closed bool) {
	if change.AgentID != "" {
		a.ID = change.AgentID
		a.begun()
	}
	if change.SessionID != "" {
		a.SessionID = change.SessionID
	}
	a.past = max(a.past, change.Past)
	a.Clocks.learn(change.Clocks)
	if change.Stop != StopNone {
		a.Stop, a.StopWhy = change.Stop, change.Why
	}
	if change.SessionStop != StopNone {
		a.SessionStop, a.SessionWhy = change.SessionStop, change.Why
	}
	if change.Check != nil && a.formatted && !a.over {
		a.learnCheck(*change.Check)
	}
	a.late = a.late || closed && (change.Stop == StopAsked || change.SessionStop == StopAsked)
	if change.SessionStop == StopConfirmed || change.SessionEnded {
		a.sessionOver = true
	}
	if a.sessionOver {
		a.Clocks = Clocks{}
	}
}
