package local

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"notturno/api/local/agent"
)

// startAnswering serves with answer in the agent's place.
func startAnswering(t *testing.T, answer answerFunc) *Server {
	t.Helper()
	s := startScripted(t, Config{}, nothing)
	s.answer = answer
	return s
}

// answering is an agent that tells the steps, then gives the result.
func answering(told []agent.Step, result string) answerFunc {
	return func(_ context.Context, _ agent.Request, tell func(agent.Step)) (json.RawMessage, error) {
		for _, step := range told {
			tell(step)
		}
		return json.RawMessage(result), nil
	}
}

// call sends a request with the key and decodes the answer, whose status must
// be want.
func call[T any](t *testing.T, s *Server, method, path, body string, want int) T {
	t.Helper()
	resp := do(t, request(t.Context(), t, s, method, path, body))
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != want || resp.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%s %s answers %d %s %s, want %d", method, path, resp.StatusCode, resp.Header.Get("Content-Type"), text, want)
	}
	var value T
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%s %s answers %s: %v", method, path, text, err)
	}
	return value
}

func openSession(t *testing.T, s *Server) string {
	t.Helper()
	return call[sessionResponse](t, s, http.MethodPost, "/sessions/start", "{}", 200).SessionID
}

// begin starts an agent on a new session, with further fields of the body.
func begin(t *testing.T, s *Server, fields string) agentResponse {
	t.Helper()
	return beginOn(t, s, openSession(t, s), fields)
}

func beginOn(t *testing.T, s *Server, session, fields string) agentResponse {
	t.Helper()
	body := fmt.Sprintf(`{"task":"list 2 posts","session_id":%q%s}`, session, fields)
	return call[agentResponse](t, s, http.MethodPost, "/agents/start", body, 200)
}

// shownStatus is an agentStatus as a client reads it.
type shownStatus struct {
	agentResponse
	Task    string
	URL     *string
	Success *bool
	Answer  *string
	Steps   []struct {
		Action map[string]any `json:"action"`
	}
}

func (s shownStatus) actions() string {
	var types []string
	for _, step := range s.Steps {
		types = append(types, fmt.Sprint(step.Action["type"]))
	}
	return strings.Join(types, " ")
}

// ended is the status of an agent when it has ended.
func ended(t *testing.T, s *Server, id string) shownStatus {
	t.Helper()
	run := s.agents.get(id)
	for {
		_, last, changed := run.log(0)
		if last {
			return call[shownStatus](t, s, http.MethodGet, "/agents/"+id, "", 200)
		}
		select {
		case <-changed:
		case <-t.Context().Done():
			t.Fatal("the agent does not end")
		}
	}
}

func TestAnAgentFromStartToEnd(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(listing(), `{"items":[]}`))
	session := openSession(t, s)
	started := beginOn(t, s, session, `,"url":"https://news.example/","use_vision":false,"reasoning_model":"any","vault_id":"v","persona_id":null,"notifier_config":{"a":1},"session_offset":-1`)
	if started.SessionID != session || started.Status != "active" || started.ClosedAt != nil || started.CreatedAt.IsZero() {
		t.Errorf("the start answers %+v", started)
	}
	got := ended(t, s, started.AgentID)
	if got.AgentID != started.AgentID || got.Status != "closed" || got.ClosedAt == nil || got.Success == nil || !*got.Success ||
		got.Answer == nil || *got.Answer != "1. A\n2. B" || got.Task != "list 2 posts" || got.URL == nil || *got.URL != "https://news.example/" || !got.Saved {
		t.Errorf("the status is %+v", got)
	}
	if got.actions() != "goto scrape scrape completion" {
		t.Errorf("the actions are %s", got.actions())
	}
	var tools int
	for _, it := range s.sessions.get(session).since(0).Items {
		if it.Kind == "tool" {
			tools++
		}
	}
	if tools != 4 {
		t.Errorf("the viewer shows %d tool calls", tools)
	}
}

func TestTheStatusIsTheProtocols(t *testing.T) {
	t.Parallel()
	released := make(chan struct{})
	s := startAnswering(t, func(context.Context, agent.Request, func(agent.Step)) (json.RawMessage, error) {
		<-released
		return nil, nil
	})
	started := begin(t, s, "")
	want := map[string]any{
		"agent_id": started.AgentID, "created_at": started.CreatedAt.Format("2006-01-02T15:04:05.999999Z"), "session_id": started.SessionID,
		"status": "active", "closed_at": nil, "saved": false, "task": "list 2 posts", "url": nil, "success": nil, "answer": nil, "steps": []any{},
	}
	got := call[map[string]any](t, s, http.MethodGet, "/agents/"+started.AgentID+"?agent_id="+started.AgentID, "", 200)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the status is\n%v\nwant\n%v", got, want)
	}
	close(released)
	ended(t, s, started.AgentID)
}

