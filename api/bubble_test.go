package api

import (
	"context"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
)

// pipes is a network within the process, so that time can be the test's.
type pipes struct {
	calls chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newPipes() *pipes { return &pipes{calls: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipes) DialContext(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.calls <- there:
		return here, nil
	case <-p.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.calls:
		return conn, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.done) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "pipe"} }

// inBubble runs test with a client of a server that handler answers for, in a
// bubble in which waiting takes no time.
func inBubble(t *testing.T, handler func(t *testing.T) http.Handler, test func(t *testing.T, client *Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		network := newPipes()
		var serving sync.WaitGroup
		answers := handler(t)
		server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			serving.Add(1) // a WebSocket is not the server's any more
			defer serving.Done()
			answers.ServeHTTP(w, r)
		})}
		serving.Go(func() { _ = server.Serve(network) })
		client, err := New(Config{APIURL: "http://127.0.0.1", Key: testKey, Version: "1.2.3", dialer: network})
		if err != nil {
			t.Fatal(err)
		}
		test(t, client)
		_ = server.Close()
		serving.Wait()
	})
}
