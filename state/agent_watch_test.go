package state

import (
	"errors"
	"slices"
	"strings"
	"testing"

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
