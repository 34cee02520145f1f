package api

import (
	"context"
	"encoding/json"
	"iter"
	"time"
)

// AgentWatch says which agent to watch, and what its end can be told from.
type AgentWatch struct {
	AgentID string
	// SessionID is the agent's session; empty asks the service for it.
	SessionID string
	// MaxSteps is how many steps the agent may take; 0 is not known, and then
	// the step limit is a failure like others.
	MaxSteps int
	// Stopping reports whether somebody has asked for the agent to be stopped,
	// so that its end is no failure; nil means that nobody does. It is called
	// from the goroutine that ranges over the events.
	Stopping func() bool
}

// The times of watching.
const (
	pollEvery    = time.Second
	linkWithin   = 10 * time.Second // to learn of the viewer link and the log's token
	replayWithin = time.Second      // for the log to begin to tell the steps so far
	settleWithin = 2 * time.Second  // for the log to end after the agent has
)

// WatchAgent yields what an agent does, in the events of an automation, from
// its first step until its end; of an agent that has ended, it yields the
// same. First comes a Connected, then the viewer link if there is one. Each
// step is reasoning (how the last goal went, what the agent remembers, its
// next goal), then a call of a tool, whose ID is the number of the step,
// counted from 0; what the next step says of it is its result. A Status tells
// the goal of the step. The end is a Done after the answer as a TextDelta, a
// Failed (StepLimit is one), or a Cancelled when the agent was stopped.
//
// The events come live from the agent's log. When that is refused, breaks off
// or goes quiet for Config.IdleTimeout, a Status that begins with "polling"
// and a Notice say so, and the agent's status is read every second instead;
// each step is told once all the same. An error comes last: an *Error when the
// service does not know the agent, a *TransportError when it cannot be
// reached. Cancelling ctx ends the watching, not the agent.
//
// Values that are secret are masked in the events and in their Raw, which is
// what a Decoder makes the same events of.
func (c *Client) WatchAgent(ctx context.Context, watch AgentWatch) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		w := &agentWatcher{
			client: c, watch: watch, yield: yield,
			teller: agentTeller{mask: newMask(c.config.Key)},
		}
		w.run(ctx)
	}
}

// agentWatcher is one range over the events of an agent.
type agentWatcher struct {
	client *Client
	watch  AgentWatch
	yield  func(Event, error) bool
	teller agentTeller
	over   bool // the agent's end was told, or nobody wants to hear more

	// kept are the steps that the status had when the log was opened. They
	// wait for the log to tell them itself, with what came between them.
	kept []json.RawMessage
	// next is the step that the log tells next, if it tells one again.
	next int
}

func (w *agentWatcher) run(ctx context.Context) {
	if err := needID("agent", w.watch.AgentID); err != nil {
		w.fail(err)
		return
	}
	answer, err := w.status(ctx)
	if err != nil {
		w.fail(err)
		return
	}
	if w.watch.SessionID == "" {
		w.watch.SessionID = string(answer.SessionID)
	}
	w.say(Event{Data: Connected{}})
	w.link(ctx)
	if w.over {
		return
	}
	why := w.follow(ctx, answer)
	if !w.over {
		w.poll(ctx, why)
	}
}

// say yields events until the agent's end.
func (w *agentWatcher) say(events ...Event) {
	for _, event := range events {
		if w.over {
			return
		}
		w.over = !w.yield(event, nil) || Terminal(event.Data)
	}
}

// fail yields an error, which is the last.
func (w *agentWatcher) fail(err error) {
	if !w.over {
		w.over = true
		w.yield(Event{}, err)
	}
}

// cancelled is the end of the watching when ctx has ended.
func (w *agentWatcher) cancelled(ctx context.Context) {
	w.fail(w.client.callError(ctx, call{}, true, ctx.Err()))
}

// link tells the viewer link. An agent can be watched without it, so that it
// is not known is no error.
func (w *agentWatcher) link(ctx context.Context) {
	if w.watch.SessionID == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, linkWithin)
	defer cancel()
	raw, err := w.client.getOnce(ctx, nil, "sessions", w.watch.SessionID)
	if err != nil {
		return
	}
	if url := w.client.capability(objectOf(raw).line("viewer_url")); url != "" {
		w.say(w.teller.viewer(url))
	}
}

// status reads the agent's status.
func (w *agentWatcher) status(ctx context.Context) (agentAnswer, error) {
	raw, err := w.client.get(ctx, nil, "agents", w.watch.AgentID)
	return agentAnswerOf(objectOf(raw)), err
}

// statusNow is status while the log waits: once, and not for long.
func (w *agentWatcher) statusNow(ctx context.Context) (agentAnswer, error) {
	ctx, cancel := context.WithTimeout(ctx, linkWithin)
	defer cancel()
	raw, err := w.client.getOnce(ctx, nil, "agents", w.watch.AgentID)
	return agentAnswerOf(objectOf(raw)), err
}

// catchUp tells the steps that were not told yet.
func (w *agentWatcher) catchUp(steps []json.RawMessage) {
	for i := len(w.teller.steps); i < len(steps) && !w.over; i++ {
		w.say(w.teller.step(w.teller.mask.agentStep(steps[i]))...)
	}
}

// finish tells what was not told yet of an agent that has ended, and its end.
func (w *agentWatcher) finish(a agentAnswer) {
	w.release()
	w.catchUp(a.steps)
	stopping := w.watch.Stopping != nil && w.watch.Stopping()
	w.say(w.teller.end(a, w.watch.MaxSteps, stopping)...)
}

// release tells the kept steps, for the log does not.
func (w *agentWatcher) release() {
	w.catchUp(w.kept)
	w.kept = nil
}

// poll reads the status until the agent has ended. The reason why the log is
// not followed is told if the agent has not.
func (w *agentWatcher) poll(ctx context.Context, why Text) {
	w.release()
	for {
		answer, err := w.status(ctx)
		if ctx.Err() != nil {
			w.cancelled(ctx)
			return
		}
		if err != nil {
			w.fail(err)
			return
		}
		if answer.Closed() {
			w.finish(answer)
			return
		}
		if !w.teller.polling {
			w.say(w.teller.startPolling(why)...)
		}
		w.catchUp(answer.steps)
		if w.over {
			return
		}
		if !sleep(ctx, pollEvery) {
			w.cancelled(ctx)
			return
		}
	}
}
