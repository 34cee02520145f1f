package browse

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// now is when the tests look at the screen.
func now() time.Time { return parttest.Start().Add(20 * time.Minute) }

// ago is a time so long before now.
func ago(d time.Duration) time.Time { return now().Add(-d) }

// id is the n-th id of its kind: "session" or "agent".
func id(kind string, n int) string {
	return fmt.Sprintf("%08x-77aa-4c7e-9a11-%012x", n*len(kind)*123456789%0xffffffff, n)
}

// session is an active session, the n-th.
func session(n int) api.Session {
	return api.Session{
		SessionID: api.Text(id("session", n)), Status: api.SessionActive,
		CreatedAt: ago(time.Duration(n) * time.Minute), LastAccessedAt: ago(time.Duration(n) * 15 * time.Second),
		IdleTimeout: 3 * time.Minute, MaxDuration: 15 * time.Minute, BrowserType: "chromium",
		ViewerURL: api.Text(fmt.Sprintf("https://viewer.example/sessions/%d?token=secret", n)),
	}
}

// agent is an active agent on the n-th session.
func agent(n int) api.Agent {
	return api.Agent{
		AgentID: api.Text(id("agent", n)), SessionID: api.Text(id("session", n)), Status: api.AgentActive,
		CreatedAt: ago(time.Duration(n) * time.Minute),
	}
}

// everySession is a session in every state.
func everySession() []api.Session {
	sessions := make([]api.Session, 8)
	for i := range sessions {
		sessions[i] = session(i + 1)
	}
	sessions[0].Headless, sessions[0].Proxies = new(true), new(false)
	sessions[0].ViewportWidth, sessions[0].ViewportHeight = 1280, 1080
	sessions[0].Steps = make([]api.SessionStep, 3)
	sessions[1].Status = "authenticating"
	sessions[2].Status = "warming up"
	sessions[2].IdleTimeout = 0
	sessions[3].Status, sessions[3].CloseReason, sessions[3].ClosedAt = api.SessionClosed, "manual", ago(time.Minute)
	sessions[4].Status, sessions[4].CloseReason, sessions[4].Error = api.SessionError, "error", "the browser crashed: 日本語"
	sessions[5].Status, sessions[5].CloseReason, sessions[5].Duration = api.SessionTimedOut, "max_duration", 15*time.Minute
	sessions[6].Status, sessions[6].ViewerURL = "", ""
	sessions[7].BrowserType, sessions[7].CreatedAt = "chrome-nightly", ago(14*time.Minute)
	return sessions
}

func everyAgent() []api.Agent {
	agents := make([]api.Agent, 4)
	for i := range agents {
		agents[i] = agent(i + 1)
	}
	agents[1].Status, agents[1].ClosedAt, agents[1].Saved = api.AgentClosed, ago(30*time.Second), true
	agents[2].Status = "thinking about it for long"
	agents[3].SessionID = ""
	return agents
}

func newBrowse(w, h int) *Browse {
	b := New(themes.Notte(), "local")
	b.Tick(now())
	b.Resize(w, h)
	return b
}

// asked is the intent as a question for a page.
func asked(t *testing.T, intent part.Intent) part.List {
	t.Helper()
	list, ok := intent.(part.List)
	if !ok {
		t.Fatalf("%#v asks for no list", intent)
	}
	return list
}

// withSessions is the screen after the sessions have come.
func withSessions(t *testing.T, w, h int, sessions ...api.Session) *Browse {
	t.Helper()
	b := newBrowse(w, h)
	b.Update(LoadedSessions{Asked: asked(t, b.Init()), Page: api.Page[api.Session]{Items: sessions, Page: 1}})
	return b
}

// withAll is the screen of a session in every state.
func withAll(t *testing.T, w, h int) *Browse {
	t.Helper()
	b := withSessions(t, w, h)
	b.Update(LoadedSessions{Asked: asked(t, do(b, part.ActiveOnly)), Page: api.Page[api.Session]{Items: everySession(), Page: 1}})
	return b
}

