package local

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"notturno/api/local/agent"
)

const (
	threadID   = "41d8c2f6-7b95-4e0a-a3d2-6c9e58f0b714"
	functionID = "e2a90b7c-1f64-4d13-9c58-3b7a6f0d8e12"
)

// errand is a run that does everything once.
func errand(_ context.Context, _ string, tell func(agent.Step)) error {
	tell(agent.Thought{Text: "Open it. "})
	tell(agent.Call{ID: "c1", Tool: "open_page", Input: map[string]any{"url": "http://x.example/?a=1&b=<2>"}})
	tell(agent.View{URL: "http://x.example/", Title: "X", HTML: "<p>X"})
	tell(agent.Result{ID: "c1", Tool: "open_page", Content: "X\n\x1b[31m\u2028é"})
	tell(agent.Speech{Text: "Half "})
	tell(agent.Call{ID: "c2", Tool: "extract"})
	tell(agent.Result{ID: "c2", Tool: "extract", Content: "nothing repeats", Failed: true})
	tell(agent.Saved{Function: agent.Function{ID: functionID, Name: "x-list",
		CreatedAt: time.Date(2026, 5, 4, 11, 12, 31, 204e6, time.FixedZone("", 2*3600))}})
	tell(agent.Speech{Text: "an answer."})
	return nil
}

var errandV1 = []string{
	`{"type":"status","status":"starting"}`,
	`{"type":"notte_session_data","viewer_url":"VIEWER"}`,
	`{"type":"status","status":"running"}`,
	`{"type":"thinking_delta","delta":"Open "}`,
	`{"type":"thinking_delta","delta":"it. "}`,
	`{"type":"tool_start","name":"open_page","id":"c1","input":{"url":"http://x.example/?a=1&b=<2>"}}`,
	`{"type":"tool_result","content":"X\n\u001b[31m\u2028é","id":"c1"}`,
	`{"type":"text_delta","delta":"Half "}`,
	`{"type":"message_complete","role":"assistant"}`,
	`{"type":"tool_start","name":"extract","id":"c2","input":null}`,
	`{"type":"tool_result","content":"nothing repeats","id":"c2"}`,
	`{"type":"function_uploaded","function_id":"` + functionID + `","function_name":"x-list","created_at":"2026-05-04T09:12:31.204Z"}`,
	`{"type":"text_delta","delta":"an "}`,
	`{"type":"text_delta","delta":"answer."}`,
	`{"type":"message_complete","role":"assistant"}`,
	`{"type":"done","total_cost_usd":0,"function_id":"` + functionID + `","metadata":{"thread_id":"THREAD"}}`,
}

var errandV2 = []string{
	`{"type":"start","messageId":"msg_THREAD"}`,
	`{"type":"data-notte-session","data":{"viewer_url":"VIEWER"}}`,
	`{"type":"start-step"}`,
	`{"type":"reasoning-start","id":"reasoning_1"}`,
	`{"type":"reasoning-delta","id":"reasoning_1","delta":"Open "}`,
	`{"type":"reasoning-delta","id":"reasoning_1","delta":"it. "}`,
	`{"type":"reasoning-end","id":"reasoning_1"}`,
	`{"type":"tool-input-start","toolCallId":"c1","toolName":"open_page"}`,
	`{"type":"tool-input-available","toolCallId":"c1","toolName":"open_page","input":{"url":"http://x.example/?a=1&b=<2>"}}`,
	`{"type":"tool-output-available","toolCallId":"c1","output":"X\n\u001b[31m\u2028é"}`,
	`{"type":"text-start","id":"text_2"}`,
	`{"type":"text-delta","id":"text_2","delta":"Half "}`,
	`{"type":"text-end","id":"text_2"}`,
	`{"type":"tool-input-start","toolCallId":"c2","toolName":"extract"}`,
	`{"type":"tool-input-available","toolCallId":"c2","toolName":"extract","input":null}`,
	`{"type":"tool-output-error","toolCallId":"c2","errorText":"nothing repeats"}`,
	`{"type":"data-notte-function","data":{"function_id":"` + functionID + `","function_name":"x-list","created_at":"2026-05-04T09:12:31.204Z"}}`,
	`{"type":"text-start","id":"text_3"}`,
	`{"type":"text-delta","id":"text_3","delta":"an "}`,
	`{"type":"text-delta","id":"text_3","delta":"answer."}`,
	`{"type":"text-end","id":"text_3"}`,
	`{"type":"finish-step"}`,
	`{"type":"finish","finishReason":"stop","messageMetadata":{"thread_id":"THREAD","function_id":"` + functionID + `","total_cost_usd":0}}`,
	`[DONE]`,
}

