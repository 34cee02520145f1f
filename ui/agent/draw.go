package agent

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/themes"
	"notturno/ui/part"
)

// Columns of a line: a margin, a label of four letters and its value. On the
// right a cell stays free.
const (
	margin     = "  "
	valueStart = len(margin) + len("goal") + 1
)

// draw is the rows of a block.
func (a *Agent) draw(b block) []string {
	if b.rows < 1 {
		return nil
	}
	switch b.kind {
	case heading:
		return []string{a.heading()}
	case goal:
		return a.goal(b.rows)
	case page:
		url := string(a.run.Agent.Page)
		return []string{a.label("page") + part.Link(a.theme, url, part.ShortURL(url, a.room(valueStart)))}
	case agentStop:
		return []string{a.agentLine()}
	case agentWhy:
		return a.why(string(a.run.Agent.StopWhy), b.rows)
	case clocks:
		return []string{a.clockLine()}
	case session:
		return []string{a.sessionLine()}
	case sessionWhy:
		return a.why(string(a.run.Agent.SessionWhy), b.rows)
	}
	return nil
}

// room is how many cells are between a column and the right margin.
func (a *Agent) room(column int) int { return a.w - column - 1 }

func (a *Agent) label(word string) string {
	return margin + themes.Paint(a.theme.Muted, word) + " "
}

// heading has the steps on its right: with a bar where there is room, in two
// numbers where there is not even room for words.
func (a *Agent) heading() string {
	title := part.Title(a.theme, " Agent", false)
	if a.run.Agent.Polling && !a.run.Phase.Ended() {
		title += " " + themes.Paint(a.theme.Running, "≈ polling")
	}
	steps := a.run.Agent.StepsText()
	room := a.room(ansi.StringWidth(title) + 1)
	if ansi.StringWidth(steps) > room {
		steps = a.shortSteps()
	}
	right := themes.Paint(a.theme.Muted, steps) + " "
	if bar := a.bar(room - ansi.StringWidth(steps) - 1); bar != "" {
		right = bar + " " + right
	}
	return part.Sides(title, right, a.w)
}

func (a *Agent) shortSteps() string {
	if a.run.Agent.MaxSteps == 0 {
		return fmt.Sprint(a.run.Agent.Steps)
	}
	return fmt.Sprintf("%d/%d", a.run.Agent.Steps, a.run.Agent.MaxSteps)
}

// Widths of the bar of steps; narrower than minBar it says nothing.
const (
	minBar = 4
	maxBar = 10
)

// bar is how many of the steps are taken. It is full only when all are.
func (a *Agent) bar(room int) string {
	steps, most := a.run.Agent.Steps, a.run.Agent.MaxSteps
	cells := min(room, maxBar)
	if most <= 0 || cells < minBar {
		return ""
	}
	taken := max(0, min(steps, most)) * cells / most
	if steps > 0 {
		taken = max(taken, 1)
	}
	_, c := part.PhaseMark(a.theme, a.run.Phase)
	return themes.Paint(c, strings.Repeat("━", taken)) + themes.Paint(a.theme.Faint, strings.Repeat("─", cells-taken))
}

// goal is what the agent wants with the current step.
func (a *Agent) goal(rows int) []string {
	lines := a.wrap(string(a.run.Agent.Goal), valueStart, rows)
	for i, line := range lines {
		lead := strings.Repeat(" ", valueStart)
		if i == 0 {
			lead = a.label("goal")
		}
		lines[i] = lead + themes.Paint(a.theme.Text, line)
	}
	return lines
}

// why is the reason under a line about a stop.
func (a *Agent) why(reason string, rows int) []string {
	lead := margin + margin
	lines := a.wrap(reason, len(lead), rows)
	for i, line := range lines {
		lines[i] = lead + themes.Paint(a.theme.Muted, line)
	}
	return lines
}

// wrap breaks a text into so many rows at most, from a column on.
func (a *Agent) wrap(text string, column, rows int) []string {
	room := a.room(column)
	lines := part.Wrap(part.Line(text, rows*max(room, 0)), room)
	if len(lines) > rows {
		lines = lines[:rows]
		lines[rows-1] = part.Fit(lines[rows-1]+"…", room)
	}
	return lines
}

// widest is the first of texts that fits in the room, the last when none does.
func widest(room int, texts ...string) string {
	for _, text := range texts {
		if ansi.StringWidth(text) <= room {
			return text
		}
	}
	return texts[len(texts)-1]
}
