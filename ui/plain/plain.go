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
	// Agent is the order of an agent, which has its own task; nil runs Task as
	// an automation.
	Agent *state.AgentOrder
	// Names are what the person calls the fields of an agent's request.
	Names map[string]string
	JSON  bool
	Out   io.Writer // the answer, or JSON lines
	Err   io.Writer // progress; unused with JSON
	Now   func() time.Time
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
// ctx cancels it, and so does output that cannot be written. It returns the
// exit code; an error says that the output could not be written.
func Run(ctx context.Context, config Config) (int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	run, f := begin(ctx, config)
	report := newReporter(config)
	var broken error
	for !run.Closed {
		// The feed ends by itself when ctx does, so that its end is seen.
		for _, a := range f.Next(context.WithoutCancel(ctx)) {
			ended := run.Phase.Ended()
			run.Apply([]state.Arrival{a})
			if (ended && a.Agent == nil) || a.End || broken != nil {
				continue
			}
			if broken = report.arrived(run, a); broken != nil {
				cancel()
			}
		}
	}
	if broken == nil {
		broken = report.ended(run)
	}
	if broken != nil {
		return ExitFailed, fmt.Errorf("%w: %w", errOutput, broken)
	}
	return ExitCode(run), nil
}

// begin starts the run.
func begin(ctx context.Context, config Config) (*state.Run, *feed.Feed) {
	now := config.Now()
	if config.Agent != nil {
		run := state.NewAgent("1", config.Backend, *config.Agent, now)
		run.Connect(now)
		return run, feed.StartAgent(ctx, config.Client, *config.Agent)
	}
	run := state.New("1", config.Backend, config.Task, now)
	run.Connect(now)
	return run, feed.Start(ctx, config.Client, config.Task)
}

func newReporter(config Config) reporter {
	if config.JSON {
		return newObjects(config.Out, config.Names)
	}
	return newLines(config.Out, config.Err, config.Names)
}

// says is what is known about how a run ended, one matter a line: the fields
// that the service refused are named as the person knows them.
func says(run *state.Run, names map[string]string) []string {
	said := run.OutcomeLines()
	if run.Failure == nil {
		return said
	}
	for _, field := range run.Failure.Fields {
		if name := names[field.Field()]; name != "" {
			said = append(said, name+": "+field.Message.Line())
		}
	}
	return said
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