func TestHowAgentsEnd(t *testing.T) {
	t.Parallel()
	opened := listing()[:4] // until the page is open
	for name, test := range map[string]struct {
		fields  string
		told    []agent.Step
		result  string
		err     error
		success bool
		answer  string
		actions string
	}{
		"done":                    {"", listing(), "{}", nil, true, "1. A\n2. B", "goto scrape scrape completion"},
		"in the format":           {`,"response_format":{"type":"object","properties":{"posts":{"type":"array"}},"required":["posts"]}`, opened, `{"items":[{"title":"A"}]}`, nil, true, `{"posts":[{"title":"A"}]}`, "goto completion"},
		"not in the format":       {`,"response_format":{"type":"object","required":["price"]}`, opened, `{"items":[]}`, nil, false, `the answer does not meet response_format: price: it is missing`, "goto completion"},
		"cannot do it":            {"", nil, "", &agent.CannotDo{Reason: "the task names no page"}, false, "the task names no page\nThis agent works by rules", "completion"},
		"a page that is gone":     {"", opened, "", errors.New("failed to open page"), false, "failed to open page", "goto completion"},
		"just enough steps":       {`,"max_steps":4`, listing(), "{}", nil, true, "1. A\n2. B", "goto scrape scrape completion"},
		"no step for the answer":  {`,"max_steps":3`, listing(), "{}", nil, false, "the agent took 3 steps, with max_steps 3, and was not done", "goto scrape scrape"},
		"the limit of the agent":  {`,"max_steps":1`, opened, "", fmt.Errorf("stop: %w", agent.ErrMaxCalls), false, "the agent took 1 steps, with max_steps 1", "goto"},
		"a failure on the last":   {`,"max_steps":1`, opened, "", errors.New("failed to open page"), false, "failed to open page", "goto"},
		"an answer without words": {"", opened, "{}", nil, true, "", "goto completion"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := startAnswering(t, func(_ context.Context, _ agent.Request, tell func(agent.Step)) (json.RawMessage, error) {
				for _, step := range test.told {
					tell(step)
				}
				return json.RawMessage(test.result), test.err
			})
			got := ended(t, s, begin(t, s, test.fields).AgentID)
			if got.Status != "closed" || got.Success == nil || *got.Success != test.success || got.Answer == nil ||
				!strings.HasPrefix(*got.Answer, test.answer) || got.actions() != test.actions {
				t.Errorf("success %v, answer %q, actions %s", *got.Success, *got.Answer, got.actions())
			}
		})
	}
}

func TestWhatTheAgentIsAsked(t *testing.T) {
	t.Parallel()
	asked := make(chan agent.Request, 1)
	s := startAnswering(t, func(_ context.Context, request agent.Request, _ func(agent.Step)) (json.RawMessage, error) {
		asked <- request
		return json.RawMessage("{}"), nil
	})
	for fields, want := range map[string]agent.Request{
		"": {Task: "list 2 posts", MaxCalls: 20},
		`,"max_steps":"7","url":"https://a.example/"`: {Task: "list 2 posts", MaxCalls: 7, URL: "https://a.example/"},
		`,"url":null`: {Task: "list 2 posts", MaxCalls: 20},
	} {
		ended(t, s, begin(t, s, fields).AgentID)
		if got := <-asked; got != want {
			t.Errorf("%s asks for %+v, want %+v", fields, got, want)
		}
	}
}

func TestAnAgentThatBreaksFails(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, func(context.Context, agent.Request, func(agent.Step)) (json.RawMessage, error) { panic("ouch") })
	got := ended(t, s, begin(t, s, "").AgentID)
	if *got.Success || !strings.Contains(*got.Answer, "ouch") {
		t.Errorf("the answer is %q", *got.Answer)
	}
}

func TestLongAnswersAreCut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", maxAnswer)
	s := startAnswering(t, answering([]agent.Step{agent.Speech{Text: long}}, string(encode(map[string]string{"text": long}))))
	if got := ended(t, s, begin(t, s, "").AgentID); !*got.Success || len(*got.Answer) > maxAnswer+100 || !strings.HasSuffix(*got.Answer, "(the rest is not kept here)") {
		t.Errorf("the answer has %d bytes", len(*got.Answer))
	}
	if got := ended(t, s, begin(t, s, `,"response_format":{}`).AgentID); *got.Success || !strings.Contains(*got.Answer, "ask for less") {
		t.Errorf("the answer is %.80q", *got.Answer)
	}
}

