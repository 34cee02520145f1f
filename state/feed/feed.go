// Package feed brings what a live run says to whoever folds it.
//
// One goroutine per run reads the stream, stamps what arrives and puts it into
// a bounded buffer; one consumer takes it out in batches, at most one batch a
// frame. A consumer that stands still (a stalled terminal, an open editor)
// stops neither the reading nor the stamps; when the buffer is full the reader
// waits, and with it the socket. Nothing is ever dropped, except that of
// comments which follow each other only the last is kept.
//
// An automation is one request, whose stream ends with it. An agent is started,
// watched and stopped with several; it arrives in the same events, and what the
// requests themselves bring arrives between them.
package feed

import (
	"context"
	"fmt"
	"iter"
	"time"

	"notturno/api"
	"notturno/state"
)

// Frame is the least time between two batches: painting more often costs more
// and shows no more.
const Frame = 33 * time.Millisecond

// fullFrame is the same while there is more than a batch takes: batches are
// short, so that a key does not wait long for one, and come faster instead.
const fullFrame = 16 * time.Millisecond

// Feed is one run as it happens. Take is for one consumer.
type Feed struct {
	stop   func()
	leave  func()
	buffer *buffer
	ended  chan struct{} // closed after the End was put
}

// source is a run that can be read.
type source struct {
	// read gives what arrives to the feed until the run has ended. Its error is
	// why it ended without a terminal event.
	read func(f *Feed) error
	// stop asks for the end. It can be called at any time, more than once.
	stop func()
	// leave ends the reading and stops nothing. It can be called like stop.
	leave func()
}

// Start sends task to the Anything API, once, and reads what comes back until
// the stream ends, Cancel is called or ctx is done. It does not block.
func Start(ctx context.Context, client *api.Client, task string) *Feed {
	return start(ctx, func(ctx context.Context) iter.Seq2[api.Event, error] {
		return anything(ctx, client, task)
	})
}

// Cancel closes the stream of an automation, and asks an agent to stop: see
// StartAgent. What arrived before can still be taken.
func (f *Feed) Cancel() { f.stop() }

// Leave ends the watching of an agent and stops nothing: the agent and its
// session go on. A start that is under way is waited for, for three seconds, so
// that what it has started can be named. The stream of an automation is closed,
// as by Cancel.
func (f *Feed) Leave() { f.leave() }

// Next is Wait, and then Take. It returns nil when Wait returns false.
func (f *Feed) Next(ctx context.Context) []state.Arrival {
	if !f.Wait(ctx) {
		return nil
	}
	return f.Take()
}

// Wait waits for something to arrive, and lets a frame pass since the last
// Take. It returns false when the feed is over, that is after the End was
// taken, or when ctx is done. It takes nothing, so that nothing is lost with
// whoever waits; several may.
func (f *Feed) Wait(ctx context.Context) bool {
	if !f.buffer.wait(ctx) {
		return false
	}
	least := Frame
	if f.buffer.full() {
		least = fullFrame
	}
	frame := time.NewTimer(least - time.Since(f.buffer.lastTaken()))
	defer frame.Stop()
	select {
	case <-frame.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// Take returns what is there, in order; nil when that is nothing.
func (f *Feed) Take() []state.Arrival { return f.buffer.take() }

// Ended is closed when the run has ended here and the End is there to be taken.
func (f *Feed) Ended() <-chan struct{} { return f.ended }

// start reads a stream that ends with its context.
func start(ctx context.Context, open func(context.Context) iter.Seq2[api.Event, error]) *Feed {
	ctx, cancel := context.WithCancel(ctx)
	return follow(source{stop: cancel, leave: cancel, read: func(f *Feed) error {
		defer cancel()
		return f.take(ctx, open(ctx))
	}})
}

// follow reads a run in a goroutine of its own.
func follow(s source) *Feed {
	f := &Feed{stop: s.stop, leave: s.leave, buffer: newBuffer(), ended: make(chan struct{})}
	go f.run(s)
	return f
}

// run reads to the end. A panic below ends this run, not the program.
func (f *Feed) run(s source) {
	var failure error
	defer func() {
		if p := recover(); p != nil {
			failure = fmt.Errorf("internal error while reading the stream: %v", p)
		}
		f.buffer.squeeze(state.Arrival{At: time.Now(), End: true, Err: failure})
		close(f.ended)
	}()
	failure = s.read(f)
}

// take stamps events into the buffer.
func (f *Feed) take(ctx context.Context, events iter.Seq2[api.Event, error]) error {
	for event, err := range events {
		if err != nil {
			return err
		}
		if !f.buffer.put(ctx, state.Arrival{At: time.Now(), Event: event}) {
			return ctx.Err()
		}
	}
	return nil
}

// tell puts news of an agent between its events.
func (f *Feed) tell(change state.AgentChange) {
	f.buffer.squeeze(state.Arrival{At: time.Now(), Agent: &change})
}

func anything(ctx context.Context, client *api.Client, task string) iter.Seq2[api.Event, error] {
	return func(yield func(api.Event, error) bool) {
		stream, err := client.StartAnything(ctx, task)
		if err != nil {
			yield(api.Event{}, err)
			return
		}
		defer func() { _ = stream.Close() }() // the events have told what went wrong
		for event, err := range stream.Events() {
			if !yield(event, err) {
				return
			}
		}
	}
}
