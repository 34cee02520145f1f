package state

// Stop is how asking an agent or a session to stop stands.
type Stop int

// What a stop can be.
const (
	StopNone         Stop = iota // nobody has asked
	StopAsked                    // no word yet of its end
	StopConfirmed                // the service shows that it has ended
	StopNotConfirmed             // it was asked, or may have been, and nothing shows its end
	StopRefused                  // it was not asked, or the service refused
)

// String is the word that people see, empty for StopNone.
func (s Stop) String() string {
	switch s {
	case StopNone:
		return ""
	case StopAsked:
		return "asked"
	case StopConfirmed:
		return "confirmed"
	case StopNotConfirmed:
		return "not confirmed"
	case StopRefused:
		return "refused"
	}
	return "unknown"
}

// wanted reports whether it is asked for, or was and there is an answer other
// than a refusal.
func (s Stop) wanted() bool { return s != StopNone && s != StopRefused }

// ask marks what Cancel asks for: that the agent stops, and where that is asked
// for already, that its session does, if this program has started it.
func (a *Agent) ask() {
	switch {
	case !a.Stop.wanted():
		a.Stop, a.StopWhy = StopAsked, ""
	case !a.given && !a.SessionStop.wanted():
		a.SessionStop, a.SessionWhy = StopAsked, ""
	}
}

// CanCancel reports whether Cancel does something: an agent is asked to stop,
// and its session after that. A stop that was refused can be asked for again.
func (r *Run) CanCancel() bool {
	switch {
	case r.Phase.Ended():
		return false
	case r.Agent == nil || r.Phase == Queued || r.Agent.given:
		return true
	}
	return !r.Agent.Stop.wanted() || !r.Agent.SessionStop.wanted()
}

// Stopping reports whether the run goes on although its agent, or its session,
// was asked to stop: it ends after the action in progress. A stop that was
// refused changes nothing.
func (r *Run) Stopping() bool {
	return r.Agent != nil && !r.Phase.Ended() && (r.Agent.Stop.wanted() || r.Agent.SessionStop.wanted())
}

// StopLine is how stopping an agent stands while its run goes on, as people
// read it; empty when nobody has asked.
func (r *Run) StopLine() string {
	if r.Agent == nil || r.Phase.Ended() {
		return ""
	}
	a := r.Agent
	switch {
	case a.SessionStop.wanted():
		return stopLine("session", a.SessionID, StopAsked, "")
	case a.Stop.wanted():
		return StopText
	case a.Stop == StopRefused:
		return because("the agent was not stopped and goes on", a.StopWhy)
	}
	return ""
}
