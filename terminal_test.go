//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// Keys as a terminal without a keyboard protocol sends them.
const (
	enter     = "\r"
	escape    = "\x1b"
	backspace = "\x7f"
	f1        = "\x1bOP"
	pasteOn   = "\x1b[200~"
	pasteOff  = "\x1b[201~"
)

// ctrl is the byte of ctrl and a letter.
func ctrl(letter byte) string { return string(rune(letter & 0x1f)) }

// alt is the bytes of alt and a key.
func alt(key string) string { return escape + key }

// terminal is the program on a pseudo-terminal, and an emulator that shows
// what it paints.
type terminal struct {
	t      *testing.T
	cmd    *exec.Cmd
	master *os.File
	before *term.State // the terminal's settings before the program began
	home   string      // HOME and the parent of XDG_DATA_HOME
	opened *opener

	mu      sync.Mutex
	screen  *vt.Emulator
	rows    int
	title   string
	pending string         // a control sequence that has not come as a whole
	raw     bytes.Buffer   // everything that the program wrote
	watched map[string]int // text → chunk of output with which it first showed
	chunks  int
	changed chan struct{} // closed and replaced with each chunk

	ended chan struct{} // closed when the program and its output have ended
	err   error         // how it ended; read after ended
}

// startTerminal starts the program with a fixed environment, env beyond it,
// and args. The program is killed at the end of the test.
func startTerminal(t *testing.T, cols, rows int, env []string, args ...string) *terminal {
	t.Helper()
	return startCommand(t, cols, rows, env, program, args...)
}

// startCommand is startTerminal for another program.
func startCommand(t *testing.T, cols, rows int, env []string, name string, args ...string) *terminal {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	x := &terminal{
		t: t, master: master, home: t.TempDir(), opened: newOpener(t),
		screen: vt.NewEmulator(max(cols, 1), max(rows, 1)), rows: max(rows, 1),
		watched: map[string]int{}, changed: make(chan struct{}), ended: make(chan struct{}),
	}
	if cols == 0 || rows == 0 { // what a terminal without a size is taken for
		x.screen, x.rows = vt.NewEmulator(80, 24), 24
	}
	x.before = x.settings()
	x.setSize(cols, rows)
	x.cmd = exec.CommandContext(t.Context(), name, args...)
	x.cmd.Dir = x.home // where it saves files
	x.cmd.Env = append(programEnv(x.home, x.opened.dir), env...)
	x.cmd.Stdin, x.cmd.Stdout, x.cmd.Stderr = tty, tty, tty
	x.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := x.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = tty.Close() // the program has its own
	x.serve()
	return x
}

// programEnv is the environment of the program under test.
func programEnv(home, bin string) []string {
	return []string{
		"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8",
		"HOME=" + home, "XDG_DATA_HOME=" + home + "/data",
		"PATH=" + bin + ":/usr/bin:/bin",
	}
}

// serve shows what the program writes and answers what it asks, until the end.
func (x *terminal) serve() {
	replies, read := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(replies)
		_, _ = io.Copy(x.master, x.screen) // ends when the screen's pipe is closed
	}()
	go func() {
		defer close(read)
		buffer := make([]byte, 64<<10)
		for {
			n, err := x.master.Read(buffer)
			x.show(buffer[:n])
			if err != nil { // the program has let go of the terminal
				return
			}
		}
	}()
	go func() {
		x.err = x.cmd.Wait()
		<-read
		_ = x.screen.InputPipe().(io.Closer).Close()
		<-replies
		close(x.ended)
	}()
	x.t.Cleanup(func() {
		<-x.ended // the end of the test's context kills the program
		_ = x.master.Close()
		if output := x.output(); strings.Contains(output, "DATA RACE") {
			x.t.Errorf("the program has a data race:\n%s", output)
		}
	})
}

func (x *terminal) show(chunk []byte) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.chunks++
	x.raw.Write(chunk)
	x.paint(chunk)
	if len(x.watched) > 0 {
		shown := x.screen.String()
		for text, at := range x.watched {
			if at == 0 && strings.Contains(shown, text) {
				x.watched[text] = x.chunks
			}
		}
	}
	close(x.changed)
	x.changed = make(chan struct{})
}

// paint hands output to the emulator, without the window's titles: it takes a
// byte 9C within a character, such as the second of ✓, for the end of a string.
func (x *terminal) paint(chunk []byte) {
	x.pending += string(chunk)
	for x.pending != "" {
		seq := x.pending[:sequenceLength(x.pending)]
		if !complete(seq) {
			return
		}
		x.pending = x.pending[len(seq):]
		if number, text, ok := osc(seq); ok && (number == "0" || number == "2") {
			x.title = text
			continue
		}
		_, _ = x.screen.Write([]byte(x.withinScreen(seq)))
	}
}

