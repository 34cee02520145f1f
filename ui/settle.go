package ui

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"notturno/api"
	"notturno/state"
	"notturno/state/feed"
	"notturno/ui/part"
)

// settleWithin is how long agents and sessions may take to stop once the
// screen is gone.
const settleWithin = 5 * time.Second

// settle stops what the runs have left at the service, or leaves it there, and
// tells what was confirmed and what is left. It is for the time after the
// screen, when nothing else uses the App. ctx ends the waiting.
func (a *App) settle(ctx context.Context, out io.Writer) {
	live := a.live()
	if len(live) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, settleWithin)
	defer cancel()
	if !a.leave {
		_, _ = fmt.Fprintf(out, "stopping the agents and sessions of %s…\n", part.Count(len(live), "run"))
	}
	var each sync.WaitGroup
	for _, t := range live {
		each.Go(func() { a.settleRun(ctx, t) })
	}
	each.Wait()
	for _, t := range live {
		a.report(out, t.run)
	}
}

// settleRun brings one run to its end. The end of the runs' context stops the
// agents that are watched and their sessions; what was out of sight, and kept
// sessions, are stopped here.
func (a *App) settleRun(ctx context.Context, t *tab) {
	if t.feed != nil && a.leave {
		t.feed.Leave()
	}
	for !t.run.Closed && t.feed != nil {
		arrivals := t.feed.Next(ctx)
		if arrivals == nil {
			break
		}
		t.run.Apply(arrivals)
	}
	if a.leave || !t.run.Closed {
		return
	}
	learn := func(change state.AgentChange) {
		t.run.Apply([]state.Arrival{{At: a.config.Now(), Agent: &change}})
	}
	// One that was only asked for was asked by a key, whose answer is not
	// waited for any more.
	open := func(stop state.Stop) bool { return stop == state.StopNone || stop == state.StopAsked }
	if left := t.run.Left(); left.Agent != "" && open(t.run.Agent.Stop) {
		learn(feed.StopAgent(ctx, a.config.Client, string(left.Agent), string(left.Session)))
	}
	if left := t.run.Left(); left.OwnSession && open(t.run.Agent.SessionStop) {
		learn(feed.StopSession(ctx, a.config.Client, string(left.Session)))
	}
}

// report tells what became of a run's agent and session.
func (a *App) report(out io.Writer, run *state.Run) {
	_, _ = fmt.Fprintf(out, "%s\n", part.Line(head(run.Task), maxTitle))
	for _, line := range run.AgentLines() {
		_, _ = fmt.Fprintf(out, "  %s\n", line)
	}
	left := run.Left()
	switch {
	case left == (state.Left{}):
	case a.config.Backend == state.LocalBackend:
		_, _ = fmt.Fprintf(out, "  left: %s, which ended with the local backend\n", leftText(left, api.Text.Line))
	default:
		_, _ = fmt.Fprintf(out, "  left: %s\n", leftText(left, api.Text.Line))
	}
}
