// Package agent is a web agent by rules, without a model: it turns a task that
// names a page into a plan, fetches the page for real, works out its
// structure, and answers from what it found.
//
// It knows no HTTP API of ours and no event's encoding: it tells a function
// what it does, Step by Step, as it does it, and every Call and Result is an
// operation that really took place between the two.
//
// A run goes through these files in this order: understand.go (task to plan),
// open.go (plan to page), look.go (page to structure), the skill itself
// (list.go, read.go, table.go, links.go, find.go, compare.go), answer.go (what
// it found, in the form that was asked for), keep.go (plan to function);
// run.go strings them together, and function.go runs a kept plan again.
// What it cannot do ends in a [CannotDo] that says what it can.
//
// It is careful with the network: only http and https, no cookies, no proxy
// from the environment, a private address only when the task itself names
// the host (guard.go), and no page that its site's robots.txt forbids
// (robots.go).
package agent

import (
	"context"
	"encoding/json"
	"errors"
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
	config        Config
	timeout       time.Duration
	robotsTimeout time.Duration
	maxBytes      int64
}

// New makes an Agent. It keeps config, whose Sections must not change after.
func New(config Config) *Agent {
	return &Agent{config: config, timeout: pageTimeout, robotsTimeout: robotsTimeout, maxBytes: pageBytes}
}

// ErrMaxCalls ends a run whose next Call would be one more than its Request
// allows.
var ErrMaxCalls = errors.New("the limit of operations is reached before the task is done; allow more of them")

// Request is a task and its bounds.
type Request struct {
	Task string
	// URL is the page that the task is about when it names none and there is no
	// Earlier; may be empty.
	URL string
	// MaxCalls is how many Calls the run may make; 0 is no limit.
	MaxCalls int
	// Earlier is the function that the task before this one left, when both
	// belong to one conversation; may be nil. A task that says only what is to
	// be different changes its plan, and a plan of the same work is saved under
	// its ID instead of as another function.
	Earlier *Function
}

// plan understands the task.
func (r Request) plan(sections map[string]string) (p plan, follows bool, err error) {
	start := r.URL
	if r.Earlier != nil {
		if p, follows = follow(*r.Earlier, r.Task, sections); follows {
			return p, true, nil
		}
		start = r.Earlier.page("url") // as the person named it, before redirects
	}
	p, err = understandFrom(r.Task, start, sections)
	return p, false, err
}

// Run does one task and tells every step of it to tell, which is called in
// order from this goroutine and may block.
//
// The error is nil when the task is done; a [*CannotDo] when it is not a task
// for this agent; ctx.Err() soon after ctx ends, with no further step told and
// no request left open; otherwise it names the page or the function that
// failed, and why.
func (a *Agent) Run(ctx context.Context, task string, tell func(Step)) error {
	_, err := a.Answer(ctx, Request{Task: task}, tell)
	return err
}

// Answer is Run within bounds, and returns what was found as one JSON object:
// a list has items, a text text, a table columns and rows, links links, a
// found text count and matches, a comparison both, only_here, only_there and
// changed. A run that needs more Calls than it may make ends in
// [ErrMaxCalls]. An error comes without a result.
func (a *Agent) Answer(ctx context.Context, req Request, tell func(Step)) (json.RawMessage, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p, follows, err := req.plan(a.config.Sections)
	if err != nil {
		return nil, err
	}
	r := &run{agent: a, plan: p, tell: tell, maxCalls: req.MaxCalls, earlier: req.Earlier}
	if follows {
		if err := r.think(ctx, "The task changes the one before it, %s, and leaves the rest of it as it was.", req.Earlier.Name); err != nil {
			return nil, err
		}
	}
	found, err := r.do(ctx)
	if err != nil {
		return nil, err
	}
	if err := r.keep(ctx); err != nil {
		return nil, err
	}
	return found, nil
}
