package api

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// wholeRun is what an agent of two steps and a completion says, live.
const wholeRun = "connected|0:click|0 is eval 1|1:click|1 failed: not found|2:completion|2 is |answer 42|done"

// polledRun is the same, read from the status.
const polledRun = "connected|polling · goal 0|0:click|0 is eval 1|polling · goal 1|1:click|1 failed: not found|2:completion|2 is |answer 42|done"

const polled = "; polling: the agent's status is read every second instead"

func TestWatchAgent(t *testing.T) {
	t.Parallel()
	all := []string{timed(0), timed(1), completion}
	bare := []string{untimed(0), untimed(1), completion}
	withNote := strings.Replace(wholeRun, "|answer", "|note The answer is fine.|answer", 1)
	for name, test := range map[string]struct {
		script  *agentScript
		want    string
		atLeast time.Duration
		atMost  time.Duration
	}{
		"the log tells all": {&agentScript{statuses: []string{active()},
			log: said(waits, append(all, validation, stopOf(over(all...)))...)}, withNote, 0, time.Second},
		"afterwards": {&agentScript{statuses: []string{over(all...)},
			log: said(closed, append(all, validation, stopOf(over(all...)))...)}, withNote, 0, time.Second},
		"afterwards, the log refused": {&agentScript{statuses: []string{over(all...)}}, wholeRun, 0, 0},
		"afterwards, the log silent":  {&agentScript{statuses: []string{over(all...)}, log: said(waits)}, wholeRun, time.Second, 3 * time.Second},
		"the viewer link": {&agentScript{statuses: []string{over()}, viewer: "https://viewer.example/?jwt=x"},
			"connected|viewer https://viewer.example/?jwt=x|answer 42|done", 0, 0},
		"a viewer link with the key": {&agentScript{statuses: []string{over()}, viewer: "https://viewer.example/?token=" + testKey},
			"connected|answer 42|done", 0, 0},
		"the log does not begin anew": {&agentScript{statuses: []string{active(all[:1]...)},
			log: said(waits, all[1], completion, stopOf(over(all...)))}, wholeRun, 0, time.Second},
		"the log begins anew late": {&agentScript{statuses: []string{active(bare[:2]...)},
			log: func(ctx context.Context, conn *websocket.Conn) {
				ctx = conn.CloseRead(ctx)
				time.Sleep(10 * time.Second)
				said(waits, append(bare, stopOf(over(bare...)))...)(ctx, conn)
			}}, wholeRun, 10 * time.Second, 11 * time.Second},
		"the connection drops": {&agentScript{statuses: []string{active(), active(), active(all[:1]...), active(all[:2]...), over(all...)},
			log: said(drop, all[0])},
			"connected|0:click|polling|note the connection to the agent's log was lost" + polled + "|0 is eval 1|polling · goal 1|1:click|1 failed: not found|2:completion|2 is |answer 42|done",
			time.Second, 3 * time.Second},
		"silence": {&agentScript{statuses: []string{active(), active(), active(all...), over(all...)}, log: said(waits, all[0])},
			"connected|0:click|polling|note the agent's log was silent for 5m0s" + polled + "|0 is eval 1|polling · goal 1|1:click|1 failed: not found|2:completion|2 is |answer 42|done",
			5 * time.Minute, 5*time.Minute + 2*time.Second},
		"no answer to pings": {&agentScript{statuses: []string{active(), active(), active(), over(all...)}, log: said(waits), mute: true},
			strings.Replace(polledRun, "connected", "connected|polling|note the connection to the agent's log was lost"+polled, 1),
			45 * time.Second, 47 * time.Second},
		"refused": {&agentScript{statuses: []string{active(), active(), over(all...)}},
			strings.Replace(polledRun, "connected", "connected|polling|note the service refused the agent's log: 403 Forbidden"+polled, 1), time.Second, time.Second},
		"garbage": {&agentScript{statuses: []string{active()},
			log: said(waits, `{`, all[0], "\x00binary", `[1]`, `"x"`, `{"a":1}`, ``, `{"status":"thinking"}`, all[1], "\xff", completion, stopOf(over(all...)))},
			"connected|unknown unreadable log message|0:click" + strings.Repeat("|unknown unreadable log message", 5) + "|0 is eval 1|1:click|unknown unreadable log message|1 failed: not found|2:completion|2 is |answer 42|done", 0, time.Second},
		"every message twice": {&agentScript{statuses: []string{active()},
			log: said(waits, all[0], all[0], all[1], all[1], completion, stopOf(over(all...)), stopOf(over(all...)))}, wholeRun, 0, time.Second},
		"every message twice, without times": {&agentScript{statuses: []string{active(), active(), active(bare[:1]...), active(bare[:2]...)},
			log: said(waits, bare[0], bare[0], bare[1], bare[1], completion, stopOf(over(bare...)))}, wholeRun, 0, time.Second},
		"the log twice": {&agentScript{statuses: []string{active(), active(), active(bare...)},
			log: said(waits, append(append([]string{}, bare...), append(bare, stopOf(over(bare...)))...)...)}, wholeRun, 0, time.Second},
		"two steps that are alike": {&agentScript{statuses: []string{active(), active(), active(bare[0], bare[0])},
			log: said(waits, bare[0], bare[0], completion, stopOf(over(bare[0], bare[0], completion)))},
			"connected|0:click|0 is eval 0|1:click|1 failed: not found|2:completion|2 is |answer 42|done", 0, time.Second},
		"a message of 6 MiB": {&agentScript{statuses: []string{active(), active(), over(all...)},
			log: said(waits, all[0], strings.TrimSuffix(all[1], "}")+`,"screenshot":"`+strings.Repeat("x", 6<<20)+`"}`)}, wholeRun, 0, time.Second},
		"a message of 6 MiB of an agent that goes on": {&agentScript{statuses: []string{active(), active(), active(all[:2]...), over(all...)},
			log: said(waits, all[0], strings.Repeat("x", 6<<20))},
			strings.Replace(strings.Replace(wholeRun, "0:click", "0:click|polling|note the agent's log sent a message of more than 5 MiB"+polled, 1), "1:click", "polling · goal 1|1:click", 1), time.Second, 2 * time.Second},
		"no agent_stop":                       {&agentScript{statuses: []string{active(), active(), over(all...)}, log: said(closed, all...)}, wholeRun, 0, 0},
		"no agent_stop, and the log goes on":  {&agentScript{statuses: []string{active(), active(), over(all...)}, log: said(waits, all...)}, wholeRun, 2 * time.Second, 2 * time.Second},
		"agent_stop without the agent":        {&agentScript{statuses: []string{active(), active(), over(all...)}, log: said(waits, append(all, `{"status":"agent_stop"}`)...)}, wholeRun, 0, 0},
		"agent_stop of an agent not yet over": {&agentScript{statuses: []string{active(), active(), over(all...)}, log: said(waits, append(all, stopOf(active(all...)))...)}, wholeRun, 0, 0},
		"the bare status as the end":          {&agentScript{statuses: []string{active()}, log: said(waits, append(all, over(all...))...)}, wholeRun, 0, 0},
		"a bare status that is no end":        {&agentScript{statuses: []string{active()}, log: said(waits, all[0], active(all...), all[1], completion, over())}, wholeRun, 0, 0},
		"the end of another agent": {&agentScript{statuses: []string{active()},
			log: said(waits, all[0], stopOf(strings.Replace(over(), `"a"`, `"b"`, 1)), all[1], completion, stopOf(over()))}, wholeRun, 0, 0},
		"a status without steps": {&agentScript{statuses: []string{active()}, log: said(waits, append(all, stopOf(over()))...)}, wholeRun, 0, 0},
		"polled, the status has no steps": {&agentScript{statuses: []string{bareStatus("active"), bareStatus("active"), bareStatus("closed")}},
			"connected|polling|note the service refused the agent's log: 403 Forbidden" + polled + "|answer 42|done", time.Second, time.Second},
		"the connection drops, and the status has no steps": {&agentScript{statuses: []string{active(), active(), bareStatus("active"), bareStatus("closed")},
			log: said(drop, all[:2]...)},
			"connected|0:click|0 is eval 1|1:click|polling|note the connection to the agent's log was lost" + polled + "|answer 42|done", time.Second, time.Second},
		"steps in a session's envelope": {&agentScript{statuses: []string{active()},
			log: said(waits, `{"type":"agent_completion","value":`+all[0]+`}`, all[1], completion, stopOf(over()))}, wholeRun, 0, 0},
		"steps that are flat": {&agentScript{statuses: []string{over(`{"action":{"type":"goto","url":"u"},"success":false,"message":"no page"}`, `{"type":"screenshot","value":{"x":1}}`, `5`)}},
			"connected|0:goto|0 failed: no page|1:screenshot|1 is |2:step|answer 42|done", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(*testing.T) http.Handler { return test.script }, func(t *testing.T, client *Client) {
				begin := time.Now()
				got, err := watchAll(t, client, AgentWatch{AgentID: "a", SessionID: "s", MaxSteps: 20})
				if err != nil || strings.Join(got, "|") != test.want {
					t.Errorf("got  %s, %v\nwant %s", strings.Join(got, "|"), err, test.want)
				}
				if took := time.Since(begin); took < test.atLeast || took > test.atMost {
					t.Errorf("it took %s", took)
				}
			})
		})
	}
}

