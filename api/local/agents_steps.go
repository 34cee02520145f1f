package local

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"notturno/api/local/agent"
)

// The tools of the agent that have an action of their own in the protocol.
// What it keeps for another run is no step: that shows as "saved".
const (
	toolOpenPage     = "open_page"
	toolReadPage     = "read_page"
	toolExtract      = "extract"
	toolSaveFunction = "save_function"
)

// How many bytes of a text a step repeats.
const (
	maxEval    = 1 << 10
	maxSummary = 2 << 10
	maxMemory  = 2 << 10
)

// agentSteps translates what the agent tells into steps of the Agents API: a
// call and its result become one step, and what the agent said and saw in
// between becomes the state of the next. It has no clock: each agent.Step
// comes with its time. The zero value is ready for one run.
type agentSteps struct {
	count  int
	open   *openStep
	before goal
	page   string // the address and title of the page in front
	seen   string // what reading that page found
	memory string // the reasoning so far
	answer strings.Builder
}

// openStep is a call without its result yet.
type openStep struct {
	id   string
	tool string
	step agentStep
}

// goal is how the last step ended.
type goal struct{ status, eval string }

// add translates one step of the agent. It gives a step of the API when that
// ended one.
func (a *agentSteps) add(told agent.Step, at time.Time) (agentStep, bool) {
	switch told := told.(type) {
	case agent.Thought:
		a.memory = lastBytes(a.memory+told.Text, maxMemory)
	case agent.Speech:
		a.answer.WriteString(told.Text)
	case agent.View:
		a.page, a.seen = pageLine(told), ""
	case agent.Call:
		a.begin(told, at)
	case agent.Result:
		return a.end(told, at)
	case agent.Saved: // the status of the agent says so
	}
	return agentStep{}, false
}

// said is the answer so far, in Markdown.
func (a *agentSteps) said() string { return strings.TrimSpace(a.answer.String()) }

// complete is the last step of a run that ended by itself.
func (a *agentSteps) complete(success bool, answer string, at time.Time) agentStep {
	a.count++
	next := "Give the answer."
	if !success {
		next = "Say why the task cannot be done."
	}
	return agentStep{
		State:     a.state(next),
		Action:    completionAction{actionCompletion, success, answer},
		StartedAt: at,
		EndedAt:   at,
	}
}

func (a *agentSteps) begin(call agent.Call, at time.Time) {
	action, next := actionOf(call)
	if action == nil {
		return
	}
	a.open = &openStep{call.ID, call.Tool, agentStep{State: a.state(next), Action: action, StartedAt: at}}
}

func (a *agentSteps) end(result agent.Result, at time.Time) (agentStep, bool) {
	if a.open == nil || a.open.id != result.ID {
		return agentStep{}, false
	}
	done := a.open
	a.open = nil
	a.before = goalOf(result)
	if done.tool == toolReadPage && !result.Failed {
		a.seen = result.Content
	}
	a.count++
	done.step.EndedAt = at
	return done.step, true
}

// state is what the agent knows before a step that is for next.
func (a *agentSteps) state(next string) agentState {
	before := a.before
	if before.status == "" {
		before = goal{goalUnknown, "Nothing has been done yet."}
	}
	return agentState{
		PreviousGoalStatus:   before.status,
		PreviousGoalEval:     before.eval,
		PageSummary:          a.summary(),
		RelevantInteractions: []interaction{},
		Memory:               strings.TrimSpace(a.memory),
		NextGoal:             next,
	}
}

func (a *agentSteps) summary() string {
	switch {
	case a.page == "":
		return "No page is open."
	case a.seen == "":
		return a.page
	default:
		return firstBytes(a.page+"\n"+a.seen, maxSummary)
	}
}

// actionOf is a call in the protocol's words, and what it is for; nil for a
// call that is no step.
func actionOf(call agent.Call) (action any, next string) {
	switch call.Tool {
	case toolSaveFunction:
		return nil, ""
	case toolOpenPage:
		address := inputText(call.Input["url"])
		return gotoAction{actionGoto, address}, "Open " + address + "."
	case toolReadPage:
		return newScrape("", false), "See what is on the page: title, headings, links, what repeats."
	case toolExtract:
		want := instructions(call.Input)
		return newScrape(want, true), "Take what the task asks for from the page: " + want + "."
	default: // a tool that only looks at the page in another way
		want := strings.TrimSpace(strings.ReplaceAll(call.Tool, "_", " ") + " " + instructions(call.Input))
		return newScrape(want, true), "Work on the page: " + want + "."
	}
}

// instructions are the input of a call, its skill and what it is applied to
// first, as one line.
func instructions(input map[string]any) string {
	var parts []string
	for _, name := range []string{"skill", "count", "what"} {
		if value, ok := input[name]; ok {
			parts = append(parts, inputText(value))
		}
	}
	var rest []string
	for name, value := range input {
		if name != "skill" && name != "count" && name != "what" {
			rest = append(rest, name+" "+inputText(value))
		}
	}
	slices.Sort(rest)
	line := strings.Join(parts, " ")
	if len(rest) > 0 {
		line = strings.TrimPrefix(line+", "+strings.Join(rest, ", "), ", ")
	}
	return line
}

// inputText is a JSON value as a sentence shows it.
func inputText(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	return string(encode(value))
}

func goalOf(result agent.Result) goal {
	status, verb := goalSuccess, "worked"
	if result.Failed {
		status, verb = goalFailure, "failed"
	}
	return goal{status, firstBytes(fmt.Sprintf("%s %s: %s", result.Tool, verb, result.Content), maxEval)}
}

func pageLine(view agent.View) string {
	if view.Title == "" {
		return view.URL
	}
	return firstBytes(view.Title+" · "+view.URL, maxSummary)
}

// firstBytes is text, cut to about limit bytes with a sign of it.
func firstBytes(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	return strings.ToValidUTF8(text[:limit], "") + "…"
}

// lastBytes is the end of text, about limit bytes of it with a sign of the cut.
func lastBytes(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	return "…" + strings.ToValidUTF8(strings.TrimPrefix(text[len(text)-limit:], "…"), "")
}
