package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// stopScript is a service that is asked to stop something.
type stopScript struct {
	status int    // of the stop; 0 breaks the connection off
	answer string // to the stop
	reads  []string
	read   int
	stops  int
}

func (s *stopScript) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodDelete {
		s.stops++
		if s.status == 0 {
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(s.status)
		_, _ = io.WriteString(w, s.answer)
		return
	}
	s.read++
	answer := s.reads[min(s.read, len(s.reads))-1]
	if answer == "" {
		w.WriteHeader(http.StatusNotFound)
	}
	_, _ = io.WriteString(w, answer)
}

// A stop is confirmed, not confirmed, or refused.
func TestStops(t *testing.T) {
	t.Parallel()
	const open, shut = `{"session_id":"s","agent_id":"a","status":"active"}`, `{"session_id":"s","agent_id":"a","status":"closed"}`
	const confirmed, unsure, refusal = "confirmed", "not confirmed", "refused"
	for name, test := range map[string]struct {
		script         stopScript
		agent, session string
	}{
		"at once":                     {stopScript{200, shut, []string{""}, 0, 0}, confirmed, confirmed},
		"after the action":            {stopScript{200, open, []string{open, open, shut}, 0, 0}, confirmed, unsure},
		"later, on one look":          {stopScript{200, open, []string{shut}, 0, 0}, confirmed, confirmed},
		"never":                       {stopScript{200, open, []string{open}, 0, 0}, unsure, unsure},
		"and then nothing is known":   {stopScript{200, open, []string{""}, 0, 0}, unsure, unsure},
		"the answer is lost":          {stopScript{0, "", []string{shut}, 0, 0}, confirmed, confirmed},
		"lost, and it goes on":        {stopScript{0, "", []string{open}, 0, 0}, unsure, unsure},
		"the service breaks":          {stopScript{500, "", []string{shut}, 0, 0}, confirmed, confirmed},
		"the service breaks for good": {stopScript{500, "", []string{open}, 0, 0}, unsure, unsure},
		"not known":                   {stopScript{404, `{"detail":"Not Found"}`, []string{open}, 0, 0}, refusal, refusal},
		"not allowed":                 {stopScript{403, `{"detail":"already closed to you"}`, []string{open}, 0, 0}, refusal, refusal},
		"bad":                         {stopScript{422, `{"detail":[{"loc":["query","session_id"],"msg":"Field required"}]}`, []string{open}, 0, 0}, refusal, refusal},
		"already closed":              {stopScript{400, `{"detail":"Session s is already closed"}`, []string{shut}, 0, 0}, confirmed, confirmed},
		"already closed, and gone":    {stopScript{409, `{"message":"This was ALREADY STOPPED."}`, []string{""}, 0, 0}, unsure, confirmed},
	} {
		for what, want := range map[string]string{"agent": test.agent, "session": test.session} {
			t.Run(name+" "+what, func(t *testing.T) {
				t.Parallel()
				script := test.script
				inBubble(t, func(*testing.T) http.Handler { return &script }, func(t *testing.T, client *Client) {
					ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
					defer cancel()
					var err error
					if what == "agent" {
						var status AgentStatus
						if status, err = client.StopAgent(ctx, "a", "s"); err == nil && status.Status != AgentClosed {
							t.Errorf("the status is %+v", status)
						}
					} else {
						var session Session
						if session, err = client.StopSession(ctx, "s"); err == nil && (session.Open() || session.SessionID != "s") {
							t.Errorf("the session is %+v", session)
						}
					}
					got := refusal
					if err == nil {
						got = confirmed
					} else if errors.Is(err, ErrNotConfirmed) {
						got = unsure
						checkShown(t, err.Error())
					}
					if got != want || script.stops != 1 {
						t.Errorf("%s after %d stops: %v", got, script.stops, err)
					}
				})
			})
		}
	}
}

// A service that is not there is not asked, and that is no doubt.
func TestStopsThatAreNotSent(t *testing.T) {
	t.Parallel()
	listener := listen(t)
	client := restClient(t, clientOf(t, "http://"+listener.Addr().String()))
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := client.StopSession(t.Context(), "s")
	if err == nil || errors.Is(err, ErrNotConfirmed) || !strings.HasSuffix(err.Error(), "nothing was sent") {
		t.Error(err)
	}
}

// Whatever happens after a stop was sent, nobody says that it was not, and why
// the end was not seen is said in words.
func TestStopsThatAreNotAnswered(t *testing.T) {
	t.Parallel()
	const open = `{"session_id":"s","agent_id":"a","status":"active"}`
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	says := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	breaks := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	for name, test := range map[string]struct {
		stop, read     http.HandlerFunc
		agent, session string
	}{
		"the stop hangs":             {hang, says(200, open), "no answer in time", "no answer in time"},
		"the look hangs":             {says(200, open), hang, "no answer in time", "no answer in time"},
		"the look breaks off":        {says(200, open), breaks, "lost the connection to 127.0.0.1: EOF", "lost the connection to 127.0.0.1: EOF"},
		"it goes on":                 {says(200, open), says(200, open), "it is still shown as active", "it is still shown as active"},
		"lost, and the look hangs":   {breaks, hang, "no answer in time", "no answer in time"},
		"it goes on without a state": {says(200, `{}`), says(200, `{}`), "it is still shown as open", "it is still shown as open"},
		"the look is refused":        {says(200, open), says(403, `{"detail":"not yours"}`), "answered 403 Forbidden: not yours", "answered 403 Forbidden: not yours"},
	} {
		for what, want := range map[string]string{"agent": test.agent, "session": test.session} {
			t.Run(name+" "+what, func(t *testing.T) {
				t.Parallel()
				service := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.Method == http.MethodDelete {
						test.stop(w, r)
						return
					}
					test.read(w, r)
				})
				inBubble(t, func(*testing.T) http.Handler { return service }, func(t *testing.T, client *Client) {
					ctx, cancel := context.WithTimeout(t.Context(), 5500*time.Millisecond)
					defer cancel()
					var err error
					if what == "agent" {
						_, err = client.StopAgent(ctx, "a", "s")
					} else {
						_, err = client.StopSession(ctx, "s")
					}
					if !errors.Is(err, ErrNotConfirmed) || !strings.HasSuffix(err.Error(), want) || strings.Contains(err.Error(), "context") || strings.Contains(err.Error(), "nothing was sent") {
						t.Errorf("%v, want %q", err, want)
					}
				})
			})
		}
	}
}

// A service that is gone after the stop was sent is no proof that it was not.
func TestStopsOfAServiceThatGoes(t *testing.T) {
	t.Parallel()
	listener := listen(t)
	server := &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		_ = listener.Close()
		panic(http.ErrAbortHandler)
	})}
	t.Cleanup(func() { _ = server.Close() })
	go func() { _ = server.Serve(listener) }()
	client := restClient(t, clientOf(t, "http://"+listener.Addr().String()))
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	_, err := client.StopSession(ctx, "s")
	if !errors.Is(err, ErrNotConfirmed) || strings.Contains(err.Error(), "nothing was sent") || strings.Contains(err.Error(), "context") {
		t.Error(err)
	}
}
