package state

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"notturno/api"
)

// An agent that was started elsewhere is told like any other, as soon as its
// task is known.
func TestWatchedAgent(t *testing.T) {
	t.Parallel()
	r := NewWatch("1", "api.example", "a\x1b", "", "", start)
	r.Connect(start)
	if a := r.Agent; r.Kind != AgentRun || a.ID != "a␛" || !a.Attached || !a.Keep || a.StepsText() != "step 0" || r.Items[0].Text() != "" {
		t.Errorf("it begins as %s, %+v", r.Kind, a)
	}
	old := r.Items[0]
	r.Apply([]Arrival{news(AgentChange{SessionID: "s", Task: "find it"})})
	r.Apply([]Arrival{news(AgentChange{Task: "another"})})
	if r.Task != "find it" || r.Items[0].Text() != "find it" || r.Items[0].StartedAt != start || old.Text() != "" || r.Agent.SessionID != "s" {
		t.Errorf("the task is %q, %q, of the old item %q", r.Task, r.Items[0].Text(), old.Text())
	}
	r.Apply(append(arrivals(api.ToolStart{Name: "click"}, api.Failed{Error: api.StepLimit}), ended(nil)))
	text := strings.Join(r.OutcomeLines(), "\n")
	if r.Agent.StepsText() != "step 1" || !strings.Contains(text, "allow more steps (150 at most)") || !strings.Contains(text, "session s was left open") || r.Left() != (Left{}) {
		t.Errorf("%s, left %+v: %s", r.Agent.StepsText(), r.Left(), text)
	}
}

// A task that is known, or that of an agent of our own, is not learned.
func TestTaskIsSetOnce(t *testing.T) {
	t.Parallel()
	known := NewWatch("1", LocalBackend, "a", "s", "known", start)
	for _, r := range []*Run{known, begunAgent(nil)} {
		task, item := r.Task, r.Items[0]
		r.Apply([]Arrival{news(AgentChange{Task: "another"})})
		if r.Task != task || r.Items[0] != item {
			t.Errorf("the task is %q, and was %q", r.Task, task)
		}
	}
}

// An agent that could not even be looked at is not said to be out of sight.
func TestWatchesThatFail(t *testing.T) {
	t.Parallel()
	unreachable := &api.TransportError{Host: "h", StartsNothing: true, Err: errors.New("refused")}
	for name, test := range map[string]struct {
		err   error
		phase Phase
		cause Cause
		says  string
	}{
		"not known":   {&api.Error{Status: 404}, Failed, CauseAgent, "check the id of the agent: the service does not show an agent a to this key"},
		"not allowed": {&api.Error{Status: 403}, Failed, CauseAgent, "check the id of the agent"},
		"overloaded":  {&api.Error{Status: 429}, Failed, CauseAgent, "wait a minute, then watch it again"},
		"broken":      {&api.Error{Status: 500}, Failed, CauseAgent, "wait a minute, then watch it again"},
		"no key":      {&api.Error{Status: 401}, Failed, CauseNotAuthorised, "NOTTE_API_KEY"},
		"unreachable": {unreachable, Interrupted, CauseConnection, "the agent cannot be watched; nothing was stopped"},
	} {
		r := NewWatch("1", "api.example", "a", "s", "", start)
		r.Connect(start)
		r.Apply([]Arrival{ended(test.err)})
		text := strings.Join(r.OutcomeLines(), "\n")
		if r.Phase != test.phase || r.Failure.Cause != test.cause || !strings.Contains(text, test.says) || strings.Contains(text, "any more") || r.Failure.OfSession {
			t.Errorf("%s: %s, %+v: %s", name, r.Phase, r.Failure, text)
		}
	}
}

// The clock of an agent that was started elsewhere runs from its start, and
// stands at its end.
func TestWatchedAgentHasItsOwnTimes(t *testing.T) {
	t.Parallel()
	watch := func(change AgentChange) *Run {
		r := NewWatch("1", "api.example", "a", "s", "", start)
		r.Connect(start)
		r.Apply([]Arrival{news(change)})
		return r
	}
	began, over := start.Add(-5*time.Minute), start.Add(-4*time.Minute)
	r := watch(AgentChange{Began: began})
	if r.StartedAt != began || r.Elapsed(start) != 5*time.Minute {
		t.Errorf("it has begun at %v", r.StartedAt)
	}
	r.Apply([]Arrival{news(AgentChange{Began: start.Add(-time.Minute)})})
	if r.Elapsed(start) != time.Minute {
		t.Errorf("what is known better is not taken: it has begun at %v", r.StartedAt)
	}
	r.Apply(append([]Arrival{news(AgentChange{Began: start.Add(time.Hour)})}, arrivals(api.Done{})...))
	r.Apply([]Arrival{news(AgentChange{Began: began, Ended: over}), ended(nil)})
	if r.StartedAt != start.Add(-time.Minute) || r.EndedAt.Before(start) {
		t.Errorf("from %v to %v", r.StartedAt, r.EndedAt)
	}
	r = watch(AgentChange{Began: began, Ended: over})
	r.Apply(append(arrivals(api.Done{}), ended(nil)))
	if r.EndedAt != over || r.Elapsed(start) != time.Minute || r.Phase != Done {
		t.Errorf("%s, from %v to %v", r.Phase, r.StartedAt, r.EndedAt)
	}
	own := begunAgent(nil)
	own.Apply([]Arrival{news(AgentChange{Began: began, Ended: over})})
	own.Apply(append(atWork(), arrivals(api.Done{})...))
	if own.StartedAt != start || own.EndedAt.Before(start) {
		t.Errorf("an agent of our own: from %v to %v", own.StartedAt, own.EndedAt)
	}
}

