package agent

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

func serve(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// visit fetches a page as a task that names it would, where no robots.txt is.
func visit(t *testing.T, a *Agent, address string) (*page, error) {
	t.Helper()
	u := mustParse(t, address)
	return a.fetch(t.Context(), u, &guard{named: u.Hostname()}, func(*url.URL) error { return nil })
}

func mustParse(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestFetchAsksProperly(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1") // must not be used
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	got := make(chan http.Header, 2)
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got <- r.Header
		if r.URL.Path == "/" {
			http.SetCookie(w, &http.Cookie{Name: "id", Value: "1"})
			http.Redirect(w, r, "/next", http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, "<title>next</title>")
	})
	a := New(Config{UserAgent: "notturno/test"})
	p, err := visit(t, a, server.URL+"/")
	if err != nil {
		t.Fatal(err)
	}
	first, second := <-got, <-got
	if first.Get("User-Agent") != "notturno/test" || first.Get("Accept-Encoding") != "gzip, br" {
		t.Errorf("asked with %v", first)
	}
	if second.Get("Cookie") != "" {
		t.Errorf("a cookie was sent back: %v", second)
	}
	if p.url.Path != "/next" || len(p.hops) != 1 || !strings.Contains(p.describe(), "redirected: "+server.URL+"/ → "+server.URL+"/next") {
		t.Errorf("the redirect does not show: %s", p.describe())
	}
}

func gzipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return b.String()
}

func brotlied(s string) string {
	var b bytes.Buffer
	w := brotli.NewWriter(&b)
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return b.String()
}

func TestFetchDecodes(t *testing.T) {
	t.Parallel()
	late := strings.Repeat(" ", 3000) + "é"
	for name, test := range map[string]struct{ contentType, encoding, body, want, charset string }{
		"utf-8":                    {"text/html; charset=utf-8", "", "né", "né", "utf-8"},
		"latin by header":          {"text/html; charset=iso-8859-1", "", "n\xe9", "né", "windows-1252"},
		"gbk by meta":              {"text/html", "", "<meta charset=gbk>\xd6\xd0", "<meta charset=gbk>中", "gbk"},
		"sjis by http-equiv":       {"text/html", "", `<meta http-equiv=Content-Type content="text/html; charset=Shift_JIS">` + "\x93\xfa", "", "shift_jis"},
		"header before meta":       {"text/html; charset=utf-8", "", "<meta charset=gbk>é", "<meta charset=gbk>é", "utf-8"},
		"utf-16 by mark":           {"text/html", "", "\xff\xfea\x00\xe9\x00", "aé", "utf-16le"},
		"utf-8 by its bytes":       {"text/html", "", late, late, "utf-8"},
		"neither: as browsers do":  {"text/html", "", "n\xe9", "né", "windows-1252"},
		"utf-8 with a wrong byte":  {"text/html; charset=utf-8", "", "a\xffb", "a\uFFFDb", "utf-8"},
		"unknown charset":          {"text/html; charset=klingon", "", "né", "né", "utf-8"},
		"gzip":                     {"text/html; charset=utf-8", "gzip", gzipped("né"), "né", "utf-8"},
		"brotli":                   {"text/html; charset=utf-8", "br", brotlied("né"), "né", "utf-8"},
		"both":                     {"text/html; charset=utf-8", "br, gzip", gzipped(brotlied("né")), "né", "utf-8"},
		"xhtml":                    {"application/xhtml+xml; charset=utf-8", "", "né", "né", "utf-8"},
		"plain":                    {"text/plain; charset=utf-8", "", "né", "né", "utf-8"},
		"no type, looks like html": {"", "", "<!DOCTYPE html><p>é", "<!DOCTYPE html><p>é", "utf-8"},
	} {
		server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			if test.contentType != "" {
				w.Header().Set("Content-Type", test.contentType)
			}
			if test.encoding != "" {
				w.Header().Set("Content-Encoding", test.encoding)
			}
			_, _ = io.WriteString(w, test.body)
		})
		p, err := visit(t, New(Config{}), server.URL)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if p.charset != test.charset || test.want != "" && p.text != test.want {
			t.Errorf("%s: got %q as %s, want %q as %s", name, p.text, p.charset, test.want, test.charset)
		}
	}
}

