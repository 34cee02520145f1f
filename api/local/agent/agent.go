// Package agent is a web agent by rules, without a model: it turns a task that
// names a page into a plan, fetches the page for real, works out its
// structure, and answers from what it found.
//
// It knows no HTTP API of ours and no event's encoding: it tells a function
// what it does, Step by Step, as it does it, and every Call and Result is an
// operation that really took place between the two.
//
// A run goes through six files in this order: understand.go (task to plan),
// open.go (plan to page), look.go (page to structure), list.go or read.go (the
// skill itself), keep.go (plan to function); run.go strings them together.
// What it cannot do ends in a [CannotDo] that says what it can.
//
// It is careful with the network: only http and https, no cookies, no proxy
// from the environment, and a private address only when the task itself names
// the host (guard.go).
package agent

import (
	"context"
	"time"
)

// What one page may cost. A page that costs more is refused, not cut.
const (
	pageTimeout   = 20 * time.Second // from the first byte asked to the last received, redirects included
	pageBytes     = 10 << 20         // of the page itself, after decompression
	pageRedirects = 10
)

// Config is what an Agent needs from whoever runs it.
type Config struct {
	// Sections are the addresses of pages that a task may name by a word
	// instead of an address ("the news section").
	Sections map[string]string
	// Save keeps a function and returns it with its ID and CreatedAt. Without
	// it, runs leave no function behind.
	Save func(context.Context, Function) (Function, error)
	// UserAgent names the program to the sites that it visits.
	UserAgent string
}

// Agent runs tasks. It is safe for use by several goroutines at once.
type Agent struct {
	config   Config
	timeout  time.Duration
	maxBytes int64
}

// New makes an Agent. It keeps config, whose Sections must not change after.
func New(config Config) *Agent {
	return &Agent{config: config, timeout: pageTimeout, maxBytes: pageBytes}
}

// Run does one task and tells every step of it to tell, which is called in
// order from this goroutine and may block.
//
// The error is nil when the task is done; a [*CannotDo] when it is not a task
// for this agent; ctx.Err() soon after ctx ends, with no further step told and
// no request left open; otherwise it names the page or the function that
// failed, and why.
func (a *Agent) Run(ctx context.Context, task string, tell func(Step)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	plan, err := understand(task, a.config.Sections)
	if err != nil {
		return err
	}
	r := &run{agent: a, plan: plan, tell: tell}
	return r.do(ctx)
}
