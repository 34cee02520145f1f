//go:build chromium

package local

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// internet is all that a browser under test can reach, as its proxy: the
// server, and hosts below .invalid that serve the pages they are given. It
// keeps what those were asked for. What the browser asks its maker for fails.
type internet struct {
	url   string
	own   string // the host of the server
	proxy *httputil.ReverseProxy

	mu      sync.Mutex
	foreign []string          // the requests to hosts below .invalid
	pages   map[string]string // host → what it answers
	frame   string            // stands in for the page in the viewer's frame unless empty
	news    chan struct{}     // closed at the next request to one of them
}

func newInternet(t *testing.T, s *Server) *internet {
	t.Helper()
	own, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	net := &internet{own: own.Host, pages: map[string]string{}, news: make(chan struct{})}
	transport := &http.Transport{}
	net.proxy = &httputil.ReverseProxy{
		Transport:      transport,
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(own); r.Out.Host = r.In.Host },
		ModifyResponse: net.replaceFrame,
		ErrorHandler:   func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	server := httptest.NewServer(net)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
		transport.CloseIdleConnections()
	})
	net.url = server.URL
	return net
}

// ServeHTTP answers as a proxy.
func (n *internet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Host == n.own {
		n.proxy.ServeHTTP(w, r)
		return
	}
	page := n.note(r)
	if page == "" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, page) // a browser that has gone cannot be told
}

// note keeps what is asked of a host below .invalid, and is its page when that
// is what is asked for.
func (n *internet) note(r *http.Request) string {
	host := r.URL.Hostname()
	if !strings.HasSuffix(host, ".invalid") {
		return ""
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if r.URL.Path == "/" && n.pages[host] != "" {
		return n.pages[host]
	}
	n.foreign = append(n.foreign, host+r.URL.Path)
	close(n.news)
	n.news = make(chan struct{})
	return ""
}

// replaceFrame puts another body below the headers of the frame's page.
func (n *internet) replaceFrame(resp *http.Response) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.frame == "" || !strings.HasSuffix(resp.Request.URL.Path, "/page") {
		return nil
	}
	resp.Header.Set("Content-Length", strconv.Itoa(len(n.frame)))
	resp.ContentLength = int64(len(n.frame))
	err := resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader([]byte(n.frame)))
	return err
}

// serve makes host answer with page.
func (n *internet) serve(host, page string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.pages[host] = page
}

// setFrame makes page stand in for what the server has for the viewer's frame.
func (n *internet) setFrame(page string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.frame = page
}

// asked are the requests to hosts below .invalid since the last forget, but for
// the pages that these serve, and a channel that is closed at the next one.
func (n *internet) asked() ([]string, <-chan struct{}) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.foreign), n.news
}

func (n *internet) forget() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.foreign = nil
}
