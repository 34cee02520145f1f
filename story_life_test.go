//go:build unix

package main

import (
	"errors"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// A signal ends the program as the sender expects, and the terminal is as it
// was before.
func TestSignals(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			slow := newSlowSite(t)
			page := slow.page("/page")
			x := startTerminal(t, 100, 30, nil)
			x.submit("read " + slow.URL + "/page")
			await(t, "opening the page", page.asked)
			x.waitText("open_page")
			if err := x.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			wantDeathBy(t, x.wait(), signal)
			x.wantRestored()
			if _, after, _ := strings.Cut(x.output(), "\x1b[?1049l"); strings.Contains(after, "\x1b]11") || strings.Contains(after, "goroutine") {
				t.Errorf("after the terminal was restored the program wrote %q", after)
			}
			await(t, "the end of the agent's request", page.left)
		})
	}
}

// wantDeathBy wants a program that ended by the signal, or, for the one that Go
// programs cannot die by without a dump, as a shell would report it.
func wantDeathBy(t *testing.T, err error, signal syscall.Signal) {
	t.Helper()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		t.Fatalf("the program ended with %v, want the signal %v", err, signal)
	}
	if signal == syscall.SIGQUIT {
		if exit.ExitCode() != 128+int(signal) {
			t.Errorf("the program ended with %v, want exit code %d", exit, 128+int(signal))
		}
		return
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); !ok || !status.Signaled() || status.Signal() != signal {
		t.Errorf("the program ended with %v, want the signal %v", exit, signal)
	}
}

// A program whose window was closed ends, whatever it was doing.
func TestClosedWindow(t *testing.T) {
	t.Parallel()
	slow := newSlowSite(t)
	page := slow.page("/page")
	x := startTerminal(t, 100, 30, nil)
	x.submit("read " + slow.URL + "/page")
	await(t, "opening the page", page.asked)
	x.waitText("open_page")
	if err := x.master.Close(); err != nil {
		t.Fatal(err)
	}
	if err := x.wait(); err == nil {
		t.Error("the program ended with exit code 0, want another or a signal")
	}
	await(t, "the end of the agent's request", page.left)
}

// A terminal that cannot show the screen gets a sentence, and nothing else.
func TestDumbTerminal(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"dumb", ""} {
		t.Run("TERM="+kind, func(t *testing.T) {
			t.Parallel()
			x := startTerminal(t, 100, 30, []string{"TERM=" + kind})
			var exit *exec.ExitError
			if err := x.wait(); !errors.As(err, &exit) || exit.ExitCode() <= 0 {
				t.Errorf("the program ended with %v, want an exit code", err)
			}
			wantExcuse(t, x.output())
			x.wantRestored()
		})
	}
}

// wantExcuse wants a sentence that says why there is no screen and what works
// instead, without a control sequence.
func wantExcuse(t *testing.T, output string) {
	t.Helper()
	text := strings.Join(strings.Fields(output), " ")
	if !strings.Contains(text, "terminal") || !strings.Contains(text, "notturno run") {
		t.Errorf("the program said %q", output)
	}
	if strings.ContainsAny(output, "\x1b\u009b") {
		t.Errorf("the program wrote control sequences: %q", output)
	}
}

// A terminal that reports no size is taken for a usual one.
func TestNoSize(t *testing.T) {
	t.Parallel()
	x := startTerminal(t, 0, 0, nil)
	x.waitText("notturno", "local", "Type a task")
	x.resize(100, 30)
	x.waitFor("the new size", func(s screen) bool { return ansi.StringWidth(lastRule(s)) == 100 })
	x.quit()
}

// With NO_COLOR there is no colour, and the words say everything.
func TestNoColor(t *testing.T) {
	t.Parallel()
	s := newService(t, says(
		object("tool_start", "name", "open_page"), object("tool_result", "content", "ok"),
		delta("# Title\n\n```go\nfunc main() {}\n```\n\n[a](https://a.example)"), doneEvent))
	x := startTerminal(t, 120, 40, append(s.env(), "NO_COLOR=1"))
	x.submit("say it")
	x.waitText("done", "Title", "func main()")
	for seq := range sequences(x.output()) {
		if params, final, ok := csi(seq); ok && final == "m" && colours(params) {
			t.Errorf("the program wrote the colour %q", seq)
		}
	}
	x.quit()
}

// colours reports whether the parameters of an SGR sequence set a colour.
func colours(params string) bool {
	if strings.HasPrefix(params, ">") { // a keyboard mode
		return false
	}
	for param := range strings.SplitSeq(strings.ReplaceAll(params, ":", ";"), ";") {
		switch {
		case len(param) == 2 && strings.ContainsAny(param[:1], "34"),
			len(param) == 2 && param[0] == '9', len(param) == 3:
			return param != "39" && param != "49"
		}
	}
	return false
}

// A program in which nothing happens writes nothing.
func TestIdle(t *testing.T) {
	t.Parallel()
	x := startTerminal(t, 120, 40, nil)
	x.waitText("Try", "local")
	x.waitQuiet(500 * time.Millisecond)
	s := newService(t, says(delta("Read."), doneEvent))
	y := startTerminal(t, 120, 40, s.env())
	y.submit("read it")
	y.waitText("done", "Read.")
	y.waitQuiet(500 * time.Millisecond)
	x.quit()
	y.quit()
}

// waitQuiet waits until nothing was written for so long.
func (x *terminal) waitQuiet(d time.Duration) {
	x.t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for {
		_, changed := x.now()
		select {
		case <-changed:
		case <-time.After(d):
			return
		case <-deadline.C:
			x.t.Fatalf("the program never stood still for %v", d)
		}
	}
}
