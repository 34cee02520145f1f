package local

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"notturno/api/local/agent"
)

// watch opens a log at an address.
func watch(t *testing.T, address string) *websocket.Conn {
	t.Helper()
	transport := &http.Transport{}
	conn, _, err := websocket.Dial(t.Context(), address, &websocket.DialOptions{HTTPClient: &http.Client{Transport: transport}}) //nolint:bodyclose // Dial has closed it
	if err != nil {
		t.Fatal(err)
	}
	conn.SetReadLimit(5 << 20)
	t.Cleanup(func() {
		_ = conn.CloseNow()
		transport.CloseIdleConnections()
	})
	return conn
}

// logOf is the address of an agent's log, with the key as its token.
func logOf(s *Server, of agentResponse) string {
	query := url.Values{"token": {s.Key()}, "session_id": {of.SessionID}}
	return "ws" + strings.TrimPrefix(s.URL(), "http") + "/agents/" + of.AgentID + "/debug/logs?" + query.Encode()
}

// messages reads a log to its end, which must be a normal one.
func messages(t *testing.T, conn *websocket.Conn) []string {
	t.Helper()
	var all []string
	for {
		kind, message, err := conn.Read(t.Context())
		if websocket.CloseStatus(err) == websocket.StatusNormalClosure {
			return all
		}
		if err != nil || kind != websocket.MessageText {
			t.Fatalf("after %d messages: %v %v", len(all), kind, err)
		}
		all = append(all, string(message))
	}
}

// stepwise is an agent that tells one step for each value it is given.
func stepwise(told []agent.Step, next <-chan struct{}) answerFunc {
	return func(ctx context.Context, _ agent.Request, tell func(agent.Step)) (json.RawMessage, error) {
		for _, step := range told {
			select {
			case <-next:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
			tell(step)
		}
		return json.RawMessage("{}"), ctx.Err()
	}
}

func TestEveryWatcherGetsTheWholeLog(t *testing.T) {
	t.Parallel()
	next := make(chan struct{})
	s := startAnswering(t, stepwise(listing(), next))
	started := begin(t, s, "")
	early := watch(t, logOf(s, started))
	for range 7 { // until the first two steps are done
		next <- struct{}{}
	}
	middle := watch(t, logOf(s, started))
	close(next)
	all := messages(t, early)
	if got := messages(t, middle); fmt.Sprint(got) != fmt.Sprint(all) {
		t.Errorf("who joins in the middle gets %q, want %q", got, all)
	}
	if got := messages(t, watch(t, logOf(s, started))); fmt.Sprint(got) != fmt.Sprint(all) {
		t.Errorf("who joins after the end gets %q, want %q", got, all)
	}

	status := do(t, request(t.Context(), t, s, http.MethodGet, "/agents/"+started.AgentID, ""))
	body, err := io.ReadAll(status.Body)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`"type":"goto"`, `"type":"scrape"`, `"type":"scrape"`, `"type":"completion"`,
		`{"validation":"No response_format was asked for, so the answer was not checked against one."}`,
		`{"status":"agent_stop","agent":`}
	if len(all) != len(want) {
		t.Fatalf("there are %d messages: %q", len(all), all)
	}
	for i, part := range want {
		if !strings.Contains(all[i], part) || (i < 4 && !strings.HasPrefix(all[i], `{"state":{`)) {
			t.Errorf("message %d is %s, want %s", i, all[i], part)
		}
	}
	if got := all[5]; got != `{"status":"agent_stop","agent":`+strings.TrimSpace(string(body))+"}" {
		t.Errorf("the last message is\n%s\nand the status\n%s", got, body)
	}
}

func TestValidationIsTold(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(nil, `{"text":"x"}`))
	for fields, want := range map[string]string{
		`,"response_format":{}`:                     `{"validation":"The answer meets response_format."}`,
		`,"response_format":{"required":["price"]}`: `{"validation":"the answer does not meet response_format: price: it is missing"}`,
	} {
		if got := messages(t, watch(t, logOf(s, begin(t, s, fields)))); len(got) != 3 || got[1] != want {
			t.Errorf("%s tells %q, want %s", fields, got, want)
		}
	}
}

func TestTheScopedTokenOpensTheLog(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(listing(), `{}`))
	started := begin(t, s, "")
	ended(t, s, started.AgentID)
	debug := call[sessionDebug](t, s, http.MethodGet, "/sessions/"+started.SessionID+"/debug", "", 200)
	logs, err := url.Parse(debug.WS.Logs)
	if err != nil || logs.Scheme != "ws" || strings.Contains(debug.WS.Logs, s.Key()) {
		t.Fatalf("ws.logs is %q: %v", debug.WS.Logs, err)
	}
	if debug.WS.CDP != nil || debug.WS.Recording != nil || len(debug.Tabs) != 1 || debug.Tabs[0].Metadata.Title != "News" || debug.Tabs[0].Metadata.URL != "https://news.example/" {
		t.Errorf("the debug information is %+v", debug)
	}
	query := url.Values{"token": {logs.Query().Get("token")}, "session_id": {started.SessionID}}
	address := "ws://" + logs.Host + "/agents/" + started.AgentID + "/debug/logs?" + query.Encode()
	whole := messages(t, watch(t, address))
	if got := messages(t, watch(t, debug.WS.Logs)); len(whole) != 6 || fmt.Sprint(got) != fmt.Sprint(whole) {
		t.Errorf("ws.logs gives %q, the agent's own log %q", got, whole)
	}
}

