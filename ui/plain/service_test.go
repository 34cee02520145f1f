package plain

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"notturno/api"
	"notturno/state"
)

// patience is how long a test waits for something that takes a moment. It ends
// a test that has failed; it measures nothing.
const patience = 30 * time.Second

// report is what a run without a screen wrote and how it ended.
type report struct {
	out, err string
	code     int
	failure  error
}

// lines are the lines of progress without their times.
func (r report) lines() []string {
	times := regexp.MustCompile(`(?m)^ *\d+\.\ds  `)
	return strings.Split(strings.TrimSuffix(times.ReplaceAllString(r.err, ""), "\n"), "\n")
}

// tells serves the events as one stream, after which the connection ends.
func tells(events ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, event := range events {
			_, _ = io.WriteString(w, "data: "+event+"\n\n")
		}
		w.(http.Flusher).Flush()
	}
}

// clientOf is a client of a service that answers with handler.
func clientOf(t *testing.T, handler http.HandlerFunc) *api.Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // until then net/http does not see that a client goes
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	client, err := api.New(api.Config{AnythingURL: server.URL, Key: "sk-notte-TEST"})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// config is a run of a task by a service.
func config(client *api.Client, out, progress io.Writer) Config {
	return Config{Client: client, Backend: state.LocalBackend, Task: "find the library", Out: out, Err: progress, Now: time.Now}
}

// runWith runs a task by a service that answers with handler.
func runWith(ctx context.Context, t *testing.T, asJSON bool, handler http.HandlerFunc) report {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var out, progress bytes.Buffer
	c := config(clientOf(t, handler), &out, &progress)
	c.JSON = asJSON
	code, err := Run(ctx, c)
	return report{out.String(), progress.String(), code, err}
}
