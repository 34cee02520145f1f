package agent

import (
	"context"
	"fmt"
	"strings"
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
	agent *Agent
	plan  plan
	tell  func(Step)
	calls int
}

func (r *run) do(ctx context.Context) error {
	if err := r.say(ctx, Thought{r.plan.thought()}); err != nil {
		return err
	}
	doc, err := r.open(ctx)
	if err != nil {
		return err
	}
	seen, err := r.look(ctx, doc)
	if err != nil {
		return err
	}
	switch r.plan.skill {
	case skillList:
		err = r.list(ctx, seen)
	default:
		err = r.read(ctx, seen)
	}
	if err != nil {
		return err
	}
	return r.keep(ctx)
}

// say tells one step, unless the run has been cancelled.
func (r *run) say(ctx context.Context, step Step) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.tell(step)
	return ctx.Err()
}

// call tells that a tool begins, uses it, and tells how it ended. A call that
// was cancelled has no result.
func (r *run) call(ctx context.Context, tool string, input map[string]any, use func() (string, error)) error {
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

// thought says how the task was understood.
func (p plan) thought() string {
	var b strings.Builder
	switch {
	case p.skill == skillList && p.count == everything:
		fmt.Fprintf(&b, "The task asks for all %s on one page. ", p.what)
	case p.skill == skillList && p.counted:
		fmt.Fprintf(&b, "The task asks for %d %s from one page. ", p.count, p.what)
	case p.skill == skillList:
		fmt.Fprintf(&b, "The task asks for %s without saying how many, so %d will do. ", p.what, p.count)
	case p.summary:
		b.WriteString("The task asks for a summary. That takes a model; the page's own text is what rules can give. ")
	default:
		b.WriteString("The task asks for the text of one page. ")
	}
	fmt.Fprintf(&b, "Opening %s.\n\n", p.page)
	return b.String()
}
