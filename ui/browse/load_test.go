package browse

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/part"
)

// page is a page of n sessions, the first of which is the from-th.
func page(from, n int, more bool) api.Page[api.Session] {
	p := api.Page[api.Session]{HasNext: more}
	for i := range n {
		p.Items = append(p.Items, session(from+i))
	}
	return p
}

func TestFirstQuestion(t *testing.T) {
	t.Parallel()
	b := New(themes.Notte(), "local")
	b.Resize(60, 12)
	if got := b.Init(); got != (part.List{Page: 1}) {
		t.Errorf("the first question is %#v", got)
	}
	shows(t, b, "asking the service…")
}

func TestFilterAndListAskForThemselves(t *testing.T) {
	t.Parallel()
	b := withSessions(t, 80, 20, session(1))
	shows(t, b, "only active", "f all")
	if got := do(b, part.ActiveOnly); got != (part.List{All: true, Page: 1}) {
		t.Fatalf("all sessions: %#v", got)
	}
	shows(t, b, "asking the service…", "f only active")
	hides(t, b, id("session", 1)[:8])
	if got := do(b, part.OtherList); got != (part.List{Agents: true, Page: 1}) {
		t.Fatalf("the agents: %#v", got)
	}
	if got := do(b, part.OtherList); got != nil {
		t.Errorf("back to the sessions, which are asked for: %#v", got)
	}
	b.Update(LoadedSessions{Asked: part.List{All: true, Page: 1}, Page: page(5, 1, false)})
	b.Update(LoadedAgents{Asked: part.List{Agents: true, Page: 1}})
	shows(t, b, id("session", 5)[:8], "1 session")
	if got := do(b, part.OtherList); got != nil {
		t.Errorf("to the agents, which were loaded: %#v", got)
	}
	shows(t, b, "No active agent", "f shows all")
	if got := do(b, part.ActiveOnly); got != (part.List{Agents: true, All: true, Page: 1}) {
		t.Errorf("all agents: %#v", got)
	}
}

// What the person has not asked for last is dropped.
func TestStaleAnswersAreDropped(t *testing.T) {
	t.Parallel()
	stale := []part.List{
		{Page: 1}, {Page: 2}, {All: true, Page: 2}, {All: true}, {Agents: true, All: true, Page: 1},
	}
	for _, list := range stale {
		b := withSessions(t, 80, 20, session(1))
		do(b, part.ActiveOnly)
		b.Update(LoadedSessions{Asked: list, Page: page(2, 3, false)})
		b.Update(LoadedSessions{Asked: list, Err: errors.New("too late")})
		shows(t, b, "asking the service…")
		hides(t, b, "too late")
		b.Update(LoadedSessions{Asked: part.List{All: true, Page: 1}, Page: page(9, 1, false)})
		b.Update(LoadedSessions{Asked: part.List{All: true, Page: 1}, Page: page(2, 3, false)})
		if got := chosen(b); got != id("session", 9) {
			t.Errorf("after %#v and the answer, %s is selected:\n%s", list, got, text(b))
		}
		shows(t, b, "1 session ")
	}
}

func TestAgentsAnswersDoNotMixWithSessions(t *testing.T) {
	t.Parallel()
	b := newBrowse(80, 20)
	b.Init()
	b.Update(LoadedAgents{Asked: part.List{Page: 1}, Page: api.Page[api.Agent]{Items: everyAgent()}})
	b.Update(LoadedAgents{Asked: part.List{Agents: true, Page: 1}, Page: api.Page[api.Agent]{Items: everyAgent()}})
	shows(t, b, "asking the service…")
	do(b, part.OtherList)
	shows(t, b, "asking the service…")
}

func TestErrorsAreToldAndTriedAgain(t *testing.T) {
	t.Parallel()
	b := newBrowse(60, 20)
	b.Update(LoadedSessions{Asked: asked(t, b.Init()), Err: errors.New("no \x1b[31mroute\n to host")})
	shows(t, b, "✗ The sessions could not be listed", "␛[31mroute  to host", "r tries again")
	again := asked(t, do(b, part.Refresh))
	shows(t, b, "asking the service…")
	b.Update(LoadedSessions{Asked: again, Page: page(1, 2, false)})
	shows(t, b, "2 sessions")
	again = asked(t, do(b, part.Refresh))
	shows(t, b, "asking…", "2 sessions")
	b.Update(LoadedSessions{Asked: again, Err: errors.New("no route")})
	shows(t, b, "✗ no route", "2 sessions") // what was there stays
	b.Resize(60, 1)
	shows(t, b, "› ● active")
	do(b, part.Refresh)
	b.Resize(60, 20)
	hides(t, b, "no route")
}

