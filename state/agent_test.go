package state

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"notturno/api"
	"notturno/api/schema"
)

// order is an agent's order with the fields that matter to the fold.
func order(change func(*AgentOrder)) AgentOrder {
	o := AgentOrder{Request: api.AgentRequest{Task: "list the top 3 posts"}}
	if change != nil {
		change(&o)
	}
	return o
}

func begunAgent(change func(*AgentOrder)) *Run {
	r := NewAgent("1", LocalBackend, order(change), start)
	r.Connect(start)
	return r
}

// news is an arrival of what this program learned of an agent.
func news(change AgentChange) Arrival {
	return Arrival{At: start.Add(time.Minute), Agent: &change}
}

func ended(err error) Arrival {
	return Arrival{At: start.Add(2 * time.Minute), End: true, Err: err}
}

func atWork() []Arrival {
	return append([]Arrival{news(AgentChange{SessionID: "s"}), news(AgentChange{AgentID: "a"})}, arrivals(
		api.Connected{},
		api.Status{Status: "Open the page."},
		api.ThinkingDelta{Delta: "Next: Open the page."},
		api.ToolStart{ID: "0", Name: "goto"},
		api.ToolResult{ID: "0", Content: "200 OK"},
		api.Status{Status: "Read it."},
		api.ToolStart{ID: "1", Name: "scrape"},
	)...)
}

func TestAgentStory(t *testing.T) {
	t.Parallel()
	steps := 7
	r := begunAgent(func(o *AgentOrder) { o.Request.MaxSteps = &steps })
	if r.Kind != AgentRun || r.Task != "list the top 3 posts" || r.Agent.StepsText() != "step 0 of 7" || r.Phase != Connecting {
		t.Errorf("the run begins as %s %q, %s, %s", r.Kind, r.Task, r.Agent.StepsText(), r.Phase)
	}
	r.Apply(atWork())
	if a := r.Agent; a.ID != "a" || a.SessionID != "s" || a.StepsText() != "step 2 of 7" || a.Goal != "Read it." || a.Polling || r.Phase != Running {
		t.Errorf("at work the agent is %+v", a)
	}
	r.Apply(arrivals(api.Status{Status: "polling"}))
	if !r.Agent.Polling || r.Agent.Goal != "Read it." {
		t.Errorf("polling %v, the goal is %q", r.Agent.Polling, r.Agent.Goal)
	}
	r.Apply(arrivals(api.Status{Status: "polling · Answer."}, api.TextDelta{Delta: "Three."}, api.Done{}))
	if r.Agent.Goal != "Answer." || r.Phase != Done || r.Answer() != "Three." || r.Failure != nil {
		t.Errorf("the goal is %q, %s, %q, %v", r.Agent.Goal, r.Phase, r.Answer(), r.Failure)
	}
	r.Apply([]Arrival{news(AgentChange{SessionStop: StopAsked})})
	if got := r.OutcomeLines(); !slices.Equal(got, []string{"stopping session s…"}) {
		t.Errorf("while the session is stopped the run says %q", got)
	}
	r.Apply([]Arrival{news(AgentChange{SessionStop: StopConfirmed}), ended(nil)})
	if got := r.OutcomeLines(); !slices.Equal(got, []string{"session s was stopped: confirmed"}) || !r.Closed {
		t.Errorf("in the end the run says %q, closed %v", got, r.Closed)
	}
}

func TestAgentStepsByDefault(t *testing.T) {
	t.Parallel()
	if got := begunAgent(nil).Agent.MaxSteps; got != api.DefaultMaxSteps {
		t.Errorf("%d steps, want the service's default %d", got, api.DefaultMaxSteps)
	}
}

// An agent that is asked to stop goes on until it has stopped.
func TestAgentCancel(t *testing.T) {
	t.Parallel()
	r := begunAgent(nil)
	r.Apply(atWork())
	r.Cancel(start.Add(10 * time.Second))
	if !r.Stopping() || r.Phase != Running {
		t.Fatalf("stopping %v, %s", r.Stopping(), r.Phase)
	}
	r.Apply(arrivals(api.ToolResult{ID: "1", Content: "68 links"}))
	if r.Tools[1].Result != "68 links" {
		t.Error("the result of the action in progress is lost")
	}
	r.Apply([]Arrival{news(AgentChange{Stop: StopConfirmed}), ended(context.Canceled)})
	if r.Stopping() || r.Phase != Cancelled || !slices.Contains(r.OutcomeLines(), "agent a was stopped: confirmed") {
		t.Errorf("stopping %v, %s, %q", r.Stopping(), r.Phase, r.OutcomeLines())
	}
}

