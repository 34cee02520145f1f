package feed

import (
	"context"
	"sync"
	"time"

	"notturno/api"
	"notturno/state"
)

// Bounds of one batch, so that one fold stays short, and of the buffer.
const (
	maxBatchEvents = 1024
	maxBatchBytes  = 1 << 20
	maxBufferBytes = 16 << 20
)

// overhead is what an arrival costs beside its bytes, about.
const overhead = 256

// buffer is a bounded queue between one reader and one consumer.
type buffer struct {
	mu    sync.Mutex
	queue []state.Arrival
	bytes int       // cost of the queue
	seq   int       // of the newest arrival
	ended bool      // the End is in the queue, or was taken
	last  time.Time // when something was taken last

	ready chan struct{} // holds a token while the queue is not empty or over
	space chan struct{} // gets a token when the queue has shrunk
}

func newBuffer() *buffer {
	return &buffer{ready: make(chan struct{}, 1), space: make(chan struct{}, 1)}
}

// put appends, after waiting for room. One arrival always fits into an empty
// buffer, however large it is. It returns false when ctx is done first. What
// comes after the End, of a reading that was given up, is dropped.
func (b *buffer) put(ctx context.Context, a state.Arrival) bool {
	for !b.offer(a) {
		select {
		case <-b.space:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

func (b *buffer) offer(a state.Arrival) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended {
		return true
	}
	if n := len(b.queue); n > 0 {
		if isComment(a) && isComment(b.queue[n-1]) {
			a.Seq = b.queue[n-1].Seq
			b.queue[n-1] = a
			return true
		}
		if b.bytes+cost(a) > maxBufferBytes {
			return false
		}
	}
	b.append(a)
	return true
}

// squeeze appends what is small and rare, and the last arrival; it needs no
// room.
func (b *buffer) squeeze(a state.Arrival) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended {
		return
	}
	b.ended = a.End
	b.append(a)
}

// append numbers what arrives.
func (b *buffer) append(a state.Arrival) {
	b.seq++
	a.Seq = b.seq
	b.queue = append(b.queue, a)
	b.bytes += cost(a)
	signal(b.ready)
}

// wait returns true when there is something to take, false when nothing more
// will come or ctx is done.
func (b *buffer) wait(ctx context.Context) bool {
	for {
		b.mu.Lock()
		waiting, over := len(b.queue) > 0, b.ended
		b.mu.Unlock()
		if waiting || over {
			signal(b.ready) // for whoever waits too
			return waiting
		}
		select {
		case <-b.ready:
		case <-ctx.Done():
			return false
		}
	}
}

// full reports whether there is as much as a batch takes.
func (b *buffer) full() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.queue) >= maxBatchEvents || b.bytes >= maxBatchBytes
}

// take removes and returns the front of the queue, up to the bounds of a
// batch.
func (b *buffer) take() []state.Arrival {
	b.mu.Lock()
	defer b.mu.Unlock()
	n, size := 0, 0
	for n < len(b.queue) && n < maxBatchEvents && (n == 0 || size+cost(b.queue[n]) <= maxBatchBytes) {
		size += cost(b.queue[n])
		n++
	}
	batch := b.queue[:n:n]
	b.queue = b.queue[n:]
	if len(b.queue) == 0 {
		b.queue = nil
	}
	b.bytes -= size
	b.last = time.Now()
	signal(b.space)
	return batch
}

func (b *buffer) lastTaken() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.last
}

func cost(a state.Arrival) int { return overhead + 2*len(a.Event.Raw) }

func isComment(a state.Arrival) bool {
	_, ok := a.Event.Data.(api.Comment)
	return ok
}

// signal leaves a token unless there is one already.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
