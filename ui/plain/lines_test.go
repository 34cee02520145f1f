package plain

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"notturno/api"
)

const done = `{"type":"done","total_cost_usd":0.0837,"function_id":"f-1","metadata":{"thread_id":"t-1"}}`

// Progress tells everything in order, each thought when it is finished; the
// answer is alone on the other side.
func TestLines(t *testing.T) {
	t.Parallel()
	got := runWith(t.Context(), t, false, tells(
		`{"type":"status","status":"starting"}`,
		`{"type":"thinking_delta","delta":"I need "}`,
		`{"type":"thinking_delta","delta":"a browser.\n"}`,
		`{"type":"tool_start","name":"open_page","input":{"url":"https://a.example"}}`,
		`{"type":"notte_session_data","viewer_url":"https://viewer.example/?jwt=secret"}`,
		`{"type":"tool_result","content":"200 OK\nhttps://a.example"}`,
		`{"type":"text_delta","delta":"# Found\n\n"}`,
		`{"type":"text_delta","delta":"five.\n"}`,
		`{"type":"message_complete","role":"assistant"}`,
		`{"type":"function_uploaded","function_id":"f-1","function_name":"newest","created_at":"2026-05-04T09:12:31Z"}`,
		`{"type":"thinking_delta","delta":"That is all."}`,
		done,
		`{"type":"status","status":"too late"}`,
	))
	want := []string{
		"connected to local",
		"status: starting",
		"thought: I need a browser.",
		`tool open_page {"url":"https://a.example"}`,
		"browser session live",
		"result: 200 OK https://a.example",
		"function newest f-1",
		"thought: That is all.",
		"done · cost $0.0837",
	}
	if lines := got.lines(); !slices.Equal(lines, want) {
		t.Errorf("progress is\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	if got.out != "# Found\n\nfive.\n" || got.code != ExitDone || got.failure != nil {
		t.Errorf("the answer is %q, exit code %d, %v", got.out, got.code, got.failure)
	}
}

// Every way in which a run can end, in words and as an exit code.
func TestEnds(t *testing.T) {
	t.Parallel()
	refuse := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	tests := []struct {
		name   string
		answer http.HandlerFunc
		code   int
		out    string
		says   string // in the progress
	}{
		{"no answer in words", tells(`{"type":"done"}`), ExitDone, "", "done · cost —"},
		{"error", tells(`{"type":"text_delta","delta":"Half"}`, `{"type":"error","error":"agent_failed","detail":"no browser"}`), ExitFailed, "Half\n", "no browser"},
		{"timeout", tells(`{"type":"timeout","reason":"max_duration"}`), ExitTimedOut, "", "timed out"},
		{"cancelled by the service", tells(`{"type":"cancelled","reason":"user_requested"}`), ExitCancelled, "", "user_requested"},
		{"cut off", tells(`{"type":"text_delta","delta":"Half"}`), ExitConnection, "Half\n", "may still be going on"},
		{"nothing", tells(), ExitConnection, "", "interrupted"},
		{"400", refuse(400, `{"error":"no query"}`), ExitFailed, "", "no query"},
		{"401", refuse(401, `{"error":"Unauthorized"}`), ExitNotAuthorised, "", "NOTTE_API_KEY"},
		{"500", refuse(500, ``), ExitFailed, "", "may be billed"},
		{"skipped junk", tells(`{"type":`, `{"type":"done"}`), ExitDone, "", "notice: "},
		{"unknown types", tells(`{"type":"news"}`, `{"type":"done"}`), ExitDone, "", "news"},
		{"failed tool", tells(`{"type":"tool-input-start","toolCallId":"c","toolName":"open_page"}`, `{"type":"tool-output-error","toolCallId":"c","errorText":"404"}`, `{"type":"finish"}`),
			ExitDone, "", "failed: 404"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := runWith(t.Context(), t, false, test.answer)
			if got.code != test.code || got.out != test.out || got.failure != nil || !strings.Contains(got.err, test.says) {
				t.Errorf("exit code %d, answer %q, progress %q, %v; want %d, %q, %q", got.code, got.out, got.err, got.failure, test.code, test.out, test.says)
			}
		})
	}
}

