package local

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"notturno/api/local/agent"
)

// inFunctionsBubble is inBubble with a function to run, which takes that long
// unless it is ended.
func inFunctionsBubble(t *testing.T, takes time.Duration, test func(t *testing.T, s *Server, conn net.Conn, start string)) {
	t.Helper()
	dir := t.TempDir()
	inBubble(t, Config{DataDir: dir}, nothing, func(t *testing.T, s *Server, conn net.Conn) {
		s.functions = openFunctions(t, dir, func(ctx context.Context, _ agent.Function, _ map[string]string, _ func(agent.Step)) (json.RawMessage, error) {
			select {
			case <-time.After(takes):
				return json.RawMessage(`"late"`), nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		})
		test(t, s, conn, "/functions/"+keepFunction(t, s, "f").ID+"/runs/start")
	})
}

// over sends a request over conn and returns its whole body.
func over(t *testing.T, s *Server, conn net.Conn, method, path, body string) string {
	t.Helper()
	req := request(t.Context(), t, s, method, path, body)
	if err := req.Write(conn); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func decoded(t *testing.T, text string) map[string]any {
	t.Helper()
	var value map[string]any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return value
}

func TestAnAnswerComesBeforeTheClientGivesUp(t *testing.T) {
	inFunctionsBubble(t, 2*time.Minute, func(t *testing.T, s *Server, conn net.Conn, start string) {
		began := time.Now()
		got := decoded(t, over(t, s, conn, http.MethodPost, start, `{}`))
		if got["status"] != "active" || got["result"] != nil || time.Since(began) != answerWithin {
			t.Errorf("after %v it answers %v", time.Since(began), got)
		}
		live := s.functions.running(got["function_id"].(string), got["function_run_id"].(string))
		<-live.done
		if took := time.Since(began); took != 2*time.Minute {
			t.Errorf("the run took %v", took)
		}
		kept, err := s.functions.records.get(got["function_id"].(string), got["function_run_id"].(string))
		if err != nil || kept.Status != "closed" || *kept.Result != `"late"` {
			t.Errorf("in the end it is %+v (%v)", kept, err)
		}
	})
}

func TestARunIsLimitedInTime(t *testing.T) {
	inFunctionsBubble(t, time.Hour, func(t *testing.T, s *Server, conn net.Conn, start string) {
		began := time.Now()
		body := over(t, s, conn, http.MethodPost, start, `{"stream":true}`)
		synctest.Wait()
		if took := time.Since(began); took != maxRunTime {
			t.Errorf("it ended after %v", took)
		}
		if pings := strings.Count(body, "\n: ping\n"); pings < int(maxRunTime/pingEvery)-1 {
			t.Errorf("the stream showed %d signs of life", pings)
		}
		if !strings.Contains(body, `data: {"type":"error","message":"the run took longer than 5 minutes"}`) || !strings.Contains(body, `\"status\":\"failed\"`) {
			t.Errorf("the stream is %s", body)
		}
	})
}
