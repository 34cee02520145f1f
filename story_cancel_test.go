//go:build unix

package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// slowSite serves pages that answer only when they are released.
type slowSite struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]*slowPage
}

type slowPage struct {
	asked   chan struct{} // closed when the page is asked for
	left    chan struct{} // closed when whoever asked has gone
	release chan struct{} // close it to make the page answer
}

func newSlowSite(t *testing.T) *slowSite {
	t.Helper()
	s := &slowSite{pages: map[string]*slowPage{}}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return s
}

func (s *slowSite) page(path string) *slowPage {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pages[path] == nil {
		s.pages[path] = &slowPage{make(chan struct{}), make(chan struct{}), make(chan struct{})}
	}
	return s.pages[path]
}

func (s *slowSite) serve(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/robots.txt" {
		http.NotFound(w, r)
		return
	}
	page := s.page(r.URL.Path)
	close(page.asked)
	select {
	case <-page.release:
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<title>Slow</title><main><h1>Slow</h1><p>The text of "+r.URL.Path+" has come at last, after a long wait for it.</p></main>")
	case <-r.Context().Done():
		close(page.left)
	}
}

// Esc in the middle of a run stops the agent, and the program goes on.
func TestCancel(t *testing.T) {
	bothGenerations(t, func(t *testing.T, stream string) {
		slow := newSlowSite(t)
		page := slow.page("/page")
		x := startTerminal(t, 120, 40, nil, "--stream", stream, "--pace", "0s")
		home := x.waitFor("the home screen", func(s screen) bool { return newsAddress.MatchString(s.String()) })
		x.submit("read " + slow.URL + "/page")
		await(t, "opening the page", page.asked)
		x.waitText("running", "open_page", "esc")
		x.send(escape)
		x.waitFor("that it was cancelled", func(s screen) bool {
			return s.has("cancelled") && !s.has("running") && strings.Contains(s.flat(), "stream closed; the local agent stops with it")
		})
		await(t, "the end of the agent's request", page.left)
		x.submit("list the top 3 posts of " + newsAddress.FindString(home.String()))
		x.waitText("done", newsTitles(t)[0])
		x.quit()
	})
}

// Two runs go on beside each other, and each key touches the one in view.
func TestTwoRuns(t *testing.T) {
	bothGenerations(t, func(t *testing.T, stream string) {
		slow := newSlowSite(t)
		first, second := slow.page("/alpha"), slow.page("/beta")
		x := startTerminal(t, 120, 40, nil, "--stream", stream, "--pace", "0s")
		x.waitText("local")
		x.submit("read " + slow.URL + "/alpha")
		await(t, "opening the first page", first.asked)
		x.send(ctrl('n'))
		x.waitText("Try") // the home screen
		x.submit("read " + slow.URL + "/beta")
		await(t, "opening the second page", second.asked)
		x.waitFor("both runs in the run bar", func(s screen) bool {
			return strings.Contains(s[0], "1 read") && strings.Contains(s[0], "2 read") && s.has("› read "+slow.URL+"/beta")
		})
		x.send(alt("1"))
		x.waitText("› read " + slow.URL + "/alpha")
		x.send(alt("2"))
		x.waitText("› read " + slow.URL + "/beta")
		x.send(alt("1"))
		x.waitText("› read " + slow.URL + "/alpha")
		x.send(escape)
		x.waitText("cancelled")
		await(t, "the end of the first agent's request", first.left)
		x.send(alt("2"))
		x.waitText("› read "+slow.URL+"/beta", "running")
		close(second.release)
		end := x.waitText("done", "has come at last")
		if strings.Contains(end.flat(), "stream closed") {
			t.Errorf("the second run says that it was cancelled:\n%s", end)
		}
		x.quit()
	})
}

// Where no cancel call is known, cancelling does not claim more than it does.
func TestCancelAtNotte(t *testing.T) {
	t.Parallel()
	left := make(chan struct{})
	s := newService(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("x-thread-id", "thread-77")
		saysAndHolds(delta("Half an ans"))(w, r)
		close(left)
	})
	x := startTerminal(t, 120, 40, s.env())
	x.submit("something long")
	x.waitText("Half an ans", "running")
	x.send(escape)
	x.waitFor("what cancelling means", func(s screen) bool {
		flat := s.flat()
		return s.has("cancelled", "Half an ans") && strings.Contains(flat, "stream closed") &&
			strings.Contains(flat, "may finish, and bill") && strings.Contains(flat, "thread-77")
	})
	await(t, "the end of the request", left)
	x.quit()
}
