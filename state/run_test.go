package state

import (
	"context"
	"testing"

	"notturno/api"
)

func TestRewriteChangesWhatWaits(t *testing.T) {
	t.Parallel()
	r := New("1", LocalBackend, "first", start)
	old := r.Items[0]
	r.Rewrite("second\x1b task")
	if r.Task != "second\x1b task" || r.Items[0].Text() != "second␛ task" || r.Items[0].Open() || len(r.Items) != 1 {
		t.Errorf("after rewriting the task is %q, the items are %v with %q", r.Task, kinds(r), r.Items[0].Text())
	}
	if r.Items[0].StartedAt != start || r.Phase != Queued || old.Text() != "first" {
		t.Errorf("rewriting changed more: from %v, %s, the old item says %q", r.Items[0].StartedAt, r.Phase, old.Text())
	}
}

func TestRewriteLeavesWhatWasSent(t *testing.T) {
	t.Parallel()
	connected, cancelled, done := begun(), New("2", LocalBackend, "first", start), begun()
	cancelled.Cancel(start)
	done.Apply(arrivals(api.TextDelta{Delta: "x"}, api.Done{}))
	for _, r := range []*Run{connected, cancelled, done} {
		before := dump(r) + r.Task
		r.Rewrite("another")
		if after := dump(r) + r.Task; after != before {
			t.Errorf("a run that is %s became\n%s", r.Phase, after)
		}
	}
}

func TestLastTool(t *testing.T) {
	t.Parallel()
	r := begun()
	if r.LastTool() != nil {
		t.Error("a run without calls has a last tool")
	}
	r.Apply(arrivals(api.ToolStart{Name: "a", ID: "1"}, api.ToolStart{Name: "b", ID: "2"}, api.ToolResult{ID: "1"}))
	if got := r.LastTool(); got.Name != "b" || got.State != ToolOpen {
		t.Errorf("the last tool is %s, %s", got.Name, got.State)
	}
	r.Apply([]Arrival{{Seq: 4, At: start, End: true, Err: context.Canceled}})
	if got := r.LastTool(); got.State != ToolUnfinished {
		t.Errorf("after the end the last tool is %s", got.State)
	}
}

func TestHasAnswer(t *testing.T) {
	t.Parallel()
	r := begun()
	r.Apply(arrivals(api.ThinkingDelta{Delta: "x"}, api.TextDelta{Delta: ""}, api.ToolStart{Name: "a"}))
	if r.HasAnswer() {
		t.Error("a run that has not answered has an answer")
	}
	r.Apply(arrivals(api.TextDelta{Delta: "x"}, api.MessageComplete{}, api.Failed{}))
	if !r.HasAnswer() {
		t.Error("a run that has answered has no answer")
	}
}

// A run that was never sent cannot be billed, and has no stream to close.
func TestCancelOfAQueuedRun(t *testing.T) {
	t.Parallel()
	for _, backend := range []string{LocalBackend, "anything.example"} {
		r := New("1", backend, "task", start)
		r.Cancel(start)
		if got := r.OutcomeLines(); len(got) != 1 || got[0] != "dropped from the queue; it was never sent" || !r.Closed {
			t.Errorf("a run of %s that was dropped says %q", backend, got)
		}
	}
}
