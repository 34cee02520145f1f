package state

import (
	"fmt"

	"notturno/api"
)

// StopText is what people read while an agent is asked to stop.
const StopText = "stopping after the current action…"

// AgentLines tell what became of an agent and its session once its run has
// ended, with the ids of what may be left, one matter a line.
func (r *Run) AgentLines() []string {
	a := r.Agent
	if a == nil || r.unsent || !r.Phase.Ended() {
		return nil
	}
	var lines []string
	switch {
	case r.Phase != Cancelled && r.Phase != Interrupted:
	case a.ID == "":
		if r.Phase == Cancelled && r.Failure == nil {
			lines = append(lines, "the agent was not started")
		}
	case a.Stop != StopNone && a.sessionOver && r.known(a.Stop) == StopNotConfirmed:
		lines = append(lines, "agent "+a.ID.Line()+" was asked to stop: not confirmed; its session has ended")
	case a.Stop != StopNone:
		lines = append(lines, stopLine("agent", a.ID, r.known(a.Stop), a.StopWhy))
	case r.Phase == Interrupted:
		lines = append(lines, "agent "+a.ID.Line()+" was left as it was")
	}
	switch {
	case a.SessionID == "":
	case a.SessionStop != StopNone:
		lines = append(lines, stopLine("session", a.SessionID, r.known(a.SessionStop), a.SessionWhy))
	case a.sessionOver:
		lines = append(lines, "session "+a.SessionID.Line()+" has ended")
	case r.Closed && (a.ID != "" || !a.given):
		lines = append(lines, "session "+a.SessionID.Line()+" was left open")
	}
	return lines
}

// known is how a stop stands: when nothing more will arrive, one that was only
// asked for is not confirmed.
func (r *Run) known(stop Stop) Stop {
	if r.Closed && stop == StopAsked && !r.Agent.late {
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
	return because(line, why)
}

func because(line string, why api.Text) string {
	if why == "" {
		return line
	}
	return line + " (" + why.Line() + ")"
}

// stepAdvice is what can be done about the step limit.
func (a *Agent) stepAdvice() string {
	switch {
	case a.MaxSteps == 0:
		return fmt.Sprintf("allow more steps (%d at most) or make the task smaller, and run it again (may cost again)", maxSteps)
	case a.MaxSteps >= maxSteps:
		return "make the task smaller, or begin closer to the answer, and run it again (may cost again)"
	}
	return fmt.Sprintf("allow more than %d steps (%d at most) or make the task smaller, and run it again (may cost again)", a.MaxSteps, maxSteps)
}

// maxSteps is the most steps that the service allows an agent.
const maxSteps = 150

const failAdvice = "change the task, the model or where the agent begins, and run it again (may cost again)"
