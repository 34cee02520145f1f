package local

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"notturno/api/local/agent"
)

// A session has a replay once it is over; nothing is filmed here.
func TestReplayComesAfterTheEnd(t *testing.T) {
	t.Parallel()
	s := startReal(t, Config{})
	sess := call[sessionResponse](t, s, "POST", "/sessions/start", `{}`, 200)
	path := "/sessions/" + sess.SessionID + "/replay"
	if got := call[restProblem](t, s, "GET", path, "", 404); !strings.Contains(fmt.Sprint(got), "still active") {
		t.Errorf("while it is open: %+v", got)
	}
	call[sessionResponse](t, s, "DELETE", "/sessions/"+sess.SessionID+"/stop", "", 200)
	got := call[sessionReplay](t, s, "GET", path, "", 200)
	if got.MP4URL != nil || got.PlaylistContent != nil || time.Since(got.ExpiresAt) > time.Minute {
		t.Errorf("after its end: %+v", got)
	}
	call[any](t, s, "GET", "/sessions/nobody/replay", "", 404)
}

func TestASessionLives(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	made := call[sessionResponse](t, s, "POST", "/sessions/start", `{}`, 200)
	path := "/sessions/" + made.SessionID
	if made.Status != sessionActive || made.IdleTimeoutMinutes != 3 || made.MaxDurationMinutes != 15 || made.BrowserType != "chromium" || !made.Headless {
		t.Errorf("it begins as %+v", made)
	}
	if got := call[sessionResponse](t, s, "GET", path, "", 200); got.Status != sessionActive || got.ClosedAt != nil {
		t.Errorf("it goes on as %+v", got)
	}
	stopped := call[sessionResponse](t, s, "DELETE", path+"/stop", "", 200)
	if stopped.Status != sessionClosed || stopped.ClosedAt == nil || *stopped.CloseReason != "manual" {
		t.Errorf("it ends as %+v", stopped)
	}
	again := call[sessionResponse](t, s, "DELETE", path+"/stop", "", 200)
	if again.Status != sessionClosed || !again.ClosedAt.Equal(*stopped.ClosedAt) || again.Duration != stopped.Duration {
		t.Errorf("stopping it again makes it %+v", again)
	}
	if _, live := s.liveSession(made.SessionID); live {
		t.Error("it is live after its end")
	}
}

func TestUnknownSessions(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	for path, method := range map[string]string{"/sessions/x": "GET", "/sessions/x/stop": "DELETE", "/sessions/x/offset": "GET"} {
		if got := readBody(t, do(t, request(t.Context(), t, s, method, path, ""))); got != `{"detail":"Session not found"}`+"\n" {
			t.Errorf("%s %s answers %s", method, path, got)
		}
	}
}

// One session takes one run after the other, and its viewer shows them all.
func TestRunsFollowEachOtherOnASession(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	made := call[sessionResponse](t, s, "POST", "/sessions/start", `{}`, 200)
	sess, live := s.liveSession(made.SessionID)
	if !live {
		t.Fatal("the session is not live")
	}
	tool := func(_ context.Context, tell func(agent.Step)) error {
		tell(agent.Call{ID: "call-1", Tool: "open_page", Input: map[string]any{"url": "u"}})
		tell(agent.Result{ID: "call-1", Tool: "open_page", Content: "opened"})
		return nil
	}
	if end := s.executeOn(t.Context(), sess, "one", tool); end.state != stateDone {
		t.Errorf("the first run ends as %+v", end)
	}
	fails := func(_ context.Context, tell func(agent.Step)) error {
		tell(agent.Call{ID: "call-1", Tool: "read_page"})
		panic("a bad page")
	}
	if end := s.executeOn(t.Context(), sess, "two", fails); end.state != stateFailed || !strings.Contains(end.reason, "a bad page") {
		t.Errorf("the second run ends as %+v", end)
	}
	var kinds []string
	for _, it := range sess.since(0).Items {
		kinds = append(kinds, it.Kind+" "+it.Title)
	}
	if got := strings.Join(kinds, ", "); got != "task Task, tool open_page, task Task, tool read_page, outcome The task failed" {
		t.Errorf("the viewer has %s", got)
	}
	if snap := sess.since(0); snap.Ended || snap.Task != "two" {
		t.Errorf("the session is %+v", snap)
	}
	if got := call[map[string]int](t, s, "GET", "/sessions/"+sess.id+"/offset", "", 200); got["offset"] != 2 {
		t.Errorf("the offset is %v", got)
	}
	steps, err := json.Marshal(call[sessionResponse](t, s, "GET", "/sessions/"+sess.id, "", 200).Steps)
	if err != nil {
		t.Fatal(err)
	}
	if want := `[{"type":"execution_result","value":{"action":{"type":"open_page","input":"{\"url\":\"u\"}"},"success":true,"message":"opened"}},` +
		`{"type":"execution_result","value":{"action":{"type":"read_page"},"success":false,"message":"no result"}}]`; string(steps) != want {
		t.Errorf("the steps are %s", steps)
	}
}