// viewerOf is the viewer link in the lines of a stream.
func viewerOf(t *testing.T, lines []string) string {
	t.Helper()
	for _, line := range lines {
		if _, rest, ok := strings.Cut(line, `"viewer_url":"`); ok {
			link, _, _ := strings.Cut(rest, `"`)
			return link
		}
	}
	t.Fatalf("no viewer link in %q", lines)
	return ""
}

func TestWholeStreams(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		generation int
		body       string
		want       []string
	}{
		"first generation":         {1, `{"query":"x"}`, errandV1},
		"first, asked for":         {1, `{"query":"x","version":"v1"}`, errandV1},
		"second generation":        {2, `{"query":"x"}`, errandV2},
		"second, asked for":        {1, `{"query":"x","version":"v2"}`, errandV2},
		"second, a thread goes on": {2, `{"query":"x","thread_id":"` + threadID + `"}`, errandV2},
	} {
		s := startScripted(t, Config{Generation: test.generation}, errand)
		resp := startTask(t.Context(), t, s, test.body)
		raw := readBody(t, resp)
		if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "text/event-stream" {
			t.Fatalf("%s: %d %s", name, resp.StatusCode, resp.Header.Get("Content-Type"))
		}
		lines := dataLines(t, strings.NewReader(raw))
		if framed := "data: " + strings.Join(lines, "\n\ndata: ") + "\n\n"; raw != framed {
			t.Errorf("%s: more than data lines and blank lines: %q", name, raw)
		}
		thread := resp.Header.Get("X-Thread-Id")
		if second := strings.HasPrefix(name, "second"); second != (thread != "") || second != (resp.Header.Get("X-Vercel-Ai-Ui-Message-Stream") == "v1") {
			t.Errorf("%s: the headers are %v", name, resp.Header)
		}
		if strings.Contains(test.body, "thread_id") && thread != threadID {
			t.Errorf("%s: the thread became %q", name, thread)
		}
		if thread == "" {
			thread = threadOf(t, lines[len(lines)-1])
		}
		viewer := viewerOf(t, lines)
		if !strings.HasPrefix(viewer, s.URL()+"/view/") || !strings.Contains(viewer, "?token=") {
			t.Errorf("%s: the viewer link is %q", name, viewer)
		}
		want := strings.NewReplacer("VIEWER", viewer, "THREAD", thread).Replace(strings.Join(test.want, "\n"))
		if got := strings.Join(lines, "\n"); got != want {
			t.Errorf("%s:\n%s\nwant:\n%s", name, got, want)
		}
		for _, line := range lines {
			if line != v2Last && !json.Valid([]byte(line)) {
				t.Errorf("%s: not JSON: %s", name, line)
			}
		}
	}
}

func threadOf(t *testing.T, done string) string {
	t.Helper()
	var event struct {
		Metadata struct {
			ThreadID string `json:"thread_id"`
		} `json:"metadata"`
	}
	if err := json.Unmarshal([]byte(done), &event); err != nil || event.Metadata.ThreadID == "" {
		t.Fatalf("no thread in %s", done)
	}
	return event.Metadata.ThreadID
}

