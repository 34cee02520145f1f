package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"
)

// agentService is a scripted REST API with one session, s, and one agent, a.
// It keeps what it was asked.
type agentService struct {
	*httptest.Server
	answers  map[string]http.HandlerFunc // instead of its own, by method and path
	statuses []string                    // of the agent, one a read; the last stays
	log      agentLog                    // nil refuses it

	mu     sync.Mutex
	asked  []string          // what changes something: method and path
	bodies map[string]string // of these, the last
	reads  int               // of the agent's status

	stopped chan struct{} // closed when the agent was asked to stop
}

// agentLog is what the agent's log tells; true ends it well.
type agentLog func(ctx context.Context, conn *websocket.Conn, stopped <-chan struct{}) bool

func newAgentService(t *testing.T, s *agentService) *agentService {
	t.Helper()
	s.bodies, s.stopped = map[string]string{}, make(chan struct{})
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.serve(t, w, r) }))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return s
}

func (s *agentService) serve(t *testing.T, w http.ResponseWriter, r *http.Request) {
	asked := r.Method + " " + r.URL.Path
	body, _ := io.ReadAll(r.Body)
	if r.Header.Get("Authorization") != "Bearer "+secretKey && !strings.HasSuffix(asked, "/debug/logs") {
		t.Errorf("%s comes without the key", asked)
	}
	s.mu.Lock()
	if r.Method != http.MethodGet {
		s.asked = append(s.asked, asked)
		s.bodies[asked] = string(body)
	}
	status := s.statuses[min(s.reads, len(s.statuses)-1)]
	if asked == "GET /agents/a" {
		s.reads++
	}
	s.mu.Unlock()
	if answer := s.answers[asked]; answer != nil {
		answer(w, r)
		return
	}
	switch asked {
	case "POST /sessions/start", "GET /sessions/s", "GET /sessions/mine":
		_, _ = io.WriteString(w, `{"session_id":"s","status":"active","viewer_url":"https://viewer.example/?jwt=secret"}`)
	case "POST /agents/start":
		_, _ = io.WriteString(w, `{"agent_id":"a","session_id":"s","status":"active"}`)
	case "GET /agents/a":
		_, _ = io.WriteString(w, status)
	case "DELETE /agents/a/stop":
		_, _ = io.WriteString(w, agentStatus("closed", "null", "stopped"))
		close(s.stopped)
	case "DELETE /sessions/s/stop":
		_, _ = io.WriteString(w, `{"session_id":"s","status":"closed"}`)
	case "GET /agents/a/debug/logs":
		s.follow(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (s *agentService) follow(w http.ResponseWriter, r *http.Request) {
	if s.log == nil {
		http.Error(w, "no", http.StatusForbidden)
		return
	}
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	if s.log(r.Context(), conn, s.stopped) {
		_ = conn.Close(websocket.StatusNormalClosure, "")
	}
	_ = conn.CloseNow()
}

// holds is a log that tells the messages and waits for the agent to be stopped.
func holds(messages ...string) agentLog {
	return func(ctx context.Context, conn *websocket.Conn, stopped <-chan struct{}) bool {
		tells(ctx, conn, messages...)
		select {
		case <-stopped:
			return tells(ctx, conn, `{"status":"agent_stop","agent":`+agentStatus("closed", "null", "stopped", messages...)+`}`)
		case <-conn.CloseRead(ctx).Done():
			return false
		}
	}
}

// env makes the program use the service.
func (s *agentService) env() []string {
	return []string{"NOTTE_API_KEY=" + secretKey, "NOTTE_API_URL=" + s.URL}
}

// requests are those that change something, so far.
func (s *agentService) requests() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.asked, ", ")
}

func (s *agentService) body(t *testing.T, asked string) map[string]any {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	var body map[string]any
	if err := json.Unmarshal([]byte(s.bodies[asked]), &body); err != nil {
		t.Fatalf("%s: %v: %q", asked, err, s.bodies[asked])
	}
	return body
}

// agentStatus is the status of the agent.
func agentStatus(status, success, answer string, steps ...string) string {
	return fmt.Sprintf(`{"agent_id":"a","session_id":"s","status":%q,"success":%s,"answer":%q,"steps":[%s]}`,
		status, success, answer, strings.Join(steps, ","))
}

// agentStep is a step with a goal.
func agentStep(goal string) string {
	return fmt.Sprintf(`{"state":{"previous_goal_status":"success","previous_goal_eval":"It worked.","memory":"","next_goal":%q},"action":{"type":"click","id":"B1"}}`, goal)
}

// tells writes messages to the log; it reports whether the other side still
// listens.
func tells(ctx context.Context, conn *websocket.Conn, messages ...string) bool {
	for _, message := range messages {
		if conn.Write(ctx, websocket.MessageText, []byte(message)) != nil {
			return false
		}
	}
	return true
}