func TestASessionDoesOneRunAtATime(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	sess, err := s.sessions.hold(usualSettings())
	if err != nil {
		t.Fatal(err)
	}
	began, ended := make(chan struct{}), make(chan outcome)
	go func() {
		ended <- s.executeOn(t.Context(), sess, "long", func(ctx context.Context, _ func(agent.Step)) error {
			close(began)
			<-ctx.Done()
			return ctx.Err()
		})
	}()
	<-began
	if end := s.executeOn(t.Context(), sess, "more", func(context.Context, func(agent.Step)) error { return nil }); end.state != stateFailed || end.reason != errSessionBusy.Error() {
		t.Errorf("a second run ends as %+v", end)
	}
	call[sessionResponse](t, s, "DELETE", "/sessions/"+sess.id+"/stop", "", 200)
	if end := <-ended; end.state != stateCancelled || end.reason != reasonStopped {
		t.Errorf("the first run ends as %+v", end)
	}
	if end := s.executeOn(t.Context(), sess, "late", func(context.Context, func(agent.Step)) error { return nil }); end.reason != errSessionOver.Error() {
		t.Errorf("a run after the end ends as %+v", end)
	}
}

// Stopping the session of a streamed run ends the run and its stream.
func TestStoppingASessionEndsItsStream(t *testing.T) {
	t.Parallel()
	run, began, ended := waiting()
	s := startScripted(t, Config{}, run)
	resp := startTask(t.Context(), t, s, `{"query":"wait"}`)
	<-began
	id := liveSessions(s)[0].id
	if got := call[sessionResponse](t, s, "DELETE", "/sessions/"+id+"/stop", "", 200); got.Status != sessionClosed {
		t.Errorf("the session is %+v", got)
	}
	<-ended
	lines := dataLines(t, resp.Body)
	if last := lines[len(lines)-1]; last != `{"type":"cancelled","reason":"the session was stopped"}` {
		t.Errorf("the stream ends with %s", last)
	}
}

func TestSessionsAreListedInPages(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	var ids []string
	for range 5 {
		ids = append(ids, call[sessionResponse](t, s, "POST", "/sessions/start", `{}`, 200).SessionID)
	}
	call[sessionResponse](t, s, "DELETE", "/sessions/"+ids[4]+"/stop", "", 200)
	for query, want := range map[string]string{
		"":                                     "3 2 1 0 page 1 of 10",
		"?page_size=3":                         "3 2 1 page 1 of 3 next",
		"?page_size=3&page=2":                  "0 page 2 of 3 previous",
		"?page=9":                              "page 9 of 10 previous",
		"?only_active=false":                   "4 3 2 1 0 page 1 of 10",
		"?only_active=0&page_size=2&page=%202": "2 1 page 2 of 2 next previous",
		"?only_current_token=true&include_system=yes": "3 2 1 0 page 1 of 10",
	} {
		page := call[listPage[sessionResponse]](t, s, "GET", "/sessions"+query, "", 200)
		got := ""
		for _, shown := range page.Items {
			for i, id := range ids {
				if id == shown.SessionID {
					got += fmt.Sprint(i, " ")
				}
			}
		}
		got += fmt.Sprintf("page %d of %d", page.Page, page.PageSize)
		if page.HasNext {
			got += " next"
		}
		if page.HasPrevious {
			got += " previous"
		}
		if got != want {
			t.Errorf("%q lists %s, want %s", query, got, want)
		}
	}
	for query, want := range map[string]string{
		"?page=0":          `{"detail":[{"type":"greater_than_equal","loc":["query","page"],"msg":"Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}}]}`,
		"?page_size=101":   `{"detail":[{"type":"less_than_equal","loc":["query","page_size"],"msg":"Input should be less than or equal to 100","input":"101","ctx":{"le":100}}]}`,
		"?only_active=huh": `{"detail":[{"type":"bool_parsing","loc":["query","only_active"],"msg":"Input should be a valid boolean, unable to interpret input","input":"huh"}]}`,
	} {
		resp := do(t, request(t.Context(), t, s, "GET", "/sessions"+query, ""))
		if got := strings.TrimSpace(readBody(t, resp)); resp.StatusCode != 422 || got != want {
			t.Errorf("%q gets %d %s", query, resp.StatusCode, got)
		}
	}
}

func TestTooManySessionsAreRefused(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	var last *session
	for range maxLive {
		sess, err := s.sessions.hold(usualSettings())
		if err != nil {
			t.Fatal(err)
		}
		last = sess
	}
	resp := do(t, request(t.Context(), t, s, http.MethodPost, "/sessions/start", `{}`))
	if text := readBody(t, resp); resp.StatusCode != 529 || resp.Header.Get("Retry-After") == "" || !strings.Contains(text, `"detail":"64 sessions are live`) {
		t.Errorf("one more gets %d %s", resp.StatusCode, text)
	}
	call[sessionResponse](t, s, "DELETE", "/sessions/"+last.id+"/stop", "", 200)
	call[sessionResponse](t, s, "POST", "/sessions/start", `{}`, 200)
}

// Close ends the sessions that nobody stopped, and the runs on them.
func TestCloseEndsSessions(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	var held []*session
	for range 2 {
		sess, err := s.sessions.hold(usualSettings())
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, sess)
	}
	began, ended := make(chan struct{}), make(chan outcome, 1)
	s.work.Go(func() {
		ended <- s.executeOn(s.life, held[0], "long", func(ctx context.Context, _ func(agent.Step)) error {
			close(began)
			<-ctx.Done()
			return ctx.Err()
		})
	})
	<-began
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if end := <-ended; end.state != stateCancelled || end.reason != reasonClosed {
		t.Errorf("the run ends as %+v", end)
	}
	for _, sess := range held {
		if snap := sess.since(0); !snap.Ended {
			t.Errorf("a session is left as %+v", snap)
		}
	}
	if _, err := s.sessions.hold(usualSettings()); err == nil {
		t.Error("a session begins after the end")
	}
}
