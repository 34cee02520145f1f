package feed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"notturno/api"
	"notturno/state"
)

// says is a stream that yields events and then err.
func says(err error, events ...api.Event) func(context.Context) iter.Seq2[api.Event, error] {
	return func(context.Context) iter.Seq2[api.Event, error] {
		return func(yield func(api.Event, error) bool) {
			for _, e := range events {
				if !yield(e, nil) {
					return
				}
			}
			if err != nil {
				yield(api.Event{}, err)
			}
		}
	}
}

func delta(i int) api.Event {
	text := fmt.Sprint(i)
	return api.Event{Data: api.TextDelta{Delta: api.Text(text)}, Raw: json.RawMessage(`{"type":"text_delta","delta":"` + text + `"}`)}
}

// all takes batches until the feed is over.
func all(ctx context.Context, f *Feed) [][]state.Arrival {
	var batches [][]state.Arrival
	for {
		batch := f.Next(ctx)
		if batch == nil {
			return batches
		}
		batches = append(batches, batch)
	}
}

func TestNothingIsLostAndOrderIsKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const n = 20_000
		var events []api.Event
		for i := range n {
			events = append(events, delta(i))
		}
		f := start(t.Context(), says(nil, events...))
		seq := 0
		for _, batch := range all(t.Context(), f) {
			if len(batch) > maxBatchEvents {
				t.Errorf("a batch has %d events, more than %d", len(batch), maxBatchEvents)
			}
			for _, a := range batch {
				if seq++; a.Seq != seq {
					t.Fatalf("event %d has the number %d", seq, a.Seq)
				}
				if a.End {
					continue
				}
				if d, ok := a.Event.Data.(api.TextDelta); !ok || string(d.Delta) != fmt.Sprint(seq-1) {
					t.Fatalf("event %d is %v", seq, a.Event.Data)
				}
			}
		}
		if seq != n+1 {
			t.Errorf("%d arrivals, want %d events and the end", seq, n)
		}
	})
}

// What comes faster than it can be shown comes in short batches, one soon after
// the other.
func TestABacklogComesInShortBatches(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var events []api.Event
		for i := range 3*maxBatchEvents + 5 {
			events = append(events, delta(i))
		}
		f := start(t.Context(), says(nil, events...))
		synctest.Wait()
		began := time.Now()
		var sizes []int
		var waits []time.Duration
		for batch := f.Next(t.Context()); batch != nil; batch = f.Next(t.Context()) {
			sizes, waits = append(sizes, len(batch)), append(waits, time.Since(began))
			synctest.Wait()
		}
		if want := []int{maxBatchEvents, maxBatchEvents, maxBatchEvents, 6}; !slices.Equal(sizes, want) {
			t.Errorf("the batches have %d events, want %d", sizes, want)
		}
		if want := []time.Duration{0, fullFrame, 2 * fullFrame, 2*fullFrame + Frame}; !slices.Equal(waits, want) {
			t.Errorf("the batches came after %v, want %v", waits, want)
		}
	})
}

func TestBatchesAreAFrameApartAndAnIdleStreamDeliversAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		step := make(chan api.Event)
		f := start(t.Context(), func(context.Context) iter.Seq2[api.Event, error] {
			return func(yield func(api.Event, error) bool) {
				for e := range step {
					yield(e, nil)
				}
			}
		})
		began := time.Now()
		step <- delta(1)
		f.Next(t.Context())
		if waited := time.Since(began); waited != 0 {
			t.Errorf("the first batch came after %v", waited)
		}
		step <- delta(2)
		step <- delta(3)
		batch := f.Next(t.Context())
		if waited := time.Since(began); waited != Frame || len(batch) != 2 {
			t.Errorf("the second batch has %d events and came after %v, want 2 after a frame", len(batch), waited)
		}
		time.Sleep(time.Minute) // the bubble's clock
		began = time.Now()
		step <- delta(4)
		f.Next(t.Context())
		if waited := time.Since(began); waited != 0 {
			t.Errorf("after a quiet minute the batch came after %v", waited)
		}
		close(step)
		all(t.Context(), f)
	})
}

func TestFullBufferHoldsTheReader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		big := api.Event{Data: api.Status{}, Raw: make([]byte, 1<<20)}
		read := 0
		f := start(t.Context(), func(context.Context) iter.Seq2[api.Event, error] {
			return func(yield func(api.Event, error) bool) {
				for range 100 {
					read++
					if !yield(big, nil) {
						return
					}
				}
			}
		})
		synctest.Wait()
		if held := read; held >= 100 || held > maxBufferBytes>>20 {
			t.Errorf("the reader went on to event %d with nobody taking any", held)
		}
		got := 0
		for _, batch := range all(t.Context(), f) {
			got += len(batch)
		}
		if got != 101 {
			t.Errorf("%d arrivals, want 100 events and the end", got)
		}
	})
}

func TestOneEventLargerThanTheBufferPasses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		huge := api.Event{Data: api.ToolResult{}, Raw: make([]byte, maxBufferBytes)}
		batches := all(t.Context(), start(t.Context(), says(nil, huge)))
		if len(batches) == 0 || len(batches[0][0].Event.Raw) != maxBufferBytes {
			t.Errorf("the event did not pass")
		}
	})
}

func TestEnds(t *testing.T) {
	t.Parallel()
	broken := errors.New("reset by peer")
	panics := func(context.Context) iter.Seq2[api.Event, error] {
		return func(func(api.Event, error) bool) { panic("a defect") }
	}
	tests := []struct {
		name string
		open func(context.Context) iter.Seq2[api.Event, error]
		want string
	}{
		{"clean", says(nil, delta(1)), "<nil>"},
		{"broken", says(broken, delta(1)), "reset by peer"},
		{"a panic ends the run, not the program", panics, "internal error while reading the stream: a defect"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				batches := all(t.Context(), start(t.Context(), test.open))
				last := batches[len(batches)-1]
				end := last[len(last)-1]
				if !end.End || fmt.Sprint(end.Err) != test.want {
					t.Errorf("ended with %v, want %s", end.Err, test.want)
				}
			})
		})
	}
}

func TestCancelReachesTheStream(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := start(t.Context(), func(ctx context.Context) iter.Seq2[api.Event, error] {
			return func(yield func(api.Event, error) bool) {
				yield(delta(1), nil)
				<-ctx.Done()
				yield(api.Event{}, ctx.Err())
			}
		})
		f.Next(t.Context())
		f.Cancel()
		batch := f.Next(t.Context())
		if len(batch) != 1 || !batch[0].End || !errors.Is(batch[0].Err, context.Canceled) {
			t.Errorf("after the cancel came %+v", batch)
		}
		if f.Next(t.Context()) != nil {
			t.Error("something came after the end")
		}
	})
}

func TestCommentsInARowBecomeOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		comment := api.Event{Data: api.Comment{}}
		f := start(t.Context(), says(nil, comment, comment, comment, delta(1), comment))
		synctest.Wait()
		batch := f.Next(t.Context())
		if len(batch) != 4 {
			t.Errorf("%d arrivals, want a comment, a delta, a comment and the end", len(batch))
		}
	})
}

// BenchmarkFeed is what the way from the stream to a batch costs per event.
func BenchmarkFeed(b *testing.B) {
	event := delta(1)
	f := start(b.Context(), func(context.Context) iter.Seq2[api.Event, error] {
		return func(yield func(api.Event, error) bool) {
			for range b.N {
				if !yield(event, nil) {
					return
				}
			}
		}
	})
	b.ReportAllocs()
	for f.buffer.wait(b.Context()) {
		f.buffer.take()
	}
}