// refused serves pages that must not be opened, some of them by a redirect to
// a server on this machine at port.
func refused(port string) *http.ServeMux {
	mux := http.NewServeMux()
	answer := func(path, contentType, encoding, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			if encoding != "" {
				w.Header().Set("Content-Encoding", encoding)
			}
			_, _ = io.WriteString(w, body)
		})
	}
	redirect := func(path, to string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
		})
	}
	for status := range map[int]bool{403: true, 404: true, 500: true, 503: true, 304: true, 599: true} {
		mux.HandleFunc(fmt.Sprintf("/status/%d", status), func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	}
	answer("/pdf", "application/pdf", "", "%PDF")
	answer("/json", "application/json", "", "{}")
	answer("/image", "image/png", "", "\x89PNG")
	answer("/oddtype", ";;;", "", "x")
	answer("/large", "text/html", "", strings.Repeat("x", 2<<20))
	answer("/bomb", "text/html", "gzip", gzipped(strings.Repeat("x", 8<<20)))
	answer("/brbomb", "text/html", "br", brotlied(strings.Repeat("x", 8<<20)))
	answer("/badgzip", "text/html", "gzip", "not gzip")
	answer("/cutgzip", "text/html", "gzip", gzipped("hello there")[:20])
	answer("/zstd", "text/html", "zstd", "x")
	answer("/layers", "text/html", "gzip,gzip,gzip,gzip", "x")
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	redirect("/tofile", "file:///etc/passwd")
	redirect("/touser", "http://a:b@example.com/")
	redirect("/inwards", "http://localhost:"+port+"/")
	redirect("/mapped", "http://[::ffff:127.0.0.1]:"+port+"/")
	redirect("/six", "http://[::1]:"+port+"/")
	redirect("/zero", "http://0.0.0.0:"+port+"/")
	redirect("/metadata", "http://169.254.169.254/latest/meta-data/")
	redirect("/cgnat", "http://100.64.0.1/")
	redirect("/nat64", "http://[64:ff9b::7f00:1]/")
	return mux
}

func TestFetchRefuses(t *testing.T) {
	t.Parallel()
	other := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a private host was asked that no task named") })
	server := serve(t, refused(mustParse(t, other.URL).Port()).ServeHTTP)

	for path, want := range map[string]string{
		"/status/403": "403 Forbidden", "/status/404": "404 Not Found", "/status/500": "500", "/status/503": "503", "/status/304": "304", "/status/599": "599",
		"/pdf": "application/pdf", "/json": "application/json", "/image": "image/png", "/oddtype": "Content-Type",
		"/large": "limit of 1 MiB", "/bomb": "limit of 1 MiB", "/brbomb": "limit of 1 MiB",
		"/badgzip": "gzip", "/cutgzip": "unexpected EOF", "/zstd": "zstd", "/layers": "4 times",
		"/loop": "more than 10 times", "/tofile": "only http and https", "/touser": "user name",
		"/inwards": "not on the public internet", "/mapped": "not on the public internet", "/six": "not on the public internet", "/zero": "not on the public internet",
		"/metadata": "not on the public internet", "/cgnat": "not on the public internet", "/nat64": "not on the public internet",
	} {
		a := New(Config{})
		a.maxBytes = 1 << 20
		p, err := visit(t, a, server.URL+path)
		if err == nil {
			t.Errorf("%s was accepted: %s", path, p.describe())
		} else if !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %q does not say %q", path, err, want)
		}
	}
}

func TestFetchFollowsTenRedirects(t *testing.T) {
	t.Parallel()
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if n := len(r.URL.Path); n <= 10 {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusMovedPermanently)
			return
		}
		_, _ = io.WriteString(w, "<p>arrived")
	})
	p, err := visit(t, New(Config{}), server.URL+"/")
	if err != nil || len(p.hops) != 10 {
		t.Errorf("after ten redirects: %v", err)
	}
}

// hang never answers, and says when its client has gone.
func hang(t *testing.T) (server *httptest.Server, began, gone <-chan struct{}) {
	t.Helper()
	in, out := make(chan struct{}), make(chan struct{})
	server = serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		if r.URL.Query().Has("body") {
			_, _ = io.WriteString(w, "<p>the beginning of")
			w.(http.Flusher).Flush()
		}
		close(in)
		<-r.Context().Done()
		close(out)
	})
	return server, in, out
}

func TestFetchTimesOut(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/", "/?body"} {
		server, _, gone := hang(t)
		a := New(Config{})
		a.timeout = 50 * time.Millisecond
		_, err := visit(t, a, server.URL+path)
		if !errors.Is(err, errSlow) || !strings.Contains(err.Error(), "within 50ms") {
			t.Errorf("%s: error %v", path, err)
		}
		<-gone
	}
}

func TestCancelEndsTheRequest(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/", "/?body"} {
		server, began, gone := hang(t)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		var steps []Step
		go func() {
			ended <- New(Config{}).Run(ctx, "read "+server.URL+path, func(s Step) { steps = append(steps, s) })
		}()
		<-began
		cancel()
		if err := <-ended; err != context.Canceled { //nolint:errorlint // Run promises ctx.Err() itself
			t.Errorf("%s: error %v, want %v", path, err, context.Canceled)
		}
		<-gone
		if _, isCall := steps[len(steps)-1].(Call); !isCall {
			t.Errorf("%s: a step was told after the cancel: %+v", path, steps[len(steps)-1])
		}
	}
}
