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

// How long agents and sessions may take to stop once the screen is gone, in
// all, and when what has not even been asked by then is asked directly.
const (
	settleWithin   = 5 * time.Second
	directlyAfter  = 3500 * time.Millisecond
	stopWithin     = 3 * time.Second // an agent; then there is time for its session
	lookForStarted = "what was being started is not known: look for it among the sessions and agents of the service"
)

// settle stops what the runs have left at the service, or leaves it there, and
// tells what was confirmed and what is left. It is for the time after the
// screen, when nothing else uses the App. ctx limits the waiting.
func (a *App) settle(ctx context.Context, out io.Writer) {
	a.deafen()
	if !a.leave {
		a.endRuns()
	}
	live := a.live() // before what has arrived since: it tells what became of them
	a.foldRest()
	if len(live) > 0 && !a.leave {
		_, _ = fmt.Fprintf(out, "stopping the agents and sessions of %s…\n", part.Count(len(live), "run"))
	}
	var each sync.WaitGroup
	for _, t := range live {
		each.Go(func() { a.settleRun(ctx, t) })
	}
	each.Wait()
	for _, t := range live {
		a.report(out, t)
	}
	a.stops.settle(ctx, out)
}

// foldRest takes what had arrived and was not folded when the screen ended.
func (a *App) foldRest() {
	for _, t := range a.runs.tabs {
		if t.feed == nil {
			continue
		}
		for arrivals := t.feed.Take(); arrivals != nil; arrivals = t.feed.Take() {
			t.run.Apply(arrivals)
		}
	}
}

// settleRun brings one run to its end. The end of the runs' context stops the
// agents that are watched and their sessions; what was out of sight or refused
// before, and kept sessions, are stopped here.
func (a *App) settleRun(ctx context.Context, t *tab) {
	again := t.run.Closed // nothing was asked because the program ends
	if t.feed != nil && a.leave {
		t.feed.Leave()
	}
	a.drain(ctx, t)
	if a.leave || !t.run.Closed {
		return
	}
	// One that was only asked for was asked by a key, whose answer is not
	// waited for any more.
	open := func(stop state.Stop) bool {
		return stop == state.StopNone || stop == state.StopAsked || again && stop != state.StopConfirmed
	}
	learn := func(change state.AgentChange) {
		t.run.Apply([]state.Arrival{{At: a.config.Now(), Agent: &change}})
	}
	if left := t.run.Left(); left.Agent != "" && open(t.run.Agent.Stop) {
		patient, enough := context.WithTimeout(ctx, stopWithin)
		learn(feed.StopAgent(patient, a.config.Client, string(left.Agent), string(left.Session)))
		enough()
	}
	if left := t.run.Left(); left.OwnSession && open(t.run.Agent.SessionStop) {
		learn(feed.StopSession(ctx, a.config.Client, string(left.Session)))
	}
}

// drain folds what arrives, up to the End. A session of its own that nobody
// has asked to stop when little time is left is asked directly.
func (a *App) drain(ctx context.Context, t *tab) {
	soon, enough := context.WithTimeout(ctx, directlyAfter)
	defer enough()
	for t.feed != nil && !t.run.Closed {
		if arrivals := t.feed.Next(soon); arrivals != nil {
			t.run.Apply(arrivals)
			continue
		}
		if soon == ctx || ctx.Err() != nil {
			return
		}
		soon = ctx
		if left := t.run.Left(); !a.leave && left.OwnSession && t.run.Agent.SessionStop == state.StopNone {
			change := feed.StopSession(ctx, a.config.Client, string(left.Session))
			t.run.Apply([]state.Arrival{{At: a.config.Now(), Agent: &change}})
		}
	}
}

// await waits for the runs to end by themselves.
func (a *App) await(ctx context.Context) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		a.feeds.Wait()
	}()
	select {
	case <-ended:
	case <-ctx.Done():
	}
}

// report tells what became of a run, and of its agent and session.
func (a *App) report(out io.Writer, t *tab) {
	say := func(line string) { _, _ = fmt.Fprintf(out, "  %s\n", api.Clean(line).Line()) }
	_, _ = fmt.Fprintf(out, "%s\n", part.Line(head(t.run.Task), maxTitle))
	for _, line := range t.run.OutcomeLines() {
		say(line)
	}
	left := t.run.Left()
	switch {
	case left == (state.Left{}) && !t.run.Closed:
		say(lookForStarted)
	case left == (state.Left{}):
	case a.config.Backend == state.LocalBackend:
		say("left: " + leftText(left, api.Text.Line) + ", which ended with the local backend")
	case !t.run.Closed:
		say("left: " + leftText(left, api.Text.Line) + ", which may be going on, and may be billed: a stop was not confirmed in time")
	default:
		say("left: " + leftText(left, api.Text.Line))
	}
}
