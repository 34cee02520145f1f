package state

import (
	"time"

	"notturno/api"
)

// startTool opens a call. A second start with the id of an open call adds what
// it brings to that call.
func (r *Run) startTool(e api.ToolStart, at time.Time) {
	r.closeBlock(at)
	if t := r.openByID(e.ID); t != nil {
		if e.Name != "" {
			t.Name = e.Name
		}
		if e.Input != "" {
			t.Input = e.Input
		}
		if r.Agent != nil {
			r.Agent.setPage(t.Name, e.Input)
		}
		return
	}
	tool := &Tool{ID: e.ID, Name: e.Name, Input: e.Input, State: ToolOpen, StartedAt: at}
	if r.Agent != nil {
		r.Agent.Steps++
		r.Agent.setPage(e.Name, e.Input)
		tool.Past = r.Agent.Steps <= r.Agent.past
	}
	r.addTool(tool)
}

// endTool pairs a result with its call: by id when both have one, else with
// the oldest open call. A result with no open call stands alone.
func (r *Run) endTool(e api.ToolResult, at time.Time) {
	r.closeBlock(at)
	t := r.openByID(e.ID)
	if t == nil {
		t = r.oldestOpen(e.ID)
	}
	if t == nil {
		t = r.addTool(&Tool{ID: e.ID, StartedAt: at})
	}
	t.Result = e.Content
	if e.Preliminary {
		return
	}
	t.State, t.EndedAt = ToolEnded, at
	if e.Failed {
		t.State = ToolFailed
	}
	r.Items[t.Item].EndedAt = at
	r.skipEnded()
}

func (r *Run) openByID(id api.Text) *Tool {
	if id == "" {
		return nil
	}
	for _, t := range r.Tools[r.firstOpen:] {
		if t.State == ToolOpen && t.ID == id {
			return t
		}
	}
	return nil
}

// oldestOpen is the oldest open call that a result with the given id may
// belong to: one whose id is not known, or any when the result has no id.
func (r *Run) oldestOpen(id api.Text) *Tool {
	for _, t := range r.Tools[r.firstOpen:] {
		if t.State == ToolOpen && (id == "" || t.ID == "") {
			return t
		}
	}
	return nil
}

func (r *Run) addTool(t *Tool) *Tool {
	t.Item = len(r.Items)
	item := r.add(ToolItem, t.StartedAt)
	item.Tool = t
	r.Tools = append(r.Tools, t)
	return t
}

// skipEnded moves firstOpen on, so that pairing does not grow with the number
// of calls that have ended.
func (r *Run) skipEnded() {
	for r.firstOpen < len(r.Tools) && r.Tools[r.firstOpen].State != ToolOpen {
		r.firstOpen++
	}
}
