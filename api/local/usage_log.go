package local

import (
	"net/http"
	"slices"
	"sync"
	"time"

	"notturno/api/local/validate"
)

// maxUsageLogs is how many requests are remembered, the last ones.
const maxUsageLogs = 1000

// usageLog is a request with the key, as GET /usage/logs tells it.
type usageLog struct {
	CreatedAt  time.Time `json:"created_at"`
	DurationMS int64     `json:"duration_ms"`
	Endpoint   string    `json:"endpoint"` // the path, with names for the IDs in it
}

// usageLogs are the requests that were answered, in memory only. They are safe
// for use by several goroutines.
type usageLogs struct {
	mu   sync.Mutex
	last []usageLog // the oldest first
}

// add remembers the request r, which began then and has been answered now.
func (l *usageLogs) add(r *http.Request, then, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.last) == maxUsageLogs {
		l.last = slices.Delete(l.last, 0, 1)
	}
	l.last = append(l.last, usageLog{then.UTC(), now.Sub(then).Milliseconds(), r.Pattern})
}

// of are the requests to an endpoint, or all for the empty one, the newest
// first.
func (l *usageLogs) of(endpoint string) []usageLog {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []usageLog
	for _, log := range slices.Backward(l.last) {
		if endpoint == "" || log.Endpoint == endpoint {
			found = append(found, log)
		}
	}
	return found
}

// usageLog is GET /usage/logs.
func (s *Server) usageLog(w http.ResponseWriter, r *http.Request) {
	query, errs := validate.Model{Fields: []validate.Field{
		{Name: "page", Type: validate.Int, Min: new(1), Default: 1},
		{Name: "page_size", Type: validate.Int, Min: new(1), Max: new(100), Default: 10},
		{Name: "endpoint", Type: validate.String, Nullable: true},
	}}.Query(r.URL.Query())
	if errs != nil {
		writeInvalid(w, errs)
		return
	}
	writeJSON(w, http.StatusOK, newListPage(s.logs.of(query.String("endpoint")), query.Int("page"), query.Int("page_size")))
}
