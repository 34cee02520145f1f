// Package dialog is what covers the panes for a while: a question, the help, a
// list to pick from. A dialog answers its parent with an intent.
package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"notturno/themes"
	"notturno/ui/part"
)

// Question asks for yes or no. It is a part.Dialog.
type Question struct {
	theme *themes.Theme
	title string
	lines []string
	yes   part.Intent
	w, h  int
}

// NewQuestion asks; yes is what happens on yes. No, and esc, only close.
func NewQuestion(theme *themes.Theme, title string, lines []string, yes part.Intent) *Question {
	return &Question{theme: theme, title: title, lines: lines, yes: yes}
}

// Asks reports whether yes means the intent.
func (q *Question) Asks(yes part.Intent) bool { return q.yes == yes }

// Contexts are where its keys are looked up.
func (q *Question) Contexts() []part.Context { return []part.Context{part.InQuestion, part.Global} }

// Resize sets the size of the area that the question covers.
func (q *Question) Resize(w, h int) { q.w, q.h = w, h }

// SetTheme draws in the theme's colours.
func (q *Question) SetTheme(theme *themes.Theme) { q.theme = theme }

// Update takes the answer.
func (q *Question) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	if do, ok := msg.(part.Do); ok {
		switch do.Action {
		case part.Yes:
			return q.yes, nil
		case part.No, part.Back, part.Interrupt:
			return part.Close{}, nil
		default:
		}
	}
	return nil, nil
}

// Rows are the question in the middle of the area.
func (q *Question) Rows() []string {
	lines := []string{themes.Bold(q.theme.Warning, q.title), ""}
	for _, line := range q.lines {
		lines = append(lines, part.Wrap(line, q.w-2*margin(q.w))...)
	}
	lines = append(lines, "", themes.Paint(q.theme.Accent, "y")+" yes   "+themes.Paint(q.theme.Accent, "n")+" no")
	if len(lines) > q.h { // the question itself and the keys come first
		lines = []string{lines[0], lines[len(lines)-1]}
	}
	return place(lines, q.w, q.h)
}

// margin is how much of the width stays free on either side.
func margin(w int) int { return max(0, min(4, w/10)) }

// place puts lines a third of the way down, with a margin.
func place(lines []string, w, h int) []string {
	left := strings.Repeat(" ", margin(w))
	blank := strings.Repeat(" ", max(w, 0))
	var rows []string
	for range max(0, (h-len(lines))/3) {
		rows = append(rows, blank)
	}
	for _, line := range lines {
		rows = append(rows, part.Fit(left+line, w))
	}
	return part.Fill(rows, w, h)
}