// withAgents is the screen that shows agents.
func withAgents(t *testing.T, w, h int, agents ...api.Agent) *Browse {
	t.Helper()
	b := withSessions(t, w, h, everySession()...)
	b.Update(LoadedAgents{Asked: asked(t, do(b, part.OtherList)), Page: api.Page[api.Agent]{Items: agents, Page: 1}})
	return b
}

// do presses the keys of actions and gives the last intent.
func do(b *Browse, actions ...part.Action) part.Intent {
	var intent part.Intent
	for _, a := range actions {
		intent, _ = b.Update(part.Do{Action: a})
	}
	return intent
}

// chosen is the id of the selected entry, or empty.
func chosen(b *Browse) string {
	c, _ := do(b, part.CopyID).(part.Copy)
	return c.Text
}

func text(b *Browse) string { return parttest.Text(b.Rows()) }

func shows(t *testing.T, b *Browse, words ...string) {
	t.Helper()
	shown := text(b)
	for _, word := range words {
		if !strings.Contains(shown, word) {
			t.Errorf("there is no %q:\n%s", word, shown)
		}
	}
}

func hides(t *testing.T, b *Browse, words ...string) {
	t.Helper()
	shown := text(b)
	for _, word := range words {
		if strings.Contains(shown, word) {
			t.Errorf("there is %q:\n%s", word, shown)
		}
	}
}

// anySession has content that is hard to draw.
func anySession(r *rand.Rand) api.Session {
	texts := parttest.Hostile()
	hostile := func() api.Text { return api.Clean(texts[r.IntN(len(texts))]) }
	line := func() api.Text { return api.Text(hostile().Line()) }
	when := func() time.Time {
		return []time.Time{{}, now(), ago(time.Hour), ago(-time.Hour), ago(1000000 * time.Hour), ago(time.Minute)}[r.IntN(6)]
	}
	span := func() time.Duration {
		return []time.Duration{0, time.Minute, 1 << 62, time.Hour, 5 * time.Second}[r.IntN(5)]
	}
	return api.Session{
		SessionID: line(), Status: []api.Text{line(), "active", "closed", "error", "timed_out"}[r.IntN(5)],
		CreatedAt: when(), LastAccessedAt: when(), ClosedAt: when(), IdleTimeout: span(), MaxDuration: span(), Duration: span(),
		CloseReason: line(), Error: hostile(), BrowserType: line(), UserAgent: line(),
		Steps: make([]api.SessionStep, r.IntN(3)), Headless: []*bool{nil, new(true), new(false)}[r.IntN(3)],
		ViewportWidth: r.IntN(2) << 40, ViewportHeight: 1,
		ViewerURL: []api.Text{
			"https://viewer.example/session/1?token=secret", "javascript:alert(1)", "https://user:pass@evil.example/",
			"https://例え.テスト/道", api.Text("https://long.example/" + strings.Repeat("p", 300)), "", line(),
		}[r.IntN(7)],
	}
}

func anyAgent(r *rand.Rand) api.Agent {
	s := anySession(r)
	return api.Agent{AgentID: s.SessionID, SessionID: api.Text(s.CloseReason), Status: s.Status, CreatedAt: s.CreatedAt, ClosedAt: s.ClosedAt, Saved: r.IntN(2) == 0}
}

// answer lets the service answer a question with something that is hard to
// draw.
func answer(r *rand.Rand, b *Browse, intent part.Intent) {
	list, ok := intent.(part.List)
	if !ok {
		return
	}
	var err error
	if texts := parttest.Hostile(); r.IntN(5) == 0 {
		err = errors.New(texts[r.IntN(len(texts))])
	}
	n := r.IntN(40)
	if list.Agents {
		page := api.Page[api.Agent]{HasNext: r.IntN(2) == 0}
		for range n {
			page.Items = append(page.Items, anyAgent(r))
		}
		b.Update(LoadedAgents{Asked: list, Page: page, Err: err})
		return
	}
	page := api.Page[api.Session]{HasNext: r.IntN(2) == 0}
	for range n {
		page.Items = append(page.Items, anySession(r))
	}
	b.Update(LoadedSessions{Asked: list, Page: page, Err: err})
}