func TestEndsOfRuns(t *testing.T) {
	t.Parallel()
	cannot := &agent.CannotDo{Reason: "the task names no page"}
	detail := string(encode(cannot.Detail()))
	for name, test := range map[string]struct {
		run    runFunc
		v1, v2 []string // the last events
	}{
		"without a function": {nothing,
			[]string{`{"type":"done","total_cost_usd":0,"function_id":null,"metadata":{"thread_id":"THREAD"}}`},
			[]string{`{"type":"finish","finishReason":"stop","messageMetadata":{"thread_id":"THREAD","function_id":null,"total_cost_usd":0}}`, `[DONE]`}},
		"cannot do": {func(context.Context, string, func(agent.Step)) error { return cannot },
			[]string{`{"type":"error","error":"the task names no page","detail":` + detail + `}`},
			[]string{`{"type":"error","errorText":"the task names no page\n` + detail[1:] + `}`, `[DONE]`}},
		"failed at once": {func(context.Context, string, func(agent.Step)) error { return errors.New("no luck") },
			[]string{`{"type":"error","error":"no luck","detail":"The run ended before its first tool call."}`},
			[]string{`{"type":"error","errorText":"no luck\nThe run ended before its first tool call."}`, `[DONE]`}},
		"failed in a tool": {func(_ context.Context, _ string, tell func(agent.Step)) error {
			tell(agent.Call{ID: "1", Tool: "open_page"})
			return errors.New("no luck")
		},
			[]string{`{"type":"error","error":"no luck","detail":"The run ended in open_page."}`},
			[]string{`{"type":"error","errorText":"no luck\nThe run ended in open_page."}`, `[DONE]`}},
		"broke while it spoke": {func(_ context.Context, _ string, tell func(agent.Step)) error {
			tell(agent.Speech{Text: "So"})
			panic("an odd page")
		},
			[]string{`{"type":"message_complete","role":"assistant"}`,
				`{"type":"error","error":"failed to run the task: the agent broke: an odd page","detail":"The run ended before its first tool call."}`},
			[]string{`{"type":"text-end","id":"text_1"}`,
				`{"type":"error","errorText":"failed to run the task: the agent broke: an odd page\nThe run ended before its first tool call."}`, `[DONE]`}},
	} {
		for generation, want := range map[int][]string{1: test.v1, 2: test.v2} {
			s := startScripted(t, Config{Generation: generation}, test.run)
			resp := startTask(t.Context(), t, s, `{"query":"x"}`)
			lines := dataLines(t, resp.Body)
			got := strings.Join(lines[max(0, len(lines)-len(want)):], "\n")
			if strings.Contains(want[0], "THREAD") {
				thread := resp.Header.Get("X-Thread-Id")
				if generation == 1 {
					thread = threadOf(t, got)
				}
				got = strings.ReplaceAll(got, thread, "THREAD")
			}
			if got != strings.Join(want, "\n") {
				t.Errorf("%s ends in generation %d with\n%s\nwant\n%s", name, generation, got, strings.Join(want, "\n"))
			}
		}
	}
}