// The end of the context cancels the run; what came before is kept.
func TestCancel(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	got := runWith(ctx, t, false, func(w http.ResponseWriter, r *http.Request) {
		tells(`{"type":"text_delta","delta":"Half"}`)(w, r)
		cancel()
		<-r.Context().Done()
	})
	if got.code != ExitCancelled || !strings.Contains(got.err, "cancelled") || got.failure != nil {
		t.Errorf("exit code %d, progress %q, %v", got.code, got.err, got.failure)
	}
}

// What pages say cannot steer the terminal that shows the progress.
func TestLinesAreClean(t *testing.T) {
	t.Parallel()
	hostile := `\u001b]0;pwned\u0007\u001b[2J\u009b1m\u202e\r\nnext`
	got := runWith(t.Context(), t, false, tells(
		`{"type":"status","status":"`+hostile+`"}`,
		`{"type":"thinking_delta","delta":"`+hostile+`"}`,
		`{"type":"tool_start","name":"`+hostile+`","input":"`+hostile+`"}`,
		`{"type":"tool_result","content":"`+hostile+`"}`,
		`{"type":"function_uploaded","function_id":"`+hostile+`","function_name":"`+hostile+`"}`,
		`{"type":"text_delta","delta":"`+hostile+`"}`,
		`{"type":"error","error":"`+hostile+`","detail":"`+hostile+`"}`,
	))
	for _, r := range got.err + got.out {
		if r != '\n' && (r < 0x20 || (r >= 0x7f && r < 0xa0) || r == 0x202e) {
			t.Fatalf("%U is in the output: %q %q", r, got.err, got.out)
		}
	}
	if !strings.Contains(got.err, "␛[2J") || !strings.Contains(got.out, "␛[2J") {
		t.Errorf("what was sent does not show: %q %q", got.err, got.out)
	}
}

// A line of progress is short, however much a page says.
func TestShort(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"", ""},
		{"a\nb\tc", "a b c"},
		{strings.Repeat("x", maxShort), strings.Repeat("x", maxShort)},
		{strings.Repeat("x", maxShort+1), strings.Repeat("x", maxShort) + "…"},
		{strings.Repeat("世", 1<<20), strings.Repeat("世", maxShort) + "…"},
		{strings.Repeat("👩", maxShort+1), strings.Repeat("👩", maxShort) + "…"},
	}
	for _, test := range tests {
		if got := short(api.Text(test.text)); got != test.want {
			t.Errorf("%.20q… becomes %q, want %q", test.text, got, test.want)
		}
	}
}

// brokenPipe fails from the first byte on.
type brokenPipe struct{}

var errBroken = errors.New("broken pipe")

func (brokenPipe) Write([]byte) (int, error) { return 0, errBroken }

// Output that nobody takes ends the run, and the request with it.
func TestBrokenOutput(t *testing.T) {
	t.Parallel()
	for name, sabotage := range map[string]func(*Config){
		"progress": func(c *Config) { c.Err = brokenPipe{} },
		"objects":  func(c *Config) { c.Out, c.JSON = brokenPipe{}, true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			left := make(chan struct{})
			client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
				tells(`{"type":"status","status":"running"}`)(w, r)
				<-r.Context().Done()
				close(left)
			})
			c := config(client, io.Discard, io.Discard)
			sabotage(&c)
			if code, err := Run(t.Context(), c); code != ExitFailed || !errors.Is(err, errBroken) || !errors.Is(err, errOutput) {
				t.Errorf("exit code %d, %v", code, err)
			}
			select {
			case <-left:
			case <-time.After(patience):
				t.Error("the request goes on")
			}
		})
	}
	t.Run("answer", func(t *testing.T) {
		t.Parallel()
		c := config(clientOf(t, tells(`{"type":"text_delta","delta":"x"}`, done)), brokenPipe{}, io.Discard)
		if code, err := Run(t.Context(), c); code != ExitFailed || !errors.Is(err, errBroken) {
			t.Errorf("exit code %d, %v", code, err)
		}
	})
}
