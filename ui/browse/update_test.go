package browse

import (
	"slices"
	"strings"
	"testing"

	"notturno/ui/part"
)

func TestSessionIntents(t *testing.T) {
	t.Parallel()
	const link = "https://viewer.example/sessions/1?token=secret"
	first := id("session", 1)
	tests := []struct {
		down   int // which session, from the first
		action part.Action
		want   part.Intent
	}{
		{0, part.UseListed, part.UseSession{ID: first}},
		{3, part.UseListed, part.Say{Text: "this session has ended: an agent needs one that is open"}},
		{3, part.StopListed, part.Say{Text: "there is nothing to stop: this session has ended"}},
		{0, part.OpenThis, part.Open{URL: link}},
		{0, part.OpenViewer, part.Open{URL: link}},
		{0, part.CopyThis, part.Copy{What: "viewer link", Text: link}},
		{0, part.CopyMenu, part.Copy{What: "viewer link", Text: link}},
		{0, part.QRCode, part.ShowQR{URL: link}},
		{0, part.CopyID, part.Copy{What: "session id", Text: first}},
		{6, part.OpenThis, part.Say{Text: "this session has no viewer link"}},
		{0, part.Fold, nil},
		{0, part.Back, part.Close{}},
		{0, part.Interrupt, part.Close{}},
		{0, part.Sessions, part.Close{}},
	}
	for _, test := range tests {
		b := withSessions(t, 80, 20, everySession()...)
		for range test.down {
			do(b, part.Down)
		}
		if got, cmd := b.Update(part.Do{Action: test.action}); got != test.want || cmd != nil {
			t.Errorf("action %d on session %d is %#v, want %#v", test.action, test.down, got, test.want)
		}
	}
}

func TestAgentIntents(t *testing.T) {
	t.Parallel()
	unknown := part.Say{Text: "the viewer link of this agent's session is not known: tab lists the sessions"}
	tests := []struct {
		down   int
		action part.Action
		want   part.Intent
	}{
		{0, part.UseListed, part.Watch{Agent: id("agent", 1), Session: id("session", 1)}},
		{1, part.UseListed, part.Watch{Agent: id("agent", 2), Session: id("session", 2)}}, // it has ended
		{3, part.UseListed, part.Watch{Agent: id("agent", 4)}},
		{1, part.StopListed, part.Say{Text: "there is nothing to stop: this agent has ended"}},
		{0, part.OpenThis, part.Open{URL: "https://viewer.example/sessions/1?token=secret"}},
		{3, part.OpenThis, unknown},
		{3, part.QRCode, unknown},
		{0, part.CopyID, part.Copy{What: "agent id", Text: id("agent", 1)}},
	}
	for _, test := range tests {
		b := withAgents(t, 80, 20, everyAgent()...)
		for range test.down {
			do(b, part.Down)
		}
		if got := do(b, test.action); got != test.want {
			t.Errorf("action %d on agent %d is %#v, want %#v", test.action, test.down, got, test.want)
		}
	}
}

// press is a key, as the parent looks it up.
func press(b *Browse, key string) part.Intent {
	keys := part.NewKeys()
	for _, c := range b.Contexts() {
		if action := keys.Action(c, key); action != part.NoAction {
			return do(b, action)
		}
	}
	return nil
}

// The keys of the table reach what they are for.
func TestKeys(t *testing.T) {
	t.Parallel()
	first := id("session", 1)
	tests := []struct {
		keys string // separated by spaces
		want part.Intent
	}{
		{"enter", part.UseSession{ID: first}},
		{"j k i", part.Copy{What: "session id", Text: first}},
		{"down y", part.Copy{What: "viewer link", Text: string(session(2).ViewerURL)}},
		{"o", part.Open{URL: string(session(1).ViewerURL)}},
		{"Q", part.ShowQR{URL: string(session(1).ViewerURL)}},
		{"tab", part.List{Agents: true, Page: 1}},
		{"shift+tab", part.List{Agents: true, Page: 1}},
		{"f", part.List{All: true, Page: 1}},
		{"r", part.List{Page: 1}},
		{"esc", part.Close{}},
		{"ctrl+c", part.Close{}},
		{"alt+s", part.Close{}},
		{"x", nil},
		{"x x", part.EndSession{ID: first}},
		{"x y", part.EndSession{ID: first}},
		{"x n i", part.Copy{What: "session id", Text: first}},
		{"x esc esc", part.Close{}},
		{"x ctrl+c ctrl+c", part.Close{}},
		{"G x y", part.EndSession{ID: id("session", 8)}},
	}
	for _, test := range tests {
		b := withSessions(t, 80, 20, everySession()...)
		var got part.Intent
		for key := range strings.SplitSeq(test.keys, " ") {
			got = press(b, key)
		}
		if got != test.want {
			t.Errorf("%s is %#v, want %#v", test.keys, got, test.want)
		}
	}
}

