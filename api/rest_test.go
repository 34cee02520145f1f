package api

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/http2"
)

// restClient is a client whose REST API is where its Anything API is.
func restClient(t *testing.T, client *Client) *Client {
	t.Helper()
	config := client.config
	config.APIURL = config.AnythingURL
	rest, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return rest
}

// Each call is one request: its method, its path with what is escaped in it,
// its query and its body.
func TestRequestsOfTheRESTAPI(t *testing.T) {
	t.Parallel()
	var got *http.Request
	var body string
	client := restClient(t, serve(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		got, body = r, string(b)
		_, _ = io.WriteString(w, `{"status":"closed"}`)
	}))
	ctx := t.Context()
	for _, test := range []struct {
		call       func() error
		want, body string
	}{
		{func() error { _, err := client.StartSession(ctx, SessionRequest{}); return err }, "POST /sessions/start", "{}"},
		{func() error {
			_, err := client.StartSession(ctx, SessionRequest{Proxies: &Proxies{On: true}, Headless: new(false)})
			return err
		}, "POST /sessions/start", `{"headless":false,"proxies":true}`},
		{func() error {
			_, err := client.StartSession(ctx, SessionRequest{Proxies: &Proxies{List: []Proxy{}}, Profile: &Profile{}})
			return err
		}, "POST /sessions/start", `{"proxies":[],"profile":{"id":""}}`},
		{func() error { _, err := client.Session(ctx, "a/b?c#d%"); return err }, "GET /sessions/a%2Fb%3Fc%23d%25", ""},
		{func() error { _, err := client.Session(ctx, ".."); return err }, "GET /sessions/%2E%2E", ""},
		{func() error { _, err := client.Sessions(ctx, SessionFilter{}); return err }, "GET /sessions", ""},
		{func() error {
			_, err := client.Sessions(ctx, SessionFilter{Page: 2, PageSize: 5, OnlyActive: new(false), OnlyCurrentToken: new(true), IncludeSystem: new(false)})
			return err
		}, "GET /sessions?include_system=false&only_active=false&only_current_token=true&page=2&page_size=5", ""},
		{func() error { _, err := client.StopSession(ctx, "a b"); return err }, "DELETE /sessions/a%20b/stop", ""},
		{func() error { _, err := client.StartAgent(ctx, AgentRequest{}); return err }, "POST /agents/start", `{"task":"","session_id":""}`},
		{func() error { _, err := client.Agent(ctx, "\x00é"); return err }, "GET /agents/%00%C3%A9", ""},
		{func() error {
			_, err := client.Agents(ctx, AgentFilter{OnlyActive: new(true), OnlySaved: new(true), OnlyCurrentToken: new(false), Page: 1, PageSize: 100})
			return err
		}, "GET /agents?only_active=true&only_current_token=false&only_saved=true&page=1&page_size=100", ""},
		{func() error { _, err := client.StopAgent(ctx, "a", "s&x=1"); return err }, "DELETE /agents/a/stop?session_id=s%26x%3D1", ""},
		{func() error { _, err := client.AgentCode(ctx, "a", CodeRequest{}); return err }, "GET /agents/a/workflow/code?as_workflow=false", ""},
		{func() error {
			_, err := client.AgentCode(ctx, "a", CodeRequest{AsWorkflow: true, InferResponseFormat: new(true)})
			return err
		}, "GET /agents/a/workflow/code?as_workflow=true&infer_response_format=true", ""},
	} {
		if err := test.call(); err != nil {
			t.Errorf("%s: %v", test.want, err)
			continue
		}
		if asked := got.Method + " " + got.URL.RequestURI(); asked != test.want || body != test.body {
			t.Errorf("asked %s %s, want %s %s", asked, body, test.want, test.body)
		}
		contentType := ""
		if test.body != "" {
			contentType = "application/json"
		}
		for name, want := range map[string]string{
			"Authorization": "Bearer " + testKey, "Accept": "application/json", "Content-Type": contentType, "Idempotency-Key": "",
			"X-Notte-Request-Origin": "notturno", "X-Notte-Sdk-Version": "1.2.3", "User-Agent": "notturno/1.2.3", "X-Notte-Api-Key": "",
		} {
			if got.Header.Get(name) != want {
				t.Errorf("%s: %s is %q, want %q", test.want, name, got.Header.Get(name), want)
			}
		}
	}
}

