// Package plain is a run without a screen: progress as lines on standard
// error and the answer alone on standard output, or one JSON object per event.
//
// It folds the same arrivals into the same state.Run as the screen does, and
// knows nothing of Bubble Tea.
package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"notturno/api"
	"notturno/state"
	"notturno/state/feed"
)

// The exit codes of a run. Only a run that is done ends with 0.
const (
	ExitDone          = 0
	ExitFailed        = 1
	ExitNotAuthorised = 3
	ExitConnection    = 4
	ExitTimedOut      = 5
	ExitCancelled     = 130
)

// Config says what to run and where its output goes.
type Config struct {
	Client  *api.Client
	Backend string // state.LocalBackend, or the service's host
	Task    string
	JSON    bool
	Out     io.Writer // the answer, or JSON lines
	Err     io.Writer // progress; unused with JSON
	Now     func() time.Time
}

// reporter tells about a run as it goes on.
type reporter interface {
	arrived(run *state.Run, a state.Arrival) error
	ended(run *state.Run) error
}

// errOutput says that standard output cannot be written: the reader of a pipe
// has gone, for example.
var errOutput = errors.New("failed to write the output")

// Run sends the task, once, and reports until the run has ended. The end of
// ctx cancels it. It returns the exit code; an error says that the output
// could not be written.
func Run(ctx context.Context, config Config) (int, error) {
	now := config.Now()
	run := state.New("1", config.Backend, config.Task, now)
	run.Connect(now)
	f := feed.Start(ctx, config.Client, config.Task)
	defer f.Cancel()
	var report reporter = newLines(config.Out, config.Err)
	if config.JSON {
		report = newObjects(config.Out)
	}
	for !run.Closed {
		// The feed ends by itself when ctx does, so that its end is seen.
		for _, a := range f.Next(context.WithoutCancel(ctx)) {
			ended := run.Phase.Ended()
			run.Apply([]state.Arrival{a})
			if ended || a.End {
				continue
			}
			if err := report.arrived(run, a); err != nil {
				return ExitFailed, fmt.Errorf("%w: %w", errOutput, err)
			}
		}
	}
	if err := report.ended(run); err != nil {
		return ExitFailed, fmt.Errorf("%w: %w", errOutput, err)
	}
	return ExitCode(run), nil
}

// ExitCode is the exit code of a run that has ended.
func ExitCode(run *state.Run) int {
	switch run.Phase {
	case state.Done:
		return ExitDone
	case state.TimedOut:
		return ExitTimedOut
	case state.Cancelled:
		return ExitCancelled
	case state.Interrupted:
		return ExitConnection
	default:
	}
	if run.Failure != nil {
		switch run.Failure.Cause {
		case state.CauseNotAuthorised:
			return ExitNotAuthorised
		case state.CauseConnection:
			return ExitConnection
		case state.CauseAgent:
		}
	}
	return ExitFailed
}