// Whatever is pressed, nothing is done to what is not there.
func TestNothingCanBeDoneWithoutEntries(t *testing.T) {
	t.Parallel()
	closes := []part.Action{part.Back, part.Interrupt, part.Sessions}
	asks := []part.Action{part.OtherList, part.ActiveOnly, part.Refresh}
	for action := part.NoAction; action <= part.Stay; action++ {
		b := withSessions(t, 80, 20)
		switch got := do(b, action).(type) {
		case nil:
		case part.Close:
			if !slices.Contains(closes, action) {
				t.Errorf("action %d closes", action)
			}
		case part.List:
			if !slices.Contains(asks, action) {
				t.Errorf("action %d asks for %#v", action, got)
			}
		default:
			t.Errorf("action %d is %#v", action, got)
		}
	}
}

func TestMovingScrolls(t *testing.T) {
	t.Parallel()
	b := newBrowse(80, 12)
	b.Update(LoadedSessions{Asked: asked(t, b.Init()), Page: page(1, 60, true)})
	shows(t, b, "1–5 of 60+ sessions")
	for _, test := range []struct {
		action part.Action
		want   int
	}{
		{part.Down, 2}, {part.NextItem, 3}, {part.PrevItem, 2}, {part.PageDown, 6}, {part.PageDown, 10}, {part.PageUp, 6},
		{part.Up, 5}, {part.End, 60}, {part.Up, 59}, {part.Top, 1}, {part.Up, 1},
	} {
		do(b, test.action)
		if got := chosen(b); got != id("session", test.want) {
			t.Errorf("action %d selects %s, want %s", test.action, got, id("session", test.want))
		}
		shows(t, b, "› ● active", id("session", test.want)[:8])
	}
	b.Update(part.Wheel{Rows: 7})
	if got := chosen(b); got != id("session", 8) {
		t.Errorf("seven rows of the wheel select %s", got)
	}
}

func TestClicks(t *testing.T) {
	t.Parallel()
	b := newBrowse(80, 14)
	b.Update(LoadedSessions{Asked: asked(t, b.Init()), Page: page(1, 3, true)})
	click := func(x, y int) part.Intent {
		intent, _ := b.Update(part.Click{X: x, Y: y})
		return intent
	}
	rowOf := func(word string) int {
		for y, row := range strings.Split(text(b), "\n") {
			if strings.Contains(row, word) {
				return y
			}
		}
		t.Fatalf("there is no %q:\n%s", word, text(b))
		return 0
	}
	second := rowOf(id("session", 2)[:8])
	if got := click(5, second); got != nil || chosen(b) != id("session", 2) {
		t.Errorf("a click is %#v and selects %s", got, chosen(b))
	}
	if got := click(5, second); got != (part.UseSession{ID: id("session", 2)}) {
		t.Errorf("a second click is %#v", got)
	}
	if got := click(12, rowOf("viewer viewer.example")); got != (part.Open{URL: "https://viewer.example/sessions/2?token=secret"}) {
		t.Errorf("a click on the link is %#v", got)
	}
	if got := click(5, rowOf("▼ more")); got != (part.List{Page: 2}) {
		t.Errorf("a click on the line of more is %#v", got)
	}
	for _, y := range []int{-1, 1, rowOf("asking for more") + 1, 13, 14, 1000} {
		if got := click(5, y); got != nil || chosen(b) != id("session", 3) {
			t.Errorf("a click on row %d is %#v and selects %s", y, got, chosen(b))
		}
	}
	if got := click(12, 0); got != (part.List{Agents: true, Page: 1}) {
		t.Errorf("a click on the other list is %#v", got)
	}
	if got := click(12, 0); got != nil {
		t.Errorf("a click on the list that shows is %#v", got)
	}
	click(1, 0)
	shows(t, b, id("session", 3)[:8])
	if got := click(70, 0); got != nil {
		t.Errorf("a click beside the names is %#v", got)
	}
}

// The foot offers what can be done with what is selected.
func TestFootOffersWhatCanBeDone(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		agents bool
		down   int
		want   string
	}{
		"open session":   {false, 0, " enter start agent · x stop · tab agents · f all · o viewer · y copy link · Q QR · i copy id · r refresh"},
		"ended session":  {false, 3, " tab agents · f all · o viewer · y copy link · Q QR · i copy id · r refresh"},
		"without viewer": {false, 6, " enter start agent · x stop · tab agents · f all · i copy id · r refresh"},
		"agent":          {true, 0, " enter watch · x stop · tab sessions · f all · o viewer · y copy link · Q QR · i copy id · r refresh"},
		"ended agent":    {true, 1, " enter watch · tab sessions · f all · o viewer · y copy link · Q QR · i copy id · r refresh"},
	}
	for name, test := range tests {
		b := withSessions(t, 160, 20, everySession()...)
		if test.agents {
			b = withAgents(t, 160, 20, everyAgent()...)
		}
		for range test.down {
			do(b, part.Down)
		}
		rows := strings.Split(text(b), "\n")
		foot, closes := strings.CutSuffix(rows[len(rows)-1], "esc close")
		if got := strings.TrimRight(foot, " "); got != test.want || !closes {
			t.Errorf("%s: the foot is %q", name, rows[len(rows)-1])
		}
	}
}
