package board

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// gap is between two columns.
const gap = "  "

// Widths of the columns, in cells. The task gets what the others leave.
const (
	stateWidth   = 16 // "○ queued · 101st"
	shortState   = 13 // "≠ interrupted"
	elapsedWidth = 7
	toolWidth    = 24
	costWidth    = 8
	numberWidth  = 6 // "9.9k/s"
	minTask      = 16
	maxTask      = 100 // as wide as text is read easily
	shortBelow   = 40  // a narrower board says the state in fewer cells
)

// entry is a run that shows.
type entry struct {
	run    *state.Run
	turn   int   // its place in the queue, from 1; 0 when it is not queued
	counts []int // its events per second, when a column shows them
}

// scene is what the cells of all rows are drawn with.
type scene struct {
	theme *themes.Theme
	now   time.Time
	top   int // the most events per second of all runs that show
}

// column is one thing that is told about each run.
type column struct {
	title   string
	width   int
	seconds int // what a column of events per second looks back
	cell    func(s *scene, e entry, width int) string
}

// columns are those that the width has room for, in the order of the screen.
// The state and the task are always there; of the others the first ones in
// this order are: elapsed time, last tool, events per second, cost.
func (b *Board) columns() []column {
	status := column{title: "State", width: stateWidth, cell: (*scene).status}
	if b.w < shortBelow {
		status.width = shortState
	}
	task := column{title: "Task", cell: (*scene).task}
	task.width = max(0, b.w-2-digits(len(b.runs))-len(gap)-status.width-len(gap))
	fits := func(c column) bool {
		if task.width-len(gap)-c.width < minTask {
			return false
		}
		task.width -= len(gap) + c.width
		return true
	}
	elapsed := column{title: "   Time", width: elapsedWidth, cell: (*scene).elapsed}
	tool := column{title: "Last tool", width: toolWidth, cell: (*scene).tool}
	busy := busyColumn(b.w)
	cost := column{title: "    Cost", width: costWidth, cell: (*scene).cost}
	var more []column
	for _, c := range []column{elapsed, tool, busy, cost} {
		if !fits(c) {
			break
		}
		more = append(more, c)
	}
	task.width = min(task.width, maxTask)
	return append([]column{status, task}, inOrder(more)...)
}

// inOrder puts the columns that are there by priority as the screen shows
// them: the tool stands beside the task that it serves.
func inOrder(c []column) []column {
	if len(c) > 1 {
		c[0], c[1] = c[1], c[0]
	}
	return c
}

// titles is the names of the columns.
func (b *Board) titles(columns []column) string {
	row := strings.Repeat(" ", 2+digits(len(b.runs)))
	for _, c := range columns {
		row += gap + part.Fit(c.title, c.width)
	}
	return part.Fit(themes.Paint(b.theme.Muted, row), b.w)
}

// digits is how wide the numbers of n runs are.
func digits(n int) int { return max(2, len(fmt.Sprint(n))) }

func (s *scene) status(e entry, width int) string {
	glyph, word, color := part.RunMark(s.theme, e.run)
	text := glyph + " " + word
	if e.run.Phase == state.Queued && width >= stateWidth {
		text += " · " + ordinal(e.turn)
	}
	return themes.Paint(color, text)
}

// ordinal is the n-th place in the queue.
func ordinal(n int) string {
	if n == 1 {
		return "next"
	}
	ending := "th"
	if tens := n / 10 % 10; tens != 1 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return fmt.Sprint(n, ending)
}

func (s *scene) task(e entry, width int) string {
	// The task is as the person typed or pasted it: of any length, not cleaned.
	text := part.Line(api.Clean(part.Head(e.run.Task, width)), width)
	return themes.Paint(s.theme.Text, text)
}

func (s *scene) elapsed(e entry, width int) string {
	return themes.Paint(s.theme.Muted, fmt.Sprintf("%*s", width, part.Clock(e.run.Elapsed(s.now))))
}

func (s *scene) cost(e entry, width int) string {
	return themes.Paint(s.theme.Muted, fmt.Sprintf("%*s", width, e.run.CostText()))
}

// tool is the last tool: its state as glyph and word around its name.
func (s *scene) tool(e entry, width int) string {
	tool := e.run.LastTool()
	if tool == nil {
		return themes.Paint(s.theme.Muted, "—")
	}
	glyph, color := part.ToolMark(s.theme, tool.State)
	name := part.Line(tool.Name, width)
	if name == "" {
		name = "(result only)"
	}
	word := tool.State.String()
	name = part.Fit(name, min(ansi.StringWidth(name), width-len(word)-3))
	return themes.Paint(color, glyph) + " " + name + " " + themes.Paint(s.theme.Muted, word)
}
