package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"sync/atomic"
)

// Stream is a run that the service has accepted and is telling.
type Stream struct {
	client *Client
	ctx    context.Context // of the request: its end is the stream's
	cancel context.CancelCauseFunc
	body   io.ReadCloser
	thread Text
	taken  atomic.Bool // by Events, which then closes the body, or by Close
}

// Events yields what the run says, first a Connected, until its first terminal
// event. A stream that ends without one yields an error last, with an empty
// event: ErrTruncated when it just ended, else a *TransportError. It wraps
// ErrIdle when nothing came for too long, and the context's error when that
// ended.
//
// The events can be ranged over once. When the range ends, for whatever
// reason, the connection is closed.
func (s *Stream) Events() iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		if !s.taken.CompareAndSwap(false, true) {
			yield(Event{}, errors.New("failed to read the stream: it was read or closed before"))
			return
		}
		defer s.closeBody()
		if !yield(Event{Data: Connected{ThreadID: s.thread}}, nil) {
			return
		}
		decoder := &Decoder{thread: s.thread}
		for it, err := range readItems(s.body, s.client.config.maxEvent) {
			if s.ctx.Err() != nil {
				err = s.ctx.Err()
			}
			if err != nil {
				yield(Event{}, s.client.transportError(s.ctx, true, err))
				return
			}
			for _, event := range s.decode(decoder, it) {
				if !yield(event, nil) || Terminal(event.Data) {
					return
				}
			}
		}
		yield(Event{}, ErrTruncated)
	}
}

// decode says what one item of the stream means.
func (s *Stream) decode(decoder *Decoder, it item) []Event {
	switch it.kind {
	case itemComment:
		return []Event{{Data: Comment{}}}
	case itemTooLong:
		return []Event{{Data: Notice{Text: "skipped an event of more than " + byteCount(s.client.config.maxEvent)}}}
	default:
		events := decoder.Decode([]byte(it.data))
		if it.cut && !whole(events) {
			return nil
		}
		return events
	}
}

// whole reports whether an event that the end of the body cut off is complete
// nevertheless: one JSON object of a known type. A billed Done is not lost so,
// and none is invented.
func whole(events []Event) bool {
	for _, event := range events {
		switch event.Data.(type) {
		case Unknown, Notice:
			return false
		}
	}
	return true
}

// byteCount is n bytes in words.
func byteCount(n int) Text {
	if n >= 1<<20 {
		return Text(fmt.Sprintf("%d MiB", n>>20))
	}
	return Text(fmt.Sprintf("%d bytes", n))
}

// Close ends the stream from any goroutine, at any time, and more than once.
// A range over the events that waits for the network ends with an error that
// wraps context.Canceled.
func (s *Stream) Close() error {
	if s.taken.CompareAndSwap(false, true) {
		s.closeBody()
		return nil
	}
	s.cancel(nil)
	return nil
}

// closeBody closes the connection. That closing it can fail says nothing about
// the run, which has been told as far as it went.
func (s *Stream) closeBody() {
	s.cancel(nil)
	_ = s.body.Close()
}
