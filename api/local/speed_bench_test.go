package local

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"

	"notturno/api/local/agent"
)

// serveBench serves run until the benchmark ends.
func serveBench(b *testing.B, config Config, run runFunc) *Server {
	b.Helper()
	if err := config.complete(); err != nil {
		b.Fatal(err)
	}
	listener, err := new(net.ListenConfig).Listen(b.Context(), "tcp", config.Addr)
	if err != nil {
		b.Fatal(err)
	}
	s := newServer(context.WithoutCancel(b.Context()), config, listener.Addr().String())
	s.answer = run.answer
	s.serve(listener)
	b.Cleanup(func() {
		if err := s.Close(context.WithoutCancel(b.Context())); err != nil {
			b.Error(err)
		}
	})
	return s
}

// openStream asks for a stream on a connection of its own.
func openStream(ctx context.Context, method, address, key, body string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	if key != "" {
		req.Header.Set("Authorization", "Bearer "+key)
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errors.Join(fmt.Errorf("%s gets %s", address, resp.Status), resp.Body.Close())
	}
	return resp.Body, nil
}

// BenchmarkEvents is one event, from the agent to a client on loopback: in both
// generations, and for comparison the same bytes as a handler writes and
// flushes them that does nothing else.
func BenchmarkEvents(b *testing.B) {
	for _, generation := range []int{1, 2} {
		b.Run(fmt.Sprintf("generation=%d", generation), func(b *testing.B) {
			s := serveBench(b, Config{Generation: generation}, func(_ context.Context, _ string, tell func(agent.Step)) error {
				for range b.N {
					tell(agent.Thought{Text: "word "})
				}
				return nil
			})
			readEvents(b, http.MethodPost, s.URL()+startPath, s.Key(), `{"query":"x"}`)
		})
		b.Run(fmt.Sprintf("raw=%d", generation), func(b *testing.B) {
			enc := newEncoder(generation, threadID)
			enc.step(agent.Thought{Text: "word "}) // the first one opens a block as well
			block := fmt.Appendf(nil, "data: %s\n\n", enc.step(agent.Thought{Text: "word "})[0])
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				out := http.NewResponseController(w)
				for range b.N {
					_, err := w.Write(block)
					if err = errors.Join(err, out.Flush()); err != nil {
						return
					}
				}
			}))
			defer server.Close()
			readEvents(b, http.MethodGet, server.URL, "", "")
		})
	}
}

// readEvents reads a stream of b.N events, give or take its frame, to its end.
func readEvents(b *testing.B, method, address, key, body string) {
	b.Helper()
	stream, err := openStream(b.Context(), method, address, key, body)
	if err != nil {
		b.Fatal(err)
	}
	n, err := io.Copy(io.Discard, stream)
	if err = errors.Join(err, stream.Close()); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(n / int64(b.N))
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkHundredStreams has fifty runs and their fifty viewers going at
// once, and reports the memory that each of the hundred streams holds when all
// have told everything and wait: the server's and the client's together, for
// both are this process. It may grow only until the text of a session is full.
func BenchmarkHundredStreams(b *testing.B) {
	for _, events := range []int{1_000, 10_000, 30_000} {
		b.Run(fmt.Sprintf("events=%d", events), func(b *testing.B) {
			held := 0.0
			for b.Loop() {
				held += hundredStreams(b, events)
			}
			b.ReportMetric(held/float64(b.N), "B/stream")
			b.ReportMetric(float64(b.N*runsAtOnce*events)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

const (
	runsAtOnce  = 50
	wordsAtOnce = 50 // in one step; each becomes an event of its own
)

// hundredStreams is one round, and the bytes held by each stream.
func hundredStreams(b *testing.B, events int) float64 {
	b.Helper()
	release := make(chan struct{})
	s := serveBench(b, Config{}, func(ctx context.Context, _ string, tell func(agent.Step)) error {
		for range events / wordsAtOnce {
			tell(agent.Thought{Text: strings.Repeat("word ", wordsAtOnce)})
		}
		tell(agent.Call{ID: "a", Tool: "hold"})
		select {
		case <-release:
		case <-ctx.Done():
		}
		return nil
	})
	before := heapInUse()
	var told, ended sync.WaitGroup
	follow := func(method, address, key, body string) {
		told.Add(1)
		ended.Go(func() {
			tell := sync.OnceFunc(told.Done)
			defer tell()
			if err := readHeld(b.Context(), method, address, key, body, tell); err != nil {
				b.Error(err)
			}
		})
	}
	for range runsAtOnce {
		follow(http.MethodPost, s.URL()+startPath, s.Key(), `{"query":"x"}`)
	}
	told.Wait() // the sessions are there
	for _, sess := range liveSessions(s) {
		page, query, _ := strings.Cut(s.viewerURL(sess), "?")
		follow(http.MethodGet, page+"/events?"+query, "", "")
	}
	told.Wait()
	held := float64(heapInUse()-before) / (2 * runsAtOnce)
	close(release)
	ended.Wait()
	return held
}

// readHeld reads a stream to its end, and calls told when it says that the run
// has come to its last step.
func readHeld(ctx context.Context, method, address, key, body string, told func()) error {
	stream, err := openStream(ctx, method, address, key, body)
	if err != nil {
		return err
	}
	lines, seen := bufio.NewReader(stream), false
	for err == nil {
		var line []byte
		// A line of the viewer may be longer than the buffer, and comes in parts.
		line, err = lines.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			err = nil
		}
		if bytes.Contains(line, []byte("hold")) {
			seen = true
			told()
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	if !seen {
		err = errors.Join(err, errors.New("the stream ended before its last step"))
	}
	return errors.Join(err, stream.Close())
}

// heapInUse is the memory that is still needed.
func heapInUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}

// BenchmarkViewerUpdate is what one update of an open viewer costs, in a
// session of two hundred steps: all of it, and what has changed of it.
func BenchmarkViewerUpdate(b *testing.B) {
	sess := newSession("the task")
	for i := range 100 {
		id := fmt.Sprint(i)
		sess.add(agent.Thought{Text: "The **next** page has `" + id + "` items."})
		sess.add(agent.Call{ID: id, Tool: "open_page", Input: map[string]any{"url": "http://x.example/" + id}})
		sess.add(agent.View{URL: "http://x.example/" + id, HTML: "<p>x"})
		sess.add(agent.Result{ID: id, Tool: "open_page", Content: strings.Repeat("a line of what was found\n", 40)})
	}
	for name, seen := range map[string]int{"everything": 0, "one step": sess.since(0).Revision - 1} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			size := 0
			for b.Loop() {
				block, err := updateBlock(viewed{sess.since(seen), sess.id, sess.token})
				if err != nil {
					b.Fatal(err)
				}
				size = len(block)
			}
			b.ReportMetric(float64(size), "B/update")
		})
	}
}
