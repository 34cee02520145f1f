package plain

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"notturno/api"
	"notturno/state"
)

// agentService is a service whose agent has the status; its log cannot be
// followed. The start of the agent is answered with startStatus and start.
func agentService(startStatus int, start, status string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		switch r.Method + " " + r.URL.Path {
		case "POST /sessions/start", "GET /sessions/s":
			_, _ = io.WriteString(w, `{"session_id":"s","status":"active","viewer_url":"https://viewer.example/?jwt=secret"}`)
		case "POST /agents/start":
			w.WriteHeader(startStatus)
			_, _ = io.WriteString(w, start)
		case "GET /agents/a", "DELETE /agents/a/stop":
			_, _ = io.WriteString(w, status)
		case "DELETE /sessions/s/stop":
			_, _ = io.WriteString(w, `{"session_id":"s","status":"closed"}`)
		default:
			http.NotFound(w, r)
		}
	}
}

// agentClient is a client of agentService.
func agentClient(t *testing.T, startStatus int, start, status string) *api.Client {
	t.Helper()
	return apiClient(t, agentService(startStatus, start, status))
}

// apiClient is a client of a REST API that answers with handler.
func apiClient(t *testing.T, handler http.HandlerFunc) *api.Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	client, err := api.New(api.Config{APIURL: server.URL, Key: "sk-notte-TEST"})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

const started = `{"agent_id":"a","session_id":"s","status":"active"}`

