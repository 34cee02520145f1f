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
	lines := r.agentEnd()
	if line := r.sessionEnd(); line != "" {
		lines = append(lines, line)
	}
	return lines
}

// agentEnd tells what became of the agent, unless it has told that itself.
func (r *Run) agentEnd() []string {
	a := r.Agent
	switch {
	case r.Phase != Cancelled && r.Phase != Interrupted:
		return nil
	case a.ID == "":
		return r.startEnd()
	case a.Stop != StopNone && a.sessionOver && r.known(a.Stop) == StopNotConfirmed:
		return []string{"agent " + a.ID.Line() + " was asked to stop: not confirmed; its session has ended"}
	case a.Stop != StopNone:
		return []string{stopLine("agent", a.ID, r.known(a.Stop), a.StopWhy)}
	case r.Phase == Interrupted:
		return []string{"agent " + a.ID.Line() + " was left as it was"}
	}
	return nil
}

// startEnd tells what became of a start that was given up.
func (r *Run) startEnd() []string {
	const notStarted = "the agent was not started"
	a := r.Agent
	switch {
	case a.unsure && a.SessionID == "":
		return []string{notStarted, "a session may have been started: look for it in the list of sessions"}
	case a.unsure:
		return []string{"an agent may have been started on session " + a.SessionID.Line()}
	case r.Phase == Cancelled && r.Failure == nil:
		return []string{notStarted}
	}
	return nil
}

// sessionEnd tells what became of the session, empty when that is nothing to
// tell.
func (r *Run) sessionEnd() string {
	a := r.Agent
	switch {
	case a.SessionID == "":
		return ""
	case a.SessionStop != StopNone:
		return stopLine("session", a.SessionID, r.known(a.SessionStop), a.SessionWhy)
	case a.sessionOver:
		return "session " + a.SessionID.Line() + " has ended"
	case r.Closed && (a.ID != "" || !a.given):
		return "session " + a.SessionID.Line() + " was left open"
	}
	return ""
}

// startName is the start that is under way before the agent is there.
func (a *Agent) startName() api.Text {
	if a.SessionID == "" {
		return "the start of the session"
	}
	return "the start of the agent"
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
	shown := head(why, whyHead)
	if shown != why.Line() {
		shown += "…"
	}
	return line + " (" + shown + ")"
}

// How many characters there is room for: of an id that is known from elsewhere,
// and of a reason, which can be the whole text of a page.
const (
	idHead  = 8
	whyHead = 200
)

// head is the beginning of a text, on one line.
func head(text api.Text, most int) string {
	line := []rune(text.Line())
	return string(line[:min(most, len(line))])
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