// What cannot be asked is not sent.
func TestCallsThatCannotBeSent(t *testing.T) {
	t.Parallel()
	client := restClient(t, serve(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("sent %s", r.URL) }))
	for name, call := range map[string]func() error{
		"session": func() error { _, err := client.Session(t.Context(), ""); return err },
		"stop":    func() error { _, err := client.StopSession(t.Context(), ""); return err },
		"agent":   func() error { _, err := client.Agent(t.Context(), ""); return err },
		"end":     func() error { _, err := client.StopAgent(t.Context(), "", "s"); return err },
		"code":    func() error { _, err := client.AgentCode(t.Context(), "", CodeRequest{}); return err },
		"format": func() error {
			_, err := client.StartAgent(t.Context(), AgentRequest{ResponseFormat: json.RawMessage(`{`)})
			return err
		},
	} {
		if err := call(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// What is not a documented answer is an error that says what came.
func TestAnswersThatAreErrors(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status     int
		body, want string
	}{
		{200, `<html><title>Sign in</title></html>`, "expected JSON, got text/html: Sign in"},
		{200, ``, "expected JSON, got no content type"},
		{200, `{"detail":"Agent not found"}`, "Agent not found"},
		{200, `{"detail":[{"loc":["body","url"],"msg":"Bad"}]}`, "url: Bad"},
		{200, `{"a":"` + strings.Repeat("x", 3000) + `"}`, "more than 2048 bytes"},
		{202, `{"a":1}`, "Accepted"},
		{204, ``, "No Content"},
		{307, ``, "it points to https://elsewhere.example/x, and a request is never sent again to another address"},
		{401, `{"message":"Authentication failed. ` + testKey + `"}`, "Authentication failed. [key]"},
		{404, `{"detail":"Not Found"}`, "404 Not Found"},
		{418, "\x1b]0;x\a", "␛]0;x␇"},
	} {
		client := restClient(t, serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://user:pass@elsewhere.example/x?token=secret")
			w.Header().Set("Content-Type", "")
			if strings.HasPrefix(test.body, "<") {
				w.Header().Set("Content-Type", "Text/HTML; charset=utf-8")
			}
			w.WriteHeader(test.status)
			_, _ = io.WriteString(w, test.body)
		}, func(c *Config) { c.maxEvent = 2048 }))
		_, err := client.Agent(t.Context(), "a")
		var answer *Error
		if !errors.As(err, &answer) || answer.Status != test.status || answer.Host != client.host() || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%d %.40s: %v", test.status, test.body, err)
			continue
		}
		checkShown(t, err.Error())
	}
}

// Reads are sent again after waits of about 1, 2 and 4 seconds, unless that
// would not help.
func TestReadsAreSentAgain(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name            string
		statuses        []int // 0 breaks the connection off
		after           string
		requests        int
		good            bool
		atLeast, atMost time.Duration
	}{
		{"once", []int{200}, "", 1, true, 0, 0},
		{"every failure", []int{500, 0, 503, 200}, "", 4, true, 5250 * time.Millisecond, 8750 * time.Millisecond},
		{"to the end", []int{502, 504, 529, 500, 200}, "", 4, false, 5250 * time.Millisecond, 8750 * time.Millisecond},
		{"timeout", []int{408, 200}, "", 2, true, 750 * time.Millisecond, 1250 * time.Millisecond},
		{"a wait that is asked for", []int{429, 200}, "30", 2, true, 30 * time.Second, 30 * time.Second},
		{"a wait that is too long", []int{429, 200}, "61", 1, false, 0, 0},
		{"not found", []int{404, 200}, "", 1, false, 0, 0},
		{"unauthorised", []int{401, 200}, "", 1, false, 0, 0},
		{"not valid", []int{422, 200}, "", 1, false, 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var requests atomic.Int32
			handler := func(*testing.T) http.Handler { return answers(&requests, test.statuses, test.after) }
			inBubble(t, handler, func(t *testing.T, client *Client) {
				begin := time.Now()
				_, err := client.Session(t.Context(), "s")
				if (err == nil) != test.good || int(requests.Load()) != test.requests {
					t.Errorf("%v after %d requests", err, requests.Load())
				}
				if took := time.Since(begin); took < test.atLeast || took > test.atMost {
					t.Errorf("it took %s", took)
				}
			})
		})
	}
}

