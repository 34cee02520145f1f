package local

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"notturno/api/local/agent"
	"notturno/api/local/site"
)

// The limits of the server. Those of a request keep a slow or greedy client
// from holding it; a stream has no limit in time but ends with its client.
const (
	maxHeaderBytes = 64 << 10
	maxBodyBytes   = 64 << 10
	headerTimeout  = 5 * time.Second
	readTimeout    = 10 * time.Second
	idleTimeout    = 30 * time.Second
	writeTimeout   = 30 * time.Second // of an answer that is not a stream
)

var errClosing = errors.New("the local backend is closing")

// Config says how the local backend runs.
type Config struct {
	// DataDir is the directory that keeps the functions, below "functions".
	// It is made when it does not exist.
	DataDir string
	// Pace is the wait after each piece (about a word) of streamed text, and
	// of what an agent of the Agents API thinks, so that a run can be watched.
	// 0 is none.
	Pace time.Duration
	// Generation is the stream generation of a request that does not ask for
	// one: 1 (also when 0) or 2.
	Generation int
	// Version is the program's version, for GET /health and the agent's
	// User-Agent.
	Version string
	// Addr is where to listen: a loopback address with a port, 0 for any free
	// one. Empty is 127.0.0.1:0.
	Addr string
	// Key is what clients must send as their bearer token. Empty makes a
	// random one.
	Key string
	// RateLimit is how many requests with the key are answered in a minute; 0
	// is no limit.
	RateLimit int
	// NoSite leaves the sample site out.
	NoSite bool
}

// Server is a running local backend. Close ends it.
type Server struct {
	config   Config
	hosts    []string // the Host headers that mean this server
	url      string
	answer   answerFunc
	site     http.Handler
	examples []string
	sessions *sessions
	threads  *threads
	limit    *limit
	logs     usageLogs
	http     *http.Server
	work     sync.WaitGroup // the serving loop and the detached runs
	life     context.Context
	end      context.CancelCauseFunc

	functions *functions
	agents    agentRuns
}

// Start listens and serves until Close. The end of ctx ends all runs; the
// caller still closes the Server. An address that is not loopback is refused.
func Start(ctx context.Context, config Config) (*Server, error) {
	if config.DataDir == "" {
		return nil, errors.New("failed to start the local backend: no data directory is given")
	}
	if err := config.complete(); err != nil {
		return nil, fmt.Errorf("failed to start the local backend: %w", err)
	}
	functions, err := openStore(filepath.Join(config.DataDir, "functions"))
	if err != nil {
		return nil, fmt.Errorf("failed to start the local backend: %w", err)
	}
	records, err := openRecords(filepath.Join(config.DataDir, "runs"))
	if err != nil {
		return nil, fmt.Errorf("failed to start the local backend: %w", err)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", config.Addr)
	if err != nil {
		return nil, fmt.Errorf("failed to start the local backend: %w; another port may be free", err)
	}
	s := newServer(ctx, config, listener.Addr().String())
	worker := agent.New(agent.Config{
		Sections:  s.openSite(),
		Save:      functions.save,
		UserAgent: "notturno/" + config.Version,
	})
	s.answer = worker.Answer
	s.functions = newFunctions(functions, records, worker.RunFunction)
	s.serve(listener)
	return s, nil
}

// openSite serves the sample site, unless it is left out, and returns the
// addresses of its sections by their names.
func (s *Server) openSite() map[string]string {
	sections := map[string]string{}
	if s.config.NoSite {
		return sections
	}
	s.site = site.Handler()
	host := strings.TrimPrefix(s.url, "http://")
	for _, section := range site.Sections() {
		sections[section.Name] = s.url + section.Path
		if section.Task != "" {
			s.examples = append(s.examples, fmt.Sprintf(section.Task, host+section.Path))
		}
	}
	return sections
}

// complete fills in what Config leaves out and checks the rest.
func (c *Config) complete() error {
	switch c.Generation {
	case 0:
		c.Generation = 1
	case 1, 2:
	default:
		return fmt.Errorf("stream generation %d does not exist; use 1 or 2", c.Generation)
	}
	if c.RateLimit < 0 {
		return fmt.Errorf("a rate limit of %d requests a minute is negative; use 0 for none", c.RateLimit)
	}
	if c.Addr == "" {
		c.Addr = "127.0.0.1:0"
	}
	if c.Key == "" {
		c.Key = newKey()
	}
	var err error
	c.Addr, err = loopback(c.Addr)
	return err
}

// newServer makes a Server for the address that it listens on, without an
// agent and without a site.
func newServer(ctx context.Context, config Config, addr string) *Server {
	s := &Server{
		config:   config,
		hosts:    ownHosts(addr),
		url:      "http://" + addr,
		sessions: newSessions(),
		threads:  newThreads(),
		limit:    newLimit(config.RateLimit),
		site:     http.HandlerFunc(unknownPath),
	}
	s.life, s.end = context.WithCancelCause(ctx)
	s.http = &http.Server{
		Handler:           s.handler(),
		MaxHeaderBytes:    maxHeaderBytes,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		IdleTimeout:       idleTimeout,
		WriteTimeout:      writeTimeout,
		BaseContext:       func(net.Listener) context.Context { return s.life },
		// The terminal belongs to the screen: what net/http has to say about
		// broken connections must not be printed over it.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	return s
}

func (s *Server) serve(listener net.Listener) {
	s.work.Go(func() {
		// Serve returns when Close has been called. Should the listener break
		// before that, no run can begin any more and the live ones end.
		s.end(s.http.Serve(listener))
	})
}

// URL is the address of the server without a trailing slash, such as
// http://127.0.0.1:41207.
func (s *Server) URL() string { return s.url }

// Key is the bearer token that a client must send.
func (s *Server) Key() string { return s.config.Key }

// Examples are tasks to try: each works now, on a page of the sample site.
func (s *Server) Examples() []string { return append([]string(nil), s.examples...) }

// Close ends all runs, each with a cancelled event, and waits until every
// goroutine of the server has ended. When ctx ends first, it cuts the
// connections that are left and returns the reason.
func (s *Server) Close(ctx context.Context) error {
	s.sessions.close()
	s.end(errClosing)
	s.sessions.endHeld()
	err := s.http.Shutdown(ctx)
	if err != nil {
		err = errors.Join(fmt.Errorf("failed to close the local backend in time: %w", err), s.http.Close())
	}
	s.sessions.runs.Wait()
	s.work.Wait()
	return err
}
