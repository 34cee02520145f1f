package state

import (
	"strings"
	"time"

	"notturno/api"
	"notturno/api/schema"
)

// AnswerCheck is what was found when an agent's answer was checked against its
// response format. It is told before the agent's end: a check can take too long
// to be a part of the fold.
type AnswerCheck struct {
	Faults []schema.Fault // none when the answer meets the format
	// Why it was not checked, or empty. Then Faults says nothing.
	Why api.Text
}

// Formatted reports whether the answer has to meet a response format.
func (a *Agent) Formatted() bool { return a.formatted }

// unchecked is why an answer was not checked when nothing tells.
const unchecked = "the program did not do it"

// learnCheck takes what was found. JSON's escapes can stand for control
// characters.
func (a *Agent) learnCheck(check AnswerCheck) {
	a.checked, a.Faults, a.Unchecked = true, nil, api.Text(check.Why.Line())
	if a.Unchecked != "" {
		return
	}
	for _, fault := range check.Faults {
		a.Faults = append(a.Faults, schema.Fault{Path: api.Clean(fault.Path).Line(), Reason: api.Clean(fault.Reason).Line()})
	}
}

// finishAgent ends a run whose agent is done. An answer that does not meet the
// response format is no success, whatever the agent thinks of it. One that was
// not checked may be.
func (r *Run) finishAgent(at time.Time) {
	a := r.Agent
	if a.formatted && !a.checked {
		a.Unchecked = unchecked
	}
	if a.Unchecked != "" {
		r.notice(api.Text(a.UncheckedText()), at)
	}
	if len(a.Faults) == 0 {
		r.end(Done, at, nil)
		return
	}
	var faults []string
	for _, fault := range a.Faults {
		faults = append(faults, fault.String())
	}
	r.end(Failed, at, &Failure{
		Message: "the answer does not meet the response format",
		Detail:  api.Text(strings.Join(faults, "; ")),
		Next:    "make the response format looser or the task clearer, and run it again (may cost again)",
		worth:   []string{"response_format", "reasoning_model"},
	})
}

// UncheckedText says that the answer was not checked, and why; it is empty when
// it was, or needs no check.
func (a *Agent) UncheckedText() string {
	if a.Unchecked == "" {
		return ""
	}
	return because("the answer was not checked against the response format", a.Unchecked)
}