// How long steps took that were taken before the watching is not known.
func TestPastStepsHaveNoDuration(t *testing.T) {
	t.Parallel()
	r := NewWatch("1", LocalBackend, "a", "s", "", start)
	r.Connect(start)
	r.Apply([]Arrival{news(AgentChange{Past: 1})})
	r.Apply(arrivals(api.ToolStart{ID: "0", Name: "goto"}, api.ToolStart{ID: "1", Name: "click"}, api.ToolResult{ID: "0"}, api.ToolResult{ID: "1"}))
	if !r.Tools[0].Past || r.Tools[1].Past || r.Tools[0].Duration(start) != 0 || r.Tools[1].Duration(start) <= 0 {
		t.Errorf("%+v, %+v", r.Tools[0], r.Tools[1])
	}
	if text := r.Markdown(); strings.Contains(text, "· 0s") {
		t.Errorf("a duration that is not known is told: %s", text)
	}
}

// The page is the last address that the agent opened, whatever is in the call.
func TestPage(t *testing.T) {
	t.Parallel()
	r := begunAgent(nil)
	for _, step := range []struct {
		name, input, want api.Text
	}{
		{"click", `{"url":"https://no.example"}`, ""},
		{"goto", `{"url":"https://a.example/?q=\u001b\n1"}`, "https://a.example/?q=␛ 1"},
		{"click", `{"id":"B1"}`, "https://a.example/?q=␛ 1"},
		{"goto_new_tab", `{"url":"https://b.example"}`, "https://b.example"},
		{"goto", `{"URL":"https://no.example"}`, "https://b.example"},
		{"goto", `{"url":5}`, "https://b.example"},
		{"goto", `{"url":""}`, "https://b.example"},
		{"goto", `not JSON`, "https://b.example"},
		{"goto", ``, "https://b.example"},
	} {
		r.Apply(arrivals(api.ToolStart{Name: step.name, Input: step.input}))
		if r.Agent.Page != step.want {
			t.Errorf("after %s %s the page is %q, want %q", step.name, step.input, r.Agent.Page, step.want)
		}
	}
	r.Apply(arrivals(api.ToolStart{ID: "x", Name: "goto"}, api.ToolStart{ID: "x", Input: `{"url":"https://c.example"}`}))
	if r.Agent.Page != "https://c.example" {
		t.Errorf("an address that comes later is not taken: %q", r.Agent.Page)
	}
}

// Whether the session stays open is known before the end.
func TestKeep(t *testing.T) {
	t.Parallel()
	for want, change := range map[bool]func(*AgentOrder){
		false: nil,
		true:  func(o *AgentOrder) { o.KeepSession = true },
	} {
		if got := begunAgent(change).Agent.Keep; got != want {
			t.Errorf("the session is kept: %v, want %v", got, want)
		}
	}
	if !begunAgent(func(o *AgentOrder) { o.Request.SessionID = "mine" }).Agent.Keep {
		t.Error("a session that was given is not kept")
	}
}

// A failure names the fields worth changing, and whose they are.
func TestOptionsOfFailures(t *testing.T) {
	t.Parallel()
	session := []Arrival{news(AgentChange{SessionID: "s"})}
	invalid := func(paths ...string) error {
		e := &api.Error{Status: 422}
		for _, path := range paths {
			e.Fields = append(e.Fields, api.FieldError{Path: path, Message: "bad"})
		}
		return e
	}
	for name, test := range map[string]struct {
		all       []Arrival
		err       error
		want      []string
		ofSession bool
		limit     bool
	}{
		"422 of the session": {nil, invalid("vault_id", "vault_id.0", "viewport_width"), []string{"vault_id", "viewport_width"}, true, false},
		"422 of the agent":   {session, invalid("vault_id", "body"), []string{"vault_id"}, false, false},
		"529 of the session": {nil, &api.Error{Status: 529}, nil, true, false},
		"404 of the agent":   {session, &api.Error{Status: 404}, []string{"session_id"}, false, false},
		"409 of the agent":   {session, &api.Error{Status: 409}, []string{"session_id"}, false, false},
		"step limit":         {append(atWork(), arrivals(api.Failed{Error: api.StepLimit})...), nil, []string{"max_steps"}, false, true},
		"failed":             {append(atWork(), arrivals(api.Failed{Error: "no page"})...), nil, []string{"reasoning_model", "url", "max_steps"}, false, false},
		"lost":               {atWork(), nil, nil, false, false},
	} {
		r := begunAgent(nil)
		r.Apply(append(test.all, ended(test.err)))
		if got := r.Failure.Options(); !slices.Equal(got, test.want) || r.Failure.OfSession != test.ofSession || r.StepLimit() != test.limit {
			t.Errorf("%s: %q, of the session %v, step limit %v", name, got, r.Failure.OfSession, r.StepLimit())
		}
	}
}
