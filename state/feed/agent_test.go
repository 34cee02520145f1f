package feed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"notturno/api"
	"notturno/state"
)

// patience is how long a test waits for something that takes a moment. It ends
// a test that has failed; it measures nothing.
const patience = 30 * time.Second

// agentService is a service with one session, s, and one agent, a, whose log
// it does not open: it is polled.
type agentService struct {
	sessions, agents func(w http.ResponseWriter, r *http.Request) // the starts; nil starts
	stop             func(w http.ResponseWriter, r *http.Request) // of the agent; nil closes it
	stopSession      func(w http.ResponseWriter, r *http.Request) // nil closes it
	session          func(w http.ResponseWriter, r *http.Request) // nil shows an open one
	shown            func(w http.ResponseWriter, r *http.Request) // the status; nil tells it as it stands
	lose             bool                                         // the status after the start

	mu       sync.Mutex
	requests []string
	closed   bool // the agent
	success  string
	reads    int
	looks    int // at the session
}

func (s *agentService) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := r.Method + " " + r.URL.Path
	if r.Method != http.MethodGet {
		s.requests = append(s.requests, asked)
	}
	own := func(answer func(http.ResponseWriter, *http.Request), otherwise string) {
		if answer == nil {
			_, _ = io.WriteString(w, otherwise)
			return
		}
		s.mu.Unlock() // it may wait
		answer(w, r)
		s.mu.Lock()
	}
	switch asked {
	case "POST /sessions/start":
		own(s.sessions, `{"session_id":"s","status":"active"}`)
	case "POST /agents/start":
		own(s.agents, `{"agent_id":"a","session_id":"s","status":"active"}`)
	case "DELETE /agents/a/stop":
		s.closed = s.closed || s.stop == nil
		own(s.stop, s.status())
	case "DELETE /sessions/s/stop", "DELETE /sessions/mine/stop":
		own(s.stopSession, `{"session_id":"s","status":"closed"}`)
	case "GET /agents/a":
		if s.reads++; s.lose {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		own(s.shown, s.status())
	case "GET /sessions/s", "GET /sessions/mine":
		s.looks++
		own(s.session, `{"session_id":"s","status":"active"}`)
	default:
		http.NotFound(w, r)
	}
}

func (s *agentService) status() string {
	success := "null"
	if s.success != "" {
		success = s.success
	}
	state := "active"
	if s.closed {
		state = "closed"
	}
	return fmt.Sprintf(`{"agent_id":"a","session_id":"s","task":"find it","status":%q,"success":%s,"answer":"42","steps":[{"action":{"type":"goto"}}]}`, state, success)
}

// asked are the requests that change something, so far.
func (s *agentService) asked() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.requests, ", ")
}

func (s *agentService) client(t *testing.T) *api.Client {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	client, err := api.New(api.Config{APIURL: server.URL, Key: "sk-notte-TEST"})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// agentRun is a run that a test follows.
type agentRun struct {
	*state.Run
	feed *Feed
	seen []string
}

func runAgent(ctx context.Context, t *testing.T, s *agentService, order state.AgentOrder) *agentRun {
	t.Helper()
	order.Request.Task = "find it"
	run := state.NewAgent("1", "api.example", order, time.Now())
	run.Connect(time.Now())
	return &agentRun{Run: run, feed: StartAgent(ctx, s.client(t), order)}
}

// until folds what arrives until cond holds, or to the end.
func (r *agentRun) until(t *testing.T, what string, cond func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), patience)
	defer cancel()
	for !cond() && !r.Closed {
		batch := r.feed.Next(ctx)
		if batch == nil {
			t.Fatalf("%s did not happen: %s, %q", what, r.Phase, r.seen)
		}
		for _, a := range batch {
			if a.Agent == nil {
				continue
			}
			if news := strings.Trim(fmt.Sprintf("%s %s %s %s", a.Agent.SessionID, a.Agent.AgentID, a.Agent.Stop, a.Agent.SessionStop), " "); news != "" {
				r.seen = append(r.seen, news)
			}
		}
		r.Apply(batch)
	}
}

func (r *agentRun) toEnd(t *testing.T) {
	t.Helper()
	r.until(t, "the end", func() bool { return false })
}

func (r *agentRun) toWork(t *testing.T) {
	t.Helper()
	r.until(t, "the first step", func() bool { return r.Agent.Steps > 0 })
	if r.Closed {
		t.Fatalf("the run ended early: %q", r.OutcomeLines())
	}
}

const (
	starts    = "POST /sessions/start, POST /agents/start"
	stopsAll  = starts + ", DELETE /agents/a/stop, DELETE /sessions/s/stop"
	stopsOnly = starts + ", DELETE /sessions/s/stop"
)

// What was started is stopped again, each once, in its order.
func TestAgentRunsToItsEnd(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		order state.AgentOrder
		asked string
		seen  []string
	}{
		{"own session", state.AgentOrder{}, stopsOnly, []string{"s", "a", "asked", "confirmed"}},
		{"kept session", state.AgentOrder{KeepSession: true}, starts, []string{"s", "a"}},
		{"given session", state.AgentOrder{Request: api.AgentRequest{SessionID: "mine"}}, "POST /agents/start", []string{"a"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := &agentService{closed: true, success: "true"}
			run := runAgent(t.Context(), t, s, test.order)
			run.toEnd(t)
			if run.Phase != state.Done || run.Answer() != "42" || s.asked() != test.asked || !slices.Equal(run.seen, test.seen) {
				t.Errorf("%s, %q, asked %s, seen %q", run.Phase, run.Answer(), s.asked(), run.seen)
			}
			if run.feed.Next(t.Context()) != nil {
				t.Error("something came after the end")
			}
		})
	}
}

