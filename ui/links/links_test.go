package links

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

const viewer = "http://127.0.0.1:41207/view/9b1f?token=secret"

// full is a run with two sessions and two functions, one of them without a
// name.
func full() *state.Run {
	return parttest.Run("task",
		api.SessionData{ViewerURL: viewer},
		api.SessionData{ViewerURL: "https://viewer.example/a/rather/long/path/to/the/session?jwt=secret"},
		api.FunctionUploaded{FunctionID: "e2a90b7c-1f64", FunctionName: "news-top-posts", CreatedAt: parttest.Start().Add(5 * time.Minute)},
		api.FunctionUploaded{FunctionID: "7d3c5e88-20fb"},
	)
}

func newLinks(run *state.Run, w, h int) *Links {
	l := New(run, themes.Notte())
	l.Resize(w, h)
	return l
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, w := range []int{32, 40, 80} {
		for name, focused := range map[string]bool{"focused": true, "not": false} {
			t.Run(fmt.Sprintf("%s-%d", name, w), func(t *testing.T) {
				t.Parallel()
				l := newLinks(full(), w, 14)
				l.Tick(parttest.Start().Add(42 * time.Second))
				l.Focus(focused)
				golden.RequireEqual(t, parttest.Text(l.Rows()))
			})
		}
	}
}

func TestRowsAtEverySize(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 1))
		l := New(parttest.RandomRun(r, 20*int(seed), seed == 2), themes.Notte())
		for w, h := range parttest.Sizes() {
			l.Focus(h%2 == 0)
			parttest.Exact(t, l, w, h)
		}
		l.SetTheme(themes.Giorno())
		parttest.Exact(t, l, 40, 12)
	}
}

func FuzzRows(f *testing.F) {
	f.Add(uint64(1), 40, 10, viewer, "a name")
	f.Fuzz(func(t *testing.T, seed uint64, w, h int, address, name string) {
		r := rand.New(rand.NewPCG(seed, 2))
		run := parttest.RandomRun(r, 10, false)
		run.Apply(parttest.Arrivals(run, api.SessionData{ViewerURL: api.Clean(address)}, api.FunctionUploaded{FunctionID: "f", FunctionName: api.Clean(name)}))
		parttest.Exact(t, New(run, themes.Giorno()), min(max(w, 0), 300), min(max(h, 0), 100))
	})
}

// A viewer link is a bearer secret: its query is in the OSC 8 link, where a
// click needs it, and never among what shows.
func TestSecretsDoNotShow(t *testing.T) {
	t.Parallel()
	for _, w := range []int{10, 32, 40, 200} {
		rows := newLinks(full(), w, 12).Rows()
		if text := parttest.Text(rows); strings.Contains(text, "secret") || strings.Contains(text, "?") {
			t.Errorf("at %d: %q", w, text)
		}
		if all := strings.Join(rows, "\n"); w > 20 && !strings.Contains(all, "\x1b]8;;"+viewer) {
			t.Errorf("at %d there is no link to the viewer: %q", w, all)
		}
	}
}

func TestUnsafeAddressesAreNotLinks(t *testing.T) {
	t.Parallel()
	l := newLinks(parttest.Run("task", api.SessionData{ViewerURL: "javascript:alert(1)"}), 60, 5)
	if all := strings.Join(l.Rows(), "\n"); strings.Contains(all, "\x1b]8") || strings.Contains(all, "javascript") || !strings.Contains(all, "not safe to open") {
		t.Errorf("it shows %q", all)
	}
}

func TestSelectCopyOpen(t *testing.T) {
	t.Parallel()
	run := full()
	l := newLinks(run, 40, 10)
	l.Focus(true)
	second := string(run.Sessions[1].ViewerURL)
	for _, step := range []struct {
		move part.Action
		copy part.Copy
		open part.Open
	}{
		{part.NoAction, part.Copy{What: "viewer link", Text: viewer}, part.Open{URL: viewer}},
		{part.Up, part.Copy{What: "viewer link", Text: viewer}, part.Open{URL: viewer}},
		{part.Down, part.Copy{What: "viewer link", Text: second}, part.Open{URL: second}},
		{part.Down, part.Copy{What: "function id", Text: "e2a90b7c-1f64"}, part.Open{URL: second}},
		{part.Down, part.Copy{What: "function id", Text: "7d3c5e88-20fb"}, part.Open{URL: second}},
		{part.Down, part.Copy{What: "function id", Text: "7d3c5e88-20fb"}, part.Open{URL: second}},
		{part.Top, part.Copy{What: "viewer link", Text: viewer}, part.Open{URL: viewer}},
		{part.End, part.Copy{What: "function id", Text: "7d3c5e88-20fb"}, part.Open{URL: second}},
	} {
		l.Update(part.Do{Action: step.move})
		if intent, cmd := l.Update(part.Do{Action: part.CopyThis}); intent != step.copy || cmd != nil {
			t.Errorf("after action %d copying means %#v, want %#v", step.move, intent, step.copy)
		}
		if intent, cmd := l.Update(part.Do{Action: part.OpenThis}); intent != step.open || cmd != nil {
			t.Errorf("after action %d opening means %#v, want %#v", step.move, intent, step.open)
		}
		if n := strings.Count(parttest.Text(l.Rows()), "›"); n != 1 {
			t.Errorf("after action %d, %d rows are marked", step.move, n)
		}
	}
}

