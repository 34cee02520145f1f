package api

import (
	"encoding/json"
	"time"
)

// goalFailure is the GoalStatus after a step that did not do what it should.
const goalFailure = "failure"

// actionCompletion is the action that ends an agent that ends by itself.
const actionCompletion = "completion"

// AgentStep is one step of an agent: what it thought before it acted, and what
// it did. Values that are secret are masked.
type AgentStep struct {
	GoalStatus   Text // how the step before went: success, failure or unknown
	GoalEval     Text // the same in words
	PageSummary  Text
	Memory       Text
	NextGoal     Text
	Interactions []Interaction
	Action       Text // the action's type: goto, click, fill, completion, …
	Input        Text // its parameters as compact JSON, or empty
	Success      *bool
	Message      Text // what the step says of its own result, or empty
	StartedAt    time.Time
	EndedAt      time.Time
}

// Interaction is an element of the page that a step means to use.
type Interaction struct {
	ID     Text
	Reason Text
}

// agentStep reads one step in any of its shapes: the step itself, the step in
// a session's envelope, or the flat one with the result beside the action.
// Anything else is shown as it is.
func (m *mask) agentStep(raw json.RawMessage) AgentStep {
	o := objectOf(m.step(raw))
	if !isStep(o) {
		return AgentStep{Action: Text(orText(o.line("type"), "step")), Input: Text(compact(o, "type"))}
	}
	if o.get("action") == nil {
		o = objectOf(o.get("value"))
	}
	state, action := objectOf(o.get("state")), objectOf(o.get("action"))
	step := AgentStep{
		GoalStatus:  state.line("previous_goal_status"),
		GoalEval:    state.text("previous_goal_eval"),
		PageSummary: state.text("page_summary"),
		Memory:      state.text("memory"),
		NextGoal:    state.text("next_goal"),
		Action:      action.line("type"),
		Input:       compact(action, "type"),
		Success:     boolOf(o.get("success")),
		Message:     o.text("message"),
		StartedAt:   timeOf(o.text("started_at")),
		EndedAt:     timeOf(o.text("ended_at")),
	}
	if step.Action == actionCompletion && step.Success == nil {
		step.Success = boolOf(action.get("success"))
	}
	for _, entry := range elements(state.get("relevant_interactions")) {
		about := objectOf(entry)
		step.Interactions = append(step.Interactions, Interaction{ID: about.line("id"), Reason: about.text("reason")})
	}
	return step
}

// isStep reports whether o is a step that can be read: one with an action.
func isStep(o object) bool {
	return actionType(o) != "" || actionType(objectOf(o.get("value"))) != ""
}

func actionType(o object) Text { return objectOf(o.get("action")).line("type") }

// compact is the members of o that say something, but the one called without.
func compact(o object, without string) Text {
	members := map[string]json.RawMessage{}
	for _, m := range o {
		if m.key != without && string(m.value) != "null" {
			members[m.key] = m.value
		}
	}
	if len(members) == 0 {
		return ""
	}
	return TextOf(encode(members))
}

// orText is t, or the fallback when it is empty.
func orText(t, fallback Text) Text {
	if t == "" {
		return fallback
	}
	return t
}

// hasResult reports whether the step says itself how it went, so that nothing
// else will.
func (s AgentStep) hasResult() bool { return s.Success != nil || s.Message != "" }

// same reports whether both are the same step, and whether that is certain:
// without times, two steps that are alike may be two. The log and the status
// of an agent may differ in what they leave out of a step.
func (s AgentStep) same(other AgentStep) (same, certain bool) {
	if s.Action != other.Action || s.GoalStatus != other.GoalStatus || s.GoalEval != other.GoalEval ||
		s.Memory != other.Memory || s.NextGoal != other.NextGoal {
		return false, false
	}
	if !s.StartedAt.IsZero() && !other.StartedAt.IsZero() {
		return s.StartedAt.Equal(other.StartedAt), true
	}
	if s.GoalEval == "" && s.Memory == "" && s.NextGoal == "" {
		return s.Input == other.Input, false
	}
	return true, false
}
