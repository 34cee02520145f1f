package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coder/websocket"
)

const (
	agentStarts    = "POST /sessions/start, POST /agents/start"
	agentStops     = agentStarts + ", DELETE /agents/a/stop, DELETE /sessions/s/stop"
	sessionStopped = agentStarts + ", DELETE /sessions/s/stop"
)

// writeFile is the path of a new file with the text.
func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// On the local backend an agent does real work on a session of its own.
func TestRunAgentLocally(t *testing.T) {
	t.Parallel()
	titles := newsTitles(t)
	got := runProgram(t, "", nil, "run", "--agent", "list the top 3 posts of the news section")
	if got.code != 0 || !containsAll(got.out, titles[:3]...) || strings.Contains(got.out, titles[3]) {
		t.Errorf("exit code %d, standard output:\n%s", got.code, got.out)
	}
	if !containsAll(got.err, "started on local", "goal: ", "step 1 of 20: goto", "result: ", "done · 4 of 20 steps", "was stopped: confirmed") {
		t.Errorf("standard error:\n%s", got.err)
	}
	if text := got.out + got.err; strings.Contains(text, "/view/") || strings.Contains(text, "token=") || strings.Contains(text, "\x1b") {
		t.Errorf("the viewer's link or a control sequence is in the output:\n%q", text)
	}
}

// The step limit is a failure that says what could be changed.
func TestRunAgentStepLimit(t *testing.T) {
	t.Parallel()
	got := runProgram(t, "", nil, "run", "--agent", "--max-steps", "2", "list the top 3 posts of the news section")
	if got.code != 1 || !containsAll(got.err, "step 2 of 2", "reached its step limit", "allow more than 2 steps", "was stopped: confirmed") {
		t.Errorf("exit code %d, standard error:\n%s", got.code, got.err)
	}
}

const numberFormat = `{"type":"object","required":["n","unit"],"properties":{"n":{"type":"integer"},"unit":{"type":"string"}}}`

// An answer in a format is JSON that meets it, or a failure that names the
// fields.
func TestRunAgentStructuredAnswer(t *testing.T) {
	t.Parallel()
	local := runProgram(t, "", nil, "run", "--agent", "--response-format",
		writeFile(t, "posts.json", `{"type":"object","required":["posts"],"properties":{"posts":{"type":"array","items":{"type":"object","properties":{"title":{"type":"string"}}}}}}`),
		"list the top 2 posts of the news section")
	want := encoded(t, map[string]any{"posts": []any{map[string]any{"title": newsTitles(t)[0]}, map[string]any{"title": newsTitles(t)[1]}}})
	var posts any
	if err := json.Unmarshal([]byte(local.out), &posts); err != nil || local.code != 0 || encoded(t, posts) != want {
		t.Errorf("locally: exit code %d, standard output %q, want %s, standard error:\n%s", local.code, local.out, want, local.err)
	}
	path := writeFile(t, "number.json", numberFormat)
	for _, test := range []struct {
		answer string
		code   int
		says   []string
	}{
		{`{"n":42,"unit":"km"}`, 0, []string{"done"}},
		{`{"n":"42"}`, 1, []string{"the answer does not meet the response format", "n: it is string, and should be integer", "unit: it is missing"}},
		{`About 42 km.`, 1, []string{"it is not JSON"}},
	} {
		s := newAgentService(t, &agentService{statuses: []string{agentStatus("closed", "true", test.answer)}})
		got := runProgram(t, "", s.env(), "run", "--agent", "--response-format", path, "how long is it")
		if got.code != test.code || got.out != test.answer+"\n" || !containsAll(got.err, test.says...) {
			t.Errorf("%s: exit code %d, standard output %q, standard error:\n%s", test.answer, got.code, got.out, got.err)
		}
		if sent := encoded(t, s.body(t, "POST /agents/start")["response_format"]); !strings.Contains(sent, `"required":["n","unit"]`) {
			t.Errorf("the format was sent as %s", sent)
		}
	}
}

// A log that breaks off is followed by polling; each step is told once.
func TestRunAgentLogDrops(t *testing.T) {
	t.Parallel()
	one, two := agentStep("Open it."), agentStep("Read it.")
	s := newAgentService(t, &agentService{
		log: func(ctx context.Context, conn *websocket.Conn, _ <-chan struct{}) bool {
			tells(ctx, conn, one)
			return false
		},
		statuses: []string{
			agentStatus("active", "null", ""), agentStatus("active", "null", ""), agentStatus("active", "null", "", one),
			agentStatus("closed", "true", "42", one, two),
		},
	})
	got := runProgram(t, "", s.env(), "run", "--agent", "find it")
	if got.code != 0 || got.out != "42\n" || !containsAll(got.err, "; polling", "step 2 of 20", "done · 2 of 20 steps") || strings.Count(got.err, "step 1 of 20") != 1 {
		t.Errorf("exit code %d, standard output %q, standard error:\n%s", got.code, got.out, got.err)
	}
	if text := s.requests(); text != sessionStopped {
		t.Errorf("the service was asked %s", text)
	}
}