// Who cancels while the agent is being started is not told to wait for it.
func TestAgentCancelledBeforeItsStart(t *testing.T) {
	t.Parallel()
	r := begunAgent(nil)
	r.Apply([]Arrival{news(AgentChange{SessionID: "s"})})
	r.Cancel(start)
	r.Apply([]Arrival{news(AgentChange{SessionStop: StopAsked}), news(AgentChange{SessionStop: StopConfirmed}), ended(context.Canceled)})
	if got := r.OutcomeLines(); !slices.Equal(got, []string{"the agent was not started", "session s was stopped: confirmed"}) {
		t.Errorf("the run says %q", got)
	}
}

// A queued agent was never sent, so nothing has to be stopped.
func TestQueuedAgentIsDropped(t *testing.T) {
	t.Parallel()
	r := NewAgent("1", LocalBackend, order(nil), start)
	r.Cancel(start)
	if got := r.OutcomeLines(); r.Phase != Cancelled || !r.Closed || !slices.Equal(got, []string{"dropped from the queue; it was never sent"}) {
		t.Errorf("%s, closed %v, %q", r.Phase, r.Closed, got)
	}
}

// Every way in which the run of an agent ends, and what it says of it.
func TestAgentEnds(t *testing.T) {
	t.Parallel()
	lostStart := &api.TransportError{Host: "h", Sent: true, Err: errors.New("EOF")}
	lostWatchOf := &api.TransportError{Host: "h", Sent: true, StartsNothing: true, Err: errors.New("EOF")}
	unreachable := &api.TransportError{Host: "h", StartsNothing: true, Err: errors.New("refused")}
	session := []Arrival{news(AgentChange{SessionID: "s"})}
	failed := func(e api.Failed) []Arrival { return append(atWork(), arrivals(e)...) }
	tests := []struct {
		name   string
		before []Arrival
		err    error
		phase  Phase
		cause  Cause
		says   []string
		not    string
	}{
		{"failed", failed(api.Failed{Error: "no such page"}), nil, Failed, CauseAgent, []string{"no such page", "the model", "may cost again"}, "connection"},
		{"step limit", failed(api.Failed{Error: api.StepLimit, Detail: "20 of 20 steps"}), nil, Failed, CauseAgent, []string{"20 of 20 steps", "allow more than 20 steps"}, ""},
		{"stopped by others", append(atWork(), arrivals(api.Cancelled{Reason: "the agent was stopped"})...), nil, Cancelled, CauseAgent, []string{"the agent was stopped"}, "not started"},
		{"watch lost", atWork(), lostWatchOf, Interrupted, CauseConnection, []string{"may be going on", "agent a was left as it was", "session s was left open"}, "nothing was sent"},
		{"watch cannot connect", atWork(), unreachable, Interrupted, CauseConnection, []string{"may be going on", "agent a"}, "start the agent again"},
		{"watch answered 500", atWork(), &api.Error{Status: 500, Host: "h"}, Interrupted, CauseConnection, []string{"may be going on", "agent a"}, "send it again"},
		{"watch ended", atWork(), nil, Interrupted, CauseConnection, []string{"may be going on"}, ""},
		{"agent unknown", atWork(), &api.Error{Status: 404}, Failed, CauseAgent, []string{"does not know agent a any more"}, "NOTTE_A"},
		{"session unknown", nil, &api.Error{Status: 404}, Failed, CauseAgent, []string{"check NOTTE_API_URL"}, "NOTTE_ANYTHING_URL"},
		{"no such address", session, &api.Error{Status: 404}, Failed, CauseAgent, []string{"no open session s"}, ""},
		{"session busy", session, &api.Error{Status: 409}, Failed, CauseAgent, []string{"the session is busy"}, ""},
		{"422", session, &api.Error{Status: 422, Fields: []api.FieldError{{Path: "max_steps", Message: "too many"}}}, Failed, CauseAgent, []string{"max_steps: too many", "change what is named"}, "task"},
		{"401", nil, &api.Error{Status: 401}, Failed, CauseNotAuthorised, []string{"NOTTE_API_KEY"}, ""},
		{"405", nil, &api.Error{Status: 405}, Failed, CauseAgent, []string{"NOTTE_API_URL"}, "NOTTE_ANYTHING_URL"},
		{"start lost", session, lostStart, Interrupted, CauseConnection, []string{"may have started", "session s was left open"}, ""},
		{"start cut by a stop", session, cut(), Cancelled, CauseConnection, []string{"may have been started"}, "was not started"},
		{"start never sent", nil, &api.TransportError{Host: "h", Err: errors.New("refused")}, Failed, CauseConnection, []string{"nothing was sent", "check the network"}, ""},
		{"stopped before the start", session, context.Canceled, Cancelled, CauseAgent, []string{"the agent was not started", "session s was left open"}, ""},
		{"refused by the client", nil, errors.New("bad key"), Failed, CauseAgent, []string{"bad key"}, ""},
		{"stop confirmed", append(atWork(), news(AgentChange{Stop: StopConfirmed})), context.Canceled, Cancelled, CauseAgent, []string{"agent a was stopped: confirmed"}, "may be going on"},
		{"stop not confirmed", append(atWork(), news(AgentChange{Stop: StopNotConfirmed, Why: "no answer"})), context.Canceled, Cancelled, CauseAgent, []string{"agent a was asked to stop: not confirmed", "may be billed", "no answer"}, ": confirmed"},
		{"stop refused", append(atWork(), news(AgentChange{Stop: StopRefused, Why: "403"})), context.Canceled, Cancelled, CauseAgent, []string{"agent a was not stopped", "403"}, "confirmed"},
		{"session not confirmed", append(atWork(), news(AgentChange{SessionStop: StopNotConfirmed, Why: "slow"})), context.Canceled, Cancelled, CauseAgent, []string{"session s was asked to stop: not confirmed", "slow"}, "left open"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := begunAgent(nil)
			r.Apply(append(test.before, ended(test.err)))
			text := strings.Join(r.OutcomeLines(), "\n")
			if r.Phase != test.phase || !r.Closed || (r.Failure != nil && r.Failure.Cause != test.cause) {
				t.Errorf("ended as %s, closed %v, %+v", r.Phase, r.Closed, r.Failure)
			}
			for _, says := range test.says {
				if !strings.Contains(text, says) {
					t.Errorf("the outcome %q does not say %q", text, says)
				}
			}
			if test.not != "" && strings.Contains(text, test.not) {
				t.Errorf("the outcome %q says %q", text, test.not)
			}
		})
	}
}

