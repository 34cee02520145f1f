// Package home is what the screen shows while there is no run: what this is,
// which backend answers, and a few tasks that work right now.
package home

import (
	"fmt"
	"image/color"
	"strings"

	tea "charm.land/bubbletea/v2"

	"notturno/themes"
	"notturno/ui/part"
)

// Home is the pane. It is a part.Part.
type Home struct {
	theme    *themes.Theme
	about    string   // who answers
	examples []string // tasks
	numbered bool     // alt and a number takes a task, because there is no run
	w, h     int
}

// New is the home pane.
func New(theme *themes.Theme, about string, examples []string) *Home {
	return &Home{theme: theme, about: about, examples: examples[:min(len(examples), maxExamples)]}
}

// Resize sets the size of the pane.
func (p *Home) Resize(w, h int) { p.w, p.h = w, h }

// Example is the task with the number n, from 1.
func (p *Home) Example(n int) (task string, ok bool) {
	if n < 1 || n > len(p.examples) {
		return "", false
	}
	return p.examples[n-1], true
}

// SetNumbered says whether alt and a number takes a task.
func (p *Home) SetNumbered(numbered bool) { p.numbered = numbered }

// SetTheme draws in the theme's colours.
func (p *Home) SetTheme(theme *themes.Theme) { p.theme = theme }

// Update has nothing to do.
func (p *Home) Update(tea.Msg) (part.Intent, tea.Cmd) { return nil, nil }

// The text on a wide terminal, and how many tasks it offers.
const (
	maxWidth    = 76
	maxExamples = 5
)

// Rows are the text, a third of the way down.
func (p *Home) Rows() []string {
	text := p.text(min(p.w, maxWidth))
	if len(text) > p.h {
		text = text[min(2, len(text)-p.h):] // the name goes first when there is no room
	}
	margin := strings.Repeat(" ", max(0, min((p.w-maxWidth)/2, p.w/4)))
	blank := strings.Repeat(" ", max(p.w, 0))
	var rows []string
	for range max(0, (p.h-len(text))/3) {
		rows = append(rows, blank)
	}
	for _, line := range text {
		rows = append(rows, part.Fit(margin+line, p.w))
	}
	return part.Fill(rows, p.w, p.h)
}

func (p *Home) text(width int) []string {
	lines := []string{"  " + themes.Bold(p.theme.Accent, "☾ notturno"), ""}
	paragraph := func(c color.Color, text string) {
		for _, row := range part.Wrap(text, width-4) {
			lines = append(lines, "  "+themes.Paint(c, row))
		}
	}
	paragraph(p.theme.Text, "Type a task in plain English and watch the agent do it.")
	paragraph(p.theme.Muted, p.about)
	if len(p.examples) > 0 {
		lines = append(lines, "", "  "+themes.Bold(p.theme.Text, "Try"))
	}
	hint := "esc goes back to the runs · f1 shows the keys"
	for i, example := range p.examples {
		lead := "·"
		if p.numbered {
			hint = "alt+1 puts the first one into the prompt · f1 shows the keys"
			lead = fmt.Sprintf("alt+%d", i+1)
		}
		lines = append(lines, "  "+themes.Paint(p.theme.Accent, lead)+"  "+example)
	}
	lines = append(lines, "")
	paragraph(p.theme.Muted, hint)
	return lines
}
