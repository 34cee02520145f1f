package board

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// frame says which rows the height has room for. The runs come first, then the
// counts, the keys, and the names of the columns.
type frame struct {
	head, titles, foot bool
	list               int // rows for runs
}

func (b *Board) frame() frame {
	f := frame{head: b.h >= 2, foot: b.h >= 3, titles: b.h >= 5}
	f.list = max(0, b.h-f.above())
	if f.foot {
		f.list--
	}
	return f
}

// above is how many rows are above the runs.
func (f frame) above() int {
	rows := 0
	if f.head {
		rows++
	}
	if f.titles {
		rows++
	}
	return rows
}

func (b *Board) build() []string {
	frame := b.frame()
	if len(b.runs) == 0 {
		return b.empty()
	}
	columns := b.columns()
	var rows []string
	if frame.head {
		rows = append(rows, b.head(frame))
	}
	if frame.titles {
		rows = append(rows, b.titles(columns))
	}
	rows = append(rows, part.Fill(b.list(frame, columns), b.w, frame.list)...)
	if frame.foot {
		rows = append(rows, b.foot())
	}
	return rows
}

// empty says that there are no runs, and how there will be.
func (b *Board) empty() []string {
	lines := []string{themes.Bold(b.theme.Accent, "No runs yet")}
	hint := "Type a task into the prompt and press " + b.keys.Label(part.Send) + ": each run gets a row here. " +
		b.keys.Label(part.Back) + " closes the board."
	for _, row := range part.Wrap(hint, b.w-2) {
		lines = append(lines, themes.Paint(b.theme.Muted, row))
	}
	for i, line := range lines {
		lines[i] = part.Fit(" "+line, b.w)
	}
	return lines
}

// phases are all phases in the order of the counts: what goes on comes first.
func phases() []state.Phase {
	return []state.Phase{
		state.Running, state.Connecting, state.Queued,
		state.Done, state.Failed, state.TimedOut, state.Cancelled, state.Interrupted,
	}
}

// head counts the runs by phase. Which rows show, when not all do, is told
// before the last of the counts; which run is in view comes after them.
func (b *Board) head(f frame) string {
	left := " " + part.Title(b.theme, "Runs", true) + "   " + strings.Join(b.counts(), " · ")
	var right []string
	if i := b.find(b.current); i >= 0 {
		right = append(right, fmt.Sprintf("run %d in view", i+1))
	}
	if len(b.runs) > f.list {
		shown := fmt.Sprintf("%d–%d of %d", b.from+1, min(b.from+f.list, len(b.runs)), len(b.runs))
		right = append(right, shown)
		if ansi.StringWidth(left)+len(gap)+ansi.StringWidth(strings.Join(right, " · ")) > b.w {
			right = []string{shown}
			left = part.Fit(left, min(ansi.StringWidth(left), b.w-len(gap)-ansi.StringWidth(shown)))
		}
	}
	return part.Sides(left, themes.Paint(b.theme.Muted, strings.Join(right, " · ")), b.w)
}

// counts are how many runs are in each phase.
func (b *Board) counts() []string {
	counts := map[state.Phase]int{}
	for _, run := range b.runs {
		counts[run.Phase]++
	}
	var words []string
	for _, phase := range phases() {
		if n := counts[phase]; n > 0 {
			_, color := part.PhaseMark(b.theme, phase)
			words = append(words, themes.Paint(color, fmt.Sprintf("%d %s", n, phase)))
		}
	}
	return words
}

// list is the runs that show.
func (b *Board) list(f frame, columns []column) []string {
	entries := b.entries(f, columns)
	s := &scene{theme: b.theme, now: b.now}
	for _, e := range entries {
		for _, n := range e.counts { // one scale, so that rows can be compared
			s.top = max(s.top, n)
		}
	}
	rows := make([]string, len(entries))
	for i, e := range entries {
		rows[i] = b.row(b.from+i, e, s, columns)
	}
	return rows
}

// entries is what is told of the runs that show.
func (b *Board) entries(f frame, columns []column) []entry {
	seconds := 0
	for _, c := range columns {
		seconds = max(seconds, c.seconds)
	}
	shown := b.runs[b.from:min(b.from+f.list, len(b.runs))]
	turn := 0
	for _, run := range b.runs[:b.from] {
		if run.Phase == state.Queued {
			turn++
		}
	}
	entries := make([]entry, len(shown))
	for i, run := range shown {
		entries[i] = entry{run: run, counts: run.Rate(b.now, seconds)}
		if run.Phase == state.Queued {
			turn++
			entries[i].turn = turn
		}
	}
	return entries
}

// row is the run at the place, from 0.
func (b *Board) row(place int, e entry, s *scene, columns []column) string {
	lead := "  "
	if place == b.selected {
		lead = themes.Bold(b.theme.Accent, "› ")
	}
	number := fmt.Sprintf("%*d", digits(len(b.runs)), place+1)
	if e.run.ID == b.current {
		number = themes.Bold(b.theme.Accent, number)
	} else {
		number = themes.Paint(b.theme.Muted, number)
	}
	var row strings.Builder
	row.WriteString(lead + number)
	for _, c := range columns {
		row.WriteString(gap + part.Fit(c.cell(s, e, c.width), c.width))
	}
	return part.Fit(row.String(), b.w)
}

// foot is the keys that do something with the selected run.
func (b *Board) foot() string {
	var hints []string
	hint := func(word string, actions ...part.Action) {
		var keys []string
		for _, action := range actions {
			keys = append(keys, b.keys.Label(action))
		}
		hints = append(hints, themes.Paint(b.theme.Accent, strings.Join(keys, "/"))+" "+themes.Paint(b.theme.Muted, word))
	}
	hint("look", part.Choose)
	switch run := b.run(); {
	case run.Phase == state.Queued:
		hint("edit", part.Rephrase)
		hint("drop", part.Drop)
		if len(b.queue()) > 1 {
			hint("move", part.MoveUp, part.MoveDown)
		}
	case !run.Phase.Ended():
		hint("cancel", part.Drop)
	}
	closes := themes.Paint(b.theme.Accent, b.keys.Label(part.Back)) + " " + themes.Paint(b.theme.Muted, "close")
	left := part.Flow(hints, b.w-ansi.StringWidth(closes)-2)[0]
	return part.Sides(" "+left, closes, b.w)
}
