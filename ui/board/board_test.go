package board

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"notturno/api"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// now is when the tests look at the board.
func now() time.Time { return parttest.Start().Add(30 * time.Second) }

// queued is a run that waits for its turn.
func queued(id, task string) *state.Run {
	return state.New(id, state.LocalBackend, task, parttest.Start().Add(20*time.Second))
}

// running is a run that has heard events.
func running(id, task string, events ...api.Data) *state.Run {
	run := state.New(id, state.LocalBackend, task, parttest.Start())
	run.Connect(parttest.Start())
	run.Apply(parttest.Arrivals(run, events...))
	return run
}

// at lets a run hear n events at so many seconds after the start.
func at(run *state.Run, second float64, n int) {
	for range n {
		when := parttest.Start().Add(time.Duration(second * float64(time.Second)))
		run.Apply([]state.Arrival{{Seq: run.Events + 1, At: when, Event: api.Event{Data: api.Status{}}}})
	}
}

// every is a run in every phase, the queued ones last.
func every() []*state.Run {
	cost := 0.0837
	call := api.ToolStart{Name: "browser_navigate"}
	busy := running("busy", "list the top 3 posts of 127.0.0.1:41207/news", api.ToolStart{Name: "extract"})
	for second := range 12 {
		at(busy, 18.5+float64(second), second*second)
	}
	quiet := running("quiet", "read the whole page と日本語のテキスト", api.ToolResult{Content: "alone"})
	connecting := state.New("connecting", state.LocalBackend, "connect", now())
	connecting.Connect(now())
	cancelled := running("cancelled", "a task with\nmany\tlines", call)
	cancelled.Cancel(now())
	lost := running("lost", "league table", call)
	lost.Apply([]state.Arrival{parttest.End(lost, nil)})
	return []*state.Run{
		busy, quiet, connecting,
		running("done", "league table", call, api.ToolResult{}, api.Done{TotalCostUSD: &cost}),
		running("failed", "a task that is longer than any column "+strings.Repeat("and longer ", 20), call, api.ToolResult{Failed: true}, api.Failed{Error: "no"}),
		running("late", "late", api.TimedOut{}), cancelled, lost,
		queued("q1", "the next task"), queued("q2", "the task after it"), queued("q3", "the last one"),
	}
}

func newBoard(runs []*state.Run, current string, w, h int) *Board {
	b := New(themes.Notte())
	b.Resize(w, h)
	b.Sync(runs, current, now())
	return b
}

// do presses the keys of actions and gives the last intent.
func do(b *Board, actions ...part.Action) part.Intent {
	var intent part.Intent
	for _, a := range actions {
		intent, _ = b.Update(part.Do{Action: a})
	}
	return intent
}

// chosen is the id of the selected run, or empty.
func chosen(b *Board) string {
	to, _ := do(b, part.Choose).(part.GoTo)
	return to.Run
}

func text(b *Board) string { return parttest.Text(b.Rows()) }

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, w := range []int{50, 80, 120, 160} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			t.Parallel()
			b := newBoard(every(), "done", w, 16)
			golden.RequireEqual(t, text(b))
		})
	}
	for _, test := range []struct {
		name string
		id   string
		w, h int
	}{{"queued", "q2", 50, 14}, {"scrolled", "q3", 80, 8}, {"narrow", "busy", 36, 8}} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := newBoard(every(), test.id, test.w, test.h)
			golden.RequireEqual(t, text(b))
		})
	}
	t.Run("empty", func(t *testing.T) {
		t.Parallel()
		golden.RequireEqual(t, text(newBoard(nil, "", 50, 6)))
	})
}

// anyRuns are n runs with content that is hard to draw, in any phase.
func anyRuns(r *rand.Rand, n int) []*state.Run {
	runs := make([]*state.Run, n)
	for i := range runs {
		run := parttest.RandomRun(r, r.IntN(30), r.IntN(2) == 0)
		run.ID = fmt.Sprint(i)
		switch tasks := parttest.Hostile(); r.IntN(5) {
		case 0:
			run = queued(run.ID, tasks[r.IntN(len(tasks))])
		case 1:
			run.Cancel(now())
		case 2:
			run.Apply([]state.Arrival{parttest.End(run, nil)})
		}
		runs[i] = run
	}
	return runs
}

func TestRowsAtEverySize(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 40} {
		r := rand.New(rand.NewPCG(uint64(n), 1))
		runs := anyRuns(r, n)
		b := New(themes.Notte())
		for w, h := range parttest.Sizes() {
			b.Sync(runs, fmt.Sprint(r.IntN(n+1)), now().Add(time.Duration(w-5)*time.Second))
			b.Update(part.Do{Action: part.Action(r.IntN(int(part.No) + 1))})
			b.Update(part.Wheel{Rows: r.IntN(9) - 4})
			b.Update(part.Click{X: r.IntN(w + 1), Y: r.IntN(h+3) - 1})
			parttest.Exact(t, b, w, h)
		}
	}
}

func TestStateIsGlyphAndWord(t *testing.T) {
	t.Parallel()
	for _, w := range []int{30, 40, 80, 200} {
		shown := text(newBoard(every(), "", w, 20))
		for phase := state.Queued; phase <= state.Interrupted; phase++ {
			glyph, _ := part.PhaseMark(themes.Notte(), phase)
			if want := glyph + " " + phase.String(); !strings.Contains(shown, want) {
				t.Errorf("at %d, %q does not show:\n%s", w, want, shown)
			}
		}
	}
}