// bareStatus is the status of an agent without its steps.
func bareStatus(state string) string {
	return `{"agent_id":"a","session_id":"s","status":"` + state + `","success":` + map[string]string{"active": "null", "closed": "true"}[state] + `,"answer":"42"}`
}

// What each end of an agent is.
func TestEndsOfAgents(t *testing.T) {
	t.Parallel()
	limit := "failed " + StepLimit
	for _, test := range []struct {
		status   string
		maxSteps int
		stopping bool
		want     string
	}{
		{over(timed(0)), 1, false, "done"},
		{over(timed(0)), 1, true, "done"},
		{status("closed", "false", timed(0)), 2, false, "failed 42 ()"},
		{status("closed", "false", timed(0)), 0, false, "failed 42 ()"},
		{status("closed", "false", timed(0), timed(1)), 2, false, limit + " (2 of 2 steps: 42)"},
		{status("closed", "null", timed(0), timed(1)), 2, false, limit + " (2 of 2 steps: 42)"},
		{status("closed", "false", timed(0), completion), 2, false, "failed 42 ()"},
		{status("closed", "null", timed(0)), 2, false, "cancelled 42"},
		{status("closed", "false", timed(0)), 2, true, "cancelled 42"},
		{status("closed", "false", timed(0), timed(1)), 2, true, "cancelled 42"},
		{`{"closed_at":"2026-08-20T10:00:00Z"}`, 2, false, "cancelled the agent was stopped"},
		{`{"status":"closed","success":false,"answer":null}`, 2, false, "failed the agent failed and gave no reason ()"},
		{`{"status":"closed","success":true,"answer":{"a": [1]}}`, 2, false, "done"},
	} {
		script := &agentScript{statuses: []string{test.status}}
		inBubble(t, func(*testing.T) http.Handler { return script }, func(t *testing.T, client *Client) {
			got, err := watchAll(t, client, AgentWatch{AgentID: "a", SessionID: "s", MaxSteps: test.maxSteps, Stopping: func() bool { return test.stopping }})
			if err != nil || got[len(got)-1] != test.want {
				t.Errorf("%s with %d steps ends with %q, %v; want %q", test.status, test.maxSteps, got, err, test.want)
			}
		})
	}
}

