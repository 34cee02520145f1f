package api

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// overHTTP2 is a client of an HTTP/2 server with TLS.
func overHTTP2(t *testing.T, handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	return clientOf(t, server.URL, func(c *Config) { c.roots = rootsOf(server) })
}

func rootsOf(server *httptest.Server) *x509.CertPool {
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return roots
}

func TestStreamOverHTTP2(t *testing.T) {
	t.Parallel()
	var proto atomic.Value
	client := overHTTP2(t, func(w http.ResponseWriter, r *http.Request) {
		proto.Store(r.Proto)
		sseOf("data: {\"type\":\"done\"}\n\n")(w, r)
	})
	if said, err := collect(t, client); err != nil || len(said) != 2 {
		t.Errorf("%v, %v", said, err)
	}
	if proto.Load() != "HTTP/2.0" {
		t.Errorf("spoken over %v", proto.Load())
	}
}

func TestCancelOverHTTP2(t *testing.T) {
	t.Parallel()
	gone := make(chan struct{})
	client := overHTTP2(t, func(w http.ResponseWriter, r *http.Request) {
		sseOf(":\n")(w, r)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		close(gone)
	})
	ctx, cancel := context.WithCancel(t.Context())
	stream, err := client.StartAnything(ctx, "x")
	if err != nil {
		t.Fatal(err)
	}
	var last error
	for event, err := range stream.Events() {
		if (event.Data == Comment{}) {
			cancel()
		}
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Error(last)
	}
	await(t, "ending the request", gone)
	cancel()
}

// rawHTTP2 serves HTTP/2 by hand: answer is called for each whole request.
func rawHTTP2(t *testing.T, answer func(*http2.Framer, uint32)) (*Client, *atomic.Int32) {
	t.Helper()
	certificate := httptest.NewUnstartedServer(nil)
	certificate.StartTLS()
	certificate.Close()
	listener := tls.NewListener(listen(t), &tls.Config{Certificates: certificate.TLS.Certificates, NextProtos: []string{"h2"}, MinVersion: tls.VersionTLS12})
	var posts atomic.Int32
	raw(t, listener, func(conn net.Conn) {
		if _, err := io.ReadFull(conn, make([]byte, len(http2.ClientPreface))); err != nil {
			return
		}
		framer := http2.NewFramer(conn, conn)
		if framer.WriteSettings() != nil {
			return
		}
		for {
			frame, err := framer.ReadFrame()
			if err != nil {
				return
			}
			switch f := frame.(type) {
			case *http2.SettingsFrame:
				if !f.IsAck() && framer.WriteSettingsAck() != nil {
					return
				}
			case *http2.DataFrame:
				if f.StreamEnded() {
					posts.Add(1)
					answer(framer, f.StreamID)
				}
			}
		}
	})
	client := clientOf(t, "https://"+listener.Addr().String(), func(c *Config) { c.roots = rootsOf(certificate) })
	return client, &posts
}

// An HTTP/2 server that refuses a request gets it once.
func TestBrokenHTTP2IsNotRepeated(t *testing.T) {
	t.Parallel()
	reset := func(code http2.ErrCode) func(*http2.Framer, uint32) {
		return func(f *http2.Framer, id uint32) { _ = f.WriteRSTStream(id, code) }
	}
	for name, answer := range map[string]func(*http2.Framer, uint32){
		"PROTOCOL_ERROR":    reset(http2.ErrCodeProtocol),
		"REFUSED_STREAM":    reset(http2.ErrCodeRefusedStream),
		"ENHANCE_YOUR_CALM": reset(http2.ErrCodeEnhanceYourCalm),
		"HTTP_1_1_REQUIRED": reset(http2.ErrCodeHTTP11Required),
		"NO_ERROR":          reset(http2.ErrCodeNo),
		"GOAWAY":            func(f *http2.Framer, _ uint32) { _ = f.WriteGoAway(0, http2.ErrCodeNo, nil) },
		"GOAWAY with error": func(f *http2.Framer, _ uint32) {
			_ = f.WriteGoAway(0, http2.ErrCodeInternal, []byte("\x1b]0;x\a"+testKey))
		},
		"broken header block": func(f *http2.Framer, id uint32) {
			_ = f.WriteHeaders(http2.HeadersFrameParam{StreamID: id, BlockFragment: []byte{0xff, 0xff}, EndHeaders: true})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			var answers atomic.Int32
			client, posts := rawHTTP2(t, func(f *http2.Framer, id uint32) {
				if answers.Add(1) > 1 {
					cancel() // one repetition is enough to fail
				}
				answer(f, id)
			})
			// GOAWAY alone leaves a client waiting for its answer's end.
			client.transport.ResponseHeaderTimeout = 500 * time.Millisecond
			_, err := client.StartAnything(ctx, "x")
			checkFailure(t, err)
			if posts.Load() != 1 {
				t.Errorf("%d requests", posts.Load())
			}
		})
	}
}

// A stream that HTTP/2 resets after it has begun is lost, not asked for again.
func TestResetStreamOverHTTP2(t *testing.T) {
	t.Parallel()
	client, posts := rawHTTP2(t, func(f *http2.Framer, id uint32) {
		var block strings.Builder
		encoder := hpack.NewEncoder(&block)
		_ = encoder.WriteField(hpack.HeaderField{Name: ":status", Value: "200"})
		_ = encoder.WriteField(hpack.HeaderField{Name: "content-type", Value: "text/event-stream"})
		_ = f.WriteHeaders(http2.HeadersFrameParam{StreamID: id, BlockFragment: []byte(block.String()), EndHeaders: true})
		_ = f.WriteData(id, false, []byte("data: {\"type\":\"status\"}\n\n"))
		_ = f.WriteRSTStream(id, http2.ErrCodeRefusedStream)
	})
	said, err := collect(t, client)
	checkFailure(t, err)
	if posts.Load() != 1 || len(said) == 0 {
		t.Errorf("%d requests, %v", posts.Load(), said)
	}
}
