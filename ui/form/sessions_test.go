package form_test

import (
	"strings"
	"testing"

	"notturno/state/options"
	"notturno/ui/form"
	"notturno/ui/part/parttest"
)

func TestSessions(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Focus: options.SessionID})
	wantShown(t, f, "a new one")
	f.Update(form.Sessions{Open: []form.Session{{ID: "s-1", Label: "active since 09:12"}, {ID: "s-2"}, {ID: "s-1", Label: "again"}, {}}})
	wantShown(t, f, "• a new one", "s-1  active since 09:12")
	wantHidden(t, f, "again")
	keys(f, "<right>")
	wantShown(t, f, "• s-1", "New session  not used: the session is there already")
	wantValues(t, taken(t, f), options.Values{options.SessionID: "s-1"})
	keys(f, "<left>")
	wantHidden(t, f, "not used")
	keys(f, "another")
	wantValues(t, taken(t, f), options.Values{options.SessionID: "another"})
}

func TestASessionThatIsSetStays(t *testing.T) {
	t.Parallel()
	want := options.Values{options.SessionID: "gone"}
	for _, msg := range []form.Sessions{{Open: []form.Session{{ID: "s-1"}}}, {Err: "no \x1b[2Janswer"}, {}} {
		f := newForm(form.Config{Values: want, Focus: options.SessionID})
		f.Update(msg)
		wantValues(t, taken(t, f), want)
		if msg.Err != "" {
			wantShown(t, f, "the open sessions are not known: no ␛[2Janswer")
		}
	}
}

func TestTheOpenSessionsAreAskedFor(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Focus: options.SessionID})
	wantShown(t, f, "asking for the open sessions…")
	f.Update(form.Sessions{Err: "no answer"})
	wantHidden(t, f, "asking for")
	wantShown(t, f, "the open sessions are not known: no answer")
	f.Update(form.Sessions{Open: []form.Session{{ID: "s-1"}}})
	wantHidden(t, f, "asking for")
	wantHidden(t, f, "not known")
}

// Whatever is known of the open sessions, one goes from the chosen one to a new
// one and back.
func TestTheWayBackToASession(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("s", 3000)
	for _, id := range []string{"gone", long} {
		for name, msg := range map[string]*form.Sessions{"before the answer": nil, "without any": {}, "without an answer": {Err: "no"}, "with others": {Open: []form.Session{{ID: "s-1"}, {ID: "s-2"}}}, "with it": {Open: []form.Session{{ID: "s-1"}, {ID: id}}}} {
			f := newForm(form.Config{Values: options.Values{options.SessionID: id}, Focus: options.SessionID})
			if msg != nil {
				f.Update(*msg)
			}
			wantShown(t, f, "←→ choose", "  a new one", "• "+id[:4])
			for range 4 {
				if keys(f, "<right>"); strings.Contains(parttest.Text(f.Rows()), "• a new one") {
					break
				}
			}
			wantShown(t, f, "• a new one")
			wantValues(t, taken(t, f), nil)
			for range 4 {
				if keys(f, "<left>"); strings.Contains(parttest.Text(f.Rows()), "• "+id[:4]) {
					break
				}
			}
			if got := taken(t, f); got[options.SessionID] != id {
				t.Errorf("%s the way back leads to %.20q", name, got)
			}
		}
	}
}

// An id that was typed is not lost by going through the others.
func TestTheWayBackToATypedSession(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Focus: options.SessionID})
	f.Update(form.Sessions{Open: []form.Session{{ID: "s-1"}}})
	keys(f, "typed<ctrl+n>")
	wantShown(t, f, "• s-1", "  typed", "  a new one")
	keys(f, "<ctrl+p>")
	wantValues(t, taken(t, f), options.Values{options.SessionID: "typed"})
	keys(f, "<left>")
	wantValues(t, taken(t, f), nil)
}

// An id that is longer than a line is offered whole or not at all.
func TestALongSessionIsChosenWhole(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("s", 3000)
	f := newForm(form.Config{Focus: options.SessionID})
	f.Update(form.Sessions{Open: []form.Session{{ID: long, Label: "active"}, {ID: "s-2"}}})
	keys(f, "<right>")
	wantValues(t, taken(t, f), options.Values{options.SessionID: long})
	keys(f, "<right>")
	wantValues(t, taken(t, f), options.Values{options.SessionID: "s-2"})
}
