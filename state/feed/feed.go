// Package feed brings what a live run says to whoever folds it.
//
// One goroutine per run reads the stream, stamps what arrives and puts it into
// a bounded buffer; one consumer takes it out in batches, at most one batch a
// frame. A consumer that stands still (a stalled terminal, an open editor)
// stops neither the reading nor the stamps; when the buffer is full the reader
// waits, and with it the socket. Nothing is ever dropped, except that of
// comments which follow each other only the last is kept.
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

// Feed is one run as it happens. Its methods are for one consumer.
type Feed struct {
	cancel context.CancelFunc
	buffer *buffer
	last   time.Time // when the last batch was taken
}

// Start sends task to the Anything API, once, and reads what comes back until
// the stream ends, Cancel is called or ctx is done. It does not block.
func Start(ctx context.Context, client *api.Client, task string) *Feed {
	return start(ctx, func(ctx context.Context) iter.Seq2[api.Event, error] {
		return anything(ctx, client, task)
	})
}

// Cancel closes the stream. What arrived before can still be taken.
func (f *Feed) Cancel() { f.cancel() }

// Next waits for something to arrive, lets a frame pass since the last batch,
// and returns all that is there, in order. It returns nil when the feed is
// over, that is after the batch with the End, or when ctx is done.
func (f *Feed) Next(ctx context.Context) []state.Arrival {
	if !f.buffer.wait(ctx) {
		return nil
	}
	frame := time.NewTimer(Frame - time.Since(f.last))
	defer frame.Stop()
	select {
	case <-frame.C:
	case <-ctx.Done():
		return nil
	}
	f.last = time.Now()
	return f.buffer.take()
}

func start(ctx context.Context, open func(context.Context) iter.Seq2[api.Event, error]) *Feed {
	ctx, cancel := context.WithCancel(ctx)
	f := &Feed{cancel: cancel, buffer: newBuffer()}
	go func() {
		defer cancel()
		f.read(ctx, open(ctx))
	}()
	return f
}

// read stamps events into the buffer. A panic below ends this run, not the
// program.
func (f *Feed) read(ctx context.Context, events iter.Seq2[api.Event, error]) {
	seq, failure := 0, error(nil)
	defer func() {
		if p := recover(); p != nil {
			failure = fmt.Errorf("internal error while reading the stream: %v", p)
		}
		f.buffer.end(state.Arrival{Seq: seq + 1, At: time.Now(), End: true, Err: failure})
	}()
	for event, err := range events {
		if err != nil {
			failure = err
			return
		}
		seq++
		if !f.buffer.put(ctx, state.Arrival{Seq: seq, At: time.Now(), Event: event}) {
			failure = ctx.Err()
			return
		}
	}
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
