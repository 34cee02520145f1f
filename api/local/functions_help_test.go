package local

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"path/filepath"
	"testing"

	"notturno/api/local/agent"
)

// openFunctions is the functions API on a data directory.
func openFunctions(t *testing.T, dir string, run functionRunner) *functions {
	t.Helper()
	store, err := openStore(filepath.Join(dir, "functions"))
	if err != nil {
		t.Fatal(err)
	}
	records, err := openRecords(filepath.Join(dir, "runs"))
	if err != nil {
		t.Fatal(err)
	}
	return newFunctions(store, records, run)
}

// startFunctions serves on a real loopback port, with run in the agent's
// place.
func startFunctions(t *testing.T, dir string, run functionRunner) *Server {
	t.Helper()
	config := Config{DataDir: dir}
	if err := config.complete(); err != nil {
		t.Fatal(err)
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", config.Addr)
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(context.WithoutCancel(t.Context()), config, listener.Addr().String())
	s.functions = openFunctions(t, dir, run)
	s.serve(listener)
	closeAfter(t, s)
	return s
}

// keepFunction keeps a function to work with.
func keepFunction(t *testing.T, s *Server, name string) agent.Function {
	t.Helper()
	f, err := s.functions.store.save(t.Context(), agent.Function{Name: name, Description: "Lists the newest entries.", Skill: "list",
		Variables: []agent.Variable{{Name: "count", Type: "int", Default: "5"}}})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// ask sends a request and returns its status and its JSON.
func ask(t *testing.T, s *Server, method, path, body string, edits ...func(*http.Request)) (int, map[string]any) {
	t.Helper()
	resp := send(t, s, method, path, body, edits...)
	text := readBody(t, resp)
	var value map[string]any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%s %s answers %d %q, which is no JSON object: %v", method, path, resp.StatusCode, text, err)
	}
	if kind := resp.Header.Get("Content-Type"); kind != "application/json" {
		t.Errorf("%s %s answers with Content-Type %q", method, path, kind)
	}
	return resp.StatusCode, value
}

func send(t *testing.T, s *Server, method, path, body string, edits ...func(*http.Request)) *answer {
	t.Helper()
	json := header("Content-Type", "application/json")
	return do(t, request(t.Context(), t, s, method, path, body, append([]func(*http.Request){json}, edits...)...))
}

// expect is ask for an answer of that status.
func expect(t *testing.T, s *Server, status int, method, path, body string, edits ...func(*http.Request)) map[string]any {
	t.Helper()
	got, value := ask(t, s, method, path, body, edits...)
	if got != status {
		t.Fatalf("%s %s answers %d %v, want %d", method, path, got, value, status)
	}
	return value
}

// expectDetail checks an error answer.
func expectDetail(t *testing.T, s *Server, status int, detail, method, path, body string) {
	t.Helper()
	if got := expect(t, s, status, method, path, body)["detail"]; got != detail {
		t.Errorf("%s %s answers %q, want %q", method, path, got, detail)
	}
}

// echo is a run that tells a little and gives back its variables.
func echo(_ context.Context, _ agent.Function, variables map[string]string, tell func(agent.Step)) (json.RawMessage, error) {
	tell(agent.Thought{Text: "Opening the page.\n\n"})
	tell(agent.Call{ID: "c1", Tool: "open_page", Input: map[string]any{"url": "http://x.example/?a=1&b=2"}})
	tell(agent.View{URL: "http://x.example/", HTML: "<p>X"})
	tell(agent.Result{ID: "c1", Tool: "open_page", Content: "\nX\nmore"})
	tell(agent.Speech{Text: "the answer"})
	return json.Marshal(map[string]any{"variables": variables})
}

var echoLogs = []string{"Opening the page.", `open_page {"url":"http://x.example/?a=1\u0026b=2"}`, "open_page: X"}

// held is a run that waits for its end or for a release; it tells of both.
func held() (run functionRunner, began chan struct{}, release chan struct{}) {
	began, release = make(chan struct{}, maxLive+1), make(chan struct{})
	return func(ctx context.Context, _ agent.Function, _ map[string]string, tell func(agent.Step)) (json.RawMessage, error) {
		tell(agent.Thought{Text: "waiting"})
		began <- struct{}{}
		select {
		case <-release:
			return json.RawMessage(`{"late":true}`), nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}, began, release
}
