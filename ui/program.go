package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Killed says that a signal ended the screen. The terminal is restored; the
// caller should die by the signal, as its parent expects.
type Killed struct{ Signal os.Signal }

func (k *Killed) Error() string { return fmt.Sprintf("ended by the signal %q", k.Signal) }

// errTerminalLost says that the terminal cannot be read or written any more:
// its window was closed, for example.
var errTerminalLost = errors.New("the terminal is gone")

// How long the screen may take to end by itself once it has to, and then to
// restore the terminal when it is made to.
const (
	endWithin  = time.Second
	killWithin = 500 * time.Millisecond
)

// Run shows the screen on a terminal until the person quits, and restores the
// terminal however it ends: by itself, by a panic, by a signal (then the error
// is a *Killed) or because the terminal is gone. All runs end with it. Agents
// and sessions are stopped then, within five seconds, unless the person has
// chosen to leave them; what became of them is written to report.
func Run(ctx context.Context, config Config, in, out *os.File, report io.Writer) error {
	config.in, config.out = in, out
	gone := make(chan struct{}, 1)
	app := New(ctx, config)
	defer app.endRuns()
	program := tea.NewProgram(app,
		tea.WithInput(&input{File: in, gone: gone}),
		tea.WithOutput(&output{File: out, gone: gone}),
		tea.WithFilter(plausibleSize),
		tea.WithoutSignalHandler())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	defer signal.Stop(signals)
	var failure error
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, failure = program.Run()
	}()
	why := func() error {
		select {
		case <-ended:
			return failure
		case s := <-signals:
			end(program, ended)
			return &Killed{Signal: s}
		case <-gone:
			end(program, ended)
			return errTerminalLost
		}
	}()
	patience, giveUp := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer giveUp()
	go func() {
		select {
		case <-signals: // once more: it shall not wait
			giveUp()
		case <-patience.Done():
		}
	}()
	select {
	case <-ended:
		app.settle(patience, report)
	default: // its loop stands still, and what it has cannot be touched
		app.endRuns()
		app.await(patience)
	}
	return why
}

// end asks the screen to end, and makes it when it does not.
func end(program *tea.Program, ended <-chan struct{}) {
	go program.Quit() // blocks while the screen's loop stands still
	select {
	case <-ended:
		return
	case <-time.After(endWithin):
	}
	go program.Kill()
	select {
	case <-ended:
	case <-time.After(killWithin):
	}
}

// input tells when the terminal cannot be read any more. Bubble Tea would live
// on without a window.
type input struct {
	*os.File
	gone chan<- struct{}
}

func (i *input) Read(p []byte) (int, error) {
	n, err := i.File.Read(p)
	if err != nil {
		tell(i.gone)
	}
	return n, err
}

// output tells when the terminal cannot be written any more.
type output struct {
	*os.File
	gone chan<- struct{}
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.File.Write(p)
	if err != nil {
		tell(o.gone)
	}
	return n, err
}

func tell(gone chan<- struct{}) {
	select {
	case gone <- struct{}{}:
	default:
	}
}

// The size of a terminal that does not know its own, and the largest that is
// believed.
const (
	usualWidth  = 80
	usualHeight = 24
	maxSide     = 4096
)

// plausibleSize replaces a size of nothing, which serial lines and containers
// report, and drops one that no terminal has.
func plausibleSize(_ tea.Model, msg tea.Msg) tea.Msg {
	size, ok := msg.(tea.WindowSizeMsg)
	if !ok {
		return msg
	}
	if size.Width > maxSide || size.Height > maxSide {
		return nil
	}
	if size.Width <= 0 || size.Height <= 0 {
		return tea.WindowSizeMsg{Width: usualWidth, Height: usualHeight}
	}
	return msg
}