// A session that was given is said to be left only when an agent was on it.
func TestGivenSession(t *testing.T) {
	t.Parallel()
	given := func(o *AgentOrder) { o.Request.SessionID = "mine" }
	r := begunAgent(given)
	r.Apply([]Arrival{ended(&api.Error{Status: 404})})
	if text := strings.Join(r.OutcomeLines(), "\n"); strings.Contains(text, "left open") || !strings.Contains(text, "no open session mine") {
		t.Errorf("a session that is not known: %q", text)
	}
	r = begunAgent(given)
	r.Apply(append([]Arrival{news(AgentChange{AgentID: "a"})}, append(arrivals(api.Done{}), ended(nil))...))
	if got := r.OutcomeLines(); !slices.Equal(got, []string{"session mine was left open"}) {
		t.Errorf("a session that was used: %q", got)
	}
}

// randomAgentRun is any sequence of events and of news of an agent.
func randomAgentRun(r *rand.Rand, n int) []Arrival {
	var all []Arrival
	for _, a := range randomEvents(r, n) {
		if r.IntN(4) == 0 {
			ids := []api.Text{"", "a", "b"}
			all = append(all, Arrival{At: a.At, Agent: &AgentChange{
				AgentID: ids[r.IntN(3)], SessionID: ids[r.IntN(3)], Stop: Stop(r.IntN(5)), SessionStop: Stop(r.IntN(5)), Why: ids[r.IntN(3)],
				Task: ids[r.IntN(3)], Past: r.IntN(4), Clocks: randomClocks(r), SessionEnded: r.IntN(20) == 0,
				Check: randomCheck(r),
			}})
		}
		if r.IntN(20) == 0 {
			all = append(all, Arrival{At: a.At, Event: api.Event{Data: api.ToolStart{Name: "goto", Input: api.Text(fmt.Sprintf(`{"url":"https://%d.example"}`, r.IntN(9)))}}})
		}
		if r.IntN(40) == 0 {
			all = append(all, arrivals(api.Status{Status: "polling · goal"})...)
		}
		all = append(all, a)
	}
	return all
}

func randomCheck(r *rand.Rand) *AnswerCheck {
	return []*AnswerCheck{nil, {}, {Why: "slow"}, {Faults: []schema.Fault{{Path: "a", Reason: "it is missing"}}}}[r.IntN(4)]
}

