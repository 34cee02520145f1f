package browse

import (
	"errors"
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

// The screen is a dialog that covers all of the terminal.
var (
	_ part.Dialog = (*Browse)(nil)
	_ part.Whole  = (*Browse)(nil)
	_ part.Themed = (*Browse)(nil)
)

func TestGolden(t *testing.T) {
	t.Parallel()
	check := func(name string, b *Browse) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden.RequireEqual(t, text(b))
		})
	}
	for _, size := range [][2]int{{40, 12}, {60, 20}, {80, 24}, {120, 30}, {180, 24}} {
		w, h := size[0], size[1]
		sessions := withAll(t, w, h)
		sessions.Mine([]string{id("session", 1)}, []string{id("agent", 2)})
		check(fmt.Sprintf("sessions %d", w), sessions)
		agents := withAgents(t, w, h, everyAgent()...)
		agents.Mine([]string{id("session", 1)}, []string{id("agent", 2)})
		do(agents, part.Down)
		check(fmt.Sprintf("agents %d", w), agents)
	}
	loading := newBrowse(60, 12)
	loading.Init()
	check("loading", loading)
	check("empty", withSessions(t, 60, 12))
	failed := newBrowse(60, 12)
	failed.Update(LoadedSessions{Asked: asked(t, failed.Init()), Err: errors.New("local answered 401 Unauthorized: the key is not known; check NOTTE_API_KEY")})
	check("failed", failed)
	question := withAll(t, 100, 20)
	do(question, part.StopListed)
	check("question", question)
	refused := withAll(t, 100, 20)
	do(refused, part.Down, part.StopListed, part.Yes)
	refused.Update(Stopped{Session: id("session", 2), Stop: state.StopRefused, Why: "local answered 403 Forbidden"})
	check("refused", refused)
}

func TestRowsAtEverySize(t *testing.T) {
	t.Parallel()
	actions := []part.Action{
		part.Down, part.End, part.PageUp, part.OtherList, part.ActiveOnly, part.Refresh, part.UseListed,
		part.StopListed, part.StopListed, part.StopListed, part.Yes, part.No,
	}
	r := rand.New(rand.NewPCG(1, 1))
	b := New(themes.Notte(), "api.例え.example with a name that is long")
	for w, h := range parttest.Sizes() {
		if h == 0 {
			answer(r, b, b.Init())
		}
		intent := do(b, actions[r.IntN(len(actions))])
		answer(r, b, intent)
		switch intent := intent.(type) {
		case part.EndSession:
			b.Update(Stopped{Session: intent.ID, Stop: state.Stop(r.IntN(6)), Why: anySession(r).Error})
		case part.EndAgent:
			b.Update(Stopped{Agent: intent.Agent, Stop: state.Stop(r.IntN(6)), Why: anySession(r).Error})
		}
		b.Update(part.Wheel{Rows: r.IntN(9) - 4})
		b.Update(part.Click{X: r.IntN(w + 1), Y: r.IntN(h+3) - 1})
		if selected, ok := b.shown().entry(); ok {
			b.Mine([]string{selected.id()}, []string{selected.id()})
		}
		b.Tick(now().Add(time.Duration(w) * time.Second))
		parttest.Exact(t, b, w, h)
	}
}

func TestStateIsGlyphAndWord(t *testing.T) {
	t.Parallel()
	for _, w := range []int{30, 40, 80, 200} {
		b := withSessions(t, w, 20, everySession()...)
		shows(t, b, "● active", "● authenticating", "? warming up", "○ closed", "✗ error", "◷ timed out", "? unknown")
		shows(t, withAgents(t, w, 20, everyAgent()...), "● active", "○ closed", "? thinking abou…")
	}
}

// A session that the service says nothing of but that it has ended is closed.
func TestEndedWithoutAWord(t *testing.T) {
	t.Parallel()
	s := session(1)
	s.Status, s.ClosedAt = "", now()
	b := withSessions(t, 80, 20, s)
	shows(t, b, "○ closed")
	hides(t, b, "unknown", "x stop")
}

