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
	"time"

	"go.uber.org/goleak"

	"notturno/api/local/agent"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// startScripted serves on a real loopback port, with run in the agent's place.
func startScripted(t *testing.T, config Config, run runFunc) *Server {
	t.Helper()
	if err := config.complete(); err != nil {
		t.Fatal(err)
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", config.Addr)
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(context.WithoutCancel(t.Context()), config, listener.Addr().String())
	s.answer = run.answer
	s.site = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "the sample site at "+r.URL.Path)
	})
	s.serve(listener)
	closeAfter(t, s)
	return s
}

func closeAfter(t *testing.T, s *Server) {
	t.Helper()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := s.Close(ctx); err != nil {
			t.Error(err)
		}
	})
}

// answer is a response whose body is closed when its test ends.
type answer struct {
	StatusCode int
	Header     http.Header
	Body       io.ReadCloser
}

// do sends a request on a connection of its own.
func do(t *testing.T, req *http.Request) *answer {
	t.Helper()
	transport := &http.Transport{DisableKeepAlives: true}
	t.Cleanup(transport.CloseIdleConnections)
	client := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return &answer{resp.StatusCode, resp.Header, resp.Body}
}

// request is a request for s with its key, changed by edits.
func request(ctx context.Context, t *testing.T, s *Server, method, path, body string, edits ...func(*http.Request)) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, method, s.URL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.Key())
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/json")
	}
	for _, edit := range edits {
		edit(req)
	}
	return req
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func without(name string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Del(name) }
}

func readBody(t *testing.T, resp *answer) string {
	t.Helper()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

const startPath = "/api/anything/start"

func startTask(ctx context.Context, t *testing.T, s *Server, body string) *answer {
	t.Helper()
	return do(t, request(ctx, t, s, http.MethodPost, startPath, body))
}

// dataLines reads a stream as the documented sample clients do: the lines that
// begin with "data: ", without that, to the end.
func dataLines(t *testing.T, body io.Reader) []string {
	t.Helper()
	var lines []string
	scanner := bufio.NewScanner(body)
	for scanner.Scan() {
		if data, ok := strings.CutPrefix(scanner.Text(), "data: "); ok {
			lines = append(lines, data)
		}
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

// runFunc is an agent that finds nothing.
type runFunc func(ctx context.Context, task string, tell func(agent.Step)) error

func (run runFunc) answer(ctx context.Context, asked agent.Request, tell func(agent.Step)) (json.RawMessage, error) {
	return nil, run(ctx, asked.Task, tell)
}

// nothing is a run that is done at once.
func nothing(context.Context, string, func(agent.Step)) error { return nil }

// waiting is a run that says one word and waits for its end; it tells of that.
func waiting() (run runFunc, began, ended chan struct{}) {
	began, ended = make(chan struct{}, maxLive+1), make(chan struct{}, maxLive+1)
	return func(ctx context.Context, _ string, tell func(agent.Step)) error {
		tell(agent.Thought{Text: "waiting "})
		began <- struct{}{}
		<-ctx.Done()
		ended <- struct{}{}
		return ctx.Err()
	}, began, ended
}

func TestStartRefusesAddressesThatAreNotLoopback(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.168.1.4:0", "example.com:80", "127.0.0.1", "127.0.0.2:0"} {
		s, err := Start(t.Context(), Config{DataDir: t.TempDir(), Addr: addr})
		if err == nil {
			closeAfter(t, s)
			t.Errorf("Start listens on %q", addr)
			continue
		}
		if !strings.Contains(err.Error(), addr) || !strings.Contains(err.Error(), "127.0.0.1") {
			t.Errorf("the error does not name the address and a better one: %v", err)
		}
	}
}

func TestStartChecksItsConfig(t *testing.T) {
	t.Parallel()
	if s, err := Start(t.Context(), Config{}); err == nil {
		closeAfter(t, s)
		t.Error("Start works without a data directory")
	}
	if s, err := Start(t.Context(), Config{DataDir: t.TempDir(), Generation: 3}); err == nil {
		closeAfter(t, s)
		t.Error("Start works with a generation that does not exist")
	}
}

func TestKeysAreRandomUnlessGiven(t *testing.T) {
	t.Parallel()
	a, b := startScripted(t, Config{}, nothing), startScripted(t, Config{}, nothing)
	if a.Key() == "" || a.Key() == b.Key() {
		t.Errorf("two servers have the keys %q and %q", a.Key(), b.Key())
	}
	if given := startScripted(t, Config{Key: "mine"}, nothing); given.Key() != "mine" {
		t.Errorf("the given key became %q", given.Key())
	}
}

func TestListensOnLocalhostByNumber(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{Addr: "localhost:0"}, nothing)
	if !strings.HasPrefix(s.URL(), "http://127.0.0.1:") {
		t.Errorf("URL() = %q", s.URL())
	}
}

func TestHealthNeedsNoKey(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{Version: "1.2.3"}, nothing)
	for _, path := range []string{"/health", "/ready"} {
		resp := do(t, request(t.Context(), t, s, http.MethodGet, path, "", without("Authorization")))
		body := readBody(t, resp)
		if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "application/json" ||
			!strings.Contains(body, `"status":"healthy","version":"1.2.3","description":"`) {
			t.Errorf("%s answers %d %s", path, resp.StatusCode, body)
		}
	}
}

func TestCloseEndsStreams(t *testing.T) {
	t.Parallel()
	for generation, last := range map[int]string{
		1: `{"type":"cancelled","reason":"the local backend was closed"}`,
		2: `[DONE]`,
	} {
		run, began, ended := waiting()
		s := startScripted(t, Config{Generation: generation}, run)
		resp := startTask(t.Context(), t, s, `{"query":"wait"}`)
		<-began
		if err := s.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		<-ended
		lines := dataLines(t, resp.Body)
		if got := lines[len(lines)-1]; got != last {
			t.Errorf("generation %d ends with %s", generation, got)
		}
	}
}

func TestTheEndOfStartsContextEndsRuns(t *testing.T) {
	t.Parallel()
	run, began, ended := waiting()
	config := Config{}
	if err := config.complete(); err != nil {
		t.Fatal(err)
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", config.Addr)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s := newServer(ctx, config, listener.Addr().String())
	s.answer = run.answer
	s.serve(listener)
	closeAfter(t, s)
	startTask(t.Context(), t, s, `{"query":"wait"}`)
	<-began
	cancel()
	<-ended
}
