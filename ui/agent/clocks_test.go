package agent

import (
	"strings"
	"testing"
	"time"

	"notturno/api"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/part/parttest"
)

// clocksAfter is the row of the clocks when so much time has passed.
func clocksAfter(c state.Clocks, passed time.Duration) string {
	run := begun()
	run.Agent.Clocks = c
	a := New(run, themes.Notte())
	a.Resize(40, 8)
	a.Tick(parttest.Start().Add(passed))
	for _, row := range a.Rows() {
		if text := parttest.Text([]string{row}); strings.HasPrefix(text, "  idle") || strings.HasPrefix(text, "  open") {
			return row
		}
	}
	return ""
}

// The clocks count down, and each by itself is marked when most of it is used,
// in colour and with a sign.
func TestClocks(t *testing.T) {
	t.Parallel()
	start := parttest.Start()
	both := state.Clocks{CreatedAt: start, UsedAt: start, Idle: 3 * time.Minute, Max: 15 * time.Minute}
	used := both
	used.UsedAt = start.Add(11 * time.Minute)
	for _, test := range []struct {
		name   string
		clocks state.Clocks
		passed time.Duration
		want   string
		late   []string
	}{
		{"at the start", both, 0, "idle 3:00 left · 15:00 at most", nil},
		{"before 80 %", both, 143 * time.Second, "idle 0:37 left · 12:37 at most", nil},
		{"80 % unused", both, 144 * time.Second, "idle ◷ 0:36 left · 12:36 at most", []string{"◷ 0:36 left"}},
		{"used again", used, 11 * time.Minute, "idle 3:00 left · 4:00 at most", nil},
		{"80 % of the whole", used, 12 * time.Minute, "idle 2:00 left · ◷ 3:00 at most", []string{"◷ 3:00 at most"}},
		{"80 % of both", used, 810 * time.Second, "idle ◷ 0:30 left · ◷ 1:30 at most", []string{"◷ 0:30 left", "◷ 1:30 at most"}},
		{"over at work", both, time.Hour, "idle ◷ 0:00 left · ◷ 0:00 at most", []string{"◷ 0:00 left", "◷ 0:00 at most"}},
		{"only unused", state.Clocks{UsedAt: start, Idle: 3 * time.Minute}, time.Minute, "idle 2:00 left", nil},
		{"only at most", state.Clocks{CreatedAt: start, Max: 15 * time.Minute}, time.Minute, "open 14:00 at most", nil},
		{"not known", state.Clocks{CreatedAt: start, UsedAt: start}, time.Minute, "", nil},
	} {
		row := clocksAfter(test.clocks, test.passed)
		if got := strings.TrimSpace(parttest.Text([]string{row})); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		for _, late := range test.late {
			if !strings.Contains(row, themes.Paint(themes.Notte().Warning, late)) {
				t.Errorf("%s: %q is not a warning in %q", test.name, late, row)
			}
		}
		if warns := strings.Contains(row, "◷"); warns != (len(test.late) > 0) {
			t.Errorf("%s: %q warns: %v", test.name, row, warns)
		}
	}
}

// The pane asks for ticks while there is something to count, and not for ever.
func TestCounting(t *testing.T) {
	t.Parallel()
	want := map[string]bool{"0 before": false, "7 stopped": false, "9 done and stopped": false, "d over": false}
	for name, story := range stories() {
		a := newAgent(story(), 40, 8)
		if _, not := want[name]; a.Counting() == not {
			t.Errorf("%s: counting is %v", name, a.Counting())
		}
	}
	a := newAgent(stories()["a done and kept"](), 40, 8)
	a.Tick(parttest.Start().Add(time.Hour))
	if text := shown(a); a.Counting() || !strings.Contains(text, "may have closed") || strings.Contains(text, "idle") {
		t.Errorf("after an hour counting is %v: %q", a.Counting(), text)
	}
}

// A tick within a second changes nothing, and what has been heard before costs
// nothing.
func TestCost(t *testing.T) {
	a := newAgent(begun(), 40, 8)
	a.Rows()
	now := parttest.Start().Add(clocksUsed)
	if n := testing.AllocsPerRun(50, func() {
		now = now.Add(time.Millisecond)
		a.Tick(now)
		a.Rows()
	}); n != 0 {
		t.Errorf("a tick within a second takes %v allocations", n)
	}
	cost := func(n int) float64 {
		run := begun()
		for range n {
			run.Apply(parttest.Arrivals(run, api.ToolStart{Name: "click"}, api.ToolResult{Content: "ok"}))
		}
		run.Agent.Goal = api.Text(strings.Repeat("a long goal ", 50*n))
		a := newAgent(run, 40, 8)
		return testing.AllocsPerRun(20, func() {
			a.Sync()
			a.Rows()
		})
	}
	if few, many := cost(10), cost(2000); many > few*1.2 {
		t.Errorf("after 10 steps %v allocations, after 2000 %v", few, many)
	}
}