func TestSessionsThatAreNotOpen(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(nil, "{}"))
	closed := openSession(t, s)
	call[sessionResponse](t, s, http.MethodDelete, "/sessions/"+closed+"/stop", "", 200)
	for _, id := range []string{closed, "", "none", "../x"} {
		body := fmt.Sprintf(`{"task":"x","session_id":%q}`, id)
		if got := call[map[string]string](t, s, http.MethodPost, "/agents/start", body, 404); got["detail"] != "Session not found" {
			t.Errorf("session %q gets %v", id, got)
		}
	}
}

func TestOneAgentAtATimeOnASession(t *testing.T) {
	t.Parallel()
	released := make(chan struct{})
	s := startAnswering(t, func(context.Context, agent.Request, func(agent.Step)) (json.RawMessage, error) {
		<-released
		return json.RawMessage("{}"), nil
	})
	session := openSession(t, s)
	first := beginOn(t, s, session, "")
	got := call[map[string]string](t, s, http.MethodPost, "/agents/start", fmt.Sprintf(`{"task":"x","session_id":%q}`, session), 409)
	if !strings.Contains(got["detail"], first.AgentID) {
		t.Errorf("the second agent gets %v", got)
	}
	close(released)
	for range 20 { // whoever sees the end can start the next one
		ended(t, s, first.AgentID)
		first = beginOn(t, s, session, "")
	}
	if got := ended(t, s, first.AgentID); !*got.Success {
		t.Errorf("the last one ends with %q", *got.Answer)
	}
}

func TestPathsAndKeysOfTheAgentsAPI(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(nil, "{}"))
	id := begin(t, s, "").AgentID
	ended(t, s, id)
	for _, test := range []struct {
		method, path string
		status       int
		detail       string
	}{
		{"GET", "/agents/none", 404, "Agent not found"},
		{"DELETE", "/agents/none/stop?session_id=x", 404, "Agent not found"},
		{"DELETE", "/agents/" + id + "/stop?session_id=other", 404, "Agent not found"},
		{"GET", "/agents/none/workflow/code?as_workflow=true", 404, "Agent not found"},
		{"GET", "/sessions/none/debug", 404, "Session not found"},
		{"GET", "/agents/" + id + "/replay", 404, "Not Found"},
		{"GET", "/agents/start", 405, "Method Not Allowed"},
		{"POST", "/agents", 405, "Method Not Allowed"},
		{"POST", "/agents/" + id, 405, "Method Not Allowed"},
		{"GET", "/agents/" + id + "/stop?session_id=x", 405, "Method Not Allowed"},
		{"OPTIONS", "/agents/start", 405, "Method Not Allowed"},
		{"POST", "/agents/" + id + "/debug/logs", 405, "Method Not Allowed"},
		{"DELETE", "/sessions/x/debug", 405, "Method Not Allowed"},
	} {
		if got := call[map[string]string](t, s, test.method, test.path, "", test.status); got["detail"] != test.detail {
			t.Errorf("%s %s answers %v", test.method, test.path, got)
		}
	}
	for method, paths := range map[string][]string{
		"GET": {"/agents", "/agents/" + id, "/agents/" + id + "/workflow/code?as_workflow=1", "/sessions/x/debug"}, "POST": {"/agents/start"}, "DELETE": {"/agents/" + id + "/stop?session_id=x"},
	} {
		for _, path := range paths {
			if got := do(t, request(t.Context(), t, s, method, path, "", without("Authorization"))).StatusCode; got != 401 {
				t.Errorf("%s %s without a key gets %d", method, path, got)
			}
			if got := do(t, request(t.Context(), t, s, method, path, "", header("Origin", "https://evil.example"))).StatusCode; got != 403 {
				t.Errorf("%s %s from another origin gets %d", method, path, got)
			}
		}
	}
}

func TestBodiesOfAStartHaveALimit(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(nil, "{}"))
	for size, want := range map[int]int{maxAgentBody: 404, maxAgentBody + 1: 413} {
		body := `{"session_id":"none","task":"`
		body += strings.Repeat("x", size-len(body)-2) + `"}`
		if got := do(t, request(t.Context(), t, s, http.MethodPost, "/agents/start", body)).StatusCode; got != want {
			t.Errorf("%d bytes get %d, want %d", size, got, want)
		}
	}
}