func TestEventsArriveAsTheyHappen(t *testing.T) {
	t.Parallel()
	for generation, marker := range map[int]string{1: "thinking_delta", 2: "reasoning-delta"} {
		seen := make(chan struct{})
		s := startScripted(t, Config{Generation: generation}, func(ctx context.Context, _ string, tell func(agent.Step)) error {
			tell(agent.Thought{Text: "now"})
			select {
			case <-seen: // only when the client has read what was told
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
		resp := startTask(t.Context(), t, s, `{"query":"x"}`)
		lines := bufio.NewReader(resp.Body)
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(line, marker) {
				break
			}
		}
		close(seen)
		if _, err := io.Copy(io.Discard, lines); err != nil {
			t.Error(err)
		}
	}
}

func TestTheClientsEndCancelsTheAgent(t *testing.T) {
	t.Parallel()
	for _, generation := range []int{1, 2} {
		run, began, ended := waiting()
		s := startScripted(t, Config{Generation: generation}, run)
		ctx, leave := context.WithCancel(t.Context())
		startTask(ctx, t, s, `{"query":"x"}`)
		<-began
		live := liveSessions(s)
		leave()
		<-ended
		s.sessions.runs.Wait()
		if len(live) != 1 || len(liveSessions(s)) != 0 {
			t.Fatalf("%d sessions were live, %d are", len(live), len(liveSessions(s)))
		}
		snap := live[0].since(0)
		if snap.State != stateCancelled || !snap.Ended || snap.Reason != "the client left" {
			t.Errorf("the session is %s because %s", snap.State, snap.Reason)
		}
	}
}

func TestAnAgentThatTalksOnIsNotHeard(t *testing.T) {
	t.Parallel()
	began := make(chan struct{})
	s := startScripted(t, Config{Pace: time.Hour}, func(ctx context.Context, _ string, tell func(agent.Step)) error {
		close(began)
		tell(agent.Speech{Text: "this takes hours"}) // ends with its client too
		tell(agent.Speech{Text: "too late"})
		return nil
	})
	ctx, leave := context.WithCancel(t.Context())
	startTask(ctx, t, s, `{"query":"x"}`)
	<-began
	live := liveSessions(s)
	leave()
	s.sessions.runs.Wait()
	if snap := live[0].since(0); snap.State != stateCancelled || len(snap.Items) > 1 || slices.ContainsFunc(snap.Items, func(it item) bool { return strings.Contains(it.Text, "late") }) {
		t.Errorf("the session is %s with %v", snap.State, snap.Items)
	}
}

func liveSessions(s *Server) []*session {
	s.sessions.mu.Lock()
	defer s.sessions.mu.Unlock()
	var live []*session
	for _, sess := range s.sessions.live {
		live = append(live, sess)
	}
	return live
}

func TestDetachedRunsGoOnWithoutTheirClient(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	s := startScripted(t, Config{Generation: 2}, func(ctx context.Context, _ string, tell func(agent.Step)) error {
		select {
		case <-release:
		case <-ctx.Done():
			return ctx.Err()
		}
		tell(agent.Speech{Text: "done alone"})
		return nil
	})
	resp := startTask(t.Context(), t, s, `{"query":"x","detach":true,"thread_id":"`+threadID+`"}`)
	var answer struct {
		ThreadID string `json:"thread_id"`
		URL      string `json:"url"`
		Status   string `json:"status"`
	}
	if err := json.Unmarshal([]byte(readBody(t, resp)), &answer); err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != 202 || resp.Header.Get("X-Thread-Id") != threadID || answer.ThreadID != threadID || answer.Status != "started" {
		t.Errorf("it answers %d %v %v", resp.StatusCode, resp.Header, answer)
	}
	close(release)
	s.sessions.runs.Wait()
	page := readBody(t, do(t, request(t.Context(), t, s, "GET", strings.TrimPrefix(answer.URL, s.URL()), "")))
	if !strings.Contains(page, "done alone") {
		t.Errorf("the page at its url shows %s", page)
	}
}

// BenchmarkStream is one event of a paceless run, from the agent to a client
// on loopback.
func BenchmarkStream(b *testing.B) {
	for _, generation := range []int{1, 2} {
		b.Run(fmt.Sprintf("generation=%d", generation), func(b *testing.B) {
			config := Config{Generation: generation}
			if err := config.complete(); err != nil {
				b.Fatal(err)
			}
			listener, err := new(net.ListenConfig).Listen(b.Context(), "tcp", config.Addr)
			if err != nil {
				b.Fatal(err)
			}
			s := newServer(context.WithoutCancel(b.Context()), config, listener.Addr().String())
			s.answer = runFunc(func(_ context.Context, _ string, tell func(agent.Step)) error {
				for range b.N {
					tell(agent.Thought{Text: "word "})
				}
				return nil
			}).answer
			s.serve(listener)
			req, err := http.NewRequestWithContext(b.Context(), http.MethodPost, s.URL()+startPath, strings.NewReader(`{"query":"x"}`))
			if err != nil {
				b.Fatal(err)
			}
			req.Header.Set("Authorization", "Bearer "+s.Key())
			req.Header.Set("Content-Type", "application/json")
			resp, err := new(http.Transport).RoundTrip(req)
			if err != nil {
				b.Fatal(err)
			}
			n, err := io.Copy(io.Discard, resp.Body)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(n / int64(b.N))
			if err := errors.Join(resp.Body.Close(), s.Close(context.WithoutCancel(b.Context()))); err != nil {
				b.Fatal(err)
			}
		})
	}
}
