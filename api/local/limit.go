package local

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// limitWindow is the time in which a limit counts.
const limitWindow = time.Minute

// limit counts the requests with the key, of which this server has one. A
// limit of 0 lets everything through. It is safe for use by several
// goroutines.
type limit struct {
	most int

	mu    sync.Mutex
	until time.Time // the end of the window
	left  int
}

func newLimit(most int) *limit { return &limit{most: most} }

// take counts one request and tells in header what is left. It reports false
// when nothing was.
func (l *limit) take(header http.Header, now time.Time) bool {
	if l.most == 0 {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !now.Before(l.until) {
		l.until, l.left = now.Add(limitWindow), l.most
	}
	ok := l.left > 0
	if ok {
		l.left--
	} else {
		// Rounded up: who waits that long is let in.
		header.Set("Retry-After", strconv.Itoa(int((l.until.Sub(now)+time.Second-1)/time.Second)))
	}
	header.Set("X-RateLimit-Limit", strconv.Itoa(l.most))
	header.Set("X-RateLimit-Remaining", strconv.Itoa(l.left))
	header.Set("X-RateLimit-Reset", strconv.FormatInt(l.until.Unix(), 10))
	return ok
}