// Columns go in this order when it gets narrow, and never come back.
func TestColumnsDropByPriority(t *testing.T) {
	t.Parallel()
	titles := []string{"Cost", "Events per second", "Last tool", "Time"} // the first goes first
	were := 0
	for w := 30; w <= 200; w++ {
		shown := text(newBoard(every(), "", w, 20))
		if !strings.Contains(shown, "State") || !strings.Contains(shown, "Task") {
			t.Fatalf("at %d there is no state or no task:\n%s", w, shown)
		}
		n := 0
		for i, title := range titles {
			if strings.Contains(shown, title) {
				n = max(n, len(titles)-i)
			} else if n > 0 {
				t.Fatalf("at %d there is no %q:\n%s", w, title, shown)
			}
		}
		if n < were {
			t.Fatalf("at %d there are %d of the columns, %d when it was narrower", w, n, were)
		}
		were = n
	}
	if were != len(titles) {
		t.Errorf("at 200 there are only %d of %q", were, titles)
	}
}

func TestHeadCountsByPhase(t *testing.T) {
	t.Parallel()
	b := newBoard(every(), "done", 160, 20)
	want := " Runs   2 running · 1 connecting · 3 queued · 1 done · 1 failed · 1 timed out · 1 cancelled · 1 interrupted"
	if head, _, _ := strings.Cut(text(b), "\n"); !strings.HasPrefix(head, want) || !strings.HasSuffix(head, "run 4 in view") {
		t.Errorf("the head is %q", head)
	}
}

func TestQueuedRunsTellTheirTurn(t *testing.T) {
	t.Parallel()
	runs := []*state.Run{running("r", "goes on")}
	for i := range 122 {
		runs = append(runs, queued(fmt.Sprint(i+1), fmt.Sprintf("task %d.", i+1)))
	}
	b := newBoard(runs, "r", 80, 200)
	shown := text(b)
	for n, want := range map[int]string{
		1: "next", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st",
		22: "22nd", 101: "101st", 111: "111th", 112: "112th", 122: "122nd",
	} {
		if row := fmt.Sprintf("queued · %-5s  task %d.", want, n); !strings.Contains(shown, row) {
			t.Errorf("there is no %q", row)
		}
	}
	do(b, part.End)
	b.Resize(80, 10) // the places of those above count
	if shown := text(b); !strings.Contains(shown, "queued · 122nd") || !strings.Contains(shown, "queued · 117th") {
		t.Errorf("scrolled down:\n%s", shown)
	}
}

func TestManyRunsScroll(t *testing.T) {
	t.Parallel()
	runs := anyRuns(rand.New(rand.NewPCG(1, 2)), 150)
	b := newBoard(runs, "0", 80, 23)
	seen := map[string]bool{}
	for range 150 {
		row := ""
		for line := range strings.SplitSeq(text(b), "\n") {
			if strings.HasPrefix(line, "› ") {
				row = line
			}
		}
		if row == "" {
			t.Fatalf("the selected run does not show:\n%s", text(b))
		}
		seen[strings.Fields(row)[1]] = true
		do(b, part.Down)
	}
	if len(seen) != 150 {
		t.Errorf("going down shows %d runs, want all 150", len(seen))
	}
	if shown := text(b); !strings.Contains(shown, "131–150 of 150") {
		t.Errorf("at the end:\n%s", shown)
	}
	for _, test := range []struct {
		action part.Action
		want   string
	}{{part.Top, "0"}, {part.PageDown, "19"}, {part.PageDown, "38"}, {part.PageUp, "19"}, {part.Up, "18"}, {part.End, "149"}, {part.Down, "149"}} {
		do(b, test.action)
		if got := chosen(b); got != test.want {
			t.Errorf("action %d selects %s, want %s", test.action, got, test.want)
		}
	}
	b.Update(part.Wheel{Rows: -9})
	if got := chosen(b); got != "140" {
		t.Errorf("nine rows of the wheel up from 149 select %s", got)
	}
}

func TestSelectionFollowsItsRun(t *testing.T) {
	t.Parallel()
	runs := every()
	b := newBoard(runs, "quiet", 80, 20)
	if got := chosen(b); got != "quiet" {
		t.Errorf("at first %q is selected, want the run in view", got)
	}
	do(b, part.Down, part.Down)
	if got := chosen(b); got != "done" {
		t.Fatalf("two further down %q is selected", got)
	}
	b.Sync(append([]*state.Run{queued("new", "")}, runs...), "new", now())
	if got := chosen(b); got != "done" {
		t.Errorf("with a run before it %q is selected", got)
	}
	b.Sync(append(runs[:3:3], runs[4:]...), "new", now())
	if got := chosen(b); got != "late" {
		t.Errorf("when the fifth run is gone %q is selected, want the fifth of those left", got)
	}
	b.Sync(runs[:2], "busy", now())
	if got := chosen(b); got != "quiet" {
		t.Errorf("of two runs %q is selected, want the last", got)
	}
	b.Sync(nil, "", now())
	if got := chosen(b); got != "" {
		t.Errorf("of no runs %q is selected", got)
	}
}

// App may go on using its slice.
func TestSyncKeepsNoSlice(t *testing.T) {
	t.Parallel()
	runs := every()
	b := newBoard(runs, "busy", 80, 20)
	runs[0], runs[1] = runs[1], runs[0]
	do(b, part.Down)
	if got := chosen(b); got != "quiet" {
		t.Errorf("after the slice has changed the second run is %q", got)
	}
}
