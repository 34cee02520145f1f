package api

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
)

const testKey = "sk-notte-EXAMPLE0000"

// serve is a client of a server that answers with handler.
func serve(t *testing.T, handler http.HandlerFunc, change ...func(*Config)) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return clientOf(t, server.URL, change...)
}

func clientOf(t *testing.T, url string, change ...func(*Config)) *Client {
	t.Helper()
	config := Config{AnythingURL: url, Key: testKey, Version: "1.2.3"}
	for _, c := range change {
		c(&config)
	}
	client, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// sseOf answers with a stream of server-sent events. It reads the request to
// its end: only then does net/http notice that the client has gone.
func sseOf(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
		_, _ = io.WriteString(w, body)
	}
}

// collect starts a run and reads it to its end.
func collect(t *testing.T, client *Client) ([]Data, error) {
	t.Helper()
	stream, err := client.StartAnything(t.Context(), "a task")
	if err != nil {
		t.Fatal(err)
	}
	var said []Data
	for event, err := range stream.Events() {
		if err != nil {
			return said, err
		}
		said = append(said, event.Data)
	}
	return said, nil
}

func TestStartAnythingRequest(t *testing.T) {
	t.Parallel()
	var got *http.Request
	var body string
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		got, body = r, string(b)
		w.Header().Set("x-thread-id", "t\n1")
		sseOf("data: {\"type\":\"done\"}\n\n")(w, r)
	})
	stream, err := client.StartAnything(t.Context(), "list \"the\" top 3\n<é>")
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.Close(); err != nil {
		t.Fatal(err)
	}
	if got.Method != http.MethodPost || got.URL.Path != "/api/anything/start" || got.URL.RawQuery != "" {
		t.Errorf("%s %s", got.Method, got.URL)
	}
	if body != `{"query":"list \"the\" top 3\n\u003cé\u003e"}` {
		t.Errorf("body is %s", body)
	}
	for name, want := range map[string]string{
		"Authorization":          "Bearer " + testKey,
		"Content-Type":           "application/json",
		"Accept":                 "text/event-stream",
		"X-Notte-Request-Origin": "notturno",
		"X-Notte-Sdk-Version":    "1.2.3",
		"User-Agent":             "notturno/1.2.3",
		"Idempotency-Key":        "",
		"Last-Event-Id":          "",
		"Cookie":                 "",
		"X-Notte-Api-Key":        "",
	} {
		if got.Header.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, got.Header.Get(name), want)
		}
	}
	if !got.Close {
		t.Error("the connection would be kept for another request")
	}
}

func TestStartAnythingWithoutKeyAndUnderAPath(t *testing.T) {
	t.Parallel()
	var got *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		sseOf("data: {\"type\":\"done\"}\n\n")(w, r)
	}))
	defer server.Close()
	client := clientOf(t, server.URL+"/base/", func(c *Config) { c.Key = "" })
	for range 2 { // the second would bring the cookie
		if _, err := collect(t, client); err != nil {
			t.Fatal(err)
		}
		if _, ok := got.Header["Authorization"]; ok || got.Header.Get("Cookie") != "" || got.URL.Path != "/base/api/anything/start" {
			t.Errorf("%s with %v", got.URL, got.Header)
		}
	}
}

