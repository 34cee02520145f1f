package local

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"notturno/api/local/agent"
)

// pipeListener accepts connections that exist in memory only, so that a
// synctest bubble can wait for them.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	close(l.closed)
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8787} }

func (l *pipeListener) dial() net.Conn {
	client, server := net.Pipe()
	l.conns <- server
	return client
}

// inBubble runs test with a server on a clock that jumps over every wait.
func inBubble(t *testing.T, config Config, run runFunc, test func(*testing.T, *Server, net.Conn)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		if err := config.complete(); err != nil {
			t.Fatal(err)
		}
		listener := &pipeListener{make(chan net.Conn), make(chan struct{})}
		s := newServer(context.WithoutCancel(t.Context()), config, listener.Addr().String())
		s.answer = run.answer
		s.serve(listener)
		conn := listener.dial()
		test(t, s, conn)
		_ = conn.Close()
		if err := s.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
}

// post sends the request of a run over conn and returns its answer.
func post(t *testing.T, s *Server, conn net.Conn) *answer {
	t.Helper()
	req := request(t.Context(), t, s, http.MethodPost, startPath, `{"query":"x"}`)
	if err := req.Write(conn); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return &answer{resp.StatusCode, resp.Header, resp.Body}
}

func TestSilentStreamsAreKeptAlive(t *testing.T) {
	run := func(ctx context.Context, _ string, tell func(agent.Step)) error {
		select {
		case <-time.After(50 * time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
		tell(agent.Speech{Text: "late"})
		return nil
	}
	inBubble(t, Config{}, run, func(t *testing.T, s *Server, conn net.Conn) {
		began := time.Now()
		resp := post(t, s, conn)
		var comments []string
		lines := bufio.NewScanner(resp.Body)
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), ":") {
				comments = append(comments, fmt.Sprintf("%s at %s", lines.Text(), time.Since(began)))
			}
			if strings.Contains(lines.Text(), `"done"`) && time.Since(began) != 50*time.Second {
				t.Errorf("done at %s", time.Since(began))
			}
		}
		if got, want := strings.Join(comments, ", "), ": ping at 15s, : ping at 30s, : ping at 45s"; got != want {
			t.Errorf("the comments are %s, want %s", got, want)
		}
	})
}

func TestTextIsPaced(t *testing.T) {
	run := func(_ context.Context, _ string, tell func(agent.Step)) error {
		tell(agent.Thought{Text: "one two three "})
		tell(agent.Call{ID: "1", Tool: "t"})
		tell(agent.Result{ID: "1", Tool: "t", Content: "not cut into words"})
		tell(agent.Speech{Text: "four five"})
		return nil
	}
	inBubble(t, Config{Pace: 20 * time.Millisecond}, run, func(t *testing.T, s *Server, conn net.Conn) {
		began := time.Now()
		if _, err := io.Copy(io.Discard, post(t, s, conn).Body); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took != 100*time.Millisecond {
			t.Errorf("five words took %s", took)
		}
	})
}

// An agent's thoughts take the time to read them; its answer comes as a whole,
// and nobody waits for it.
func TestThoughtsOfAnAgentArePaced(t *testing.T) {
	run := func(_ context.Context, _ string, tell func(agent.Step)) error {
		tell(agent.Thought{Text: "one two three "})
		tell(agent.Call{ID: "1", Tool: "t"})
		tell(agent.Result{ID: "1", Tool: "t", Content: "not cut into words"})
		tell(agent.Thought{Text: "four"})
		tell(agent.Speech{Text: "five six seven"})
		return nil
	}
	inBubble(t, Config{Pace: 20 * time.Millisecond}, run, func(t *testing.T, s *Server, _ net.Conn) {
		sess, err := s.sessions.hold(usualSettings())
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		s.serveAgent(t.Context(), newAgentRun(agentRequest{task: "x", maxSteps: 20}, sess, func(error) {}))
		if took := time.Since(began); took != 80*time.Millisecond {
			t.Errorf("four words took %s", took)
		}
	})
}

func TestAnAbandonedStreamIsGivenUp(t *testing.T) {
	run := func(ctx context.Context, _ string, tell func(agent.Step)) error {
		for ctx.Err() == nil {
			tell(agent.Speech{Text: "more "})
		}
		return ctx.Err()
	}
	inBubble(t, Config{}, run, func(t *testing.T, s *Server, conn net.Conn) {
		began := time.Now()
		post(t, s, conn) // and nobody reads on
		s.sessions.runs.Wait()
		if took := time.Since(began); took != stallTimeout {
			t.Errorf("the run ended after %s", took)
		}
	})
}

func TestSlowClientsAreCutOff(t *testing.T) {
	for name, test := range map[string]struct {
		sent string
		want time.Duration
	}{
		"nothing":       {"", headerTimeout},
		"half a header": {"POST " + startPath + " HTTP/1.1\r\nHost: 127.0.0.1:8787\r\n", headerTimeout},
		"half a body": {"POST " + startPath + " HTTP/1.1\r\nHost: 127.0.0.1:8787\r\nAuthorization: Bearer key\r\n" +
			"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{", readTimeout},
		"a request, then nothing": {"GET /health HTTP/1.1\r\nHost: 127.0.0.1:8787\r\n\r\n", idleTimeout},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, Config{Key: "key"}, nothing, func(t *testing.T, _ *Server, conn net.Conn) {
				began := time.Now()
				if _, err := io.WriteString(conn, test.sent); err != nil {
					t.Fatal(err)
				}
				answer, err := io.ReadAll(conn) // to the end of the connection
				if err != nil {
					t.Fatal(err)
				}
				if took := time.Since(began); took != test.want {
					t.Errorf("the connection ended after %s, want %s; it said %q", took, test.want, answer)
				}
			})
		})
	}
}
