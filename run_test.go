package main

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// ran is what a program without a terminal said and how it ended.
type ran struct {
	out, err string
	code     int
}

// command is the program with a fixed environment and pipes.
func command(ctx context.Context, t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append([]string{"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8", "PATH=/usr/bin:/bin"}, env...)
	home := t.TempDir()
	cmd.Env = append(cmd.Env, "HOME="+home, "XDG_DATA_HOME="+home+"/data")
	return cmd
}

// run runs the program to its end.
func runProgram(t *testing.T, in string, env []string, args ...string) ran {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := command(ctx, t, env, args...)
	var out, err bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(in), &out, &err
	return ran{code: exitCodeOf(t, cmd.Run()), out: out.String(), err: err.String()}
}

func exitCodeOf(t *testing.T, err error) int {
	t.Helper()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	t.Fatalf("failed to run the program: %v", err)
	return -1
}

// A run without a screen: the answer alone on standard output, the progress on
// standard error, and nowhere the viewer's link.
func TestRunLines(t *testing.T) {
	t.Parallel()
	titles := newsTitles(t)
	for _, stream := range []string{"v1", "v2"} {
		t.Run(stream, func(t *testing.T) {
			t.Parallel()
			got := runProgram(t, "", nil, "run", "--stream", stream, "list the top 3 posts of the news section")
			if got.code != 0 || !containsAll(got.out, titles[:3]...) || strings.Contains(got.out, titles[3]) {
				t.Errorf("exit code %d, standard output:\n%s", got.code, got.out)
			}
			if !containsAll(got.err, "connected to local", "tool open_page", "thought: ", "function ", "browser session live", "done") {
				t.Errorf("standard error:\n%s", got.err)
			}
			for _, progress := range []string{"open_page", "thought:", "connected", "cost"} {
				if strings.Contains(got.out, progress) {
					t.Errorf("%q is on standard output:\n%s", progress, got.out)
				}
			}
			if strings.Contains(got.out+got.err, "/view/") || strings.Contains(got.out+got.err, "token=") {
				t.Errorf("the viewer's link is in the output:\n%s%s", got.out, got.err)
			}
			if strings.Contains(got.out+got.err, "\x1b") {
				t.Errorf("control sequences in the output:\n%q%q", got.out, got.err)
			}
		})
	}
}

func containsAll(text string, parts ...string) bool {
	for _, part := range parts {
		if !strings.Contains(text, part) {
			return false
		}
	}
	return true
}

// The task "-" is read from standard input, as a whole.
func TestRunReadsStandardInput(t *testing.T) {
	t.Parallel()
	s := newService(t, says(delta("An "), delta("answer."), doneEvent))
	got := runProgram(t, "first line\nsecond line\n", s.env(), "run", "-")
	if got.code != 0 || got.out != "An answer.\n" {
		t.Errorf("exit code %d, standard output %q, standard error %q", got.code, got.out, got.err)
	}
	wantOneStart(t, s, "first line\nsecond line")
}

// What cannot be a task is refused before anything is sent.
func TestRunRefusesTasks(t *testing.T) {
	t.Parallel()
	s := newService(t, says(doneEvent))
	for name, test := range map[string]struct {
		in   string
		args []string
		says string
	}{
		"empty":       {args: []string{""}, says: "task is empty"},
		"blank":       {args: []string{" \n\t"}, says: "task is empty"},
		"empty input": {args: []string{"-"}, says: "task is empty"},
		"too long":    {in: strings.Repeat("x", maxTask+1), args: []string{"-"}, says: "make it shorter"},
		"none":        {says: "arg"},
		"two":         {args: []string{"a", "b"}, says: "arg"},
		"no stream":   {args: []string{"--stream", "v3", "a"}, says: "use v1 or v2"},
		"pace":        {args: []string{"--pace", "-1s", "a"}, says: "use 0 for no wait"},
		"no flag":     {args: []string{"--nonsense", "a"}, says: "nonsense"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := runProgram(t, test.in, s.env(), append([]string{"run"}, test.args...)...)
			if text := strings.Join(strings.Fields(got.err), " "); got.code != 1 || got.out != "" || !strings.Contains(text, test.says) {
				t.Errorf("exit code %d, standard output %q, standard error %q; want %q", got.code, got.out, got.err, test.says)
			}
		})
	}
	t.Cleanup(func() {
		if asked := s.asked(); len(asked) != 0 {
			t.Errorf("the service was asked %q", asked)
		}
	})
}

