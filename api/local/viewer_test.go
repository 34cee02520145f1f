package local

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"notturno/api/local/agent"
)

// viewerOfRun runs a task to its end and returns the path of its viewer page,
// with the token.
func viewerOfRun(t *testing.T, s *Server) *url.URL {
	t.Helper()
	lines := dataLines(t, startTask(t.Context(), t, s, `{"query":"<b>the task</b>"}`).Body)
	link, err := url.Parse(viewerOf(t, lines))
	if err != nil {
		t.Fatal(err)
	}
	return link
}

func get(t *testing.T, s *Server, path string, edits ...func(*http.Request)) *answer {
	t.Helper()
	return do(t, request(t.Context(), t, s, http.MethodGet, path, "", append(edits, without("Authorization"))...))
}

func TestTheViewerNeedsItsToken(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, errand)
	own, other := viewerOfRun(t, s), viewerOfRun(t, s)
	token := own.Query().Get("token")
	if token == other.Query().Get("token") || len(token) < 20 {
		t.Fatalf("the tokens are %q and %q", token, other.Query().Get("token"))
	}
	for _, part := range []string{"", "/page", "/events"} {
		for query, want := range map[string]int{
			"?" + own.RawQuery:                   200,
			"":                                   403,
			"?token=":                            403,
			"?token=" + token[1:]:                403,
			"?token=" + token + "x":              403,
			"?token=" + strings.ToLower(token):   403,
			"?" + other.RawQuery:                 403,
			"?token=" + url.QueryEscape(s.Key()): 403,
		} {
			resp := get(t, s, own.Path+part+query)
			body := readBody(t, resp)
			if resp.StatusCode != want {
				t.Errorf("%s%s gets %d, want %d", part, query, resp.StatusCode, want)
			}
			if want == 403 && (strings.Contains(body, "open_page") || strings.Contains(body, token)) {
				t.Errorf("%s%s gives away %s", part, query, body)
			}
		}
		if resp := get(t, s, "/view/nobody"+part+"?"+own.RawQuery); resp.StatusCode != 404 {
			t.Errorf("an unknown session gets %d", resp.StatusCode)
		}
	}
}

func TestTheViewerLinksOnlyToTheWeb(t *testing.T) {
	t.Parallel()
	for address, linked := range map[string]bool{"https://x.example/a": true, "about:blank": false, "javascript:alert(1)": false, "file:///etc/hosts": false, "%zz": false} {
		s := startScripted(t, Config{}, func(_ context.Context, _ string, tell func(agent.Step)) error {
			tell(agent.View{URL: address, Title: "X", HTML: "<p>X"})
			return nil
		})
		body := readBody(t, get(t, s, viewerOfRun(t, s).RequestURI()))
		if strings.Contains(body, "#ZgotmplZ") || strings.Contains(body, `href="`+address) != linked || !strings.Contains(body, address) {
			t.Errorf("%s is shown in\n%s", address, body)
		}
	}
}

func TestTheViewerShowsTheRun(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, errand)
	link := viewerOfRun(t, s)
	resp := get(t, s, link.RequestURI())
	body := readBody(t, resp)
	for _, want := range []string{
		"&lt;b&gt;the task&lt;/b&gt;", `href="http://x.example/"`, "open_page", "nothing repeats", "an answer.", "x-list",
		`class="state done"`, "data-ended", `<iframe sandbox="" `, `src="` + link.Path + "/page?token=" + link.Query().Get("token"),
		`<li id="item-1" class="item thought">`, "took 0.0", "item tool failed",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	policy := resp.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("its policy lacks %s", want)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") || strings.Contains(policy, "*") {
		t.Errorf("its policy is wide: %s", policy)
	}
	if resp.Header.Get("Referrer-Policy") != "no-referrer" || resp.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("its headers are %v", resp.Header)
	}
	if strings.Contains(body, s.Key()) {
		t.Error("it holds the key")
	}
}

func TestTheViewersFiles(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	for path, kind := range map[string]string{"/view/viewer.css": "text/css; charset=utf-8", "/view/viewer.js": "text/javascript; charset=utf-8"} {
		resp := get(t, s, path)
		body := readBody(t, resp)
		if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != kind || body == "" {
			t.Errorf("%s gets %d %s", path, resp.StatusCode, resp.Header.Get("Content-Type"))
		}
		if strings.Contains(body, "://") {
			t.Errorf("%s names another host", path)
		}
	}
	for _, path := range []string{"/view/viewer.html", "/view/view.html", "/view/", "/view"} {
		if body := readBody(t, get(t, s, path)); strings.Contains(body, "{{") || strings.Contains(body, "viewer.js") {
			t.Errorf("%s lists or serves files: %s", path, body)
		}
	}
}

