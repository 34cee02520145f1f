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
// for already, that its session does, if this program has started it. While
// it is being started there is no agent to be asked, and a session that is not
// to be kept is stopped anyway.
func (a *Agent) ask() {
	switch {
	case a.ID == "" && !a.early:
		a.early = true
	case a.ID == "" && !a.Keep:
	case a.ID != "" && !a.Stop.wanted():
		a.Stop, a.StopWhy = StopAsked, ""
	case !a.given && !a.SessionStop.wanted():
		a.SessionStop, a.SessionWhy = StopAsked, ""
	}
}

// begun asks an agent that is there now for the stop that was asked for before.
func (a *Agent) begun() {
	if a.early {
		a.early, a.Stop = false, StopAsked
	}
}

// CanCancel reports whether Cancel does something: an agent is asked to stop,
// and its session after that. A stop that was refused can be asked for again.
// Of what is being started, another Cancel changes only what becomes of a
// session that is to be kept.
func (r *Run) CanCancel() bool {
	switch {
	case r.Phase.Ended():
		return false
	case r.Agent == nil || r.Phase == Queued:
		return true
	case r.Agent.ID == "" && r.Agent.early:
		return r.Agent.Keep && !r.Agent.given && !r.Agent.SessionStop.wanted()
	case r.Agent.ID == "" || r.Agent.given:
		return true
	}
	return !r.Agent.Stop.wanted() || !r.Agent.SessionStop.wanted()
}

// Stopping reports whether the run goes on although its agent, or its session,
// was asked to stop: it ends after the action in progress, or when what is being
// started is known. A stop that was refused changes nothing.
func (r *Run) Stopping() bool {
	return r.Agent != nil && !r.Phase.Ended() && (r.Agent.early || r.Agent.Stop.wanted() || r.Agent.SessionStop.wanted())
}

// startText is what people read while what is being started is to be stopped.
const startText = "stopping what is being started…"

// StopLine is how stopping an agent stands while its run goes on, in a few
// words; empty when nobody has asked. Why a stop was refused is in StopWhy and
// SessionWhy.
func (r *Run) StopLine() string {
	if r.Agent == nil || r.Phase.Ended() {
		return ""
	}
	a := r.Agent
	switch {
	case a.SessionStop.wanted() && a.SessionID != "" && (a.ID != "" || !a.Keep):
		return "stopping session " + head(a.SessionID, idHead) + "…"
	case a.early:
		return startText
	case a.Stop == StopAsked || a.Stop.wanted() && a.SessionStop != StopRefused:
		return StopText
	case a.SessionStop == StopRefused:
		return "session stop refused"
	case a.Stop == StopRefused:
		return "stop refused"
	}
	return ""
}

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
