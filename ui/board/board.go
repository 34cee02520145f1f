// Package board shows all runs at once, one row each: how each stands, what it
// does, how busy it is, and the place of the queued ones in their queue. It is
// a dialog over the panes.
package board

import (
	"slices"
	"time"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// Board is the board of all runs. It is a part.Dialog.
type Board struct {
	theme    *themes.Theme
	keys     *part.Keys
	w, h     int
	runs     []*state.Run
	current  string // id of the run in view
	now      time.Time
	selected int      // place of the selected run
	id       string   // id of the selected run, which may change its place
	from     int      // first run that shows
	rows     []string // nil when they must be put together again
}

// New is a board without runs: Sync brings them.
func New(theme *themes.Theme) *Board {
	return &Board{theme: theme, keys: part.NewKeys()}
}

// Contexts are where the board's keys are looked up.
func (b *Board) Contexts() []part.Context {
	return []part.Context{part.InBoard, part.InList, part.InPane, part.Global}
}

// Resize sets the size of the area that the board covers.
func (b *Board) Resize(w, h int) {
	if w != b.w || h != b.h {
		b.w, b.h, b.rows = w, h, nil
		b.reveal()
	}
}

// SetTheme draws in the theme's colours.
func (b *Board) SetTheme(theme *themes.Theme) { b.theme, b.rows = theme, nil }

// Sync takes in the runs in the order of the run bar, the queued ones in the
// order of their turns; current is the id of the run in view, and now the time
// up to which runs have lasted. The selection stays on its run; when that is
// gone, it goes to the one that took its place.
func (b *Board) Sync(runs []*state.Run, current string, now time.Time) {
	b.runs = append(b.runs[:0], runs...)
	b.current, b.now, b.rows = current, now, nil
	if b.id == "" {
		b.id = current
	}
	if i := b.find(b.id); i >= 0 {
		b.selected = i
	}
	b.choose(b.selected)
}

// find is the place of the run with the id, or -1.
func (b *Board) find(id string) int {
	return slices.IndexFunc(b.runs, func(r *state.Run) bool { return r.ID == id })
}

// choose selects the run at the place i, or the nearest one.
func (b *Board) choose(i int) {
	b.rows = nil
	b.selected = max(0, min(i, len(b.runs)-1))
	if run := b.run(); run != nil {
		b.id = run.ID
	}
	b.reveal()
}

// run is the selected run, or nil when there is none.
func (b *Board) run() *state.Run {
	if b.selected >= len(b.runs) {
		return nil
	}
	return b.runs[b.selected]
}

// reveal scrolls as little as it takes for the selected run to show.
func (b *Board) reveal() {
	room := max(b.frame().list, 1)
	b.from = max(b.from, b.selected-room+1)
	b.from = min(b.from, b.selected, max(0, len(b.runs)-room))
}

// queue is the places of the queued runs, the next one first.
func (b *Board) queue() []int {
	var places []int
	for i, run := range b.runs {
		if run.Phase == state.Queued {
			places = append(places, i)
		}
	}
	return places
}

// Rows are the board. Only the runs that show are looked at, but for counting
// them by phase.
func (b *Board) Rows() []string {
	if b.rows == nil {
		b.rows = part.Fill(b.build(), b.w, b.h)
	}
	return b.rows
}