// withinScreen cuts the scroll region that output of before a resize sets to
// the screen as it is now, as terminals do and the emulator does not.
func (x *terminal) withinScreen(seq string) string {
	params, final, ok := csi(seq)
	if !ok || final != "r" {
		return seq
	}
	top, bottom, _ := strings.Cut(params, ";")
	last, err := strconv.Atoi(bottom)
	first, topErr := strconv.Atoi(top)
	if err != nil || topErr != nil || last <= x.rows {
		return seq
	}
	if first >= x.rows {
		return "\x1b[r"
	}
	return fmt.Sprintf("\x1b[%d;%dr", first, x.rows)
}

// watch notes when each text shows for the first time; see firstShown.
func (x *terminal) watch(texts ...string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, text := range texts {
		x.watched[text] = 0
	}
}

// firstShown is the number of the chunk of output with which a watched text
// first showed, 0 for never.
func (x *terminal) firstShown(text string) int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.watched[text]
}

// send writes bytes as the keyboard would.
func (x *terminal) send(keys string) {
	x.t.Helper()
	if _, err := io.WriteString(x.master, keys); err != nil {
		x.t.Fatalf("failed to type %.40q: %v", keys, err)
	}
}

// submit types a task, waits until it shows, and starts it.
func (x *terminal) submit(task string) {
	x.t.Helper()
	x.send(task)
	x.waitFor("the typed task", func(s screen) bool { return strings.Contains(s.prompt(), tail(task, 30)) })
	x.send(enter)
}

// now is the screen, and a channel that is closed when it changes.
func (x *terminal) now() (screen, <-chan struct{}) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return newScreen(x.screen.String(), x.rows), x.changed
}

// waitFor waits until the screen is as it should be, and returns it. It fails
// with the screen when that does not happen or the program ends.
func (x *terminal) waitFor(what string, ok func(screen) bool) screen {
	x.t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for {
		shown, changed := x.now()
		if ok(shown) {
			return shown
		}
		select {
		case <-changed:
		case <-x.ended:
			if shown, _ := x.now(); ok(shown) {
				return shown
			}
			x.t.Fatalf("the program ended (%v) before %s showed:\n%s", x.err, what, shown)
		case <-deadline.C:
			x.t.Fatalf("%s did not show:\n%s", what, shown)
		}
	}
}

// waitText waits until all the texts show, wherever.
func (x *terminal) waitText(texts ...string) screen {
	x.t.Helper()
	return x.waitFor(strings.Join(texts, " and "), func(s screen) bool { return s.has(texts...) })
}

// resize changes the terminal's size.
func (x *terminal) resize(cols, rows int) {
	x.t.Helper()
	x.mu.Lock()
	x.screen.Resize(cols, rows)
	_, _ = x.screen.Write([]byte("\x1b[r")) // a resize undoes the scroll region
	x.rows = rows
	x.mu.Unlock()
	x.setSize(cols, rows)
}

func (x *terminal) setSize(cols, rows int) {
	x.t.Helper()
	if err := pty.Setsize(x.master, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}); err != nil {
		x.t.Fatal(err)
	}
}

// settings are the terminal's own: echo, line mode and so on.
func (x *terminal) settings() *term.State {
	x.t.Helper()
	conn, err := x.master.SyscallConn()
	if err != nil {
		x.t.Fatal(err)
	}
	var state *term.State
	controlErr := conn.Control(func(fd uintptr) { state, err = term.GetState(fd) })
	if err := errors.Join(controlErr, err); err != nil {
		x.t.Fatalf("failed to read the terminal's settings: %v", err)
	}
	return state
}

// output is what the program has written so far, and all of it after its end: a
// control sequence that is still on its way is not looked at.
func (x *terminal) output() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	text := x.raw.String()
	select {
	case <-x.ended:
		return text
	default:
		return text[:len(text)-len(x.pending)]
	}
}

// wait waits for the program's end.
func (x *terminal) wait() error {
	x.t.Helper()
	select {
	case <-x.ended:
		return x.err
	case <-time.After(patience):
		shown, _ := x.now()
		x.t.Fatalf("the program did not end:\n%s", shown)
		return nil
	}
}

// quit ends the program by its key and checks what it leaves behind.
func (x *terminal) quit() {
	x.t.Helper()
	x.send(ctrl('q'))
	x.wantEnd()
}

// wantEnd waits for the program's end, which must be a good one, and checks what
// it leaves behind.
func (x *terminal) wantEnd() {
	x.t.Helper()
	if err := x.wait(); err != nil {
		x.t.Errorf("the program ended with %v, want exit code 0", err)
	}
	x.wantRestored()
}

// wantRestored fails unless the terminal is as it was before the program.
func (x *terminal) wantRestored() {
	x.t.Helper()
	for _, fault := range unrestored(x.output()) {
		x.t.Errorf("the program left the terminal with %s", fault)
	}
	if after := x.settings(); !reflect.DeepEqual(after, x.before) {
		x.t.Errorf("the terminal's settings are %+v, want %+v as before", after, x.before)
	}
}
