package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// idleBody is a body on which no read may wait longer than limit. The time
// between two reads does not count: then it is the reader who waits.
type idleBody struct {
	ctx    context.Context // of the request
	body   io.ReadCloser
	limit  time.Duration
	cancel context.CancelCauseFunc // of ctx
}

func (b *idleBody) Read(p []byte) (int, error) {
	timer := time.AfterFunc(b.limit, func() {
		b.cancel(fmt.Errorf("%w: not a byte for %s", ErrIdle, b.limit))
	})
	defer timer.Stop()
	n, err := b.body.Read(p)
	if err != nil && !errors.Is(err, io.EOF) && b.ctx.Err() != nil {
		err = contextError(b.ctx)
	}
	return n, err
}

func (b *idleBody) Close() error { return b.body.Close() }
