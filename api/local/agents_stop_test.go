package local

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"notturno/api/local/agent"
)

func stopPath(of agentResponse) string {
	return "/agents/" + of.AgentID + "/stop?session_id=" + of.SessionID
}

func expectStopped(t *testing.T, got shownStatus, actions string) {
	t.Helper()
	if got.Status != "closed" || got.Success != nil || got.Answer == nil ||
		*got.Answer != "The task was not done: the agent was stopped." || got.actions() != actions {
		t.Errorf("the stopped agent is %+v", got)
	}
}

func TestAStopWaitsForTheStepInProgress(t *testing.T) {
	t.Parallel()
	working, finish := make(chan struct{}), make(chan struct{})
	s := startAnswering(t, func(ctx context.Context, _ agent.Request, tell func(agent.Step)) (json.RawMessage, error) {
		for i, step := range listing() {
			tell(step)
			if i == 2 { // the page is being opened
				close(working)
				<-finish
			}
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
		}
		return json.RawMessage("{}"), nil
	})
	started := begin(t, s, "")
	<-working
	for range 3 { // once is as good as three times
		got := call[shownStatus](t, s, http.MethodDelete, stopPath(started), "", 200)
		if got.Status != "active" || got.Answer != nil || got.Success != nil || len(got.Steps) != 0 {
			t.Errorf("the stop answers %+v", got)
		}
	}
	close(finish)
	expectStopped(t, ended(t, s, started.AgentID), "goto")
	expectStopped(t, call[shownStatus](t, s, http.MethodDelete, stopPath(started), "", 200), "goto")
	if _, open := s.liveSession(started.SessionID); !open {
		t.Error("the session ended with its agent")
	}
}

func TestAStopBetweenStepsIsAtOnce(t *testing.T) {
	t.Parallel()
	thinking := make(chan struct{})
	s := startAnswering(t, func(ctx context.Context, _ agent.Request, tell func(agent.Step)) (json.RawMessage, error) {
		for _, step := range listing()[:4] {
			tell(step)
		}
		close(thinking)
		<-ctx.Done()
		return nil, ctx.Err()
	})
	started := begin(t, s, "")
	<-thinking
	call[shownStatus](t, s, http.MethodDelete, stopPath(started), "", 200)
	expectStopped(t, ended(t, s, started.AgentID), "goto")
}

func TestAStopOfAnAgentThatHasEndedChangesNothing(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(listing(), "{}"))
	started := begin(t, s, "")
	before := ended(t, s, started.AgentID)
	after := call[shownStatus](t, s, http.MethodDelete, stopPath(started), "", 200)
	if *after.Answer != *before.Answer || !*after.Success || !after.ClosedAt.Equal(*before.ClosedAt) || after.actions() != before.actions() {
		t.Errorf("the agent was %+v and is %+v", before, after)
	}
}

func TestTheEndOfASessionEndsItsAgent(t *testing.T) {
	t.Parallel()
	working := make(chan struct{})
	s := startAnswering(t, func(ctx context.Context, _ agent.Request, tell func(agent.Step)) (json.RawMessage, error) {
		tell(agent.Call{ID: "1", Tool: "open_page", Input: map[string]any{"url": "https://a.example/"}})
		close(working)
		<-ctx.Done()
		return nil, ctx.Err()
	})
	started := begin(t, s, "")
	<-working
	call[sessionResponse](t, s, http.MethodDelete, "/sessions/"+started.SessionID+"/stop", "", 200)
	got := ended(t, s, started.AgentID)
	if got.Success != nil || !strings.Contains(*got.Answer, "the session was stopped") || len(got.Steps) != 0 {
		t.Errorf("the agent is %+v", got)
	}
}