// A watch ends with its context, wherever it is, and with its range.
func TestCancelledWatches(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		script *agentScript
		after  time.Duration
	}{
		"following": {&agentScript{statuses: []string{active()}, log: said(waits, timed(0))}, time.Minute},
		"polling":   {&agentScript{statuses: []string{active()}}, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(*testing.T) http.Handler { return test.script }, func(t *testing.T, client *Client) {
				ctx, cancel := context.WithTimeout(t.Context(), test.after)
				defer cancel()
				var last error
				for _, err := range client.WatchAgent(ctx, AgentWatch{AgentID: "a"}) {
					last = err
				}
				var lost *TransportError
				if !errors.Is(last, context.DeadlineExceeded) || !errors.As(last, &lost) || !lost.StartsNothing || strings.Contains(last.Error(), "billed") {
					t.Errorf("it ends with %v", last)
				}
				for _, err := range client.WatchAgent(t.Context(), AgentWatch{AgentID: "a"}) {
					if err != nil {
						t.Error(err)
					}
					break
				}
				for event, err := range client.WatchAgent(t.Context(), AgentWatch{AgentID: "a", SessionID: "s"}) {
					if _, waiting := event.Data.(Comment); waiting || err != nil || test.script.log == nil {
						break
					}
				}
			})
		})
	}
}

