package plain

import (
	"time"

	"notturno/api"
	"notturno/state"
)

// agentArrived tells a step as goal, action and result. What the agent thinks
// is made of the same, so it is left out.
func (l *lines) agentArrived(run *state.Run, a state.Arrival) error {
	if a.Agent != nil {
		l.agentNews(run, a)
	}
	switch e := a.Event.Data.(type) {
	case api.Status:
		if goal := run.Agent.Goal.Line(); goal != "" && goal != l.goal {
			l.goal = goal
			l.say(run, a.At, "goal: %s", short(run.Agent.Goal))
		}
	case api.ToolStart:
		l.say(run, a.At, "%s: %s %s", run.Agent.StepsText(), e.Name.Line(), short(e.Input))
	case api.ToolResult:
		if e.Failed || e.Content != "" {
			l.result(run, a.At, e)
		}
	case api.Notice:
		l.say(run, a.At, "notice: %s", e.Text.Line())
	case api.SessionData:
		l.session(run, a.At)
	}
	return l.failed
}

// agentNews tells the ids as soon as they are known, and that something is
// asked to stop. What became of that is told at the end.
func (l *lines) agentNews(run *state.Run, a state.Arrival) {
	news := a.Agent
	if news.Check != nil && run.Agent.Unchecked != "" {
		l.say(run, a.At, "notice: %s", run.Agent.UncheckedText())
	}
	switch {
	case news.AgentID != "":
		l.say(run, a.At, "agent %s started on %s", news.AgentID.Line(), run.Backend)
	case news.SessionID != "":
		l.say(run, a.At, "session %s started on %s", news.SessionID.Line(), run.Backend)
	case news.Stop == state.StopAsked:
		l.say(run, a.At, "%s", state.StopText)
	case news.SessionStop == state.StopAsked:
		l.say(run, a.At, "stopping session %s…", run.Agent.SessionID.Line())
	}
}

// shows reports whether news of an agent hold more than the clocks of its
// session, which matter to a screen only, and the check of its answer, which is
// a part of the outcome.
func shows(news state.AgentChange) bool {
	news.Clocks, news.Check = state.Clocks{}, nil
	return news != state.AgentChange{}
}

// agentNews is a line about what this program did with an agent.
type agentNews struct {
	Seq   int       `json:"seq"`
	At    time.Time `json:"at"`
	Type  string    `json:"type"` // "agent"
	Agent *agent    `json:"agent"`
}

// agent is what is known about an agent beside its events.
type agent struct {
	AgentID     api.Text `json:"agent_id"`
	SessionID   api.Text `json:"session_id"`
	Steps       int      `json:"steps"`
	MaxSteps    int      `json:"max_steps"`
	Stop        string   `json:"stop,omitempty"`         // asked, confirmed, not confirmed or refused
	SessionStop string   `json:"session_stop,omitempty"` // the same
	Faults      []fault  `json:"faults,omitempty"`       // where the answer does not meet the response format
	Unchecked   string   `json:"unchecked,omitempty"`    // why it is not known whether it does
}

type fault struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

func agentOf(a *state.Agent) *agent {
	shown := &agent{
		AgentID: a.ID, SessionID: a.SessionID, Steps: a.Steps, MaxSteps: a.MaxSteps,
		Stop: a.Stop.String(), SessionStop: a.SessionStop.String(), Unchecked: string(a.Unchecked),
	}
	for _, f := range a.Faults {
		shown.Faults = append(shown.Faults, fault(f))
	}
	return shown
}