func TestTheViewerIsLive(t *testing.T) {
	t.Parallel()
	steps := make(chan agent.Step)
	s := startScripted(t, Config{}, func(ctx context.Context, _ string, tell func(agent.Step)) error {
		for step := range steps {
			tell(step)
		}
		return nil
	})
	run := bufio.NewReader(startTask(t.Context(), t, s, `{"query":"x"}`).Body)
	var lines []string
	for len(lines) == 0 || !strings.Contains(lines[len(lines)-1], "viewer_url") {
		line, err := run.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	link, err := url.Parse(viewerOf(t, lines))
	if err != nil {
		t.Fatal(err)
	}
	events := bufio.NewReader(get(t, s, link.Path+"/events?since=0&"+link.RawQuery).Body)
	first := nextUpdate(t, events)
	if len(first) != 2 || !strings.Contains(first["state"], "running") {
		t.Errorf("first it says %v", first)
	}
	steps <- agent.View{URL: "http://x.example/", HTML: "<p>"}
	if update := nextUpdate(t, events); !strings.Contains(update["page"], "page=1") {
		t.Errorf("after a view it says %v", update)
	}
	steps <- agent.Call{ID: "a", Tool: "extract"}
	if update := nextUpdate(t, events); !strings.Contains(update["item-1"], "at work") || update["page"] != "" {
		t.Errorf("after a call it says %v", update)
	}
	steps <- agent.Result{ID: "a", Tool: "extract", Content: "<script>found</script>"}
	if update := nextUpdate(t, events); !strings.Contains(update["item-1"], "&lt;script&gt;found") {
		t.Errorf("after a result it says %v", update)
	}
	close(steps)
	if update := nextUpdate(t, events); !strings.Contains(update["state"], "done") {
		t.Errorf("after the end it says %v", update)
	}
	rest, err := io.ReadAll(events)
	if err != nil || string(rest) != "event: end\ndata: {}\n\n" {
		t.Errorf("then it says %q (%v)", rest, err)
	}
}

// nextUpdate is the next event of a viewer's stream: id → HTML.
func nextUpdate(t *testing.T, events *bufio.Reader) map[string]string {
	t.Helper()
	for {
		line, err := events.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		data, ok := strings.CutPrefix(line, "data: ")
		if !ok {
			continue
		}
		var elements []element
		if err := json.Unmarshal([]byte(data), &elements); err != nil {
			t.Fatal(err)
		}
		if blank, err := events.ReadString('\n'); err != nil || blank != "\n" {
			t.Fatalf("the event ends with %q (%v)", blank, err)
		}
		update := map[string]string{}
		for _, e := range elements {
			update[e.ID] = e.HTML
		}
		return update
	}
}

func TestTheViewersStreamGoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, errand)
	link := viewerOfRun(t, s)
	path := link.Path + "/events?" + link.RawQuery
	all := readBody(t, get(t, s, path))
	id, _, _ := strings.Cut(strings.TrimPrefix(all, "id: "), "\n")
	for name, resp := range map[string]*answer{
		"since":         get(t, s, path+"&since="+id),
		"Last-Event-ID": get(t, s, path+"&since=0", header("Last-Event-ID", id)),
	} {
		if body := readBody(t, resp); strings.Contains(body, "item-") || !strings.Contains(body, "event: end\n") {
			t.Errorf("with %s it says %s", name, body)
		}
	}
	if junk := readBody(t, get(t, s, path+"&since=junk")); junk != all {
		t.Errorf("with junk it says %s", junk)
	}
	head := do(t, request(t.Context(), t, s, http.MethodHead, path, ""))
	if head.StatusCode != 200 || head.Header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("HEAD gets %d %v", head.StatusCode, head.Header)
	}
}

func TestAViewerThatLeavesIsForgotten(t *testing.T) {
	t.Parallel()
	run, began, _ := waiting()
	s := startScripted(t, Config{}, run)
	startTask(t.Context(), t, s, `{"query":"x"}`)
	<-began
	sess := liveSessions(s)[0]
	ctx, leave := context.WithCancel(t.Context())
	resp := do(t, request(ctx, t, s, http.MethodGet, strings.TrimPrefix(s.viewerURL(sess), s.URL())[:len("/view/")+36]+"/events?token="+sess.token, ""))
	nextUpdate(t, bufio.NewReader(resp.Body))
	leave()
	if err := s.Close(t.Context()); err != nil { // waits for every stream
		t.Error(err)
	}
}