func TestWhoMayWatchAnAgent(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(nil, "{}"))
	started, other := begin(t, s, ""), begin(t, s, "")
	ended(t, s, started.AgentID)
	ended(t, s, other.AgentID)
	own, foreign := s.sessions.get(started.SessionID).token, s.sessions.get(other.SessionID).token
	path := "/agents/" + started.AgentID + "/debug/logs"
	at := func(token, session string) string {
		return path + "?" + url.Values{"token": {token}, "session_id": {session}}.Encode()
	}
	for _, test := range []struct {
		path string
		edit func(*http.Request)
		want int
	}{
		{at(s.Key(), started.SessionID), header("X", ""), 101},
		{at(own, started.SessionID), header("Origin", s.URL()), 101},
		{at(own, started.SessionID), header("Origin", "https://evil.example"), 403},
		{at(own, started.SessionID), header("Sec-Fetch-Site", "cross-site"), 403},
		{at(own, started.SessionID), func(r *http.Request) { r.Host = "evil.example" }, 403},
		{at(foreign, started.SessionID), header("X", ""), 401},
		{at(foreign, other.SessionID), header("X", ""), 401},
		{at("", started.SessionID), header("X", ""), 401},
		{at(s.Key(), other.SessionID), header("X", ""), 404},
		{"/agents/none/debug/logs?session_id=x&token=" + s.Key(), header("X", ""), 404},
		{"/agents/none/debug/logs?session_id=x&token=x", header("X", ""), 401},
		{path + "?session_id=" + started.SessionID, header("X", ""), 422},
		{path + "?token=" + own, header("X", ""), 422},
		{"/sessions/" + started.SessionID + "/debug/logs?token=" + own, header("X", ""), 101},
		{"/sessions/" + started.SessionID + "/debug/logs?token=" + foreign, header("X", ""), 401},
		{"/sessions/" + started.SessionID + "/debug/logs", header("X", ""), 401},
		{at(own, started.SessionID), without("Upgrade"), 426},
	} {
		handshake := func(r *http.Request) {
			for name, value := range map[string]string{"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="} {
				r.Header.Set(name, value)
			}
		}
		req := request(t.Context(), t, s, http.MethodGet, test.path, "", without("Authorization"), handshake, test.edit)
		if got := do(t, req).StatusCode; got != test.want {
			t.Errorf("%s gets %d, want %d", test.path, got, test.want)
		}
	}
}

func TestALogEndsWithTheServer(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, stepwise(listing(), nil))
	conn := watch(t, logOf(s, begin(t, s, "")))
	closed := make(chan error, 1)
	go func() { closed <- s.Close(context.WithoutCancel(t.Context())) }()
	_, message, err := conn.Read(t.Context())
	if err != nil || !strings.Contains(string(message), `"success":null,"answer":"The task was not done: the local backend was closed."`) {
		t.Errorf("the log ends with %s (%v)", message, err)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}

func TestLeavingALogHarmsNobody(t *testing.T) {
	t.Parallel()
	next := make(chan struct{})
	s := startAnswering(t, stepwise(listing(), next))
	started := begin(t, s, "")
	leaving, talking := watch(t, logOf(s, started)), watch(t, logOf(s, started))
	shouting, staying := watch(t, logOf(s, started)), watch(t, logOf(s, started))
	_ = leaving.CloseNow()
	if err := talking.Write(t.Context(), websocket.MessageText, []byte("hello")); err != nil {
		t.Fatal(err)
	}
	// It is cut off while it writes, or after.
	_ = shouting.Write(t.Context(), websocket.MessageBinary, make([]byte, 1<<20))
	if _, message, err := shouting.Read(t.Context()); err == nil {
		t.Errorf("who shouts is told %s", message)
	}
	close(next)
	for _, conn := range []*websocket.Conn{talking, staying} {
		if got := messages(t, conn); len(got) != 6 {
			t.Errorf("who stays gets %q", got)
		}
	}
}

func TestWatchersThatDoNotReadAreDropped(t *testing.T) {
	inBubble(t, Config{Key: "key"}, nothing, func(t *testing.T, s *Server, conn net.Conn) {
		s.answer = answering(listing(), "{}")
		sess, err := s.sessions.hold(usualSettings())
		if err != nil {
			t.Fatal(err)
		}
		run := newAgentRun(agentRequest{task: "list 2 posts", maxSteps: 20}, sess, func(error) {})
		s.agents.add(run)
		s.serveAgent(t.Context(), run)
		if _, err := io.WriteString(conn, "GET /agents/"+run.id+"/debug/logs?token=key&session_id="+sess.id+" HTTP/1.1\r\nHost: 127.0.0.1:8787\r\n"+
			"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		answer, err := http.ReadResponse(bufio.NewReaderSize(conn, 1), nil)
		if err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
			t.Fatalf("the handshake is answered with %v (%v)", answer, err)
		}
		_ = answer.Body.Close()
		<-time.After(logStall) // and nobody reads
		synctest.Wait()
		left, err := io.ReadAll(conn)
		if err != nil || strings.Contains(string(left), "agent_stop") {
			t.Errorf("the log goes on with %d bytes: %v", len(left), err)
		}
	})
}
