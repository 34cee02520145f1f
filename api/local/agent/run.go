package agent

import (
	"context"
	"encoding/json"
	"fmt"
)

// The tools that a Call may name.
const (
	toolOpen    = "open_page"
	toolRead    = "read_page"
	toolExtract = "extract"
	toolSave    = "save_function"
)

// run is one task on its way.
type run struct {
	agent    *Agent
	plan     plan
	tell     func(Step)
	calls    int
	maxCalls int               // 0 is no limit
	earlier  *Function         // of the task before this one; may be nil
	robots   map[string]robots // by origin; what was fetched in this run
	guards   map[string]*guard // by the host that the task names
}

// guard is the run's one guard for a host that the task names: what it has
// seen of the host must hold for every page and robots.txt of the run.
func (r *run) guard(named string) *guard {
	if r.guards == nil {
		r.guards = map[string]*guard{}
	}
	if r.guards[named] == nil {
		r.guards[named] = &guard{named: named}
	}
	return r.guards[named]
}

// do is everything but keeping the plan: it returns what was found.
func (r *run) do(ctx context.Context) (json.RawMessage, error) {
	if err := r.say(ctx, Thought{r.plan.thought()}); err != nil {
		return nil, err
	}
	seen, err := r.visit(ctx, r.plan.page, r.plan.page.Hostname())
	if err != nil {
		return nil, err
	}
	var found *finding
	switch r.plan.skill {
	case skillList:
		found, err = r.list(ctx, seen)
	case skillTable:
		found, err = r.table(ctx, seen)
	case skillLinks:
		found, err = r.links(ctx, seen)
	case skillFind:
		found, err = r.find(ctx, seen)
	case skillCompare:
		found, err = r.compare(ctx, seen)
	default:
		found, err = r.read(ctx, seen)
	}
	if err != nil {
		return nil, err
	}
	return r.answer(ctx, found)
}

// say tells one step, unless the run has been cancelled.
func (r *run) say(ctx context.Context, step Step) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.tell(step)
	return ctx.Err()
}

// think says a thought of its own paragraph.
func (r *run) think(ctx context.Context, format string, args ...any) error {
	return r.say(ctx, Thought{fmt.Sprintf(format, args...) + "\n\n"})
}

// call tells that a tool begins, uses it, and tells how it ended. A call that
// was cancelled has no result.
func (r *run) call(ctx context.Context, tool string, input map[string]any, use func() (string, error)) error {
	if r.maxCalls > 0 && r.calls >= r.maxCalls {
		return ErrMaxCalls
	}
	r.calls++
	id := fmt.Sprintf("call-%d", r.calls)
	if err := r.say(ctx, Call{ID: id, Tool: tool, Input: input}); err != nil {
		return err
	}
	content, err := use()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		r.tell(Result{ID: id, Tool: tool, Content: err.Error(), Failed: true})
		return err
	}
	return r.say(ctx, Result{ID: id, Tool: tool, Content: content})
}