func TestEvents(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body string
		want       []Data
		err        error
	}{
		{"a run", "data: {\"type\":\"status\",\"status\":\"a\"}\n\n: ping\n\ndata: {\"type\":\"text_delta\",\"delta\":\"b\"}\n\ndata: {\"type\":\"done\"}\n\n",
			[]Data{Connected{"t"}, Status{"a"}, Comment{}, TextDelta{"b"}, Done{ThreadID: "t"}}, nil},
		{"the first terminal event ends it", "data: {\"type\":\"cancelled\"}\n\ndata: {\"type\":\"done\"}\n\ndata: x\n\n",
			[]Data{Connected{"t"}, Cancelled{}}, nil},
		{"event names do not count", "event: done\ndata: {\"type\":\"status\",\"status\":\"a\"}\n\nevent: status\ndata: {\"type\":\"timeout\",\"reason\":\"r\"}\n\n",
			[]Data{Connected{"t"}, Status{"a"}, TimedOut{Reason: "r"}}, nil},
		{"no terminal event", "data: {\"type\":\"status\",\"status\":\"a\"}\n\n",
			[]Data{Connected{"t"}, Status{"a"}}, ErrTruncated},
		{"[DONE] is not one", "data: {\"type\":\"text-delta\",\"delta\":\"a\"}\n\ndata: [DONE]\n\n",
			[]Data{Connected{"t"}, TextDelta{"a"}}, ErrTruncated},
		{"nothing", "", []Data{Connected{"t"}}, ErrTruncated},
		{"second generation", "data: {\"type\":\"text-delta\",\"delta\":\"a\"}\n\ndata: {\"type\":\"finish\",\"finishReason\":\"stop\"}\n\ndata: [DONE]\n\n",
			[]Data{Connected{"t"}, TextDelta{"a"}, Done{ThreadID: "t", FinishReason: "stop"}}, nil},
		{"what finish says comes before its end", "data: {\"type\":\"finish\",\"messageMetadata\":{\"function_id\":\"f\"}}\n\n",
			[]Data{Connected{"t"}, FunctionUploaded{FunctionID: "f"}, Done{FunctionID: "f", ThreadID: "t"}}, nil},
		{"junk between", "data: {\n\ndata: {\"type\":\"done\"}\n\n",
			[]Data{Connected{"t"}, Notice{"skipped an event that is not a JSON object: {"}, Done{ThreadID: "t"}}, nil},
		{"JSON over several lines", "data: {\"type\":\ndata:\"done\"}\n\n", []Data{Connected{"t"}, Done{ThreadID: "t"}}, nil},
		{"too long", "data: {\"type\":\"text_delta\",\"delta\":\"" + strings.Repeat("x", 5000) + "\"}\n\ndata: {\"type\":\"done\"}\n\n",
			[]Data{Connected{"t"}, Notice{"skipped an event of more than 4096 bytes"}, Done{ThreadID: "t"}}, nil},
		{"unfinished done", "data: {\"type\":\"done\"}", []Data{Connected{"t"}, Done{ThreadID: "t"}}, nil},
		{"unfinished done with a line end", "data: {\"type\":\"done\"}\r", []Data{Connected{"t"}, Done{ThreadID: "t"}}, nil},
		{"unfinished delta", "data: {\"type\":\"text_delta\",\"delta\":\"a\"}", []Data{Connected{"t"}, TextDelta{"a"}}, ErrTruncated},
		{"cut done", "data: {\"type\":\"done\"", []Data{Connected{"t"}}, ErrTruncated},
		{"unfinished and unknown", "data: {\"type\":\"finale\"}", []Data{Connected{"t"}}, ErrTruncated},
		{"unfinished junk", "data: don", []Data{Connected{"t"}}, ErrTruncated},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("x-thread-id", "t")
				sseOf(tt.body)(w, r)
			}, func(c *Config) { c.maxEvent = 4096 })
			got, err := collect(t, client)
			if !reflect.DeepEqual(got, tt.want) || !errors.Is(err, tt.err) {
				t.Errorf("got  %+v, %v\nwant %+v, %v", got, err, tt.want, tt.err)
			}
		})
	}
}

// What was read is not changed by what is read later.
func TestEventsOwnTheirBytes(t *testing.T) {
	t.Parallel()
	var body strings.Builder
	for range 100 {
		body.WriteString("data: {\"type\":\"status\",\"status\":\"" + strings.Repeat("a", 300) + "\"}\n\ndata: {\"type\":\"status\",\"status\":\"" + strings.Repeat("b", 300) + "\"}\n\n")
	}
	stream, err := serve(t, sseOf(body.String())).StartAnything(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	var raws []string
	var kept []Event
	for event, err := range stream.Events() {
		if err == nil {
			raws = append(raws, string(event.Raw))
			kept = append(kept, event)
		}
	}
	for i, event := range kept {
		if string(event.Raw) != raws[i] {
			t.Fatalf("raw of event %d has become %s", i, event.Raw)
		}
	}
}

func TestContentTypeInAnyForm(t *testing.T) {
	t.Parallel()
	for _, contentType := range []string{"text/event-stream", "Text/Event-Stream", "text/event-stream;charset=utf-8", "text/event-stream ; x=\"", " text/event-stream"} {
		client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			_, _ = io.WriteString(w, "data: {\"type\":\"done\"}\n\n")
		})
		if _, err := collect(t, client); err != nil {
			t.Errorf("%q: %v", contentType, err)
		}
	}
}

func TestEventsAreReadOnce(t *testing.T) {
	t.Parallel()
	stream, err := serve(t, sseOf("data: {\"type\":\"done\"}\n\n")).StartAnything(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range stream.Events() {
		if err != nil {
			t.Error(err)
		}
	}
	n := 0
	for _, err := range stream.Events() {
		if n++; err == nil {
			t.Error("a second range yields events")
		}
	}
	if n != 1 {
		t.Errorf("a second range yields %d times", n)
	}
	if err := stream.Close(); err != nil {
		t.Error(err)
	}
}