// closedAgent is the status of an agent that has ended.
func closedAgent(t *testing.T, success bool, answer string, steps ...string) string {
	t.Helper()
	encoded, err := json.Marshal(map[string]any{
		"agent_id": "a", "session_id": "s", "status": "closed", "success": success, "answer": answer, "steps": json.RawMessage("[" + strings.Join(steps, ",") + "]"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

const (
	firstStep  = `{"state":{"previous_goal_eval":"Nothing yet.","next_goal":"Open the page.","memory":"one"},"action":{"type":"goto","url":"https://a.example"}}`
	secondStep = `{"state":{"previous_goal_status":"failure","previous_goal_eval":"It did not load.","next_goal":"Give up."},"action":{"type":"completion","success":true,"answer":"42"}}`
)

func runAgentWith(ctx context.Context, t *testing.T, asJSON bool, client *api.Client, order state.AgentOrder) report {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var out, progress bytes.Buffer
	order.Request.Task = "find the library"
	code, err := Run(ctx, Config{
		Client: client, Backend: "api.example", Agent: &order, JSON: asJSON, Out: &out, Err: &progress, Now: time.Now,
		Names: map[string]string{"max_steps": "--max-steps"},
	})
	return report{out.String(), progress.String(), code, err}
}

// Each step is its goal, its number with the action, and its result; the
// answer is alone on the other side, and the viewer's link is nowhere.
func TestAgentLines(t *testing.T) {
	t.Parallel()
	client := agentClient(t, 200, started, closedAgent(t, true, "Open 9 to 17.", firstStep, secondStep))
	got := runAgentWith(t.Context(), t, false, client, state.AgentOrder{})
	want := []string{
		"session s started on api.example",
		"agent a started on api.example",
		"browser session live",
		"goal: Open the page.",
		`step 1 of 20: goto {"url":"https://a.example"}`,
		"failed: It did not load.",
		"goal: Give up.",
		`step 2 of 20: completion {"answer":"42","success":true}`,
		"stopping session s…",
		"done · 2 of 20 steps",
		"session s was stopped: confirmed",
	}
	if lines := got.lines(); !slices.Equal(lines, want) {
		t.Errorf("progress is\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	if got.out != "Open 9 to 17.\n" || got.code != ExitDone || got.failure != nil {
		t.Errorf("the answer is %q, exit code %d, %v", got.out, got.code, got.failure)
	}
}

// The outcome of an agent has its ids and how its stops stand, and every
// change of them is a line before it.
func TestAgentObjects(t *testing.T) {
	t.Parallel()
	client := agentClient(t, 200, started, closedAgent(t, true, `{"n":"x"}`, firstStep))
	order := state.AgentOrder{Request: api.AgentRequest{ResponseFormat: json.RawMessage(`{"properties":{"n":{"type":"integer"}}}`)}}
	got := runAgentWith(t.Context(), t, true, client, order)
	type shown struct {
		Seq   int
		Type  string
		Agent *agent
	}
	var agents []shown
	for text := range strings.Lines(got.out) {
		var l shown
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatal(err)
		}
		if l.Agent != nil {
			agents = append(agents, l)
		}
	}
	if len(agents) != 5 || agents[0].Agent.SessionID != "s" || agents[0].Agent.AgentID != "" || agents[1].Agent.AgentID != "a" ||
		agents[2].Agent.SessionStop != "asked" || agents[3].Agent.SessionStop != "confirmed" || agents[0].Type != "agent" {
		t.Fatalf("the lines about the agent are in\n%s", got.out)
	}
	last := agents[4]
	if last.Type != "outcome" || last.Agent.Steps != 1 || last.Agent.MaxSteps != 20 || last.Agent.Stop != "" ||
		!slices.Equal(last.Agent.Faults, []fault{{"n", "it is string, and should be integer"}}) || got.code != ExitFailed {
		t.Errorf("exit code %d, the outcome is %+v", got.code, last.Agent)
	}
}

// Whoever reads the answer is told that it was not checked.
func TestUncheckedAnswers(t *testing.T) {
	t.Parallel()
	client := agentClient(t, 200, started, closedAgent(t, true, `{"n":"x"}`, firstStep))
	order := state.AgentOrder{Request: api.AgentRequest{ResponseFormat: json.RawMessage(`{"type":"strin"}`)}}
	got := runAgentWith(t.Context(), t, false, client, order)
	if !strings.Contains(got.err, "notice: the answer was not checked against the response format (") || got.code != ExitDone {
		t.Errorf("exit code %d, progress\n%s", got.code, got.err)
	}
	if got = runAgentWith(t.Context(), t, true, client, order); !strings.Contains(got.out, `"unchecked":"it is not a valid JSON schema`) || got.code != ExitDone {
		t.Errorf("exit code %d, objects\n%s", got.code, got.out)
	}
}

// What the service refuses is named as the person knows it.
func TestRefusedFieldIsNamed(t *testing.T) {
	t.Parallel()
	client := agentClient(t, 422, `{"detail":[{"type":"less_than_equal","loc":["body","max_steps"],"msg":"Input should be less"},{"type":"x","loc":["body","other"],"msg":"odd"}]}`, "")
	got := runAgentWith(t.Context(), t, false, client, state.AgentOrder{})
	if got.code != ExitFailed || !slices.Contains(got.lines(), "--max-steps: Input should be less") || !strings.Contains(got.err, "other: odd") {
		t.Errorf("exit code %d, progress\n%s", got.code, got.err)
	}
}

// What an agent says cannot steer the terminal.
func TestAgentLinesAreClean(t *testing.T) {
	t.Parallel()
	hostile := `\u001b]0;pwned\u0007\u001b[2J\u009b1m\u202e\r\nnext`
	step := `{"state":{"previous_goal_eval":"` + hostile + `","next_goal":"` + hostile + `"},"action":{"type":"` + hostile + `","url":"` + hostile + `"}}`
	status := `{"agent_id":"a","session_id":"s","status":"closed","success":true,"answer":"{\"` + strings.ReplaceAll(hostile, `\`, `\\`) + `\":1}","steps":[` + step + `,` + step + `]}`
	client := agentClient(t, 200, started, status)
	order := state.AgentOrder{Request: api.AgentRequest{ResponseFormat: json.RawMessage(`{"additionalProperties":false}`)}}
	got := runAgentWith(t.Context(), t, false, client, order)
	for _, r := range got.err + got.out {
		if r != '\n' && (r < 0x20 || (r >= 0x7f && r < 0xa0) || r == 0x202e) {
			t.Fatalf("%U is in the output: %q %q", r, got.err, got.out)
		}
	}
	if !strings.Contains(got.err, "it is not allowed") || !strings.Contains(got.err, "␛[2J") {
		t.Errorf("what was sent does not show: %q", got.err)
	}
}

// Output that nobody takes stops the agent and its session.
func TestBrokenOutputStopsTheAgent(t *testing.T) {
	t.Parallel()
	atWork, stopped := agentService(200, started, started), agentService(200, started, closedAgent(t, false, "stopped"))
	for name, output := range map[string]Config{
		"progress": {Out: io.Discard, Err: brokenOnce{"browser session"}},
		"objects":  {Out: brokenOnce{"notte_session_data"}, JSON: true},
	} {
		stops := make(chan string, 2)
		var closed atomic.Bool
		client := apiClient(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodDelete {
				closed.Store(true)
				stops <- r.URL.Path
			}
			if closed.Load() {
				stopped(w, r)
				return
			}
			atWork(w, r)
		})
		output.Client, output.Agent, output.Now = client, &state.AgentOrder{Request: api.AgentRequest{Task: "find"}}, time.Now
		if code, err := Run(t.Context(), output); code != ExitFailed || !errors.Is(err, errOutput) {
			t.Errorf("%s: exit code %d, %v", name, code, err)
		}
		if agent, session := <-stops, <-stops; agent != "/agents/a/stop" || session != "/sessions/s/stop" {
			t.Errorf("%s: stopped %s and %s", name, agent, session)
		}
	}
}

// brokenOnce fails to write a text.
type brokenOnce struct{ text string }

func (b brokenOnce) Write(p []byte) (int, error) {
	if strings.Contains(string(p), b.text) {
		return 0, errBroken
	}
	return len(p), nil
}
