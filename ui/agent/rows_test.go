package agent

import (
	"slices"
	"strings"
	"testing"

	"notturno/api"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// shown is what a pane shows, without the free rows at its end.
func shown(a *Agent) string { return strings.TrimRight(parttest.Text(a.Rows()), "\n") }

// What the pane wants is enough, whatever its width, and not more than it may.
func TestWantIsEnough(t *testing.T) {
	t.Parallel()
	for name, story := range stories() {
		a := newAgent(story(), 32, 100)
		want, all := a.Want(), strings.Count(shown(a), "\n")+1
		if want < 2 || want > 8 || want < min(all, 8) {
			t.Errorf("%s: %d rows are wanted for %d", name, want, all)
		}
		for _, w := range []int{10, 40, 200} {
			if a.Resize(w, 3); a.Want() != want {
				t.Errorf("%s: %d rows are wanted at %d, and %d at 32", name, a.Want(), w, want)
			}
		}
	}
}

// Where there are few rows, what matters most is still there.
func TestFewRows(t *testing.T) {
	t.Parallel()
	const (
		steps   = "step 3 of 20"
		stop    = "agent not stopped: refused"
		session = "stopping session 9b1f6a52…"
		goal    = "goal Read the posts"
		clock   = "idle 2:10"
		site    = "page 127.0.0.1:41207/news"
		why     = "notte.example answered 500"
	)
	order := []string{steps, stop, session, goal, clock, why, site}
	for h := range 8 {
		a := newAgent(stories()["6 refused"](), 40, h)
		for i, text := range order {
			if got, want := strings.Contains(shown(a), text), i < h; got != want {
				t.Errorf("in %d rows %q shows: %v, in %q", h, text, got, shown(a))
			}
		}
	}
}

func TestTheBarIsOfTheSteps(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		steps, most, taken, cells int
		text                      string
	}{
		{0, 20, 0, 10, "step 0 of 20"}, {1, 150, 1, 10, "step 1 of 150"}, {3, 20, 1, 10, "step 3 of 20"}, {10, 20, 5, 10, "step 10 of 20"},
		{19, 20, 9, 10, "step 19 of 20"}, {20, 20, 10, 10, "step 20 of 20"}, {25, 20, 10, 10, "step 25 of 20"}, {7, 0, 0, 0, "step 7"},
	} {
		run := begun()
		run.Agent.Steps, run.Agent.MaxSteps = test.steps, test.most
		row := parttest.Text(newAgent(run, 60, 1).Rows())
		taken, free := strings.Count(row, "━"), strings.Count(row, "─")
		if taken != test.taken || taken+free != test.cells || !strings.HasSuffix(row, test.text) {
			t.Errorf("step %d of %d shows as %q", test.steps, test.most, row)
		}
	}
}

// The steps are told at every width that the rail can have.
func TestTheStepsShow(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		w, most int
		polling bool
		want    string
	}{
		{40, 20, false, " Agent          ━───────── step 3 of 20"},
		{32, 20, false, " Agent  ━───────── step 3 of 20"},
		{32, 150, false, " Agent ━───────── step 3 of 150"},
		{25, 20, false, " Agent ━─── step 3 of 20"},
		{32, 150, true, " Agent ≈ polling  step 3 of 150"},
		{28, 150, true, " Agent ≈ polling ━─── 3/150"},
		{16, 20, false, " Agent     3/20"},
	} {
		run := begun()
		run.Agent.MaxSteps, run.Agent.Polling = test.most, test.polling
		if row := parttest.Text(newAgent(run, test.w, 1).Rows()); row != test.want {
			t.Errorf("at %d: %q, want %q", test.w, row, test.want)
		}
	}
}

// An address is a link with its query only where a click needs it, and one that
// is not safe to open is none.
func TestThePage(t *testing.T) {
	t.Parallel()
	a := newAgent(begun(), 40, 8)
	all := strings.Join(a.Rows(), "\n")
	if !strings.Contains(all, "\x1b]8;;"+address) || strings.Contains(shown(a), "secret") {
		t.Errorf("the page shows in %q", all)
	}
	run := begun()
	run.Agent.Page = "javascript:alert(1)"
	if all := strings.Join(newAgent(run, 60, 8).Rows(), "\n"); strings.Contains(all, "\x1b]8") || !strings.Contains(all, "not safe to open") {
		t.Errorf("an address that is not safe shows in %q", all)
	}
}

// A click on the address opens it, wherever it is drawn; no key does anything.
func TestClick(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ h, page int }{{8, 3}, {5, 2}, {3, -1}, {0, -1}} {
		a := newAgent(begun(), 40, test.h)
		a.Rows()
		for y := -1; y < 9; y++ {
			var want part.Intent
			if y >= 0 && y == test.page {
				want = part.Open{URL: address}
			}
			if got, cmd := a.Update(part.Click{X: 5, Y: y}); got != want || cmd != nil {
				t.Errorf("in %d rows a click on row %d means %#v, want %#v", test.h, y, got, want)
			}
		}
	}
	a := newAgent(begun(), 40, 8)
	for _, b := range part.Bindings() {
		if intent, cmd := a.Update(part.Do{Action: b.Action}); intent != nil || cmd != nil {
			t.Errorf("the key to %q means %#v", b.Help, intent)
		}
	}
}

func TestAClickBeforeAnythingIsDrawn(t *testing.T) {
	t.Parallel()
	if intent, _ := New(begun(), themes.Notte()).Update(part.Click{}); intent != nil {
		t.Errorf("it means %#v", intent)
	}
}

// What was learned and the colours show at once.
func TestSyncAndTheme(t *testing.T) {
	t.Parallel()
	run := begun()
	a := newAgent(run, 40, 8)
	before := slices.Clone(a.Rows())
	run.Apply(parttest.Arrivals(run, api.Status{Status: "Answer."}))
	if a.Sync(); !strings.Contains(shown(a), "goal Answer.") {
		t.Errorf("the new goal is not in %q", shown(a))
	}
	run.Apply(parttest.Arrivals(run, api.Done{}))
	if a.Sync(); strings.Contains(shown(a), "goal") {
		t.Errorf("the agent is done and wants something: %q", shown(a))
	}
	text := shown(a)
	dark := strings.Join(a.Rows(), "\n")
	a.SetTheme(themes.Giorno())
	if shown(a) != text || strings.Join(a.Rows(), "\n") == dark || strings.Join(before, "\n") == dark {
		t.Errorf("in another theme: %q", shown(a))
	}
}

// A stop is only called refused or confirmed when it is, and what was asked for
// after the end is still under way.
func TestStops(t *testing.T) {
	t.Parallel()
	ask := news(state.AgentChange{SessionStop: state.StopAsked})
	kept := stories()["a done and kept"]()
	kept.Apply([]state.Arrival{ask})
	lost := begun()
	lost.Apply([]state.Arrival{ask, parttest.End(lost, nil)})
	over := begun()
	over.Apply([]state.Arrival{news(state.AgentChange{SessionEnded: true})})
	for _, test := range []struct {
		name string
		run  *state.Run
		want string
	}{
		{"asked after the end", kept, "● stopping session 9b1f6a52…"},
		{"asked before the end came", lost, "? session 9b1f6a52 asked to stop: not confirmed"},
		{"ended by itself", over, "○ session 9b1f6a52 has ended"},
	} {
		if a := newAgent(test.run, 60, 8); !strings.Contains(shown(a), test.want) {
			t.Errorf("%s: %q is not in %q", test.name, test.want, shown(a))
		}
	}
}