// A session that is given, or kept, is left open, and said to be.
func TestRunAgentLeavesSessions(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		flags          []string
		session, asked string
	}{
		{[]string{"--session", "mine"}, "mine", "POST /agents/start"},
		{[]string{"--session", "mine", "--after-agent=keep"}, "mine", "POST /agents/start"},
		{[]string{"--after-agent=keep"}, "s", agentStarts},
	} {
		s := newAgentService(t, &agentService{statuses: []string{agentStatus("closed", "true", "42")}})
		got := runProgram(t, "", s.env(), append(append([]string{"run", "--agent"}, test.flags...), "find it")...)
		if got.code != 0 || !strings.Contains(got.err, "session "+test.session+" was left open") || s.requests() != test.asked {
			t.Errorf("%q: exit code %d, asked %s, standard error:\n%s", test.flags, got.code, s.requests(), got.err)
		}
		if sent := s.body(t, "POST /agents/start")["session_id"]; sent != test.session {
			t.Errorf("%q: the agent was started on %v", test.flags, sent)
		}
	}
}

// The exit code tells how the run ended, and the words what is left.
func TestRunAgentExitCodes(t *testing.T) {
	t.Parallel()
	const json = "application/json"
	answer := func(asked string, status int, body string) map[string]http.HandlerFunc {
		return map[string]http.HandlerFunc{asked: refuses(status, json, body)}
	}
	tests := []struct {
		name, status string
		answers      map[string]http.HandlerFunc
		code         int
		asked, says  string
	}{
		{"done", agentStatus("closed", "true", "42"), nil, 0, sessionStopped, "done · 0 of 20 steps"},
		{"failed", agentStatus("closed", "false", "no such page"), nil, 1, sessionStopped, "no such page"},
		{"stopped by others", agentStatus("closed", "null", ""), nil, 130, sessionStopped, "the agent was stopped"},
		{"session 401", "{}", answer("POST /sessions/start", 401, `{"message":"bad key `+secretKey+`"}`), 3, "POST /sessions/start", "check NOTTE_API_KEY"},
		{"session 404", "{}", answer("POST /sessions/start", 404, `{"detail":"Not Found"}`), 1, "POST /sessions/start", "check NOTTE_API_URL"},
		{"session 529", "{}", answer("POST /sessions/start", 529, `{}`), 1, "POST /sessions/start", "overloaded"},
		{"agent 404", "{}", answer("POST /agents/start", 404, `{"detail":"Session not found"}`), 1, sessionStopped, "no open session s"},
		{"agent 409", "{}", answer("POST /agents/start", 409, `{"detail":"busy"}`), 1, sessionStopped, "the session is busy"},
		{"agent 500", "{}", answer("POST /agents/start", 500, ``), 1, sessionStopped, "may be billed"},
		{"watch refused", "{}", answer("GET /agents/a", 403, `{"detail":"`+secretKey+`"}`), 4, agentStarts, "agent a was left as it was"},
		{"agent unknown", "{}", answer("GET /agents/a", 404, `{}`), 1, sessionStopped, "does not know agent a any more"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newAgentService(t, &agentService{statuses: []string{test.status}, answers: test.answers})
			got := runProgram(t, "", s.env(), "run", "--agent", "find it")
			if got.code != test.code || !strings.Contains(got.err, test.says) || s.requests() != test.asked {
				t.Errorf("exit code %d, want %d; asked %s, want %s; standard error:\n%s", got.code, test.code, s.requests(), test.asked, got.err)
			}
			if strings.Contains(got.out+got.err, secretKey) {
				t.Error("the key is in the output")
			}
		})
	}
}

// With --json the lines are those of an automation, and the outcome has the
// agent.
func TestRunAgentJSON(t *testing.T) {
	t.Parallel()
	s := newAgentService(t, &agentService{statuses: []string{agentStatus("closed", "true", "42", agentStep("Open it."))}})
	got := runProgram(t, "", s.env(), "run", "--agent", "--json", "find it")
	last := lastLine(t, got.out)
	want := `{"agent_id":"a","max_steps":20,"session_id":"s","session_stop":"confirmed","steps":1}`
	if got.code != 0 || got.err != "" || last["type"] != "outcome" || last["answer"] != "42" || encoded(t, last["agent"]) != want {
		t.Errorf("exit code %d, standard error %q, the outcome is %v", got.code, got.err, last)
	}
}