// Columns go in this order when it gets narrow, and never come back.
func TestColumnsDropByPriority(t *testing.T) {
	t.Parallel()
	b := withAll(t, 1, 20)
	b.Mine([]string{id("session", 1)}, nil)
	titles := []string{"Viewer", "Closed by", "Browser", "Used by", "Max left", "Idle left", "Age"} // the first goes first
	were := 0
	for w := 30; w <= 200; w++ {
		b.Resize(w, 20)
		_, line, _ := strings.Cut(text(b), "\n")
		line, _, _ = strings.Cut(line, "\n")
		if !strings.Contains(line, "State") || !strings.Contains(line, "Session") {
			t.Fatalf("at %d there is no state or no id:\n%s", w, line)
		}
		n := 0
		for i, title := range titles {
			if strings.Contains(line, title) {
				n = max(n, len(titles)-i)
			} else if n > 0 {
				t.Fatalf("at %d there is no %q:\n%s", w, title, line)
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
	hides(t, withSessions(t, 200, 20, session(1)), "Closed by", "Used by") // which would be empty
}

// A viewer link shows without its secret, and what is not safe to open is no
// link.
func TestViewerLinkIsShortAndChecked(t *testing.T) {
	t.Parallel()
	evil := session(2)
	evil.ViewerURL = "https://user:pass@evil.example/"
	b := withSessions(t, 160, 20, session(1), evil)
	shows(t, b, "viewer viewer.example/sessions/1", secret)
	raw := strings.Join(b.Rows(), "\n")
	if !strings.Contains(raw, "\x1b]8;;https://viewer.example/sessions/1?token=secret") {
		t.Error("the address of the first session is not linked")
	}
	if strings.Contains(raw, "evil") {
		t.Error("an address that is not safe shows or is linked")
	}
	hides(t, b, "token")
}

func TestDetailTellsWhatIsKnown(t *testing.T) {
	t.Parallel()
	b := withSessions(t, 120, 30, everySession()...)
	shows(t, b, "session "+id("session", 1), "idle 2:45 left · max 14:00 left", "created 09:31", "used 0:15 ago", "idle limit 3:00 · max 15:00",
		"3 steps", "chromium", "headless", "no proxies", "viewport 1280×1080")
	do(b, part.Down, part.Down, part.Down)
	shows(t, b, "closed by manual", "lasted 3:00")
	hides(t, b, " left ·", "steps", "proxies", "viewport 1", "ago ·")
	do(b, part.Down)
	shows(t, b, "the browser crashed: 日本語")
	do(b, part.Down)
	shows(t, b, "lasted 15:00")
}

// A word that the row has no room for is told in the detail.
func TestLongStateIsTold(t *testing.T) {
	t.Parallel()
	b := withAgents(t, 80, 20, everyAgent()...)
	hides(t, b, "listed as")
	do(b, part.Down, part.Down)
	shows(t, b, "listed as ? thinking about it for long")
}

func TestMineIsMarked(t *testing.T) {
	t.Parallel()
	sessions, agents := []string{id("session", 2)}, []string{id("agent", 1)}
	b := withAgents(t, 120, 20, everyAgent()...)
	nameless := agent(5)
	nameless.AgentID = ""
	b.Update(LoadedAgents{Asked: asked(t, do(b, part.Refresh)), Page: api.Page[api.Agent]{Items: append(everyAgent(), nameless)}})
	b.Mine([]string{""}, []string{""}) // of a run that has not begun
	hides(t, b, "this program", "Used by")
	b.Mine(sessions, agents)
	sessions[0] = "another" // the caller may go on using its slices
	if n := strings.Count(text(b), "this program"); n != 2 {
		t.Errorf("%d marks, want one in the row and one in the detail:\n%s", n, text(b))
	}
	do(b, part.OtherList)
	if n := strings.Count(text(b), "this program"); n != 1 {
		t.Errorf("%d marks, want one in the row:\n%s", n, text(b))
	}
}

func TestThemeChangesTheLook(t *testing.T) {
	t.Parallel()
	b := withSessions(t, 80, 20, session(1))
	before := strings.Join(b.Rows(), "\n")
	b.SetTheme(themes.Giorno())
	if strings.Join(b.Rows(), "\n") == before {
		t.Error("another theme looks the same")
	}
}