// Agents that cannot be watched.
func TestWatchesThatFail(t *testing.T) {
	t.Parallel()
	inBubble(t, func(*testing.T) http.Handler { return http.NotFoundHandler() }, func(t *testing.T, client *Client) {
		lines, err := watchAll(t, client, AgentWatch{AgentID: "a/../b"})
		var answer *Error
		if lines != nil || !errors.As(err, &answer) || answer.Status != http.StatusNotFound {
			t.Errorf("%q, %v", lines, err)
		}
		if lines, err = watchAll(t, client, AgentWatch{}); lines != nil || err == nil {
			t.Errorf("without an id: %q, %v", lines, err)
		}
	})
}

// The token in the log's address is the one of the session; the key only
// towards this machine, and nothing where it could be overheard.
func TestTheTokenOfALog(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		debug string
		want  string
	}{
		"its own":        {"", "/agents/a/debug/logs?session_id=s&token=scoped%2Ftoken%3F"},
		"none":           {`{}`, "/agents/a/debug/logs?session_id=s&token=" + testKey},
		"odd":            {`{"ws":{"logs":5}}`, "/agents/a/debug/logs?session_id=s&token=" + testKey},
		"not an address": {`{"ws":{"logs":"http://[::1"}}`, "/agents/a/debug/logs?session_id=s&token=" + testKey},
	} {
		script := &agentScript{statuses: []string{over()}, debug: test.debug}
		inBubble(t, func(*testing.T) http.Handler { return script }, func(t *testing.T, client *Client) {
			if _, err := watchAll(t, client, AgentWatch{AgentID: "a", SessionID: "s"}); err != nil {
				t.Error(err)
			}
			if got := script.requests[3]; got != "GET "+test.want {
				t.Errorf("%s: %s", name, got)
			}
		})
	}
	for name, test := range map[string]struct {
		base, key, debug string
		refused          bool
	}{
		"https":               {"https://example.com", testKey, "", false},
		"https without token": {"https://example.com", testKey, `{}`, true},
		"https with the key":  {"https://example.com", testKey, `{"ws":{"logs":"wss://x/?token=` + testKey + `"}}`, true},
		"without encryption":  {"http://example.com", "", "", true},
	} {
		script := &agentScript{statuses: []string{over()}, debug: test.debug, log: said(closed, stopOf(over()))}
		server := httptest.NewUnstartedServer(script)
		if strings.HasPrefix(test.base, "https") {
			server.StartTLS()
		} else {
			server.Start()
		}
		roots := x509.NewCertPool()
		if server.Certificate() != nil {
			roots.AddCert(server.Certificate())
		}
		client, err := New(Config{APIURL: test.base, Key: test.key, roots: roots, dialer: toServer(server.Listener.Addr().String())})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := watchAll(t, client, AgentWatch{AgentID: "a", SessionID: "s"}); err != nil || strings.Join(got, "|") != "connected|answer 42|done" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		server.Close()
		asked := strings.Join(script.requests, "\n")
		if strings.Contains(asked, testKey) || strings.Contains(asked, "debug/logs") == test.refused {
			t.Errorf("%s asks\n%s", name, asked)
		}
	}
}

// toServer is a network in which everybody lives at one address.
type toServer string

func (address toServer) DialContext(ctx context.Context, network, _ string) (net.Conn, error) {
	return new(net.Dialer).DialContext(ctx, network, string(address))
}
