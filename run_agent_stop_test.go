package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"syscall"
	"testing"
)

// signalled runs an agent and sends the program a signal when the text shows
// and ready has returned.
func signalled(t *testing.T, signal os.Signal, env []string, text string, ready func(), args ...string) ran {
	t.Helper()
	cmd := command(t.Context(), t, env, append([]string{"run", "--agent"}, args...)...)
	var out bytes.Buffer
	progress := &waitingWriter{until: text, seen: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = &out, progress
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	await(t, text, progress.seen)
	ready()
	if err := cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	code := exitCodeOf(t, cmd.Wait())
	return ran{code: code, out: out.String(), err: progress.text.String()}
}

// Ctrl+c stops the agent, then its session, and says what was confirmed.
func TestRunAgentInterrupted(t *testing.T) {
	t.Parallel()
	refuse := refuses(http.StatusForbidden, "application/json", `{"detail":"not yours"}`)
	for _, test := range []struct {
		name    string
		signal  os.Signal
		answers map[string]http.HandlerFunc
		args    []string
		asked   string
		says    []string
	}{
		{"confirmed", os.Interrupt, nil, nil, agentStops, []string{"stopping after the current action…", "agent a was stopped: confirmed", "session s was stopped: confirmed"}},
		{"kept session", syscall.SIGTERM, nil, []string{"--after-agent", "keep"}, agentStarts + ", DELETE /agents/a/stop", []string{"agent a was stopped: confirmed", "session s was left open"}},
		{"agent refused", os.Interrupt, map[string]http.HandlerFunc{"DELETE /agents/a/stop": refuse}, nil, agentStops, []string{"agent a was not stopped; it may be going on", "not yours", "session s was stopped: confirmed"}},
		{"both refused", os.Interrupt, map[string]http.HandlerFunc{"DELETE /agents/a/stop": refuse, "DELETE /sessions/s/stop": refuse}, nil, agentStops, []string{"agent a was not stopped", "session s was not stopped"}},
		{"still active", os.Interrupt, map[string]http.HandlerFunc{"DELETE /agents/a/stop": refuses(200, "application/json", agentStatus("active", "null", ""))}, nil, agentStops,
			[]string{"agent a was asked to stop: not confirmed", "session s was stopped: confirmed"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			one := agentStep("Open it.")
			s := newAgentService(t, &agentService{answers: test.answers, statuses: []string{agentStatus("active", "null", "", one)}, log: holds(one)})
			got := signalled(t, test.signal, s.env(), "step 1 of 20", func() {}, append(test.args, "find it")...)
			if got.code != 130 || got.out != "" || !containsAll(got.err, append(test.says, "cancelled · 1 of 20 steps")...) {
				t.Errorf("exit code %d, standard output %q, standard error:\n%s", got.code, got.out, got.err)
			}
			if text := s.requests(); text != test.asked {
				t.Errorf("the service was asked %s, want %s", text, test.asked)
			}
		})
	}
}

// A local agent whose action does not end is not said to have stopped: its
// session is, which ends it.
func TestRunAgentInterruptedLocally(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{})
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/slow" {
			http.NotFound(w, r)
			return
		}
		close(asked)
		<-r.Context().Done()
	}))
	t.Cleanup(page.Close)
	got := signalled(t, os.Interrupt, nil, "browser session live", func() { await(t, "the page", asked) }, "read "+page.URL+"/slow")
	if got.code != 130 || !containsAll(got.err, "stopping after the current action…", "was asked to stop: not confirmed", "was stopped: confirmed", "cancelled") {
		t.Errorf("exit code %d, standard error:\n%s", got.code, got.err)
	}
}
