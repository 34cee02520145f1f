package board

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"notturno/state"
	"notturno/ui/part"
)

// The board is a dialog.
var _ part.Dialog = (*Board)(nil)

func TestIntents(t *testing.T) {
	t.Parallel()
	tests := []struct {
		run    string
		action part.Action
		want   part.Intent
	}{
		{"done", part.Choose, part.GoTo{Run: "done"}},
		{"q1", part.Choose, part.GoTo{Run: "q1"}},
		{"q1", part.Rephrase, part.Rewrite{Run: "q1"}},
		{"busy", part.Rephrase, part.Say{Text: "only a queued task can be edited: this run goes on"}},
		{"lost", part.Rephrase, part.Say{Text: "only a queued task can be edited: this run has ended"}},
		{"q2", part.MoveUp, part.Reorder{Run: "q2", By: -1}},
		{"q2", part.MoveDown, part.Reorder{Run: "q2", By: 1}},
		{"q1", part.MoveUp, part.Say{Text: "this run is the next already"}},
		{"q3", part.MoveDown, part.Say{Text: "this run is the last of the queue already"}},
		{"connecting", part.MoveUp, part.Say{Text: "only a queued run can be moved: this run goes on"}},
		{"done", part.MoveDown, part.Say{Text: "only a queued run can be moved: this run has ended"}},
		{"q3", part.Drop, part.Cancel{Run: "q3"}},
		{"busy", part.Drop, part.Cancel{Run: "busy"}},
		{"connecting", part.Drop, part.Cancel{Run: "connecting"}},
		{"failed", part.Drop, part.Say{Text: "there is nothing to cancel: this run has ended"}},
		{"busy", part.Back, part.Close{}},
		{"busy", part.Interrupt, part.Close{}},
		{"busy", part.Board, part.Close{}},
		{"busy", part.Fold, nil},
	}
	for _, test := range tests {
		b := newBoard(every(), test.run, 80, 20)
		if got, cmd := b.Update(part.Do{Action: test.action}); got != test.want || cmd != nil {
			t.Errorf("action %d on %s is %#v, want %#v", test.action, test.run, got, test.want)
		}
	}
}

func TestNothingCanBeDoneWithoutRuns(t *testing.T) {
	t.Parallel()
	b := newBoard(nil, "", 80, 20)
	for action := part.NoAction; action <= part.No; action++ {
		got := do(b, action)
		_, closes := got.(part.Close)
		if wanted := action == part.Back || action == part.Interrupt || action == part.Board; closes != wanted || (got != nil && !closes) {
			t.Errorf("action %d is %#v", action, got)
		}
	}
}

// A run moves in the queue, the board is told, and the selection goes with it.
func TestMovingAQueuedRunUpToTheTop(t *testing.T) {
	t.Parallel()
	runs := every()
	b := newBoard(runs, "q3", 80, 20)
	for range 2 {
		if got, want := do(b, part.MoveUp), (part.Reorder{Run: "q3", By: -1}); got != want {
			t.Fatalf("moving up is %#v, want %#v", got, want)
		}
		for i := range runs {
			if runs[i].ID == "q3" {
				runs[i-1], runs[i] = runs[i], runs[i-1]
				break
			}
		}
		b.Sync(runs, "busy", now())
	}
	if got := do(b, part.MoveUp); got != (part.Say{Text: "this run is the next already"}) {
		t.Errorf("at the top of the queue moving up is %#v", got)
	}
	if shown := text(b); !strings.Contains(shown, "›  9  ○ queued · next   the last one") {
		t.Errorf("the board shows\n%s", shown)
	}
}

func TestClickSelectsThenGoesThere(t *testing.T) {
	t.Parallel()
	numbered := regexp.MustCompile(`^[› ] +(\d+)  `)
	for _, h := range []int{1, 2, 3, 4, 5, 8, 20} {
		runs := every()
		b := newBoard(runs, "q3", 80, h) // the last, so that small boards are scrolled
		for y, line := range strings.Split(text(b), "\n") {
			want := chosen(b)
			number := numbered.FindStringSubmatch(line)
			if number != nil {
				n, _ := strconv.Atoi(number[1])
				want = runs[n-1].ID
			}
			again := chosen(b) == want && number != nil
			intent, _ := b.Update(part.Click{X: 3, Y: y})
			if goes := intent == (part.GoTo{Run: want}); goes != again || (intent != nil && !goes) || chosen(b) != want {
				t.Errorf("at height %d a click on %q is %#v and selects %s, want %s", h, line, intent, chosen(b), want)
			}
			if number == nil {
				continue
			}
			if intent, _ := b.Update(part.Click{X: 3, Y: y}); intent != (part.GoTo{Run: want}) {
				t.Errorf("at height %d a second click on %q is %#v", h, line, intent)
			}
		}
	}
	b := newBoard(every(), "quiet", 80, 20)
	for _, y := range []int{-1, 20, 1000} {
		if got, _ := b.Update(part.Click{Y: y}); got != nil || chosen(b) != "quiet" {
			t.Errorf("a click on row %d is %#v and selects %s", y, got, chosen(b))
		}
	}
}

// The foot offers exactly what can be done with the selected run.
func TestFootOffersWhatCanBeDone(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"busy":       " enter look · x cancel",
		"connecting": " enter look · x cancel",
		"done":       " enter look",
		"lost":       " enter look",
		"q1":         " enter look · e edit · x drop · K/J move",
	}
	for id, want := range tests {
		rows := strings.Split(text(newBoard(every(), id, 50, 10)), "\n")
		foot := strings.TrimSuffix(rows[len(rows)-1], "esc close")
		if got := strings.TrimRight(foot, " "); got != want || foot == rows[len(rows)-1] {
			t.Errorf("with %s selected the foot is %q, want %q and how to close", id, rows[len(rows)-1], want)
		}
	}
	alone := text(newBoard([]*state.Run{queued("q", "alone")}, "q", 50, 10))
	if strings.Contains(alone, "move") {
		t.Errorf("a run alone in the queue can be moved:\n%s", alone)
	}
}
