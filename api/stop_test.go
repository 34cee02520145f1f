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
