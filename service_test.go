package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// secretKey is the key that no byte of output may hold.
const secretKey = "sk-notte-TEST-5f2c9d81e07a"

// service is a scripted Anything API. It keeps what it was asked.
type service struct {
	*httptest.Server
	mu       sync.Mutex
	posts    int
	queries  []string
	problems []string // requests that no client may send
}

// newService answers every start with answer.
func newService(t *testing.T, answer http.HandlerFunc) *service {
	t.Helper()
	s := &service{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.note(r)
		answer(w, r)
	}))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
		for _, problem := range s.problems {
			t.Error(problem)
		}
	})
	return s
}

func (s *service) note(r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var request struct{ Query string }
	s.mu.Lock()
	defer s.mu.Unlock()
	s.posts++
	if err := json.Unmarshal(body, &request); err != nil {
		s.problems = append(s.problems, "the body of the request is not JSON: "+err.Error())
	}
	if r.Method != http.MethodPost || r.URL.Path != "/api/anything/start" {
		s.problems = append(s.problems, "unexpected request "+r.Method+" "+r.URL.Path)
	}
	if got := r.Header.Get("Authorization"); got != "Bearer "+secretKey {
		s.problems = append(s.problems, "the key was not sent")
	}
	s.queries = append(s.queries, request.Query)
}

// asked is the queries of all starts so far.
func (s *service) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.queries...)
}

// wantOneStart fails unless the service was asked to start the task, and only
// that, and only once.
func wantOneStart(t *testing.T, s *service, task string) {
	t.Helper()
	if asked := s.asked(); len(asked) != 1 || asked[0] != task {
		t.Errorf("the service was asked %q, want %q once", asked, task)
	}
}

// env makes the program use the service.
func (s *service) env() []string { return serviceEnv(s.URL) }

func serviceEnv(url string) []string {
	return []string{"NOTTE_API_KEY=" + secretKey, "NOTTE_ANYTHING_URL=" + url}
}

// says is an answer that streams the events and ends.
func says(events ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.WriteHeader(http.StatusOK)
		tell(w, events...)
	}
}

// saysAndHolds is an answer that streams the events and then nothing, until
// the client goes.
func saysAndHolds(events ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		says(events...)(w, r)
		<-r.Context().Done()
	}
}

// refuses is an answer that is no stream.
func refuses(status int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// tell writes events and flushes them. A client that has gone is its own end.
func tell(w http.ResponseWriter, events ...string) {
	_, _ = io.WriteString(w, frames(events...))
	w.(http.Flusher).Flush()
}

// frames are events as the wire has them.
func frames(events ...string) string {
	var b strings.Builder
	for _, event := range events {
		b.WriteString("data: " + event + "\n\n")
	}
	return b.String()
}

// delta is a text_delta event.
func delta(text string) string { return object("text_delta", "delta", text) }

// object is an event of a type with text fields, given as names and values.
func object(kind string, fields ...string) string {
	event := map[string]string{"type": kind}
	for i := 0; i < len(fields); i += 2 {
		event[fields[i]] = fields[i+1]
	}
	encoded, err := json.Marshal(event)
	if err != nil {
		panic(err) // strings can always be encoded
	}
	return string(encoded)
}

const doneEvent = `{"type":"done","total_cost_usd":0.0837,"function_id":null,"metadata":{"thread_id":"t-1"}}`

// await waits for a channel to be closed or to say something.
func await[T any](t *testing.T, what string, c <-chan T) {
	t.Helper()
	select {
	case <-c:
	case <-time.After(patience):
		t.Fatalf("%s did not happen", what)
	}
}
