package api

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// StepLimit is the Error of a Failed that ends an agent which was not done
// when it had taken as many steps as it may.
const StepLimit = "the agent reached its step limit"

// saying is one event in the words of the Anything API. Agents are told in
// them, so that whatever reads, keeps and replays runs needs to know no other.
type saying struct {
	Type      string          `json:"type"`
	Status    Text            `json:"status,omitzero"`
	Delta     Text            `json:"delta,omitzero"`
	ID        string          `json:"id,omitzero"`
	Name      Text            `json:"name,omitzero"`
	Input     json.RawMessage `json:"input,omitzero"`
	Content   *Text           `json:"content,omitzero"`
	CallID    string          `json:"toolCallId,omitzero"`
	ErrorText Text            `json:"errorText,omitzero"`
	ViewerURL Text            `json:"viewer_url,omitzero"`
	Text      Text            `json:"text,omitzero"`
	Error     Text            `json:"error,omitzero"`
	Detail    Text            `json:"detail,omitzero"`
	Reason    Text            `json:"reason,omitzero"`

	// What a step says beside that, for recordings.
	PageSummary Text      `json:"page_summary,omitzero"`
	StartedAt   time.Time `json:"started_at,omitzero"`
	EndedAt     time.Time `json:"ended_at,omitzero"`
}

// agentTeller turns the steps of one agent into events.
type agentTeller struct {
	decoder Decoder
	mask    *mask
	steps   []AgentStep // told so far
	polling bool
}

// event is what the decoder makes of s, so that a replayed recording says the
// same.
func (t *agentTeller) event(s saying) Event { return t.decoder.Decode(encode(s))[0] }

func (t *agentTeller) notice(text Text) Event {
	return t.event(saying{Type: typeNotice, Text: t.mask.text(Text(redactSaid(string(text))))})
}

// junk is a message of the log that nobody can read. It is counted; what it
// holds is not known, so it is not shown.
func (t *agentTeller) junk() Event { return t.event(saying{Type: "unreadable log message"}) }

func (t *agentTeller) viewer(url Text) Event {
	return t.event(saying{Type: TypeSessionData, ViewerURL: url})
}

// startPolling says that the log is not followed any more, and why.
func (t *agentTeller) startPolling(why Text) []Event {
	t.polling = true
	return []Event{
		t.event(saying{Type: TypeStatus, Status: polling}),
		t.notice(why + "; polling: the agent's status is read every second instead"),
	}
}

// polling is what the status begins with when the log is not followed.
const polling = "polling"

// step tells the next step: how the one before went, what the agent thinks,
// and what it does.
func (t *agentTeller) step(s AgentStep) []Event {
	var events []Event
	index := len(t.steps)
	if index > 0 && !t.steps[index-1].hasResult() {
		events = append(events, t.result(index-1, orText(s.GoalEval, s.GoalStatus), s.GoalStatus == goalFailure))
	}
	if goal := s.NextGoal; goal != "" {
		if t.polling {
			goal = polling + " · " + goal
		}
		events = append(events, t.event(saying{Type: TypeStatus, Status: goal}))
	}
	if thought := s.thought(); thought != "" {
		events = append(events, t.event(saying{Type: TypeThinkingDelta, Delta: thought}))
	}
	start := saying{
		Type: TypeToolStart, ID: strconv.Itoa(index), Name: s.Action,
		PageSummary: s.PageSummary, StartedAt: s.StartedAt, EndedAt: s.EndedAt,
	}
	if s.Input != "" {
		start.Input = inputOf(s.Input)
	}
	events = append(events, t.event(start))
	if s.hasResult() {
		events = append(events, t.result(index, s.Message, s.Success != nil && !*s.Success))
	}
	// What is kept is only for telling steps apart.
	s.PageSummary, s.Interactions = "", nil
	t.steps = append(t.steps, s)
	return events
}

// inputOf is a step's input as JSON; cleaning can have changed only strings.
func inputOf(input Text) json.RawMessage {
	if raw := json.RawMessage(input); json.Valid(raw) {
		return raw
	}
	return encode(input)
}

// thought is what the agent thought before it acted.
func (s AgentStep) thought() Text {
	var parts []string
	for _, part := range [...]struct{ name, text Text }{{"", s.GoalEval}, {"Memory: ", s.Memory}, {"Next: ", s.NextGoal}} {
		if part.text != "" {
			parts = append(parts, string(part.name+part.text))
		}
	}
	return Text(strings.Join(parts, "\n\n"))
}

// result tells how a step went. The first generation has no word for a result
// that is a failure.
func (t *agentTeller) result(index int, content Text, failed bool) Event {
	id := strconv.Itoa(index)
	if failed {
		return t.event(saying{Type: "tool-output-error", CallID: id, ErrorText: content})
	}
	return t.event(saying{Type: TypeToolResult, ID: id, Content: &content})
}

// end tells how the agent ended.
func (t *agentTeller) end(a agentAnswer, maxSteps int, stopping bool) []Event {
	answer := t.mask.text(a.Answer)
	steps := max(len(t.steps), len(a.steps))
	completed := len(t.steps) > 0 && t.steps[len(t.steps)-1].Action == actionCompletion
	switch {
	case a.Success != nil && *a.Success:
		done := t.event(saying{Type: TypeDone})
		if answer == "" {
			return []Event{done}
		}
		return []Event{t.event(saying{Type: TypeTextDelta, Delta: answer}), done}
	case stopping:
		return []Event{t.event(saying{Type: TypeCancelled, Reason: orText(answer, "the agent was stopped")})}
	case maxSteps > 0 && steps >= maxSteps && !completed:
		detail := join(Text(fmt.Sprintf("%d of %d steps", steps, maxSteps)), answer)
		return []Event{t.event(saying{Type: TypeError, Error: StepLimit, Detail: detail})}
	case a.Success == nil:
		return []Event{t.event(saying{Type: TypeCancelled, Reason: orText(answer, "the agent was stopped")})}
	default:
		return []Event{t.event(saying{Type: TypeError, Error: orText(answer, "the agent failed and gave no reason")})}
	}
}