func TestRefreshAsksOnceAndKeepsTheSelection(t *testing.T) {
	t.Parallel()
	b := withSessions(t, 80, 20, session(1), session(2), session(3))
	do(b, part.Down)
	again := asked(t, do(b, part.Refresh))
	if got, ok := do(b, part.Refresh).(part.Say); !ok {
		t.Errorf("asking while it is being asked is %#v", got)
	}
	b.Update(LoadedSessions{Asked: again, Page: api.Page[api.Session]{Items: []api.Session{session(7), session(8), session(2)}}})
	if got := chosen(b); got != id("session", 2) {
		t.Errorf("%s is selected, want the session that was", got)
	}
	b.Update(LoadedSessions{Asked: asked(t, do(b, part.Refresh)), Page: page(7, 2, false)})
	if got := chosen(b); got != id("session", 8) {
		t.Errorf("when it is gone, %s is selected, want the last", got)
	}
	b.Update(LoadedSessions{Asked: asked(t, do(b, part.Refresh))})
	if got := chosen(b); got != "" {
		t.Errorf("without sessions, %s is selected", got)
	}
}

// Going down at the end asks for the next page, once, which is appended without
// what is there already.
func TestGoingDownLoadsMore(t *testing.T) {
	t.Parallel()
	b := newBrowse(80, 20)
	b.Update(LoadedSessions{Asked: asked(t, b.Init()), Page: page(1, 3, true)})
	shows(t, b, "▼ more", "3+ sessions")
	if got := do(b, part.Down, part.Down); got != nil {
		t.Errorf("on the way down: %#v", got)
	}
	next := part.List{Page: 2}
	for _, action := range []part.Action{part.Down, part.End, part.PageDown} {
		b := newBrowse(80, 20)
		b.Update(LoadedSessions{Asked: asked(t, b.Init()), Page: page(1, 3, true)})
		do(b, part.Down, part.Down)
		if got := do(b, action); got != next {
			t.Errorf("action %d at the end is %#v", action, got)
		}
	}
	if got := do(b, part.Down); got != next {
		t.Fatalf("down at the end is %#v", got)
	}
	shows(t, b, "asking for more…")
	if got := do(b, part.Down); got != nil {
		t.Errorf("down again is %#v", got)
	}
	b.Update(LoadedSessions{Asked: next, Err: errors.New("no route")})
	shows(t, b, "✗ no route", "▼ more")
	if got := do(b, part.Down); got != next {
		t.Fatalf("down after it failed is %#v", got)
	}
	b.Update(LoadedSessions{Asked: next, Page: page(3, 2, false)})
	shows(t, b, "4 sessions")
	hides(t, b, "more", "+")
	if got := chosen(b); got != id("session", 3) {
		t.Errorf("%s is selected, want the one that was", got)
	}
	do(b, part.Down, part.Down)
	if got := chosen(b); got != id("session", 4) {
		t.Errorf("at the end %s is selected", got)
	}
}

func TestListIsBounded(t *testing.T) {
	t.Parallel()
	b := newBrowse(80, 20)
	intent := b.Init()
	for n := range 5 {
		b.Update(LoadedSessions{Asked: asked(t, intent), Page: page(n*120, 120, true)})
		intent = do(b, part.End)
		if n == 4 && intent != nil {
			t.Errorf("beyond the end: %#v", intent)
		}
	}
	shows(t, b, "500+ sessions", fmt.Sprintf("the first %d are shown · there are more", maxEntries))
}

// The service's own sessions are not the person's.
func TestHiddenSessionsAreLeftOut(t *testing.T) {
	t.Parallel()
	hidden := session(2)
	hidden.SystemHidden = new(true)
	b := withSessions(t, 80, 20, session(1), hidden)
	shows(t, b, "1 session ")
}

func TestAgeOfTheList(t *testing.T) {
	t.Parallel()
	b := withSessions(t, 120, 20, session(1))
	b.Tick(now().Add(12 * time.Second))
	shows(t, b, "as of 0:12 ago")
	b.Update(LoadedSessions{Asked: asked(t, do(b, part.Refresh)), Page: page(1, 1, false)})
	shows(t, b, "as of 0:00 ago")
}

// Entries of which the service gave no id can be seen but not used.
func TestWithoutID(t *testing.T) {
	t.Parallel()
	s := session(1)
	s.SessionID = ""
	b := withSessions(t, 80, 20, s, s)
	shows(t, b, "(no id)", "2 sessions")
	for _, action := range []part.Action{part.UseListed, part.StopListed, part.CopyID} {
		if got, ok := do(b, action).(part.Say); !ok || !strings.Contains(got.Text, "no id") {
			t.Errorf("action %d is %#v", action, got)
		}
	}
}
