package local

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"notturno/api/local/agent"
)

const (
	// pingEvery is how long a stream is silent before a comment line shows
	// that it is alive.
	pingEvery = 15 * time.Second
	// stallTimeout is how long a client may leave an event unread before the
	// stream gives it up.
	stallTimeout = 5 * time.Minute
)

var errStreamEnded = errors.New("the stream has ended")

// event is the data of one SSE event: a JSON object, or the second
// generation's [DONE].
type event []byte

// encoder tells a run in the events of one stream generation. It keeps what it
// has said, so each stream needs its own.
type encoder interface {
	header(http.Header)
	begin(viewerURL string) []event
	step(agent.Step) []event
	end(outcome) []event
}

func newEncoder(generation int, threadID string) encoder {
	if generation == 2 {
		return &encoderV2{threadID: threadID}
	}
	return &encoderV1{threadID: threadID}
}

// encode is the event of a struct made of strings, numbers and JSON values.
func encode(value any) event {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		panic(fmt.Sprintf("failed to encode an event of type %T: %v", value, err))
	}
	return bytes.TrimSuffix(line.Bytes(), []byte("\n"))
}

// textOf is an error as one text, for a generation with one field for it.
func (o outcome) text() string {
	return strings.TrimSpace(o.reason + "\n" + o.detail)
}

// eventStream writes SSE to one client, each event flushed, with a comment
// line after every 15 s of silence. It is safe for use by several goroutines.
type eventStream struct {
	mu     sync.Mutex
	w      http.ResponseWriter
	rc     *http.ResponseController
	ping   *time.Timer
	closed bool
}

// newEventStream sends the header of the answer. The caller must close the
// stream before its handler returns.
func newEventStream(w http.ResponseWriter) *eventStream {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	out := &eventStream{w: w, rc: http.NewResponseController(w)}
	out.mu.Lock()
	defer out.mu.Unlock()
	out.ping = time.AfterFunc(pingEvery, out.keepAlive)
	return out
}

// keepAlive writes a comment line, unless something is being written anyway.
func (out *eventStream) keepAlive() {
	if !out.mu.TryLock() {
		return
	}
	defer out.mu.Unlock()
	// A client that has gone is noticed by whoever sends.
	_ = out.writeLocked([]byte(": ping\n\n"))
}

// send writes events, each as one data line. An error means that the client
// has gone or that the stream is closed.
func (out *eventStream) send(events []event) error {
	for _, data := range events {
		if err := out.write(fmt.Appendf(nil, "data: %s\n\n", data)); err != nil {
			return err
		}
	}
	return nil
}

func (out *eventStream) write(block []byte) error {
	out.mu.Lock()
	defer out.mu.Unlock()
	return out.writeLocked(block)
}

func (out *eventStream) writeLocked(block []byte) error {
	if out.closed {
		return errStreamEnded
	}
	if err := out.rc.SetWriteDeadline(time.Now().Add(stallTimeout)); err != nil {
		return fmt.Errorf("failed to limit the writing of an event: %w", err)
	}
	if _, err := out.w.Write(block); err != nil {
		return fmt.Errorf("failed to write an event: %w", err)
	}
	if err := out.rc.Flush(); err != nil {
		return fmt.Errorf("failed to send an event: %w", err)
	}
	out.ping.Reset(pingEvery)
	return nil
}

// close ends the stream: nothing is written after it.
func (out *eventStream) close() {
	out.mu.Lock()
	defer out.mu.Unlock()
	out.closed = true
	out.ping.Stop()
}