// The exit code tells how the run ended.
func TestRunExitCodes(t *testing.T) {
	t.Parallel()
	const json = "application/json"
	tests := []struct {
		name   string
		answer http.HandlerFunc
		code   int
		says   string
	}{
		{"done", says(delta("Yes."), doneEvent), 0, "done"},
		{"error event", says(object("error", "error", "agent_failed", "detail", "no browser")), 1, "no browser"},
		{"400", refuses(400, json, `{"error":"Missing required field: query"}`), 1, "Missing required field"},
		{"401", refuses(401, json, `{"error":"Unauthorized: `+secretKey+`"}`), 3, "check NOTTE_API_KEY"},
		{"429", refuses(429, json, `{"error":"slow down"}`), 1, "wait"},
		{"502", refuses(502, json, `{"error":"Failed to start agent"}`), 1, "may be billed"},
		{"no stream", refuses(200, "text/html", "<p>hello</p>"), 1, "event stream"},
		{"cut stream", says(delta("Half")), 4, "may still be going on"},
		{"timeout", says(object("timeout", "reason", "max_duration")), 5, "max_duration"},
		{"cancelled by the service", says(object("cancelled", "reason", "user_requested")), 130, "user_requested"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, test.answer)
			got := runProgram(t, "", s.env(), "run", "find the library")
			if got.code != test.code || !strings.Contains(got.err, test.says) {
				t.Errorf("exit code %d, want %d; standard error %q, want %q", got.code, test.code, got.err, test.says)
			}
			if strings.Contains(got.out+got.err, secretKey) {
				t.Error("the key is in the output")
			}
			wantOneStart(t, s, "find the library")
			asJSON := runProgram(t, "", s.env(), "run", "--json", "find the library")
			if last := lastLine(t, asJSON.out); asJSON.code != test.code || last["exit_code"] != float64(test.code) {
				t.Errorf("with --json: exit code %d, last line %v; want %d", asJSON.code, last, test.code)
			}
		})
	}
}

// A service that is not there is a lost connection, of which nothing was sent.
func TestRunConnectionRefused(t *testing.T) {
	t.Parallel()
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	got := runProgram(t, "", serviceEnv("http://"+address), "run", "find the library")
	if got.code != 4 || !containsAll(got.err, "failed to connect to "+address, "nothing was sent") {
		t.Errorf("exit code %d, standard error %q", got.code, got.err)
	}
}

// Ctrl+c in the shell cancels the run, and what came so far is kept.
func TestRunInterrupted(t *testing.T) {
	t.Parallel()
	begun, left := make(chan struct{}), make(chan struct{})
	s := newService(t, func(w http.ResponseWriter, r *http.Request) {
		says(delta("Half an answer."), object("tool_start", "name", "open_page"))(w, r)
		<-r.Context().Done()
		close(left)
	})
	cmd := command(t.Context(), t, s.env(), "run", "find the library")
	var out bytes.Buffer
	progress := &waitingWriter{until: "open_page", seen: begun}
	cmd.Stdout, cmd.Stderr = &out, progress
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	await(t, "the tool call", begun)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	await(t, "the end of the request", left)
	if code := exitCodeOf(t, cmd.Wait()); code != 130 || out.String() != "Half an answer.\n" {
		t.Errorf("exit code %d, standard output %q", code, out.String())
	}
	if text := progress.text.String(); !containsAll(text, "cancelled", "may finish, and bill") {
		t.Errorf("standard error %q", text)
	}
}

// waitingWriter keeps what is written and tells when a text was.
type waitingWriter struct {
	text  bytes.Buffer
	until string
	seen  chan struct{} // closed when until was written
}

func (w *waitingWriter) Write(p []byte) (int, error) {
	before := strings.Contains(w.text.String(), w.until)
	w.text.Write(p)
	if !before && strings.Contains(w.text.String(), w.until) {
		close(w.seen)
	}
	return len(p), nil
}

// Without a terminal there is no screen, and the program says so.
func TestScreenNeedsTerminal(t *testing.T) {
	t.Parallel()
	got := runProgram(t, "a task\n", nil)
	if got.code == 0 || got.out != "" {
		t.Errorf("exit code %d, standard output %q", got.code, got.out)
	}
	text := strings.Join(strings.Fields(got.err), " ")
	if !containsAll(text, "terminal", "notturno run") || strings.ContainsAny(got.err, "\x1b\u009b") {
		t.Errorf("standard error %q", got.err)
	}
}
