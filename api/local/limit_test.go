package local

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestTheLimitCountsInWindows(t *testing.T) {
	t.Parallel()
	l, began := newLimit(2), time.Unix(1000, 0)
	for _, test := range []struct {
		after time.Duration
		ok    bool
		want  string
	}{
		{0, true, "2 1 1060 "},
		{time.Second, true, "2 0 1060 "},
		{1500 * time.Millisecond, false, "2 0 1060 59"},
		{59*time.Second + time.Millisecond, false, "2 0 1060 1"},
		{time.Minute, true, "2 1 1120 "},
		{time.Hour, true, "2 1 4660 "},
	} {
		h := http.Header{}
		ok := l.take(h, began.Add(test.after))
		got := fmt.Sprintf("%s %s %s %s", h.Get("X-RateLimit-Limit"), h.Get("X-RateLimit-Remaining"), h.Get("X-RateLimit-Reset"), h.Get("Retry-After"))
		if ok != test.ok || got != test.want {
			t.Errorf("after %v it is %v and %s, want %v and %s", test.after, ok, got, test.ok, test.want)
		}
	}
	h := http.Header{}
	for range 100 {
		if !newLimit(0).take(h, began) || len(h) != 0 {
			t.Fatal("no limit is one")
		}
	}
}

// The limit is the key's: health has none, and a wrong key uses nothing up.
func TestTooManyRequestsAreRefused(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{RateLimit: 2}, nothing)
	for range 3 {
		do(t, request(t.Context(), t, s, "GET", "/sessions", "", header("Authorization", "Bearer wrong")))
		if resp := do(t, request(t.Context(), t, s, "GET", "/health", "")); resp.StatusCode != 200 {
			t.Errorf("health answers %d", resp.StatusCode)
		}
	}
	for _, left := range []string{"1", "0"} {
		if resp := do(t, request(t.Context(), t, s, "GET", "/sessions", "")); resp.StatusCode != 200 || resp.Header.Get("X-RateLimit-Remaining") != left {
			t.Errorf("it answers %d %v", resp.StatusCode, resp.Header)
		}
	}
	for path, want := range map[string]string{
		"/sessions":  `{"message":"Rate limit exceeded","detail":"Please wait before making more requests"}`,
		"/usage":     `{"message":"Rate limit exceeded","detail":"Please wait before making more requests"}`,
		"/functions": `{"message":"Rate limit exceeded","detail":"Please wait before making more requests"}`,
		"/agents":    `{"message":"Rate limit exceeded","detail":"Please wait before making more requests"}`,
		startPath:    `{"error":"Rate limit exceeded","detail":"Please wait before making more requests"}`,
	} {
		method := "GET"
		if path == startPath {
			method = "POST"
		}
		resp := do(t, request(t.Context(), t, s, method, path, `{}`))
		if got := strings.TrimSpace(readBody(t, resp)); resp.StatusCode != 429 || got != want || resp.Header.Get("Retry-After") == "" {
			t.Errorf("%s answers %d %s %v", path, resp.StatusCode, got, resp.Header)
		}
	}
}
