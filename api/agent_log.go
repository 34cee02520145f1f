package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// The limits of an agent's log, a WebSocket. A step can hold a screenshot.
const (
	logOpenWithin = 30 * time.Second
	logPingEvery  = 5 * time.Second
	logPongWithin = 40 * time.Second
	maxLogMessage = 5 << 20
)

// agentLog is the open log of an agent.
type agentLog struct {
	conn     *websocket.Conn
	messages chan logMessage // closed at the end of the log
	alive    chan struct{}   // a token for answers to pings since the last one was taken
	why      Text            // of the end; to be read after it
	cancel   context.CancelFunc
	work     sync.WaitGroup
}

type logMessage struct {
	data   []byte
	binary bool
}

// openAgentLog opens the log. When that fails it is nil, and why says so; an
// error's own text is not shown, for it can hold the address with the token.
func (c *Client) openAgentLog(ctx context.Context, watch AgentWatch) (log *agentLog, why Text) {
	address, why := c.logURL(ctx, watch)
	if why != "" {
		return nil, why
	}
	opening, stop := context.WithTimeout(ctx, logOpenWithin)
	defer stop()
	client := &http.Client{Transport: c.transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // a redirect would be sent the token
	}}
	conn, resp, err := websocket.Dial(opening, address, &websocket.DialOptions{ //nolint:bodyclose // Dial has closed it
		HTTPClient: client,
		HTTPHeader: http.Header{"User-Agent": {requestOrigin + "/" + c.config.Version}},
	})
	switch {
	case err == nil:
	case resp != nil && resp.StatusCode != http.StatusSwitchingProtocols:
		return nil, Text(strings.TrimSpace(fmt.Sprintf("the service refused the agent's log: %d %s", resp.StatusCode, statusText(resp.StatusCode))))
	default:
		return nil, "the agent's log cannot be reached"
	}
	conn.SetReadLimit(-1) // next keeps the limit: the library would wait for the other side
	reading, cancel := context.WithCancel(ctx)
	l := &agentLog{conn: conn, messages: make(chan logMessage), alive: make(chan struct{}, 1), cancel: cancel}
	l.work.Go(func() { l.read(reading) })
	l.work.Go(func() { l.ping(reading) })
	return l, ""
}

// logURL is the address of an agent's log with a token in it. The API key is
// such a token too, but stands in no address except to this machine.
func (c *Client) logURL(ctx context.Context, watch AgentWatch) (address string, why Text) {
	if watch.SessionID == "" {
		return "", "the agent's session is not known, and without it its log cannot be opened"
	}
	here := isLoopback(c.api.Hostname())
	if c.api.Scheme != "https" && !here {
		return "", "the agent's log is not opened without encryption"
	}
	token := c.logToken(ctx, watch.SessionID)
	if token == "" || token == c.config.Key {
		if !here {
			return "", "the service gave no token for the agent's log"
		}
		token = c.config.Key
	}
	query := url.Values{"token": {token}, "session_id": {watch.SessionID}}
	return "ws" + strings.TrimPrefix(c.APIURL(), "http") + "/agents/" + escapeElement(watch.AgentID) + "/debug/logs?" + query.Encode(), ""
}

// logToken is the token that opens the logs of one session and nothing else,
// or empty.
func (c *Client) logToken(ctx context.Context, sessionID string) string {
	ctx, cancel := context.WithTimeout(ctx, linkWithin)
	defer cancel()
	raw, err := c.getOnce(ctx, nil, "sessions", sessionID, "debug")
	if err != nil {
		return ""
	}
	logs, _ := unquote(objectOf(objectOf(raw).get("ws")).get("logs"))
	address, err := url.Parse(logs)
	if err != nil {
		return ""
	}
	return address.Query().Get("token")
}

// read hands the messages out until there are no more.
func (l *agentLog) read(ctx context.Context) {
	defer close(l.messages)
	for {
		message, err := l.next(ctx)
		if err != nil {
			l.why = whyLogEnded(err)
			return
		}
		select {
		case l.messages <- message:
		case <-ctx.Done():
			return
		}
	}
}

// errLongMessage says that a message is longer than maxLogMessage.
var errLongMessage = errors.New("the message is too long")

// next reads one message.
func (l *agentLog) next(ctx context.Context) (logMessage, error) {
	kind, r, err := l.conn.Reader(ctx)
	if err != nil {
		return logMessage{}, err
	}
	data, err := io.ReadAll(io.LimitReader(r, maxLogMessage+1))
	if err == nil && len(data) > maxLogMessage {
		err = errLongMessage
	}
	return logMessage{data: data, binary: kind != websocket.MessageText}, err
}

func whyLogEnded(err error) Text {
	switch {
	case errors.Is(err, errLongMessage):
		return "the agent's log sent a message of more than " + byteCount(maxLogMessage)
	case websocket.CloseStatus(err) == websocket.StatusNormalClosure:
		return logEnded
	}
	return "the connection to the agent's log was lost"
}

// ping finds out whether the other side is still there. When it is not, the
// log ends.
func (l *agentLog) ping(ctx context.Context) {
	for sleep(ctx, logPingEvery) {
		waiting, cancel := context.WithTimeout(ctx, logPongWithin)
		err := l.conn.Ping(waiting)
		cancel()
		if err != nil {
			_ = l.conn.CloseNow() // the reader tells of it
			return
		}
		select {
		case l.alive <- struct{}{}:
		default:
		}
	}
}

// close ends the log at once and waits for its goroutines.
func (l *agentLog) close() {
	l.cancel()
	_ = l.conn.CloseNow() // what it could say is of no use
	l.work.Wait()
}
