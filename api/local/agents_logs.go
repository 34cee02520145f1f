package local

import (
	"context"
	"net/http"
	"time"

	"github.com/coder/websocket"
)

const (
	// logStall is how long a client may leave a message of a log unread before
	// it is dropped.
	logStall = 15 * time.Second
	// logFarewell is the same once the server is closing.
	logFarewell = time.Second
)

// agentLogs is the WebSocket GET /agents/{agent_id}/debug/logs. A browser
// cannot send a header with it, so the query holds the secret: the key, or the
// token of the agent's session.
func (s *Server) agentLogs(w http.ResponseWriter, r *http.Request) {
	query, errs := agentLogQuery().Query(r.URL.Query())
	if errs != nil {
		writeInvalid(w, errs)
		return
	}
	run := s.agents.get(r.PathValue("agent_id"))
	if run != nil && run.session.id != query.String("session_id") {
		run = nil
	}
	s.serveLog(w, r, query.String("token"), run)
}

// sessionLogs is the WebSocket GET /sessions/{session_id}/debug/logs: the log
// of the agent that began last on the session.
func (s *Server) sessionLogs(w http.ResponseWriter, r *http.Request) {
	s.serveLog(w, r, r.URL.Query().Get("token"), s.agents.newest(r.PathValue("session_id")))
}

// serveLog sends the log of run to whoever has the token. Without the key
// nobody learns which agents there are.
func (s *Server) serveLog(w http.ResponseWriter, r *http.Request, token string, run *agentRun) {
	isKey := sameSecret(token, s.config.Key)
	switch {
	case !isKey && (run == nil || !sameSecret(token, run.session.token)):
		refuse(w, r, http.StatusUnauthorized, "Unauthorized", "the token does not open this log; take it from ws.logs of GET /sessions/{session_id}/debug")
		return
	case run == nil:
		refuse(w, r, http.StatusNotFound, agentNotFound, "")
		return
	}
	// The server waits for the log before it closes; Accept takes the
	// connection out of net/http's own count.
	s.work.Add(1)
	defer s.work.Done()
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return // Accept has answered
	}
	defer conn.CloseNow() //nolint:errcheck // it is closed already, or cannot be told

	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	defer context.AfterFunc(s.life, func() { time.AfterFunc(logFarewell, cancel) })()
	s.work.Go(func() {
		defer cancel()
		listen(ctx, conn)
	})
	if follow(ctx, conn, run) && s.life.Err() == nil {
		_ = conn.Close(websocket.StatusNormalClosure, "the agent has ended")
	}
}

// listen reads until the client is gone: only then are its pings answered and
// its end is noticed. Nothing that it says means anything.
func listen(ctx context.Context, conn *websocket.Conn) {
	for {
		if _, _, err := conn.Read(ctx); err != nil {
			return
		}
	}
}

// follow sends the log of run from its beginning to its end. It reports
// whether it got there: a client that has gone, or does not read, is dropped.
func follow(ctx context.Context, conn *websocket.Conn, run *agentRun) bool {
	sent := 0
	for {
		messages, last, changed := run.log(sent)
		for _, message := range messages {
			if err := sendLog(ctx, conn, message); err != nil {
				return false
			}
		}
		sent += len(messages)
		if last {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

// sendLog sends one message, and gives up a client that does not read.
func sendLog(ctx context.Context, conn *websocket.Conn, message event) error {
	timed, cancel := context.WithTimeout(ctx, logStall)
	defer cancel()
	return conn.Write(timed, websocket.MessageText, message)
}
