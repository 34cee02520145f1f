package local

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"notturno/api/local/agent"
)

func TestBadBodies(t *testing.T) {
	t.Parallel()
	servers := map[int]*Server{
		1: startScripted(t, Config{Generation: 1}, nothing),
		2: startScripted(t, Config{Generation: 2}, nothing),
	}
	for _, test := range []struct {
		name, body string
		generation int // 0 is both
		want       int
		text       string
	}{
		{"no query", `{}`, 0, 400, "Missing required field: query"},
		{"null", `null`, 0, 400, "Missing required field: query"},
		{"null query", `{"query":null}`, 0, 400, "Missing required field: query"},
		{"empty query", `{"query":""}`, 0, 400, "Missing required field: query"},
		{"blank query", `{"query":" \t\n\u2003"}`, 0, 400, "Missing required field: query"},
		{"query in capitals", `{"Query":"x"}`, 0, 400, "Missing required field: query"},
		{"the proxy's field", `{"task":"x"}`, 0, 400, "Missing required field: query"},
		{"number", `{"query":7}`, 0, 400, "Invalid field: query"},
		{"list", `{"query":["x"]}`, 0, 400, "Invalid field: query"},
		{"empty body", ``, 0, 400, "Invalid JSON body"},
		{"not JSON", `query=x`, 0, 400, "Invalid JSON body"},
		{"cut", `{"query":"x"`, 0, 400, "Invalid JSON body"},
		{"two values", `{"query":"x"}{}`, 0, 400, "Invalid JSON body"},
		{"not an object", `["query"]`, 0, 400, "Invalid JSON body"},
		{"more members", `{"query":"x","model":1,"else":{}}`, 0, 200, ""},
		{"version 1", `{"query":"x","version":"v1"}`, 1, 200, ""},
		{"version 1, retired", `{"query":"x","version":"v1"}`, 2, 400, "unsupported_version"},
		{"version 2", `{"query":"x","version":"v2"}`, 0, 200, ""},
		{"version 9", `{"query":"x","version":"v9"}`, 0, 400, "unsupported_version"},
		{"version as a number", `{"query":"x","version":2}`, 0, 400, "Invalid field: version"},
		{"thread", `{"query":"x","thread_id":"41d8c2f6-7b95-4e0a-a3d2-6c9e58f0b714"}`, 0, 200, ""},
		{"odd thread", `{"query":"x","thread_id":"a\r\nSet-Cookie: b"}`, 2, 400, "Invalid field: thread_id"},
		{"odd thread, unread", `{"query":"x","thread_id":"a"}`, 1, 200, ""},
		{"odd detach", `{"query":"x","detach":"yes"}`, 2, 400, "Invalid field: detach"},
	} {
		for generation, s := range servers {
			if test.generation != 0 && test.generation != generation {
				continue
			}
			resp := startTask(t.Context(), t, s, test.body)
			body := readBody(t, resp)
			if resp.StatusCode != test.want {
				t.Errorf("%s gets %d in generation %d, want %d: %s", test.name, resp.StatusCode, generation, test.want, body)
				continue
			}
			if test.want == 200 {
				continue
			}
			var p problem
			if err := json.Unmarshal([]byte(body), &p); err != nil || p.Error != test.text {
				t.Errorf("%s gets the body %s in generation %d", test.name, body, generation)
			}
		}
	}
}

func TestOnlyPostedJSONStartsRuns(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, func(context.Context, string, func(agent.Step)) error {
		t.Error("a run started")
		return nil
	})
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		resp := do(t, request(t.Context(), t, s, method, startPath, `{"query":"x"}`, header("Content-Type", "application/json")))
		if resp.StatusCode != 405 || resp.Header.Get("Allow") != "POST" {
			t.Errorf("%s gets %d, Allow: %s", method, resp.StatusCode, resp.Header.Get("Allow"))
		}
	}
	for _, kind := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain; application/json", "application/jsonx", ";"} {
		resp := do(t, request(t.Context(), t, s, http.MethodPost, startPath, `{"query":"x"}`, header("Content-Type", kind)))
		if body := readBody(t, resp); resp.StatusCode != 415 || !strings.HasPrefix(body, `{"error":`) {
			t.Errorf("Content-Type %q gets %d %s", kind, resp.StatusCode, body)
		}
	}
}

func TestJSONMayNameItsCharset(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	resp := do(t, request(t.Context(), t, s, http.MethodPost, startPath, `{"query":"x"}`, header("Content-Type", "Application/JSON; charset=utf-8")))
	if resp.StatusCode != 200 {
		t.Errorf("it gets %d", resp.StatusCode)
	}
}

func TestLargeRequestsAreRefused(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	fits := `{"query":"` + strings.Repeat("x", maxBodyBytes-12) + `"}`
	if resp := startTask(t.Context(), t, s, fits); resp.StatusCode != 200 {
		t.Errorf("a body of %d bytes gets %d", len(fits), resp.StatusCode)
	}
	resp := startTask(t.Context(), t, s, fits+" ")
	if body := readBody(t, resp); resp.StatusCode != 413 || !strings.HasPrefix(body, `{"error":"Request body too large"`) {
		t.Errorf("a body of %d bytes gets %d %s", len(fits)+1, resp.StatusCode, body)
	}
	resp = do(t, request(t.Context(), t, s, http.MethodGet, "/health", "", header("X-Large", strings.Repeat("x", maxHeaderBytes+8<<10))))
	if resp.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a header of over %d bytes gets %d", maxHeaderBytes, resp.StatusCode)
	}
}

func TestTheTaskReachesTheAgent(t *testing.T) {
	t.Parallel()
	tasks := make(chan string, 1)
	s := startScripted(t, Config{}, func(_ context.Context, task string, _ func(agent.Step)) error {
		tasks <- task
		return nil
	})
	startTask(t.Context(), t, s, `{"query":"  list the posts of 例え.jp/\u00e9 \n"}`)
	if task := <-tasks; task != "list the posts of 例え.jp/é" {
		t.Errorf("the agent got %q", task)
	}
}
