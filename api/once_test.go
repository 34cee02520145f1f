package api

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A redirect is not followed: neither to another host, nor to the same.
func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	for _, status := range []int{300, 301, 302, 303, 304, 307, 308} {
		var requests atomic.Int32
		redirect := func(w http.ResponseWriter, r *http.Request) {
			requests.Add(1)
			w.Header().Set("Location", "/else"+"where?token=secret")
			if r.URL.Path == "/api/anything/start" {
				w.WriteHeader(status)
			}
		}
		for name, client := range map[string]*Client{"HTTP/1": serve(t, redirect), "HTTP/2": overHTTP2(t, redirect)} {
			requests.Store(0)
			_, err := client.StartAnything(t.Context(), "x")
			var answer *Error
			if !errors.As(err, &answer) || answer.Status != status {
				t.Fatalf("%d over %s: %v", status, name, err)
			}
			if n := requests.Load(); n != 1 {
				t.Errorf("%d over %s: %d requests", status, name, n)
			}
			if !strings.Contains(err.Error(), client.Host()+"/elsewhere") || strings.Contains(err.Error(), "secret") {
				t.Errorf("%d over %s: %v", status, name, err)
			}
		}
	}
}

// raw serves connections by hand and counts them.
func raw(t *testing.T, listener net.Listener, handle func(net.Conn)) *atomic.Int32 {
	t.Helper()
	var count atomic.Int32
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			count.Add(1)
			all.Go(func() {
				defer func() { _ = conn.Close() }()
				handle(conn)
			})
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		all.Wait()
	})
	return &count
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

// readHTTP1 reads one whole request and reports whether there was one.
func readHTTP1(conn net.Conn) bool {
	var got strings.Builder
	buf := make([]byte, 4096)
	for !strings.Contains(got.String(), `"query"`) {
		n, err := conn.Read(buf)
		if err != nil {
			return false
		}
		got.Write(buf[:n])
	}
	return true
}

func TestBrokenHTTP1IsNotRepeated(t *testing.T) {
	t.Parallel()
	reset := func(conn net.Conn) { _ = conn.(*net.TCPConn).SetLinger(0) }
	breaks := map[string]func(net.Conn){
		"closed":                 func(net.Conn) {},
		"reset":                  reset,
		"half a status line":     func(c net.Conn) { _, _ = io.WriteString(c, "HTTP/1.1 20") },
		"half a header":          func(c net.Conn) { _, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Type: te") },
		"not HTTP":               func(c net.Conn) { _, _ = io.WriteString(c, "\x1b[31mSSH-2.0-x "+testKey+"\r\n") },
		"headers beyond measure": func(c net.Conn) { flood(c, "HTTP/1.1 200 OK\r\n", "X: "+strings.Repeat("x", 1000)+"\r\n") },
		"informational answers":  func(c net.Conn) { flood(c, "", "HTTP/1.1 103 Early Hints\r\nX: "+strings.Repeat("x", 1000)+"\r\n\r\n") },
		"a status without end":   func(c net.Conn) { flood(c, "HTTP/1.1 200 ", strings.Repeat("x", 1000)) },
		"a switch of protocols":  func(c net.Conn) { _, _ = io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\n\r\n") },
		"408 on the idle": func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
		},
		"conflicting lengths": func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")
		},
		"an unknown encoding": func(c net.Conn) { _, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: x\r\n\r\n") },
		"a 503 with Retry-After": func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 503 X\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n")
		},
		"a redirect to nonsense": func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 302 X\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n")
		},
		"a 425 that wants a copy": func(c net.Conn) { _, _ = io.WriteString(c, "HTTP/1.1 425 Too Early\r\nContent-Length: 0\r\n\r\n") },
	}
	for name, finish := range breaks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			listener := listen(t)
			var posts atomic.Int32
			connections := raw(t, listener, func(conn net.Conn) {
				if readHTTP1(conn) {
					posts.Add(1)
					finish(conn)
				}
			})
			_, err := clientOf(t, "http://"+listener.Addr().String()).StartAnything(t.Context(), "x")
			checkFailure(t, err)
			if posts.Load() != 1 || connections.Load() != 1 {
				t.Errorf("%d requests on %d connections", posts.Load(), connections.Load())
			}
		})
	}
}

// checkFailure: the error says that the run may have started, is one clean
// line, and does not hold the key.
func checkFailure(t *testing.T, err error) {
	t.Helper()
	var lost *TransportError
	var answer *Error
	switch {
	case err == nil:
		t.Fatal("no error")
	case errors.As(err, &lost):
		if !lost.Sent || !strings.Contains(err.Error(), "may have started and may be billed") {
			t.Errorf("not said that the run may have started: %v", err)
		}
	case !errors.As(err, &answer):
		t.Errorf("%T: %v", err, err)
	}
	checkShown(t, err.Error())
}

func checkShown(t *testing.T, s string) {
	t.Helper()
	if r, found := hostile(s); found || strings.ContainsAny(s, "\n\t") {
		t.Errorf("the error holds %U: %q", r, s)
	}
	if strings.Contains(s, testKey) || strings.Contains(s, "Bearer") {
		t.Errorf("the error holds the key: %s", s)
	}
}

// flood writes piece until the other side has had enough.
func flood(conn net.Conn, start, piece string) {
	_, err := io.WriteString(conn, start)
	for err == nil {
		_, err = io.WriteString(conn, piece)
	}
}

func TestNothingSent(t *testing.T) {
	t.Parallel()
	listener := listen(t)
	closed := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	unknown := httptest.NewTLSServer(sseOf(""))
	defer unknown.Close()
	unknown.Config.ErrorLog = nil
	plain := httptest.NewServer(sseOf(""))
	defer plain.Close()
	mute := listen(t)
	raw(t, mute, func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) })

	for name, address := range map[string]string{
		"refused":                       "http://" + closed,
		"a certificate nobody knows":    unknown.URL,
		"no TLS on the other side":      strings.Replace(plain.URL, "http://", "https://", 1),
		"a handshake that does not end": "https://" + mute.Addr().String(),
	} {
		client := clientOf(t, address, func(c *Config) { c.TLSTimeout = 50 * time.Millisecond })
		_, err := client.StartAnything(t.Context(), "x")
		var lost *TransportError
		if !errors.As(err, &lost) || lost.Sent || lost.Host != client.Host() || !strings.HasSuffix(err.Error(), "nothing was sent") {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := clientOf(t, "http://"+closed).StartAnything(ctx, "x")
	var lost *TransportError
	if !errors.As(err, &lost) || lost.Sent || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
}

func TestWaitingForHeaders(t *testing.T) {
	t.Parallel()
	arrived := make(chan struct{}, 10)
	client := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // the server notices the client's end only then
		arrived <- struct{}{}
		<-r.Context().Done()
	}, func(c *Config) { c.HeaderTimeout = 50 * time.Millisecond })
	_, err := client.StartAnything(t.Context(), "x")
	var lost *TransportError
	if !errors.As(err, &lost) || !lost.Sent {
		t.Error(err)
	}
	await(t, "the request", arrived)
	if len(arrived) != 0 {
		t.Error("the request was repeated")
	}
}

func TestCancelWhileWaitingForHeaders(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	client := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		cancel()
		<-r.Context().Done()
	})
	_, err := client.StartAnything(ctx, "x")
	var lost *TransportError
	if !errors.As(err, &lost) || !lost.Sent || !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
