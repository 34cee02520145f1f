package ui

import (
	"fmt"

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

// header is the run bar: the name, the runs around the one in view, and the
// backend.
func (a *App) header() string {
	name := themes.Bold(a.theme.Accent, " ☾ notturno")
	if a.layout.compact {
		name = themes.Bold(a.theme.Accent, " ☾")
	}
	right := themes.Paint(a.theme.Muted, a.config.Backend) + " "
	room := a.w - ansi.StringWidth(name) - ansi.StringWidth(right) - 3
	return part.Sides(name+"  "+a.runBar(room), right, a.w)
}

// runBar is the runs that fit, the one in view always among them.
func (a *App) runBar(room int) string {
	if len(a.tabs) == 0 {
		return ""
	}
	in := max(a.current, 0)
	from, to := in, in+1
	bar := a.tabLabel(in)
	for grown := true; grown; {
		grown = false
		if to < len(a.tabs) {
			if label := a.tabLabel(to); ansi.StringWidth(bar)+ansi.StringWidth(label)+7 <= room {
				bar, to, grown = bar+"   "+label, to+1, true
			}
		}
		if from > 0 {
			if label := a.tabLabel(from - 1); ansi.StringWidth(bar)+ansi.StringWidth(label)+7 <= room {
				bar, from, grown = label+"   "+bar, from-1, true
			}
		}
	}
	if hidden := from + len(a.tabs) - to; hidden > 0 {
		bar += themes.Paint(a.theme.Muted, fmt.Sprintf(" +%d", hidden))
	}
	return bar
}

func (a *App) tabLabel(i int) string {
	run := a.tabs[i].run
	width := maxTabText
	if a.layout.compact {
		width = compactTabText
	}
	if len(a.tabs) > 4 {
		width = max(minTabText, width/2)
	}
	task := ansi.Truncate(api.Clean(head(run.Task)).Line(), width, "…")
	glyph, color := part.PhaseMark(a.theme, run.Phase)
	number := fmt.Sprintf("%d ", i+1)
	clock := part.Clock(run.Elapsed(a.config.Now()))
	if i == a.current {
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
