package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/part"
)

// View joins the rows of the pieces. They are as wide as they have to be, and
// keep what has not changed, so there is nothing to measure here.
func (a *App) View() tea.View {
	rows := a.rows()
	v := tea.NewView(strings.Join(rows, "\n"))
	v.AltScreen = true
	v.ReportFocus = true
	v.WindowTitle = a.title()
	v.Cursor = a.cursor(len(rows))
	if a.live() > 0 {
		v.ProgressBar = tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
	}
	return v
}

// rows are the whole screen.
func (a *App) rows() []string {
	l := a.layout
	if l.w <= 0 || l.h <= 0 {
		return nil
	}
	if l.shape == card {
		return a.cardRows()
	}
	rows := make([]string, 0, l.h)
	rows = append(rows, a.header(), a.upperRule())
	rows = append(rows, a.body()...)
	rows = append(rows, a.lowerRule())
	rows = append(rows, a.prompt.Rows()...)
	return append(rows, a.footer())
}

func (a *App) body() []string {
	t := a.tab()
	switch {
	case a.dialog != nil:
		return a.dialog.Rows()
	case t == nil:
		return a.home.Rows()
	case a.layout.rail > 0:
		return a.besides(t)
	case a.layout.shape == tabs:
		return t.panes()[a.pane-onTranscript].Rows()
	}
	return t.transcript.Rows()
}

// besides joins the transcript and the rail.
func (a *App) besides(t *tab) []string {
	left := t.transcript.Rows()
	right := append(t.timeline.Rows()[:len(t.timeline.Rows()):len(t.timeline.Rows())], t.links.Rows()...)
	line := themes.Paint(a.theme.Faint, "│")
	rows := make([]string, len(left))
	for i := range left {
		rows[i] = a.cells(left[i], a.layout.main) + line + right[i]
	}
	return rows
}

// upperRule is the line under the header; where only one pane shows it names
// them all.
func (a *App) upperRule() string {
	if a.layout.shape != tabs || a.tab() == nil || a.dialog != nil {
		return a.rule("┬", "")
	}
	var names []string
	for f := onTranscript; f <= onLinks; f++ {
		name := f.String()
		if f == a.pane {
			names = append(names, themes.Bold(a.theme.Accent, name))
		} else {
			names = append(names, themes.Paint(a.theme.Muted, name))
		}
	}
	return part.Fit(" "+strings.Join(names, themes.Paint(a.theme.Faint, " │ "))+themes.Paint(a.theme.Muted, "   tab"), a.w)
}

// lowerRule is the line above the prompt, with what is below the view.
func (a *App) lowerRule() string {
	t := a.tab()
	if t == nil || a.dialog != nil || (a.layout.shape == tabs && a.pane != onTranscript) {
		return a.rule("┴", "")
	}
	return a.rule("┴", behind(t))
}

// rule is a line across the screen; joint is where the rail's line meets it.
func (a *App) rule(joint, label string) string {
	l := a.layout
	line := strings.Repeat("─", l.main)
	if l.rail > 0 && a.tab() != nil && a.dialog == nil {
		line += joint + strings.Repeat("─", l.rail)
	} else {
		line = strings.Repeat("─", l.w)
	}
	if label == "" || l.main < len(label)+8 {
		return themes.Paint(a.theme.Faint, line)
	}
	label = " " + label + " "
	at := max(2, l.main-ansi.StringWidth(label)-4)
	tail := ansi.TruncateLeft(line, at+ansi.StringWidth(label), "")
	return themes.Paint(a.theme.Faint, ansi.Truncate(line, at, "")) + themes.Bold(a.theme.Accent, label) + themes.Paint(a.theme.Faint, tail)
}

// dialogHeight is the height that a dialog covers: the panes'.
func (a *App) dialogHeight() int {
	if a.layout.shape == card {
		return a.layout.h
	}
	return a.layout.body
}

// cursor is the real cursor, in the prompt.
func (a *App) cursor(rows int) *tea.Cursor {
	if a.focus != onPrompt || a.dialog != nil || a.layout.prompt == 0 {
		return nil
	}
	c := a.prompt.Cursor()
	if c == nil {
		return nil
	}
	c.Y += rows - a.layout.prompt
	if a.layout.shape != card {
		c.Y-- // the footer is below the prompt
	}
	return c
}

// maxTitle is the width of a task in the window's title.
const maxTitle = 60

// title is the window's title. It holds no control characters: Bubble Tea
// writes it as it is. It holds no glyphs either: some terminals take a byte of
// their encoding for the end of the title.
func (a *App) title() string {
	t := a.tab()
	if t == nil {
		return "notturno"
	}
	return t.run.Phase.String() + " · " + ansi.Truncate(api.Clean(head(t.run.Task)).Line(), maxTitle, "…") + " · notturno"
}
