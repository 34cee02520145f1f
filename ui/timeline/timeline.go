// Package timeline is the pane of a run's tool calls: one row a call, with its
// state, its name, how long it took, and a bar on a time axis that all share.
// The moments at which the run got a session or left a function behind have
// rows of their own. Neighbours that are alike are one row until it is opened.
// Selecting a row shows its place in the transcript.
//
// A run may have many thousands of calls. What is kept about them grows with
// each event by the same small step, and only the rows that show are drawn.
package timeline

import (
	"time"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// Timeline is the pane. It is a part.Part.
type Timeline struct {
	run     *state.Run
	theme   *themes.Theme
	w, h    int
	focused bool
	now     time.Time
	span    time.Duration // of the axis

	entries   entries
	open      []int // entries whose calls wait for their results
	tools     int   // how many of the run's calls, sessions and functions
	sessions  int   // are among the entries
	functions int
	slowest   *state.Tool // of the calls that have ended, once there are two
	slowestAt int         // its entry
	ended     int         // calls with a duration
	events    int         // what the run had heard, and its phase, at the last Sync
	phase     state.Phase

	selected row
	top      row  // the first row that shows
	follow   bool // the view stays at the end

	rows  []string // nil when they must be put together again
	shown []row    // what they show, below the heading
	moved bool     // time has passed for the open calls among them
}

// New is the timeline of a run.
func New(run *state.Run, theme *themes.Theme) *Timeline {
	t := &Timeline{run: run, theme: theme, follow: true, events: -1}
	t.Sync(run.StartedAt)
	return t
}

// Resize sets the size of the pane. The first row that shows stays where it
// is; the selected one goes on showing if it did.
func (t *Timeline) Resize(w, h int) {
	if w == t.w && h == t.h {
		return
	}
	shown := t.shows(t.selected)
	t.w, t.h, t.rows = w, h, nil
	if shown {
		t.reveal()
	}
	t.settle()
}

// Focus marks the selected row.
func (t *Timeline) Focus(focused bool) {
	if focused != t.focused {
		t.focused, t.rows = focused, nil
	}
}

// SetTheme draws in the theme's colours.
func (t *Timeline) SetTheme(theme *themes.Theme) { t.theme, t.rows = theme, nil }

// Sync takes in what the run has learned; now is the time to which open calls
// have lasted. When the run has heard nothing since, and nothing that shows
// has moved, it does nothing.
func (t *Timeline) Sync(now time.Time) {
	t.now = now
	learned := t.events != t.run.Events || t.phase != t.run.Phase
	if learned {
		t.events, t.phase = t.run.Events, t.run.Phase
		t.learn()
	}
	if span := t.length(); learned || span != t.span {
		t.span, t.rows = span, nil
	}
	t.moved = true
}

// length is how long the axis is: a run that has ended fills it.
func (t *Timeline) length() time.Duration {
	if t.run.Phase.Ended() {
		return t.run.Elapsed(t.now)
	}
	return spanFor(t.run.Elapsed(t.now))
}

// learn takes in the calls, sessions and functions that are new, and looks
// again at the calls that waited for their results: few, as a rule, however
// many there have been.
func (t *Timeline) learn() {
	newest := t.selected == t.entries.bottom()
	waited := t.open
	t.open = t.open[:0]
	for _, i := range waited {
		t.take(i)
	}
	for _, tool := range t.run.Tools[t.tools:] {
		t.mark(func(at time.Time) bool { return !at.IsZero() && !at.After(tool.StartedAt) })
		t.entries.add(entry{tool: tool})
		t.take(len(t.entries) - 1)
	}
	t.tools = len(t.run.Tools)
	t.mark(func(time.Time) bool { return true })
	if newest {
		t.selected = t.entries.bottom()
	}
	t.settle()
}

// take looks at a call that was open, or is new.
func (t *Timeline) take(i int) {
	tool := t.entries[i].tool
	if tool.State == state.ToolOpen {
		t.open = append(t.open, i)
		return
	}
	t.entries.settle(i)
	if tool.Name == "" || tool.EndedAt.IsZero() || tool.Past {
		return
	}
	t.ended++
	if t.slowest == nil || tool.Duration(t.now) > t.slowest.Duration(t.now) {
		t.slowest, t.slowestAt = tool, i
	}
}

// mark adds the sessions and functions that are not among the entries yet and
// whose time has come. A function's time is the service's own; one without
// stands where it was learned of.
func (t *Timeline) mark(come func(at time.Time) bool) {
	for t.sessions < len(t.run.Sessions) && come(t.run.Sessions[t.sessions].At) {
		t.entries.add(entry{kind: session, index: t.sessions})
		t.sessions++
	}
	for t.functions < len(t.run.Functions) && come(t.run.Functions[t.functions].CreatedAt) {
		t.entries.add(entry{kind: function, index: t.functions})
		t.functions++
	}
}

// Rows are a heading and the entries that show.
func (t *Timeline) Rows() []string {
	switch {
	case t.rows == nil:
		t.rows = part.Fill(t.build(), t.w, t.h)
	case t.moved:
		t.grow()
	}
	t.moved = false
	return t.rows
}
