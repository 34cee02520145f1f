package transcript

import (
	"fmt"
	"strings"
	"testing"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// thoughts is n paragraphs of reasoning.
func thoughts(n int) api.ThinkingDelta {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "thought %d.\n\n", i)
	}
	return api.ThinkingDelta{Delta: api.Text(b.String())}
}

// shown is how many rows of reasoning show below its heading.
func shown(t *testing.T, run *state.Run, mode Mode, h int) int {
	t.Helper()
	tr := newTranscript(run, 80, h)
	tr.SetMode(mode)
	b := tr.blocks[1]
	if b.item.Kind != state.ReasoningItem {
		t.Fatalf("the second block is of kind %d", b.item.Kind)
	}
	return b.height - 1
}

func TestReasoningModes(t *testing.T) {
	t.Parallel()
	open := parttest.Run("task", thoughts(30))
	ended := parttest.Run("task", thoughts(30), api.TextDelta{Delta: "answer"})
	short := parttest.Run("task", thoughts(1))
	for _, test := range []struct {
		name string
		run  *state.Run
		mode Mode
		h    int
		want int
	}{
		{"its end, on a low screen", open, Tail, 4, 3},
		{"its end", open, Tail, 24, 6},
		{"its end, on a high screen", open, Tail, 100, 10},
		{"its end, when there is less", short, Tail, 24, 1},
		{"all of it", open, Full, 24, 59},
		{"folded", open, Fold, 24, 0},
		{"its end, once it has ended", ended, Tail, 24, 0},
		{"all of it, once it has ended", ended, Full, 24, 59},
		{"folded, once it has ended", ended, Fold, 24, 0},
	} {
		if got := shown(t, test.run, test.mode, test.h); got != test.want {
			t.Errorf("%s: %d rows, want %d", test.name, got, test.want)
		}
	}
}

func TestReasoningShowsItsLastLinesAndThenFolds(t *testing.T) {
	t.Parallel()
	run := parttest.Run("task", thoughts(30))
	tr := newTranscript(run, 80, 40)
	text := parttest.Text(tr.Rows())
	if !strings.Contains(text, "▾ Thinking…") || !strings.Contains(text, "thought 29.") || strings.Contains(text, "thought 2.") {
		t.Errorf("while it streams: %q", text)
	}
	run.Apply(parttest.Arrivals(run, thoughts(2), api.ToolStart{Name: "click"}))
	tr.Sync()
	text = parttest.Text(tr.Rows())
	if !strings.Contains(text, "▸ Thought for 0.5s · 63 lines") || strings.Contains(text, "thought 1.") {
		t.Errorf("after it: %q", text)
	}
	tr.SetMode(Full)
	press(tr, part.Top)
	if text = parttest.Text(tr.Rows()); !strings.Contains(text, "▾ Thought for") || !strings.Contains(text, "thought 2.") {
		t.Errorf("all of it: %q", text)
	}
}

func TestModesGoRound(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	m := Tail
	for range 3 {
		seen[m.String()] = true
		m = m.Next()
	}
	if m != Tail || len(seen) != 3 {
		t.Errorf("three steps lead to %q, by way of %v", m, seen)
	}
}

func TestCopyAndOpen(t *testing.T) {
	t.Parallel()
	tr := newTranscript(story(13), 80, 24)
	intent, cmd := tr.Update(part.Do{Action: part.CopyThis})
	if c, ok := intent.(part.Copy); !ok || cmd != nil || !strings.HasPrefix(c.Text, "## Top 3 posts") {
		t.Errorf("copying means %#v", intent)
	}
	intent, _ = tr.Update(part.Do{Action: part.OpenThis})
	if o, ok := intent.(part.Open); !ok || o.URL != "http://127.0.0.1:41207/view/9b1f?token=secret" {
		t.Errorf("opening means %#v", intent)
	}
	if intent, cmd := tr.Update("an unknown message"); intent != nil || cmd != nil {
		t.Errorf("an unknown message means %#v", intent)
	}
}

// After a cancel the outcome first says that the stream is being closed, and
// then that it is.
func TestOutcomeChangesWhenTheStreamIsClosed(t *testing.T) {
	t.Parallel()
	run := parttest.Run("task", api.TextDelta{Delta: "half an ans"})
	tr := newTranscript(run, 80, 24)
	run.Cancel(parttest.Start())
	tr.Sync()
	if text := parttest.Text(tr.Rows()); !strings.Contains(text, "■ cancelled") || !strings.Contains(text, "closing the stream…") {
		t.Errorf("after the cancel: %q", text)
	}
	run.Apply([]state.Arrival{parttest.End(run, nil)})
	tr.Sync()
	if text := parttest.Text(tr.Rows()); !strings.Contains(text, "stream closed") {
		t.Errorf("after the end: %q", text)
	}
}
