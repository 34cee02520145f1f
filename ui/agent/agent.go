// Package agent is the pane that says where the agent of a run stands: how many
// steps it has taken, what it wants and on which page, how stopping it stands,
// how long its browser session has left and what becomes of that afterwards.
//
// It has no keys. The answer to "what did it do" is in the transcript and the
// timeline; this is about now.
package agent

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// Agent is the pane. It is a part.Part.
type Agent struct {
	run     *state.Run
	theme   *themes.Theme
	stopKey string // stops the session
	w, h    int
	now     time.Time

	rows []string // nil when they must be put together again
	page int      // the row with the address, or -1
}

// New is where the agent of a run stands; the run must be one of an agent.
func New(run *state.Run, theme *themes.Theme) *Agent {
	return &Agent{run: run, theme: theme, now: run.StartedAt, stopKey: part.NewKeys().Label(part.StopSession), page: -1}
}

// Resize sets the size of the pane.
func (a *Agent) Resize(w, h int) {
	if w != a.w || h != a.h {
		a.w, a.h, a.rows = w, h, nil
	}
}

// SetTheme draws in the theme's colours.
func (a *Agent) SetTheme(theme *themes.Theme) { a.theme, a.rows = theme, nil }

// Sync takes in what the run has learned.
func (a *Agent) Sync() { a.rows = nil }

// Tick says what time it is, for the clocks of the session. Within a second
// nothing changes.
func (a *Agent) Tick(now time.Time) {
	if a.now.Unix() == now.Unix() {
		return
	}
	counted := a.Counting()
	a.now = now
	if counted || a.Counting() {
		a.rows = nil
	}
}

// Counting reports whether the pane changes with the time alone: a clock of
// the session runs, also after the end of a run that left its session open.
func (a *Agent) Counting() bool {
	idle, most := a.clocks()
	return (idle.known || most.known) && !a.over()
}

// maxWant is how many rows the pane asks for at most.
const maxWant = 8

// Want is how many rows the pane would like: what it has to show, and a free
// one before what follows.
func (a *Agent) Want() int { return min(count(a.blocks())+1, maxWant) }

// Update opens the page when its address is clicked.
func (a *Agent) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	if click, ok := msg.(part.Click); ok && click.Y >= 0 && click.Y == a.page {
		return part.Open{URL: string(a.run.Agent.Page)}, nil
	}
	return nil, nil
}

// Rows say where the agent stands.
func (a *Agent) Rows() []string {
	if a.rows == nil {
		a.build()
	}
	return a.rows
}

// build draws as much as there is room for.
func (a *Agent) build() {
	rows := make([]string, 0, max(a.h, 0))
	a.page = -1
	for _, b := range fit(a.blocks(), a.h) {
		if b.kind == page && b.rows > 0 {
			a.page = len(rows)
		}
		for _, line := range a.draw(b) {
			rows = append(rows, part.Fit(line, a.w))
		}
	}
	a.rows = part.Fill(rows, a.w, a.h)
}
