package api

import (
	"compress/gzip"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// A stream that breaks off keeps what came, and is not asked for again.
func TestBrokenStreams(t *testing.T) {
	t.Parallel()
	const head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
	const status = "data: {\"type\":\"status\"}\n\n"
	for name, tt := range map[string]struct {
		answer string
		events int
	}{
		"chunks without end":   {head + "Transfer-Encoding: chunked\r\n\r\n18\r\n" + status + "\r\n", 2},
		"half a chunk":         {head + "Transfer-Encoding: chunked\r\n\r\nff\r\n" + status, 2},
		"a bad chunk":          {head + "Transfer-Encoding: chunked\r\n\r\n18\r\n" + status + "\r\nxyz\r\n", 2},
		"less than its length": {head + "Content-Length: 100\r\n\r\n" + status, 2},
		"bad gzip":             {head + "Content-Encoding: gzip\r\n\r\n" + status, 1},
		"no gzip at all":       {head + "Content-Encoding: gzip\r\n\r\n", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			listener := listen(t)
			connections := raw(t, listener, func(conn net.Conn) {
				if readHTTP1(conn) {
					_, _ = io.WriteString(conn, tt.answer)
				}
			})
			said, err := collect(t, clientOf(t, "http://"+listener.Addr().String()))
			if err == nil || len(said) != tt.events || connections.Load() != 1 {
				t.Errorf("%v, %v, %d connections", said, err, connections.Load())
			}
			var lost *TransportError
			if errors.As(err, &lost) != !errors.Is(err, ErrTruncated) || (lost != nil && !lost.Sent) {
				t.Errorf("%T: %v", err, err)
			}
		})
	}
}

// A gzip bomb is one event that is too long: it is left out, and costs no more
// memory than the limit.
func TestGzipBomb(t *testing.T) {
	t.Parallel()
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, "data: ")
		megabyte := []byte(strings.Repeat("x", 1<<20))
		for range 16 {
			_, _ = z.Write(megabyte)
		}
		_, _ = io.WriteString(z, "\n\ndata: {\"type\":\"done\"}\n\n")
		_ = z.Close()
	}, func(c *Config) { c.maxEvent = 1 << 20 })
	said, err := collect(t, client)
	if err != nil || len(said) != 3 || said[1] != (Notice{"skipped an event of more than 1 MiB"}) {
		t.Errorf("%v, %v", said, err)
	}
}
