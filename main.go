// Command notturno puts Notte's web agents to work from a terminal: type a
// task, watch the agent reason, use its tools and answer, open its browser
// session, stop it with one key.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"notturno/api"
	"notturno/ui"
)

// version is set when a release is built.
var version = "dev"

func main() {
	os.Exit(run())
}

// run is main with an exit code, so that deferred calls happen.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	err := newRoot(takeEnvironment()).ExecuteContext(ctx)
	var code exitCode
	var killed *ui.Killed
	switch {
	case err == nil:
		return 0
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &killed):
		stop()
		return dieBy(killed.Signal)
	}
	// The text can hold words of a server.
	_, _ = fmt.Fprintf(os.Stderr, "notturno: %s\n", api.Clean(err.Error()))
	return 1
}

// exitCode ends the program without a word: everything has been said.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

// dieBy ends the program by a signal, so that its parent sees how it ended. Go
// answers SIGQUIT with a dump of all goroutines, so that one, and a signal that
// cannot be sent, become the exit code that a shell would make of it.
func dieBy(s os.Signal) int {
	if s != syscall.SIGQUIT {
		signal.Reset(s)
		if self, err := os.FindProcess(os.Getpid()); err == nil && self.Signal(s) == nil {
			select {} // the signal is on its way
		}
	}
	if number, ok := s.(syscall.Signal); ok {
		return 128 + int(number)
	}
	return 1
}