// answers are the statuses of successive answers; the last stays.
func answers(requests *atomic.Int32, statuses []int, after string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		status := statuses[min(int(requests.Add(1)), len(statuses))-1]
		if status == 0 {
			panic(http.ErrAbortHandler)
		}
		w.Header().Set("Retry-After", after)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"session_id":"s","agent_id":"a","status":"active"}`)
	}
}

// Starts and stops are sent once, whatever comes back.
func TestStartsAndStopsAreSentOnce(t *testing.T) {
	t.Parallel()
	for _, status := range []int{0, 408, 409, 429, 500, 502, 503, 529, 307} {
		var requests atomic.Int32
		handler := func(*testing.T) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet {
					w.WriteHeader(http.StatusNotFound)
					return
				}
				answers(&requests, []int{status}, "1").ServeHTTP(w, r)
			})
		}
		inBubble(t, handler, func(t *testing.T, client *Client) {
			for _, call := range onlyOnce(t, client) {
				requests.Store(0)
				if err := call(); err == nil || requests.Load() != 1 {
					t.Errorf("%d: %v after %d requests", status, err, requests.Load())
				}
			}
		})
	}
}

func onlyOnce(t *testing.T, client *Client) []func() error {
	t.Helper()
	return []func() error{
		func() error { _, err := client.StartSession(t.Context(), SessionRequest{}); return err },
		func() error { _, err := client.StartAgent(t.Context(), AgentRequest{}); return err },
		func() error { _, err := client.StopSession(t.Context(), "s"); return err },
		func() error { _, err := client.StopAgent(t.Context(), "a", "s"); return err },
	}
}

// HTTP/2 itself repeats what it can read again, and what has no body.
func TestStartsAndStopsAreSentOnceOverHTTP2(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodPost, http.MethodDelete} {
		client, requests := rawHTTP2(t, func(f *http2.Framer, id uint32) { _ = f.WriteRSTStream(id, http2.ErrCodeRefusedStream) })
		if _, err := restClient(t, client).send(t.Context(), call{method: method, path: []string{"a"}}); err == nil {
			t.Errorf("%s: no error", method)
		}
		if requests.Load() != 1 {
			t.Errorf("%s: %d requests", method, requests.Load())
		}
	}
}

// A call that is lost says whether it can have started something.
func TestLostCalls(t *testing.T) {
	t.Parallel()
	var requests atomic.Int32
	handler := func(*testing.T) http.Handler { return answers(&requests, []int{0}, "") }
	inBubble(t, handler, func(t *testing.T, client *Client) {
		var lost *TransportError
		_, err := client.StartAgent(t.Context(), AgentRequest{})
		if !errors.As(err, &lost) || !lost.Sent || lost.StartsNothing || !strings.Contains(err.Error(), "may be billed") || lost.Host != "127.0.0.1" {
			t.Errorf("a start: %v", err)
		}
		_, err = client.Agent(t.Context(), "a")
		if !errors.As(err, &lost) || !lost.StartsNothing || strings.Contains(err.Error(), "billed") {
			t.Errorf("a read: %v", err)
		}
	})
}
