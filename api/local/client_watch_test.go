package local

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"notturno/api"
	"notturno/api/local/agent"
)

// told reads what an agent does, until it has ended.
func told(t *testing.T, client *api.Client, watch api.AgentWatch, each func(api.Data)) []api.Data {
	t.Helper()
	var all []api.Data
	for event, err := range client.WatchAgent(t.Context(), watch) {
		if err != nil {
			t.Fatalf("after %+v: %v", all, err)
		}
		if _, life := event.Data.(api.Comment); life {
			continue
		}
		all = append(all, event.Data)
		if each != nil {
			each(event.Data)
		}
	}
	return all
}

// startAgent starts an agent on a new session.
func startAgent(t *testing.T, client *api.Client, request api.AgentRequest) api.AgentWatch {
	t.Helper()
	session, err := client.StartSession(t.Context(), api.SessionRequest{})
	if err != nil {
		t.Fatal(err)
	}
	request.SessionID = string(session.SessionID)
	started, err := client.StartAgent(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	watch := api.AgentWatch{AgentID: string(started.AgentID), SessionID: string(started.SessionID), MaxSteps: api.DefaultMaxSteps}
	if request.MaxSteps != nil {
		watch.MaxSteps = *request.MaxSteps
	}
	return watch
}

// types are the types of events, in order.
func types(all []api.Data) string {
	var names []string
	for _, data := range all {
		names = append(names, data.Type())
	}
	return strings.Join(names, " ")
}

// The real agent, on a page of the sample site, watched from its start: live,
// and the same once more when it has ended.
func TestWatchingAnAgent(t *testing.T) {
	t.Parallel()
	s := startReal(t, Config{})
	client := clientOf(t, s.URL(), s)
	watch := startAgent(t, client, api.AgentRequest{Task: "list the top 3 posts of the news section"})
	live := told(t, client, watch, nil)
	const step = " status thinking_delta tool_start"
	want := "connected notte_session_data" + step + " tool_result" + step
	if got := types(live); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "tool_start tool_result notice text_delta done") || strings.Contains(got, "polling") {
		t.Errorf("the agent says %s", got)
	}
	if answer := live[len(live)-2].(api.TextDelta).Delta; !strings.Contains(string(answer), "1.") {
		t.Errorf("the answer is %q", answer)
	}
	if again := told(t, client, api.AgentWatch{AgentID: watch.AgentID}, nil); fmt.Sprint(again) != fmt.Sprint(live) {
		t.Errorf("the agent said  %+v\nand afterwards %+v", live, again)
	}
	page, err := client.Agents(t.Context(), api.AgentFilter{OnlyActive: new(false)})
	if err != nil || len(page.Items) != 1 || string(page.Items[0].AgentID) != watch.AgentID {
		t.Errorf("the list is %+v, %v", page, err)
	}
	status, err := client.Agent(t.Context(), watch.AgentID)
	if err != nil || status.Success == nil || !*status.Success || len(status.Steps) < 2 || status.Steps[0].Action != "goto" {
		t.Errorf("the status is %+v, %v", status, err)
	}
	code, err := client.AgentCode(t.Context(), watch.AgentID, api.CodeRequest{AsWorkflow: true})
	if err != nil || !strings.Contains(string(code.PythonScript), "def run(") || len(code.JSONActions) != len(status.Steps)-1 {
		t.Errorf("the code is %+v, %v", code, err)
	}
}

// An agent that is stopped in the middle, while it is watched.
func TestStoppingAWatchedAgent(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, func(ctx context.Context, _ agent.Request, tell func(agent.Step)) (json.RawMessage, error) {
		for _, step := range listing()[:4] {
			tell(step)
		}
		<-ctx.Done()
		return nil, ctx.Err()
	})
	client := clientOf(t, s.URL(), s)
	watch := startAgent(t, client, api.AgentRequest{Task: "x"})
	all := told(t, client, watch, func(said api.Data) {
		if _, acting := said.(api.ToolStart); !acting {
			return
		}
		stopped, err := client.StopAgent(t.Context(), watch.AgentID, watch.SessionID)
		if err != nil || stopped.Status != api.AgentClosed || stopped.Success != nil {
			t.Errorf("the stop answers %+v, %v", stopped, err)
		}
	})
	if got := types(all); got != "connected notte_session_data status thinking_delta tool_start cancelled" {
		t.Errorf("the agent says %s", got)
	}
	if session, err := client.Session(t.Context(), watch.SessionID); err != nil || !session.Open() {
		t.Errorf("the session is %+v, %v", session, err)
	}
	var unknown *api.Error
	if _, err := client.StopAgent(t.Context(), watch.AgentID, "another"); !errors.As(err, &unknown) || errors.Is(err, api.ErrNotConfirmed) {
		t.Errorf("a stop on another session: %v", err)
	}
}

// The ends of an agent that are no success, live and afterwards.
func TestEndsOfAWatchedAgent(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer answerFunc
		want   func(api.Data) bool
	}{
		"the step limit": {answering(listing(), "{}"), func(d api.Data) bool {
			failed, ok := d.(api.Failed)
			return ok && failed.Error == api.StepLimit && strings.HasPrefix(string(failed.Detail), "3 of 3 steps")
		}},
		"a failure": {func(context.Context, agent.Request, func(agent.Step)) (json.RawMessage, error) {
			return nil, errors.New("the page is gone")
		}, func(d api.Data) bool {
			failed, ok := d.(api.Failed)
			return ok && failed.Error == "the page is gone"
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := startAnswering(t, test.answer)
			client := clientOf(t, s.URL(), s)
			watch := startAgent(t, client, api.AgentRequest{Task: "x", MaxSteps: new(3)})
			live := told(t, client, watch, nil)
			if !test.want(live[len(live)-1]) {
				t.Errorf("the agent says %+v", live)
			}
			if again := told(t, client, watch, nil); fmt.Sprint(again) != fmt.Sprint(live) {
				t.Errorf("the agent said  %+v\nand afterwards %+v", live, again)
			}
		})
	}
}
