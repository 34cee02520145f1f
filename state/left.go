package state

import "notturno/api"

// Left is what may be going on at the service because of a run that was
// started here. Its zero value is nothing.
type Left struct {
	Agent   api.Text // it was started, and is not known to have ended
	Session api.Text // of the agent, or one that is open without it
	// OwnSession says that the session was started here, so that it is ours to
	// stop. One that was there before is named only with its agent.
	OwnSession bool
}

// Left is what may be going on because of this run, now or after its end: an
// agent that is not known to have ended, and a session of its own that is not
// known to be closed. An agent that is only watched is none of ours.
func (r *Run) Left() Left {
	a := r.Agent
	if a == nil || a.Attached {
		return Left{}
	}
	var left Left
	if a.Stop != StopConfirmed && !a.over && !a.sessionOver {
		left.Agent = a.ID
	}
	switch {
	case a.SessionID == "" || a.sessionOver:
	case !a.given:
		left.Session, left.OwnSession = a.SessionID, true
	case left.Agent != "":
		left.Session = a.SessionID
	}
	return left
}
