package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// agentScript is a service with one agent, called a, on a session called s.
type agentScript struct {
	statuses []string      // the answers to GET /agents/a, in order; the last stays
	status   func() string // the same as a function, instead
	debug    string        // the answer to GET /sessions/s/debug; empty has a token
	viewer   string        // the viewer link of the session
	log      func(ctx context.Context, conn *websocket.Conn)

	mute bool // pings get no answer

	mu       sync.Mutex
	asked    int
	requests []string
}

func (s *agentScript) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, r.Method+" "+r.URL.String())
	switch r.URL.Path {
	case "/agents/a":
		s.asked++
		if s.status != nil {
			_, _ = io.WriteString(w, s.status())
			return
		}
		_, _ = io.WriteString(w, s.statuses[min(s.asked, len(s.statuses))-1])
	case "/sessions/s":
		_, _ = fmt.Fprintf(w, `{"session_id":"s","status":"active","viewer_url":%q}`, s.viewer)
	case "/sessions/s/debug":
		answer := s.debug
		if answer == "" {
			answer = `{"ws":{"logs":"wss://elsewhere.example/sessions/s/debug/logs?token=scoped%2Ftoken%3F"}}`
		}
		_, _ = io.WriteString(w, answer)
	case "/agents/a/debug/logs":
		if s.log == nil || r.URL.Query().Get("token") == "" || r.URL.Query().Get("session_id") != "s" {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
			OnPingReceived: func(context.Context, []byte) bool { return !s.mute },
		})
		if err != nil {
			return
		}
		s.mu.Unlock() // the log lasts
		s.log(r.Context(), conn)
		_ = conn.CloseNow()
		s.mu.Lock()
	default:
		http.NotFound(w, r)
	}
}

// said is a log that sends the messages and then does what comes last.
func said(last func(*websocket.Conn), messages ...string) func(context.Context, *websocket.Conn) {
	return func(ctx context.Context, conn *websocket.Conn) {
		for _, message := range messages {
			kind := websocket.MessageText
			if strings.HasPrefix(message, "\x00") {
				kind = websocket.MessageBinary
			}
			if conn.Write(ctx, kind, []byte(message)) != nil {
				return
			}
		}
		last(conn)
	}
}

// The ends of a log.
func drop(*websocket.Conn)        {}
func closed(conn *websocket.Conn) { _ = conn.Close(websocket.StatusNormalClosure, "") }
func waits(conn *websocket.Conn)  { <-conn.CloseRead(context.Background()).Done() }

// timed is the step of a number, with times as the service tells them.
func timed(n int) string {
	at := time.Date(2026, 8, 20, 10, 0, n, 0, time.UTC).Format(time.RFC3339)
	return strings.TrimSuffix(untimed(n), "}") + fmt.Sprintf(`,"started_at":%q,"ended_at":%q}`, at, at)
}

func untimed(n int) string {
	return fmt.Sprintf(`{"state":{"previous_goal_status":"success","previous_goal_eval":"eval %d","page_summary":"page","relevant_interactions":[],"memory":"memory %d","next_goal":"goal %d"},"action":{"type":"click","id":"B%d","selector":null}}`, n, n, n, n)
}

const completion = `{"state":{"previous_goal_status":"failure","previous_goal_eval":"not found","memory":"","next_goal":""},"action":{"type":"completion","success":true,"answer":"42"}}`

const validation = `{"validation":"The answer is fine."}`

// status is the answer to GET /agents/a.
func status(state, success string, steps ...string) string {
	return fmt.Sprintf(`{"agent_id":"a","session_id":"s","created_at":"2026-08-20T10:00:00","status":%q,"success":%s,"answer":"42","steps":[%s]}`,
		state, success, strings.Join(steps, ","))
}

func active(steps ...string) string { return status("active", "null", steps...) }
func over(steps ...string) string   { return status("closed", "true", steps...) }

func stopOf(status string) string { return `{"status":"agent_stop","agent":` + status + `}` }

// brief is what an event says, in short; empty for what every step says.
func brief(data Data) string {
	switch e := data.(type) {
	case Connected:
		return "connected"
	case SessionData:
		return "viewer " + string(e.ViewerURL)
	case Status:
		if !strings.HasPrefix(string(e.Status), polling) {
			return ""
		}
		return string(e.Status)
	case ToolStart:
		return fmt.Sprintf("%s:%s", e.ID, e.Name)
	case ToolResult:
		if e.Failed {
			return fmt.Sprintf("%s failed: %s", e.ID, e.Content)
		}
		return fmt.Sprintf("%s is %s", e.ID, e.Content)
	case Notice:
		return "note " + string(e.Text)
	case TextDelta:
		return "answer " + string(e.Delta)
	case Done:
		return "done"
	case Failed:
		return fmt.Sprintf("failed %s (%s)", e.Error, e.Detail)
	case Cancelled:
		return "cancelled " + string(e.Reason)
	case Unknown:
		return "unknown " + string(e.Name)
	}
	return ""
}

// watchAll reads what an agent does. Its events must be what a decoder makes
// of their raw bytes.
func watchAll(t *testing.T, client *Client, watch AgentWatch) ([]string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour) // as a bubble has them
	defer cancel()
	var lines []string
	var replay Decoder
	for event, err := range client.WatchAgent(ctx, watch) {
		if err != nil {
			return lines, err
		}
		switch event.Data.(type) {
		case Connected, Comment:
		default:
			again := replay.Decode(event.Raw)
			if len(again) != 1 || !reflect.DeepEqual(again[0].Data, event.Data) || !json.Valid(event.Raw) {
				t.Errorf("%s is decoded as %+v, not as %+v", event.Raw, again, event.Data)
			}
		}
		if line := brief(event.Data); line != "" {
			lines = append(lines, line)
		}
	}
	return lines, nil
}
