// Package browse is the screen of the browser sessions and of the agents that
// the service has: how each stands, how long it may go on, and what can be done
// with it. It is a dialog over the whole screen.
//
// It asks the service for nothing itself: its intents say what to ask for, and
// what comes of it reaches Update as LoadedSessions, LoadedAgents and Stopped.
//
// A viewer link is a bearer secret. It shows shortened, is opened, copied or
// drawn as a code whole, and only when the person asks.
package browse

import (
	"slices"
	"time"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// Browse is the screen. It is a part.Dialog.
type Browse struct {
	theme    *themes.Theme
	keys     *part.Keys
	backend  string
	w, h     int
	now      time.Time // zero until the first Tick
	sessions list
	agents   list
	onAgents bool // the agents show
	stops    map[ref]stop
	question *entry // to be stopped, if the person says yes; nil when none is asked

	mineSessions, mineAgents []string // ids

	rows []string // nil when they must be put together again
}

// ref names a session or an agent.
type ref struct {
	agent bool
	id    string
}

// stop is how asking to stop it stands, and why it was refused or is not
// confirmed.
type stop struct {
	state state.Stop
	why   string
	at    time.Time // when that became known
}

// New is the screen of what backend, the name of the service, has. Init is
// what to ask first.
func New(theme *themes.Theme, backend string) *Browse {
	return &Browse{
		theme: theme, keys: part.NewKeys(), backend: backend,
		agents: list{agents: true}, stops: map[ref]stop{},
	}
}

// Init is the first part.List: the sessions that are active.
func (b *Browse) Init() part.Intent { return b.ask(1) }

// Contexts are where the screen's keys are looked up: while it asks a question,
// the answer comes first.
func (b *Browse) Contexts() []part.Context {
	contexts := []part.Context{part.InBrowse, part.InPane, part.Global}
	if b.question != nil {
		return append([]part.Context{part.InQuestion}, contexts...)
	}
	return contexts
}

// Whole makes the screen cover all of the terminal.
func (b *Browse) Whole() {}

// Resize sets the size of the screen.
func (b *Browse) Resize(w, h int) {
	if w != b.w || h != b.h {
		b.w, b.h = w, h
		b.changed()
	}
}

// SetTheme draws in the theme's colours.
func (b *Browse) SetTheme(theme *themes.Theme) { b.theme, b.rows = theme, nil }

// Tick says what time it is, for ages and clocks. Within a second nothing
// changes.
func (b *Browse) Tick(now time.Time) {
	if b.now.Unix() == now.Unix() && b.now.Location() == now.Location() {
		return
	}
	b.now = now
	if b.shown().loaded {
		b.rows = nil
	}
}

// Mine says which sessions and agents, by their ids, the runs of this program
// use. An empty id is that of what has not begun.
func (b *Browse) Mine(sessions, agents []string) {
	sessions, agents = known(sessions), known(agents)
	if slices.Equal(sessions, b.mineSessions) && slices.Equal(agents, b.mineAgents) {
		return
	}
	b.mineSessions, b.mineAgents, b.rows = sessions, agents, nil
}

// known are the ids that are not empty.
func known(ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
}

// shown is the list that shows.
func (b *Browse) shown() *list {
	if b.onAgents {
		return &b.agents
	}
	return &b.sessions
}

// ask asks for a page of the list that shows. What became of stops goes from
// the rows when the answer will say how things stand.
func (b *Browse) ask(page int) part.Intent {
	l := b.shown()
	if page == 1 {
		for of, stop := range b.stops {
			if of.agent == l.agents && (stop.state == state.StopRefused || stop.state == state.StopNotConfirmed) {
				delete(b.stops, of)
			}
		}
	}
	intent := l.ask(page)
	b.changed()
	return intent
}

// changed has the rows put together again, the selected one among them.
func (b *Browse) changed() {
	b.rows = nil
	b.shown().reveal(b.frame().list)
}

// ours reports whether a run of this program uses it.
func (b *Browse) ours(e entry) bool {
	if e.agent != nil {
		return slices.Contains(b.mineAgents, e.id())
	}
	return slices.Contains(b.mineSessions, e.id())
}

// ended reports whether it has ended, as far as the list or a stop has told.
func (b *Browse) ended(e entry) bool {
	return e.ended() || b.stops[e.ref()].state == state.StopConfirmed
}

// viewer is the viewer link of a session, or that of an agent's session when it
// is among those that were listed.
func (b *Browse) viewer(e entry) string {
	if e.session != nil {
		return string(e.session.ViewerURL)
	}
	if i := b.sessions.find(string(e.agent.SessionID)); i >= 0 {
		return string(b.sessions.entries[i].session.ViewerURL)
	}
	return ""
}

// Rows are the screen. Only the entries that show are looked at.
func (b *Browse) Rows() []string {
	if b.rows == nil {
		b.rows = part.Fill(b.build(), b.w, b.h)
	}
	return b.rows
}
