package links

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// many is a run with n sessions and n functions.
func many(n int) *state.Run {
	run := parttest.Run("task")
	for i := range n {
		run.Sessions = append(run.Sessions, state.Session{ViewerURL: link(i), At: parttest.Start()})
		run.Functions = append(run.Functions, state.Function{ID: api.Text(fmt.Sprintf("function-%d", i))})
	}
	return run
}

func link(i int) api.Text { return api.Text(fmt.Sprintf("https://viewer.example/session-%d", i)) }

// The pane wants as many rows as it has something to show on.
func TestWantIsAllThatThereIs(t *testing.T) {
	t.Parallel()
	for name, run := range map[string]*state.Run{"full": full(), "many": many(5), "none": parttest.Run("task"),
		"a function": parttest.Run("task", api.FunctionUploaded{FunctionID: "f"}), "a session": parttest.Run("task", api.SessionData{ViewerURL: viewer})} {
		for _, focused := range []bool{true, false} {
			l := newLinks(run, 40, 100)
			l.Focus(focused)
			for range 4 {
				l.Resize(40, 100)
				text := strings.TrimRight(parttest.Text(l.Rows()), "\n")
				if got, want := l.Want(), strings.Count(text, "\n")+1; got != want {
					t.Errorf("%s: the pane wants %d rows for the %d of %q", name, got, want, text)
				}
				l.Resize(40, l.Want())
				if got := parttest.Text(l.Rows()); got != text {
					t.Errorf("%s: in as many rows as it wants it shows %q, want %q", name, got, text)
				}
				l.Update(part.Do{Action: part.Down})
			}
		}
	}
}

// The selected card shows whole wherever there are rows for it.
func TestTheSelectedCardShows(t *testing.T) {
	t.Parallel()
	for _, h := range []int{4, 5, 7, 10} {
		l := newLinks(many(10), 40, h)
		l.Focus(true)
		check := func(i int) {
			t.Helper()
			text := parttest.Text(l.Rows())
			want, last := fmt.Sprintf("viewer.example/session-%d\n", i), "Q QR"
			if i >= 10 {
				want, last = fmt.Sprintf("function-%d\n", i-10), "y copy id"
			}
			if !strings.Contains(text, "› ") || !strings.Contains(text+"\n", want) || !strings.Contains(text, last) {
				t.Errorf("in %d rows the card %d is not whole: %q", h, i, text)
			}
		}
		for i := range 20 {
			check(i)
			l.Update(part.Do{Action: part.Down})
		}
		for i := 19; i >= 0; i-- {
			check(i)
			l.Update(part.Do{Action: part.Up})
		}
		l.Update(part.Do{Action: part.End})
		check(19)
		l.Update(part.Do{Action: part.PageUp})
		check(19 - h/2)
		l.Update(part.Do{Action: part.PageDown})
		check(19)
		if l.Update(part.Do{Action: part.Top}); !strings.Contains(parttest.Text(l.Rows()), " Browser") && h > 4 {
			t.Errorf("in %d rows the heading does not come back: %q", h, parttest.Text(l.Rows()))
		}
	}
}

func TestTheWheelScrolls(t *testing.T) {
	t.Parallel()
	l := newLinks(many(10), 40, 8)
	l.Focus(true)
	l.Update(part.Wheel{Rows: 7})
	if text := parttest.Text(l.Rows()); strings.Contains(text, "›") || !strings.HasPrefix(text, "  ● live · session 3") {
		t.Errorf("seven rows down: %q", text)
	}
	l.Sync()
	if text := parttest.Text(l.Rows()); !strings.HasPrefix(text, "  ● live · session 3") {
		t.Errorf("news moved the view: %q", text)
	}
	l.Update(part.Wheel{Rows: 1000})
	if text := parttest.Text(l.Rows()); !strings.HasSuffix(text, "function-9") {
		t.Errorf("at the end: %q", text)
	}
	l.Update(part.Wheel{Rows: -1000})
	if text := parttest.Text(l.Rows()); !strings.HasPrefix(text, " Browser\n› ") {
		t.Errorf("at the start: %q", text)
	}
}

// A click means what was drawn, even when the keyboard comes to the pane in
// between.
func TestClick(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		y      int
		intent part.Intent
		copies string
	}{
		{0, nil, string(link(0))}, {1, nil, string(link(0))}, {2, part.Open{URL: string(link(0))}, string(link(0))},
		{3, nil, string(link(1))}, {4, part.Open{URL: string(link(1))}, string(link(1))},
		{5, nil, string(link(2))}, {6, part.Open{URL: string(link(2))}, string(link(2))},
		{7, nil, string(link(0))}, {8, nil, string(link(0))}, {9, nil, string(link(0))},
		{10, nil, "function-0"}, {11, nil, "function-0"}, {15, nil, "function-2"}, {16, nil, string(link(0))},
		{-1, nil, string(link(0))}, {99, nil, string(link(0))},
	} {
		for _, focused := range []bool{false, true} {
			l := newLinks(many(3), 40, 30)
			l.Rows()
			l.Focus(focused)
			if intent, cmd := l.Update(part.Click{X: 5, Y: test.y}); intent != test.intent || cmd != nil {
				t.Errorf("a click on row %d means %#v, want %#v", test.y, intent, test.intent)
			}
			if intent, _ := l.Update(part.Do{Action: part.CopyThis}); intent.(part.Copy).Text != test.copies {
				t.Errorf("after a click on row %d copying means %#v, want %s", test.y, intent, test.copies)
			}
		}
	}
}

// A card stays the selected one when sessions come.
func TestTheSelectionStays(t *testing.T) {
	t.Parallel()
	run := parttest.Run("task", api.FunctionUploaded{FunctionID: "f"})
	l := newLinks(run, 40, 12)
	l.Sync()
	run.Apply(parttest.Arrivals(run, api.SessionData{ViewerURL: viewer}))
	l.Sync()
	if intent, _ := l.Update(part.Do{Action: part.CopyThis}); intent != (part.Copy{What: "function id", Text: "f"}) {
		t.Errorf("copying means %#v", intent)
	}
}

// A tick within a second changes nothing, and only what shows is drawn.
func TestCost(t *testing.T) {
	l := newLinks(full(), 40, 12)
	l.Rows()
	now := parttest.Start()
	if n := testing.AllocsPerRun(50, func() {
		now = now.Add(time.Millisecond)
		l.Tick(now)
		l.Rows()
	}); n != 0 {
		t.Errorf("a tick within a second takes %v allocations", n)
	}
	cost := func(n int) float64 {
		l := newLinks(many(n), 40, 12)
		l.Focus(true)
		return testing.AllocsPerRun(20, func() {
			for _, a := range []part.Action{part.End, part.PageUp, part.Top, part.Down} {
				l.Update(part.Do{Action: a})
				l.Sync()
				l.Rows()
			}
		})
	}
	if few, many := cost(20), cost(5000); many > few*1.2 {
		t.Errorf("with 40 cards %v allocations, with 10,000 %v", few, many)
	}
}
