package api

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"
)

// A request that only reads is sent again a few times, each time after about
// twice the wait before.
const (
	maxRetries   = 3
	firstBackoff = time.Second
	maxBackoff   = time.Minute // asked for by Retry-After; longer is not waited
)

// get reads. It is the only call that is sent again: when the connection was
// lost, and after 408, 429 and 5xx.
func (c *Client) get(ctx context.Context, query url.Values, path ...string) (json.RawMessage, error) {
	for attempt := 0; ; attempt++ {
		raw, err := c.getOnce(ctx, query, path...)
		if err == nil || attempt == maxRetries {
			return raw, err
		}
		pause, again := backoff(err, attempt, rand.Float64())
		if !again || !sleep(ctx, pause) {
			return nil, err
		}
	}
}

func (c *Client) getOnce(ctx context.Context, query url.Values, path ...string) (json.RawMessage, error) {
	return c.send(ctx, call{method: http.MethodGet, path: path, query: query})
}

// backoff is how long to wait before what failed with err is sent again, and
// whether to do that at all. The random number, from 0 to 1, spreads the wait
// by a quarter to both sides, so that many clients do not come back at once.
func backoff(err error, attempt int, random float64) (time.Duration, bool) {
	pause := time.Duration(float64(firstBackoff<<attempt) * (0.75 + random/2))
	var lost *TransportError
	if errors.As(err, &lost) {
		return pause, true
	}
	var answer *Error
	if !errors.As(err, &answer) {
		return 0, false
	}
	switch {
	case answer.Status == http.StatusRequestTimeout, answer.Status == http.StatusTooManyRequests, answer.Status >= http.StatusInternalServerError:
		return max(pause, answer.RetryAfter), answer.RetryAfter <= maxBackoff
	}
	return 0, false
}

// sleep waits, and reports false when ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
