//go:build unix

package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// failing is a service that does not do what it should, and what the screen
// must say about it.
type failing struct {
	name   string
	answer http.HandlerFunc
	says   []string // in the transcript
	began  bool     // the service accepted the run, so the text is not handed back
}

func failingServices() []failing {
	const json, html = "application/json", "text/html"
	return []failing{
		{name: "400", answer: refuses(400, json, `{"error":"Missing required field: query"}`),
			says: []string{"failed", "400", "Missing required field: query", "change the task"}},
		{name: "401", answer: refuses(401, json, `{"error":"Unauthorized: key `+secretKey+`"}`),
			says: []string{"failed", "401", "check NOTTE_API_KEY"}},
		{name: "402", answer: refuses(402, json, `{"detail":"out of budget"}`),
			says: []string{"failed", "402", "out of budget", "check the plan and the budget"}},
		{name: "404", answer: refuses(404, json, `{"detail":"Not Found"}`),
			says: []string{"failed", "404", "check NOTTE_ANYTHING_URL"}},
		{name: "422", answer: refuses(422, json, `{"detail":[{"type":"missing","loc":["body","query"],"msg":"Field required","input":{}}]}`),
			says: []string{"failed", "422", "query: Field required", "change the task"}},
		{name: "429", answer: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", "12")
			refuses(429, json, `{"error":"slow down"}`)(w, r)
		}, says: []string{"failed", "429", "slow down", "wait 12s"}},
		{name: "502", answer: refuses(502, json, `{"error":"Failed to start agent","detail":"upstream returned 503"}`),
			says: []string{"failed", "502", "Failed to start agent", "upstream returned 503", "may be billed"}},
		{name: "529", answer: refuses(529, json, `{"detail":"too many sessions"}`),
			says: []string{"failed", "529", "too many sessions", "overloaded", "wait"}},
		{name: "HTML 502", answer: refuses(502, html, `<html><head><title>Bad gateway</title><style>p{}</style></head><body><h1>Bad gateway</h1><p>Host &amp; error</p></body></html>`),
			says: []string{"failed", "502", "Bad gateway", "may be billed"}},
		{name: "200 HTML", answer: refuses(200, html, `<html><body><p>Log in to the hotel network</p></body></html>`),
			says: []string{"failed", "event stream", "text/html", "Log in to the hotel network", "NOTTE_ANYTHING_URL"}},
		{name: "cut stream", answer: says(delta("Half an ans")),
			says: []string{"interrupted", "Half an ans", "may still be going on", "open the viewer", "may cost again"}, began: true},
		{name: "reset", answer: func(w http.ResponseWriter, r *http.Request) {
			says(delta("Half an ans"))(w, r)
			panic(http.ErrAbortHandler)
		}, says: []string{"interrupted", "Half an ans", "may still be going on"}, began: true},
		{name: "error event", answer: says(object("error", "error", "agent_failed", "detail", "The browser session could not be created.")),
			says: []string{"failed", "agent_failed", "The browser session could not be created."}, began: true},
		{name: "timeout event", answer: says(object("timeout", "reason", "max_duration", "detail", "The agent did not finish.")),
			says: []string{"timed out", "max_duration", "The agent did not finish."}, began: true},
		{name: "cancelled event", answer: says(object("cancelled", "reason", "user_requested")),
			says: []string{"cancelled", "user_requested"}, began: true},
	}
}

// A service that fails is named, with the next step, after exactly one start.
func TestFailingServices(t *testing.T) {
	t.Parallel()
	for _, test := range failingServices() {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, test.answer)
			x := startTerminal(t, 120, 40, s.env())
			x.submit("find the town library")
			end := x.waitFor("the failure", func(s screen) bool { return s.hasFlat(test.says...) })
			if got := strings.Contains(end.prompt(), "find the town library"); got == test.began {
				t.Errorf("the text is back in the prompt: %v, want %v:\n%s", got, !test.began, end)
			}
			if strings.Contains(end.String(), "<p>") || strings.Contains(end.String(), "map[") {
				t.Errorf("the screen shows markup:\n%s", end)
			}
			wantOneStart(t, s, "find the town library")
			wantNoKey(t, x)
			x.quit()
		})
	}
}

// wantNoKey fails when a byte of the key's is in the output, or half the key.
func wantNoKey(t *testing.T, x *terminal) {
	t.Helper()
	if output := x.output(); strings.Contains(output, secretKey) || strings.Contains(output, secretKey[len(secretKey)/2:]) {
		t.Error("the key is in the output")
	}
}

// A service that is not there got nothing, so nothing can be billed.
func TestConnectionRefused(t *testing.T) {
	t.Parallel()
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	x := startTerminal(t, 120, 40, serviceEnv("http://"+address))
	x.submit("find the town library")
	x.waitFor("the failure", func(s screen) bool {
		return s.hasFlat("failed", "failed to connect to "+address, "nothing was sent", "check the network and the address") &&
			strings.Contains(s.prompt(), "find the town library")
	})
	wantNoKey(t, x)
	x.quit()
}

// A connection that closes before there is an answer may have started the run.
func TestClosedWithoutAnswer(t *testing.T) {
	t.Parallel()
	s := newService(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	x := startTerminal(t, 120, 40, s.env())
	x.submit("find the town library")
	x.waitFor("the failure", func(s screen) bool { return s.hasFlat("interrupted", "may have started and may be billed") })
	wantOneStart(t, s, "find the town library")
	x.quit()
}

// A service that says nothing is told apart from one that works: the footer
// says for how long it has been quiet, before and after its first word.
func TestSilence(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"no answer":     func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"no more words": saysAndHolds(delta("Half an ans")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, answer)
			x := startTerminal(t, 120, 40, s.env())
			x.submit("find the town library")
			x.waitText("quiet for 1")
			x.send(escape)
			x.waitText("cancelled")
			wantOneStart(t, s, "find the town library")
			x.quit()
		})
	}
}

// A comment line is life on the wire.
func TestCommentsAreLife(t *testing.T) {
	t.Parallel()
	next := make(chan struct{})
	s := newService(t, func(w http.ResponseWriter, r *http.Request) {
		says(delta("One. "))(w, r)
		_, _ = io.WriteString(w, ": ping\n\n:\n\n")
		tell(w, delta("Two."))
		select {
		case <-next:
			tell(w, doneEvent)
		case <-r.Context().Done():
		}
	})
	x := startTerminal(t, 120, 40, s.env())
	x.submit("count")
	shown := x.waitText("One. Two.", "running")
	if shown.has("ping") {
		t.Errorf("the screen shows a comment:\n%s", shown)
	}
	close(next)
	x.waitText("done")
	x.quit()
}

// A wrong setting is told before there is a screen, without the key.
func TestWrongSettings(t *testing.T) {
	t.Parallel()
	for name, env := range map[string][]string{
		"key over plain http": serviceEnv("http://anything.example"),
		"address with a name": serviceEnv("https://user:hidden@anything.example"),
		"no address":          serviceEnv("nonsense"),
		"key with a space":    {"NOTTE_API_KEY=" + secretKey + " " + secretKey},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := startTerminal(t, 100, 30, env)
			if err := x.wait(); err == nil {
				t.Error("the program ended with exit code 0")
			}
			if output := x.output(); !strings.Contains(fmt.Sprint(strings.Fields(output)), "ailed to use") || strings.Contains(output, "hidden") {
				t.Errorf("the program said %q", output)
			}
			wantNoKey(t, x)
			x.wantRestored()
		})
	}
}
