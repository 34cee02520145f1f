package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// served is a running notturno serve.
type served struct {
	cmd  *exec.Cmd
	said string // on standard output
	url  string
	key  string
}

// serve starts the program and waits until it says that it is ready.
func serve(t *testing.T, env []string, args ...string) *served {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), patience)
	cmd := command(ctx, t, env, append([]string{"serve", "--addr", "127.0.0.1:0", "--pace", "0"}, args...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &served{cmd: cmd}
	t.Cleanup(func() {
		defer cancel()
		if cmd.ProcessState == nil {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		s.said += lines.Text() + "\n"
		name, value, _ := strings.Cut(lines.Text(), "=")
		switch name {
		case envAPIURL:
			s.url = value
		case envKey:
			s.key = strings.Trim(value, "'")
		}
		if strings.HasPrefix(lines.Text(), "ctrl+c") {
			return s
		}
	}
	t.Fatalf("it ended and said %q: %v", s.said, lines.Err())
	return nil
}

// end sends a signal and returns the exit code.
func (s *served) end(t *testing.T, sig os.Signal) int {
	t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
	return exitCodeOf(t, s.cmd.Wait())
}

// Other programs get the whole API with what serve says, and nothing with
// another key.
func TestServe(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, body, stream, last string
	}{
		{"/api/anything/start", `{"query":"list the top 3 posts of the news section"}`, "v1", `"type":"done"`},
		{"/anything/start", `{"task":"list the top 3 posts of the news section"}`, "v2", "[DONE]"},
	} {
		s := serve(t, nil, "--stream", test.stream)
		get := func(key string) (int, string) {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+test.path, strings.NewReader(test.body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Authorization", "Bearer "+key)
			req.Header.Set("Content-Type", "application/json")
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = resp.Body.Close() }()
			body, err := io.ReadAll(resp.Body)
			if err != nil {
				t.Fatal(err)
			}
			return resp.StatusCode, string(body)
		}
		if status, body := get(s.key); status != http.StatusOK || !strings.Contains(body, newsTitles(t)[2]) || !strings.Contains(body, test.last) {
			t.Errorf("%s answers %d %s", test.path, status, body)
		}
		if status, _ := get("another"); status != http.StatusUnauthorized {
			t.Errorf("another key gets %d", status)
		}
		if code := s.end(t, os.Interrupt); code != 0 {
			t.Errorf("exit code %d", code)
		}
	}
}

// The line that serve offers works in a shell as it stands.
func TestServeOffersALineThatWorks(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, "--key", "it's-mine")
	_, line, _ := strings.Cut(s.said, "curl")
	line, _, _ = strings.Cut(line, "\n")
	// Each word of the line comes out on a line of its own.
	out, err := exec.CommandContext(t.Context(), "/bin/sh", "-c", "printf '%s\\n'"+line).Output()
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(words) != 8 || words[1] != s.url+"/api/anything/start" || words[3] != "Authorization: Bearer it's-mine" {
		t.Fatalf("the words are %q", words)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, words[1], strings.NewReader(words[7]))
	if err != nil {
		t.Fatal(err)
	}
	for _, header := range []string{words[3], words[5]} {
		name, value, _ := strings.Cut(header, ": ")
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if body, err := io.ReadAll(resp.Body); err != nil || !strings.Contains(string(body), `"type":"done"`) {
		t.Errorf("the line gives %d %s (%v)", resp.StatusCode, body, err)
	}
	if code := s.end(t, syscall.SIGTERM); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// The person's own key is for Notte and not for whoever reaches the port.
func TestServeDoesNotUseThePersonsKey(t *testing.T) {
	t.Parallel()
	s := serve(t, []string{envKey + "=the-real-key"})
	if strings.Contains(s.said, "the-real-key") || s.key == "" {
		t.Errorf("it says %s", s.said)
	}
}

func TestServeRefuses(t *testing.T) {
	t.Parallel()
	for says, args := range map[string][]string{
		"this machine only": {"--addr", "0.0.0.0:8787"},
		"write it as":       {"--addr", "8787"},
		"use visible ASCII": {"--key", "two words"},
		"use 0 for none":    {"--addr", "127.0.0.1:0", "--rate-limit", "-1"},
		"unknown command":   {"something"},
	} {
		got := runProgram(t, "", nil, append([]string{"serve"}, args...)...)
		if got.code != 1 || got.out != "" || !strings.Contains(got.err, says) {
			t.Errorf("%q gives exit code %d and %q", args, got.code, got.err)
		}
	}
}

// Without the sample site there is the API alone, and an example that needs no
// site.
func TestServeWithoutTheSite(t *testing.T) {
	t.Parallel()
	for site, status := range map[string]int{"true": http.StatusOK, "false": http.StatusNotFound} {
		s := serve(t, nil, "--site="+site)
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/news", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != status {
			t.Errorf("--site=%s: GET /news answers %d, want %d", site, resp.StatusCode, status)
		}
		if offers := strings.Contains(s.said, "/news"); offers != (site == "true") {
			t.Errorf("--site=%s says %q", site, s.said)
		}
		s.end(t, os.Interrupt)
	}
}
