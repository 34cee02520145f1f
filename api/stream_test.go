package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// silent answers with the beginning of a stream and then nothing, until the
// client has gone. gone is closed then.
func silent(t *testing.T, change ...func(*Config)) (client *Client, gone <-chan struct{}) {
	t.Helper()
	left := make(chan struct{})
	client = serve(t, func(w http.ResponseWriter, r *http.Request) {
		sseOf("data: {\"type\":\"status\",\"status\":\"a\"}\n\n")(w, r)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		close(left)
	}, change...)
	return client, left
}

func await(t *testing.T, what string, c <-chan struct{}) {
	t.Helper()
	select {
	case <-c:
	case <-time.After(10 * time.Second):
		t.Fatalf("%s: not within 10 s", what)
	}
}

func TestCancelWhileSilent(t *testing.T) {
	t.Parallel()
	because := errors.New("because")
	ends := map[string]func(cancel context.CancelCauseFunc, s *Stream){
		"context":            func(cancel context.CancelCauseFunc, _ *Stream) { cancel(nil) },
		"context with cause": func(cancel context.CancelCauseFunc, _ *Stream) { cancel(because) },
		"close":              func(_ context.CancelCauseFunc, s *Stream) { _ = s.Close() },
	}
	for name, end := range ends {
		client, gone := silent(t)
		ctx, cancel := context.WithCancelCause(t.Context())
		stream, err := client.StartAnything(ctx, "x")
		if err != nil {
			t.Fatal(err)
		}
		var last error
		for event, err := range stream.Events() {
			if (event.Data == Status{"a"}) {
				go end(cancel, stream)
			}
			last = err
		}
		var lost *TransportError
		if !errors.Is(last, context.Canceled) || !errors.As(last, &lost) || !lost.Sent {
			t.Errorf("%s: %v", name, last)
		}
		if name == "context with cause" && !errors.Is(last, because) {
			t.Errorf("%s: %v", name, last)
		}
		await(t, "closing the socket", gone)
		cancel(nil)
	}
}

func TestBreakClosesTheSocket(t *testing.T) {
	t.Parallel()
	client, gone := silent(t)
	stream, err := client.StartAnything(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range stream.Events() {
		if err != nil {
			t.Error(err)
		}
		break
	}
	await(t, "closing the socket", gone)
}

func TestCloseWithoutReadingClosesTheSocket(t *testing.T) {
	t.Parallel()
	client, gone := silent(t)
	stream, err := client.StartAnything(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := stream.Close(); err != nil {
			t.Error(err)
		}
	}
	await(t, "closing the socket", gone)
}

func TestTerminalEventClosesTheSocket(t *testing.T) {
	t.Parallel()
	gone := make(chan struct{})
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		sseOf("data: {\"type\":\"done\"}\n\n")(w, r)
		w.(http.Flusher).Flush()
		<-r.Context().Done() // the server would go on
		close(gone)
	})
	if _, err := collect(t, client); err != nil {
		t.Fatal(err)
	}
	await(t, "closing the socket", gone)
}

func TestIdle(t *testing.T) {
	t.Parallel()
	client, gone := silent(t, func(c *Config) { c.IdleTimeout = 20 * time.Millisecond })
	said, err := collect(t, client)
	var lost *TransportError
	if !errors.Is(err, ErrIdle) || !errors.As(err, &lost) || !lost.Sent || errors.Is(err, context.Canceled) {
		t.Errorf("%v after %v", err, said)
	}
	if want := "not a byte for 20ms"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v does not say %q", err, want)
	}
	await(t, "closing the socket", gone)
}

// A consumer that takes its time is not a quiet service.
func TestIdleDoesNotCountTheConsumer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const limit = time.Minute
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		reader, writer := io.Pipe()
		context.AfterFunc(ctx, func() { _ = reader.CloseWithError(ctx.Err()) }) // as the transport does
		body := &idleBody{ctx: ctx, body: reader, limit: limit, cancel: cancel}
		go func() {
			for range 2 {
				_, _ = writer.Write([]byte("a"))
			}
		}()
		buf := make([]byte, 10)
		for range 2 {
			if n, err := body.Read(buf); n != 1 || err != nil {
				t.Errorf("%d bytes, %v", n, err)
			}
			time.Sleep(10 * limit) // of the test's own clock: the consumer is busy
		}
		started := time.Now()
		if _, err := body.Read(buf); !errors.Is(err, ErrIdle) || time.Since(started) != limit {
			t.Errorf("%v after %s", err, time.Since(started))
		}
	})
}
