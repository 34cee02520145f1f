package ui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/part"
)

// Widths of a task in the run bar.
const (
	maxTabText     = 24
	minTabText     = 6
	compactTabText = 10
)

// tabGap is between two runs of the run bar.
const tabGap = "   "

// header is the run bar: the name, the runs around the one in view, and the
// backend.
func (a *App) header() string {
	name, right := a.headerName(), a.headerBackend()
	from, to := a.visibleTabs()
	var labels []string
	for i := from; i < to; i++ {
		labels = append(labels, a.tabLabel(i))
	}
	bar := strings.Join(labels, tabGap)
	if hidden := len(a.runs.tabs) - (to - from); hidden > 0 {
		bar += themes.Paint(a.theme.Muted, fmt.Sprintf(" +%d", hidden))
	}
	return part.Sides(name+bar, right, a.w)
}

func (a *App) headerName() string {
	if a.layout.compact {
		return themes.Bold(a.theme.Accent, " ☾") + "  "
	}
	return themes.Bold(a.theme.Accent, " ☾ notturno") + "  "
}

// headerBackend is who executes the run in view, or would execute the next.
func (a *App) headerBackend() string {
	name := a.config.Backend
	if t := a.runs.tab(); t != nil {
		name = t.run.Backend
	} else if a.agents.on {
		name = a.config.AgentBackend
	}
	return themes.Paint(a.theme.Muted, name) + " "
}

// visibleTabs are the runs that fit, from inclusive to exclusive, the one in
// view always among them.
func (a *App) visibleTabs() (from, to int) {
	n := len(a.runs.tabs)
	if n == 0 {
		return 0, 0
	}
	const more = 5 // " +12"
	room := a.w - ansi.StringWidth(a.headerName()) - ansi.StringWidth(a.headerBackend()) - 1
	width := func(i int) int { return ansi.StringWidth(a.tabLabel(i)) + len(tabGap) }
	from = max(a.runs.current, 0)
	to = from + 1
	used := width(from)
	fits := func(w int) bool {
		left := room - used - w
		if to-from+1 < n {
			left -= more
		}
		return left >= 0
	}
	for grown := true; grown; {
		grown = false
		if to < n && fits(width(to)) {
			used += width(to)
			to++
			grown = true
		}
		if from > 0 && fits(width(from-1)) {
			from--
			used += width(from)
			grown = true
		}
	}
	return from, to
}

// tabAt is the run whose label is at a column of the header.
func (a *App) tabAt(x int) (int, bool) {
	x -= ansi.StringWidth(a.headerName())
	from, to := a.visibleTabs()
	for i := from; i < to && x >= 0; i++ {
		w := ansi.StringWidth(a.tabLabel(i))
		if x < w {
			return i, true
		}
		x -= w + len(tabGap)
	}
	return 0, false
}

func (a *App) tabLabel(i int) string {
	run := a.runs.tabs[i].run
	width := maxTabText
	if a.layout.compact {
		width = compactTabText
	}
	if len(a.runs.tabs) > 4 {
		width = max(minTabText, width/2)
	}
	task := ansi.Truncate(api.Clean(head(run.Task)).Line(), width, "…")
	glyph, _, color := part.RunMark(a.theme, run)
	number := fmt.Sprintf("%d ", i+1)
	clock := part.Clock(run.Elapsed(a.config.Now()))
	if a.runs.tabs[i].queued() {
		clock = run.Phase.String()
	}
	if i == a.runs.current {
		return themes.Bold(a.theme.Text, number+task) + " " + themes.Bold(color, glyph) + themes.Paint(a.theme.Text, " "+clock)
	}
	return themes.Paint(a.theme.Muted, number+task+" ") + themes.Paint(color, glyph) + themes.Paint(a.theme.Muted, " "+clock)
}

// head is enough of a task for a label, however much was pasted.
func head(task string) string {
	const enough = 400
	if len(task) > enough {
		return task[:enough]
	}
	return task
}