func TestNothingToDoWithoutLinks(t *testing.T) {
	t.Parallel()
	l := newLinks(parttest.Run("task"), 40, 10)
	for a := part.NoAction; a <= part.No; a++ {
		if intent, cmd := l.Update(part.Do{Action: a}); intent != nil || cmd != nil {
			t.Errorf("action %d means %#v", a, intent)
		}
	}
	if text := parttest.Text(l.Rows()); !strings.Contains(text, "no session yet") || strings.Contains(text, "Function") {
		t.Errorf("it shows %q", text)
	}
}

// Only the local backend is known to end its sessions.
func TestSessionsAfterTheEnd(t *testing.T) {
	t.Parallel()
	for backend, after := range map[string]string{state.LocalBackend: "○ ended for 0:02", "anything.example": "? unknown"} {
		run := state.New("1", backend, "task", parttest.Start())
		run.Apply(parttest.Arrivals(run, api.SessionData{ViewerURL: viewer}))
		l := newLinks(run, 40, 10)
		card := func() string { return strings.Join(strings.Fields(parttest.Text(l.Rows()[1:2])), " ") }
		if got := card(); got != "● live" {
			t.Errorf("before the time is known, on %s: %q", backend, got)
		}
		l.Tick(parttest.Start().Add(time.Hour))
		if got := card(); got != "● live for 59:59" {
			t.Errorf("while it runs on %s: %q", backend, got)
		}
		run.Cancel(parttest.Start().Add(3 * time.Second))
		l.Sync()
		if got := card(); got != after {
			t.Errorf("after the end on %s: %q, want %q", backend, got, after)
		}
	}
}

// The pane says what is to be known about a link where it is given away.
func TestTheSelectedCardWarns(t *testing.T) {
	t.Parallel()
	for _, w := range []int{32, 40, 80} {
		l := newLinks(full(), w, 20)
		if text := parttest.Text(l.Rows()); strings.Contains(text, secret) {
			t.Errorf("at %d, without the keyboard: %q", w, text)
		}
		l.Focus(true)
		for _, test := range []struct {
			move part.Action
			want string
		}{
			{part.Top, secret + "\n  o open · y copy · Q QR\n  ● live · session 2"}, {part.Down, secret + "\n  o open · y copy · Q QR\n\n Functions"},
			{part.Down, "e2a90b7c-1f64\n  y copy id"}, {part.End, "7d3c5e88-20fb\n  y copy id"},
		} {
			l.Update(part.Do{Action: test.move})
			if text := parttest.Text(l.Rows()); !strings.Contains(text, test.want) || strings.Count(text, "y copy") != 1 {
				t.Errorf("at %d, after action %d: %q", w, test.move, text)
			}
		}
	}
}

func TestTheCodeIsOfTheSelectedLink(t *testing.T) {
	t.Parallel()
	run := full()
	l := newLinks(run, 40, 10)
	second := string(run.Sessions[1].ViewerURL)
	for _, test := range []struct {
		move part.Action
		want string
	}{{part.Top, viewer}, {part.NextItem, second}, {part.NextItem, second}, {part.PrevItem, second}, {part.PrevItem, viewer}} {
		l.Update(part.Do{Action: test.move})
		if intent, cmd := l.Update(part.Do{Action: part.QRCode}); intent != (part.ShowQR{URL: test.want}) || cmd != nil {
			t.Errorf("after action %d the code means %#v, want that of %s", test.move, intent, test.want)
		}
	}
}

func TestWhenFunctionsWereCreated(t *testing.T) {
	t.Parallel()
	for at, want := range map[time.Time]string{
		{}: "(no name)", parttest.Start().Add(3 * time.Minute): "(no name) created 11:15", parttest.Start().Add(-24 * time.Hour): "(no name) created 2026-05-03",
	} {
		l := newLinks(parttest.Run("task", api.FunctionUploaded{FunctionID: "f", CreatedAt: at}), 40, 10)
		l.Tick(parttest.Start().In(time.FixedZone("there", 2*3600)).Add(time.Hour))
		if text := strings.Join(strings.Fields(parttest.Text(l.Rows()[4:5])), " "); text != want {
			t.Errorf("a function of %v shows %q, want %q", at, text, want)
		}
	}
}
