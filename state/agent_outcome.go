package state

import (
	"fmt"

	"notturno/api"
)

// StopText is what people read while an agent is asked to stop.
const StopText = "stopping after the current action…"

// agentLines tell what became of the agent and its session, with the ids of
// what may be left.
func (r *Run) agentLines() []string {
	a := r.Agent
	var lines []string
	switch {
	case r.Phase != Cancelled && r.Phase != Interrupted:
	case a.ID == "":
		if r.Phase == Cancelled && r.Failure == nil {
			lines = append(lines, "the agent was not started")
		}
	case a.Stop != StopNone:
		lines = append(lines, stopLine("agent", a.ID, r.known(a.Stop), a.StopWhy))
	case r.Phase == Interrupted:
		lines = append(lines, "agent "+a.ID.Line()+" was left as it was")
	}
	switch {
	case a.SessionStop != StopNone:
		lines = append(lines, stopLine("session", a.SessionID, r.known(a.SessionStop), a.SessionWhy))
	case r.Closed && a.SessionID != "" && (a.ID != "" || !a.given):
		lines = append(lines, "session "+a.SessionID.Line()+" was left open")
	}
	return lines
}

// known is how a stop stands: when nothing more will arrive, one that was only
// asked for is not confirmed.
func (r *Run) known(stop Stop) Stop {
	if r.Closed && stop == StopAsked {
		return StopNotConfirmed
	}
	return stop
}

func stopLine(what string, id api.Text, stop Stop, why api.Text) string {
	name := what
	if id != "" {
		name += " " + id.Line()
	}
	var line string
	switch stop {
	case StopNone:
		return ""
	case StopAsked:
		if what == "agent" {
			return StopText
		}
		return "stopping " + name + "…"
	case StopConfirmed:
		return name + " was stopped: confirmed"
	case StopNotConfirmed:
		line = name + " was asked to stop: not confirmed; it may be going on, and may be billed"
	case StopRefused:
		line = name + " was not stopped; it may be going on, and may be billed"
	}
	if why != "" {
		line += " (" + why.Line() + ")"
	}
	return line
}

// stepAdvice is what can be done about the step limit.
func (a *Agent) stepAdvice() string {
	if a.MaxSteps >= maxSteps {
		return "make the task smaller, or begin closer to the answer, and run it again (may cost again)"
	}
	return fmt.Sprintf("allow more than %d steps (%d at most) or make the task smaller, and run it again (may cost again)", a.MaxSteps, maxSteps)
}

// maxSteps is the most steps that the service allows an agent.
const maxSteps = 150

const failAdvice = "change the task, the model or where the agent begins, and run it again (may cost again)"