func randomClocks(r *rand.Rand) Clocks {
	if r.IntN(2) == 0 {
		return Clocks{}
	}
	minutes := func() time.Duration { return time.Duration(r.IntN(20)) * time.Minute }
	return Clocks{CreatedAt: start.Add(-minutes()), UsedAt: start.Add(-minutes()), Idle: minutes(), Max: minutes()}
}

// randomAgent is any run of an agent: started here, or watched.
func randomAgent(r *rand.Rand) func() *Run {
	if r.IntN(3) == 0 {
		task := []string{"", "known"}[r.IntN(2)]
		return func() *Run {
			run := NewWatch("1", LocalBackend, "a", "", task, start)
			run.Connect(start)
			return run
		}
	}
	o := order(randomOrder(r))
	return func() *Run { return begunAgent(func(into *AgentOrder) { *into = o }) }
}

func randomOrder(r *rand.Rand) func(*AgentOrder) {
	return func(o *AgentOrder) {
		o.Request.SessionID = []string{"", "given"}[r.IntN(2)]
		o.KeepSession = r.IntN(2) == 0
		if r.IntN(2) == 0 {
			o.Request.ResponseFormat = json.RawMessage(`{"type":["string","number"]}`)
		}
	}
}

func dumpAgent(r *Run) string {
	return dump(r) + fmt.Sprintf("task %q agent %+v\nlines %q\nstopping %v %v %q left %+v limit %v\n%s",
		r.Task, *r.Agent, r.OutcomeLines(), r.Stopping(), r.CanCancel(), r.StopLine(), r.Left(), r.StepLimit(), r.Markdown())
}

func TestAnySplitGivesTheSameAgentRun(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 3))
		all, begin := randomAgentRun(r, 100), randomAgent(r)
		whole, split := begin(), begin()
		whole.Apply(all)
		for rest := all; len(rest) > 0; {
			n := 1 + r.IntN(len(rest))
			split.Apply(rest[:n])
			rest = rest[n:]
		}
		if a, b := dumpAgent(whole), dumpAgent(split); a != b {
			t.Fatalf("seed %d: in one batch:\n%s\nsplit:\n%s", seed, a, b)
		}
	}
}

// Whatever happens, no agent is said to have stopped unless that was
// confirmed, and nothing but the news of the stops changes after the end.
func TestAgentsSayOnlyWhatIsKnown(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 4))
		run := randomAgent(r)()
		over := ""
		for _, a := range randomAgentRun(r, 100) {
			run.Apply([]Arrival{a})
			if r.IntN(50) == 0 {
				run.Cancel(a.At)
			}
			text := strings.Join(run.OutcomeLines(), "\n")
			confirmed := run.Agent.Stop == StopConfirmed || run.Agent.SessionStop == StopConfirmed
			if strings.Contains(text, ": confirmed") && !confirmed {
				t.Fatalf("seed %d: %q, but the stops are %s and %s", seed, text, run.Agent.Stop, run.Agent.SessionStop)
			}
			if run.Closed && !run.Agent.late && strings.Contains(text, "…") {
				t.Fatalf("seed %d: nothing more will arrive, but the run says %q", seed, text)
			}
			left := run.Left()
			if stop := run.Agent.Stop == StopConfirmed; left.Agent != "" && (stop || run.Phase == Done || run.Agent.Attached) {
				t.Fatalf("seed %d: %s, agent %s, but %+v is left", seed, run.Phase, run.Agent.Stop, left)
			}
			if left.OwnSession && (run.Agent.given || run.Agent.SessionStop == StopConfirmed) {
				t.Fatalf("seed %d: the session's stop is %s, but %+v is left", seed, run.Agent.SessionStop, left)
			}
			if run.Stopping() && (run.Agent.Stop == StopNone || run.Agent.Stop == StopRefused) && !run.Agent.SessionStop.wanted() && !run.Agent.early {
				t.Fatalf("seed %d: nobody is stopped, but the run is said to be", seed)
			}
			known := fmt.Sprint(run.Phase, run.Answer(), len(run.Items), run.Agent.Steps, run.Agent.Page, run.Task)
			if run.Phase.Ended() && over == "" {
				over = known
			}
			if now := known; over != "" && now != over {
				t.Fatalf("seed %d: after its end the run became %s, and was %s", seed, now, over)
			}
		}
	}
}

func TestStopWords(t *testing.T) {
	t.Parallel()
	want := []string{"", "asked", "confirmed", "not confirmed", "refused", "unknown"}
	for i, word := range want {
		if got := Stop(i).String(); got != word {
			t.Errorf("%d is %q, want %q", i, got, word)
		}
	}
}
