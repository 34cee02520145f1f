package browse

import (
	"slices"
	"strings"
	"testing"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// Nothing is stopped before the person has said yes to what is named.
func TestStoppingAsksFirst(t *testing.T) {
	t.Parallel()
	first := id("session", 1)
	for _, yes := range []part.Action{part.Yes, part.StopListed} {
		b := withSessions(t, 100, 20, everySession()...)
		if b.Contexts()[0] == part.InQuestion {
			t.Fatal("keys answer a question that nobody has asked")
		}
		if got := do(b, part.StopListed); got != nil {
			t.Fatalf("asking to stop is %#v", got)
		}
		shows(t, b, "Stop session "+first+"?", "y yes · n no")
		if b.Contexts()[0] != part.InQuestion {
			t.Errorf("the answer is looked up in %q", b.Contexts())
		}
		if got := do(b, yes); got != (part.EndSession{ID: first}) {
			t.Errorf("the answer %d is %#v", yes, got)
		}
		shows(t, b, "■ stop asked")
		hides(t, b, "y yes")
		if got := do(b, part.StopListed); got != (part.Say{Text: "this session was asked to stop already"}) {
			t.Errorf("asking again is %#v", got)
		}
	}
	for _, no := range []part.Action{part.No, part.Back, part.Interrupt} {
		b := withSessions(t, 100, 20, everySession()...)
		do(b, part.StopListed)
		if got := do(b, no); got != nil {
			t.Errorf("the answer %d is %#v", no, got)
		}
		shows(t, b, "● active")
		hides(t, b, "y yes", "stop asked")
	}
}

// While it asks, only answers count; and what is stopped is what was named,
// even when the list has changed since.
func TestQuestionStandsStill(t *testing.T) {
	t.Parallel()
	answers := []part.Action{part.Yes, part.StopListed, part.No, part.Back, part.Interrupt}
	b := withSessions(t, 100, 20, everySession()...)
	again := asked(t, do(b, part.Refresh))
	do(b, part.StopListed)
	before := text(b)
	for action := part.NoAction; action <= part.Stay; action++ {
		if slices.Contains(answers, action) {
			continue
		}
		if got := do(b, action); got != nil {
			t.Errorf("action %d is %#v", action, got)
		}
	}
	b.Update(part.Wheel{Rows: 3})
	if got, _ := b.Update(part.Click{X: 3, Y: 4}); got != nil {
		t.Errorf("a click is %#v", got)
	}
	if text(b) != before {
		t.Errorf("something has moved:\n%s", text(b))
	}
	b.Update(LoadedSessions{Asked: again, Page: page(20, 3, false)})
	if got := do(b, part.Yes); got != (part.EndSession{ID: id("session", 1)}) {
		t.Errorf("yes is %#v", got)
	}
}

// The question shows at every size, and so do the keys of its answers wherever
// they fit, whatever it is about.
func TestQuestionShowsAtEverySize(t *testing.T) {
	t.Parallel()
	hostile := session(2)
	hostile.SessionID = api.Text(strings.Repeat("1️⃣漢e\u0301", 90))
	for _, s := range []api.Session{session(1), hostile} {
		b := withSessions(t, 80, 20, s)
		do(b, part.StopListed)
		for w, h := range parttest.Sizes() {
			if h > 11 {
				continue
			}
			parttest.Exact(t, b, w, h)
			if w < 16 || h == 0 {
				continue
			}
			if shown := text(b); !strings.Contains(shown, "y yes · n no") || (w >= 40 && !strings.Contains(shown, "Stop session "+string([]rune(string(s.SessionID))[:4]))) {
				t.Fatalf("at %d×%d it is not named, or there are no keys:\n%s", w, h, shown)
			}
		}
	}
}

func TestStopsAreTold(t *testing.T) {
	t.Parallel()
	tests := []struct {
		stop  state.Stop
		words []string
		again bool // it may be asked again
	}{
		{state.StopAsked, []string{"■ stop asked"}, false},
		{state.StopConfirmed, []string{"✓ stop confirmed", "listed as ● active"}, false},
		{state.StopNotConfirmed, []string{"≠ not confirmed", "stop not confirmed: because"}, true},
		{state.StopRefused, []string{"✗ stop refused", "stop refused: because"}, true},
	}
	for _, test := range tests {
		b := withAgents(t, 100, 24, everyAgent()...)
		do(b, part.StopListed)
		if got := do(b, part.Yes); got != (part.EndAgent{Agent: id("agent", 1), Session: id("session", 1)}) {
			t.Fatalf("yes is %#v", got)
		}
		why := api.Text("")
		if test.again {
			why = "because\nof this"
		}
		b.Update(Stopped{Agent: id("agent", 1), Session: id("session", 1), Stop: test.stop, Why: why})
		shows(t, b, test.words...)
		if _, says := do(b, part.StopListed).(part.Say); says == test.again {
			t.Errorf("after %s it may be asked again: %t, want %t", test.stop, !says, test.again)
		}
		do(b, part.No, part.OtherList) // the session is another thing
		hides(t, b, "stop asked", "confirmed", "refused")
	}
}

// A session whose end is confirmed takes no agent, and no clock of it runs.
func TestConfirmedStopEndsTheSession(t *testing.T) {
	t.Parallel()
	b := withSessions(t, 80, 24, session(1))
	shows(t, b, "2:45", "14:00")
	b.Update(Stopped{Session: id("session", 1), Stop: state.StopAsked})
	if got, ok := do(b, part.UseListed).(part.Say); !ok {
		t.Errorf("using a session that is being stopped is %#v", got)
	}
	b.Update(Stopped{Session: id("session", 1), Stop: state.StopConfirmed})
	hides(t, b, "2:45", "14:00", "x stop", "start agent")
	shows(t, b, "lasted 1:00")
	if got, ok := do(b, part.UseListed).(part.Say); !ok {
		t.Errorf("using a session that was stopped is %#v", got)
	}
}

// Asking the service again makes room for what it says; what is under way
// stays.
func TestRefreshForgetsStopsThatCameToNothing(t *testing.T) {
	t.Parallel()
	b := withSessions(t, 80, 24, session(1), session(2), session(3), session(4))
	for n, stop := range []state.Stop{state.StopAsked, state.StopConfirmed, state.StopNotConfirmed, state.StopRefused} {
		b.Update(Stopped{Session: id("session", n+1), Stop: stop})
	}
	b.Update(LoadedSessions{Asked: asked(t, do(b, part.Refresh)), Page: page(1, 4, false)})
	shows(t, b, "stop asked", "stop confirmed")
	hides(t, b, "not confirmed", "refused")
}
