package feed

import (
	"context"
	"fmt"
	"time"
)

// within does what reads until ctx ends, and gives up on it some time after
// that. A panic in it ends the reading, not the program.
func within(ctx context.Context, by time.Duration, read func() error) error {
	enough, calm := outlive(ctx, by)
	defer calm()
	done := make(chan error, 1)
	go func() {
		var err error
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("internal error while reading the events: %v", p)
			}
			done <- err
		}()
		err = read()
	}()
	select {
	case err := <-done:
		return err
	case <-enough.Done():
		return ctx.Err()
	}
}

// outlive is a context that ends some time after ctx has.
func outlive(ctx context.Context, by time.Duration) (context.Context, context.CancelFunc) {
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	nobody := context.AfterFunc(ctx, func() {
		timer := time.NewTimer(by)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel()
		case <-late.Done():
		}
	})
	return late, func() {
		nobody()
		cancel()
	}
}

// until is a context that ends with the first of several.
func until(ctx context.Context, others ...context.Context) (context.Context, context.CancelFunc) {
	first, cancel := context.WithCancel(ctx)
	var nobody []func() bool
	for _, other := range others {
		if other.Err() != nil {
			cancel() // now: AfterFunc would do it in a moment
		}
		nobody = append(nobody, context.AfterFunc(other, cancel))
	}
	return first, func() {
		for _, stop := range nobody {
			stop()
		}
		cancel()
	}
}