// Cancel and the end of the program both stop the agent, then its session.
func TestAgentStops(t *testing.T) {
	t.Parallel()
	for name, byProgram := range map[string]bool{"cancel": false, "program ends": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, end := context.WithCancel(t.Context())
			defer end()
			s := &agentService{}
			run := runAgent(ctx, t, s, state.AgentOrder{})
			run.toWork(t)
			if byProgram {
				end()
			} else {
				run.feed.Cancel()
			}
			run.toEnd(t)
			if run.Phase != state.Cancelled || run.Agent.Stop != state.StopConfirmed || run.Agent.SessionStop != state.StopConfirmed || s.asked() != stopsAll {
				t.Errorf("%s, agent %s, session %s, asked %s", run.Phase, run.Agent.Stop, run.Agent.SessionStop, s.asked())
			}
		})
	}
}

// A program that ends does not wait for answers that do not come.
func TestProgramEndsAlthoughNothingAnswers(t *testing.T) {
	t.Parallel()
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	for name, s := range map[string]*agentService{
		"stops":         {stop: hang, stopSession: hang},
		"session start": {sessions: hang},
		"agent start":   {agents: hang, stopSession: hang},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, end := context.WithCancel(t.Context())
			defer end()
			run := runAgent(ctx, t, s, state.AgentOrder{})
			switch {
			case s.sessions != nil:
				end()
			case s.agents != nil:
				run.until(t, "the session", func() bool { return run.Agent.SessionID != "" })
			default:
				run.toWork(t)
			}
			end()
			run.toEnd(t)
			if run.Phase != state.Cancelled || run.Agent.Stop == state.StopConfirmed || run.Agent.SessionStop == state.StopConfirmed {
				t.Errorf("%s, agent %s, session %s", run.Phase, run.Agent.Stop, run.Agent.SessionStop)
			}
		})
	}
}

// Who cancels before the agent is there gets what was started stopped again.
func TestCancelWhileStarting(t *testing.T) {
	t.Parallel()
	begun, goOn := make(chan struct{}), make(chan struct{})
	s := &agentService{sessions: func(w http.ResponseWriter, _ *http.Request) {
		close(begun)
		<-goOn
		_, _ = io.WriteString(w, `{"session_id":"s","status":"active"}`)
	}}
	run := runAgent(t.Context(), t, s, state.AgentOrder{})
	<-begun
	run.feed.Cancel()
	close(goOn)
	run.toEnd(t)
	if run.Phase != state.Cancelled || run.Agent.ID != "" || run.Agent.SessionStop != state.StopConfirmed || s.asked() != "POST /sessions/start, DELETE /sessions/s/stop" {
		t.Errorf("%s, agent %q, session %s, asked %s", run.Phase, run.Agent.ID, run.Agent.SessionStop, s.asked())
	}
}

// An agent that cannot be watched is left alone, and so is its session; one
// that could not be started leaves no session behind.
func TestWhatIsLeft(t *testing.T) {
	t.Parallel()
	invalid := func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = io.WriteString(w, `{"detail":[{"type":"less_than_equal","loc":["body","max_steps"],"msg":"too many"}]}`)
	}
	nameless := func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{}`) }
	tests := []struct {
		name  string
		s     *agentService
		phase state.Phase
		asked string
		says  string
	}{
		{"watch lost", &agentService{lose: true}, state.Interrupted, starts, "agent a was left as it was"},
		{"agent refused", &agentService{agents: invalid}, state.Failed, stopsOnly, "too many"},
		{"agent without an id", &agentService{agents: nameless}, state.Failed, stopsOnly, "did not say which"},
		{"session refused", &agentService{sessions: invalid}, state.Failed, "POST /sessions/start", "too many"},
		{"session without an id", &agentService{sessions: nameless}, state.Failed, "POST /sessions/start", "did not say which"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			run := runAgent(t.Context(), t, test.s, state.AgentOrder{})
			run.toEnd(t)
			if text := strings.Join(run.OutcomeLines(), "\n"); run.Phase != test.phase || test.s.asked() != test.asked || !strings.Contains(text, test.says) {
				t.Errorf("%s, asked %s: %s", run.Phase, test.s.asked(), text)
			}
		})
	}
}

// A program that is ending already starts nothing.
func TestNothingStartsAfterTheEnd(t *testing.T) {
	t.Parallel()
	for name, order := range map[string]state.AgentOrder{"own session": {}, "given session": {Request: api.AgentRequest{SessionID: "mine"}}} {
		ctx, end := context.WithCancel(t.Context())
		end()
		s := &agentService{}
		run := runAgent(ctx, t, s, order)
		run.toEnd(t)
		if run.Phase != state.Cancelled || s.asked() != "" {
			t.Errorf("%s: %s, asked %s", name, run.Phase, s.asked())
		}
	}
}

// What is told of an agent is numbered with its events.
func TestNewsAreNumbered(t *testing.T) {
	t.Parallel()
	f := follow(source{stop: func() {}, leave: func() {}, read: func(f *Feed) error {
		f.tell(state.AgentChange{SessionID: "s"})
		err := f.take(t.Context(), says(errors.New("cut"), delta(1), delta(2))(t.Context()))
		f.tell(state.AgentChange{SessionStop: state.StopAsked})
		return err
	}})
	var seen []string
	for _, batch := range all(t.Context(), f) {
		for _, a := range batch {
			seen = append(seen, fmt.Sprintf("%d %v %v", a.Seq, a.Agent != nil, a.Err))
		}
	}
	want := []string{"1 true <nil>", "2 false <nil>", "3 false <nil>", "4 true <nil>", "5 false cut"}
	if !slices.Equal(seen, want) {
		t.Errorf("seen %q, want %q", seen, want)
	}
}
