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
	v.MouseMode = a.mouseMode()
	v.WindowTitle = a.title()
	v.Cursor = a.cursor()
	if a.runs.going() > 0 {
		v.ProgressBar = tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
	}
	return v
}

// bodyTop is the first row of the panes.
const bodyTop = 2

// rows are the whole screen.
func (a *App) rows() []string {
	l := a.layout
	if l.w <= 0 || l.h <= 0 {
		return nil
	}
	if l.shape == card {
		return a.covered(a.cardRows())
	}
	rows := make([]string, 0, l.h)
	rows = append(rows, a.header(), a.upperRule())
	rows = append(rows, a.body()...)
	rows = append(rows, a.lowerRule())
	if a.find != nil {
		rows = append(rows, a.find.Rows()...)
	} else {
		rows = append(rows, a.prompt.Rows()...)
	}
	return a.covered(append(rows, a.footer()))
}

// body is the panes.
func (a *App) body() []string {
	t := a.runs.tab()
	switch {
	case t == nil:
		return a.home.Rows()
	case a.layout.rail > 0:
		return a.besides(t)
	case a.layout.shape == tabs:
		return t.alone(a.pane)
	}
	return t.transcript.Rows()
}

// besides joins the transcript and the rail.
func (a *App) besides(t *tab) []string {
	left := t.transcript.Rows()
	right := t.railRows()
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
	if a.layout.shape != tabs || a.runs.tab() == nil {
		return a.rule("┬", "", bodyTop)
	}
	var names []string
	for f := onTranscript; f <= onLinks; f++ {
		if f == a.pane {
			names = append(names, themes.Bold(a.theme.Accent, f.String()))
		} else {
			names = append(names, themes.Paint(a.theme.Muted, f.String()))
		}
	}
	return part.Fit(" "+strings.Join(names, themes.Paint(a.theme.Faint, paneGap))+themes.Paint(a.theme.Muted, "   tab"), a.w)
}

// paneGap is between the names of two panes.
const paneGap = " │ "

// paneAt is the pane whose name is at a column of the upper rule.
func (a *App) paneAt(x int) (focus, bool) {
	x-- // the margin
	for f := onTranscript; f <= onLinks && x >= 0; f++ {
		if x < len(f.String()) {
			return f, true
		}
		x -= len(f.String()) + ansi.StringWidth(paneGap)
	}
	return 0, false
}

// lowerRule is the line above the prompt, with what is below the view.
func (a *App) lowerRule() string {
	t := a.runs.tab()
	last := bodyTop + a.layout.body - 1
	label := ""
	if t != nil && a.dialog == nil && (a.layout.shape != tabs || a.pane == onTranscript) {
		label = behind(t)
	}
	return a.modeLine(a.rule("┴", label, last), label)
}

// modeGap is the line before the mode, and behind it.
const modeGap = 2

// modeLine puts the mode of the prompt on the line above it, before label.
func (a *App) modeLine(line, label string) string {
	room := a.layout.w - 2*modeGap - 2
	if label != "" {
		room = a.layout.main - ansi.StringWidth(label) - 6 - 2*modeGap - 2
	}
	mode := fitParts(a.modeWords(), room)
	w := ansi.StringWidth(mode)
	if w == 0 || w > room {
		return line
	}
	head := themes.Paint(a.theme.Faint, strings.Repeat("─", modeGap))
	return head + " " + mode + " " + themes.Paint(a.theme.Faint, ansi.TruncateLeft(line, modeGap+w+2, ""))
}

// rule is a line across the screen; joint is where the rail's line meets it,
// if that shows in the row y beside it.
func (a *App) rule(joint, label string, y int) string {
	l := a.layout
	line := strings.Repeat("─", l.w)
	if l.rail > 0 && !a.covers(y) {
		line = strings.Repeat("─", l.main) + joint + strings.Repeat("─", l.rail)
	}
	if label == "" || l.main < len(label)+8 {
		return themes.Paint(a.theme.Faint, line)
	}
	label = " " + label + " "
	at := max(2, l.main-ansi.StringWidth(label)-4)
	tail := ansi.TruncateLeft(line, at+ansi.StringWidth(label), "")
	return themes.Paint(a.theme.Faint, ansi.Truncate(line, at, "")) + themes.Bold(a.theme.Accent, label) + themes.Paint(a.theme.Faint, tail)
}

// cursor is the real cursor: in the line of a dialog, or in the prompt.
func (a *App) cursor() *tea.Cursor {
	l := a.layout
	var typed any
	y := l.h - l.prompt
	if l.shape != card {
		y-- // the footer is below the prompt
	}
	switch d := a.keyboard(); {
	case d == nil && a.focus == onPrompt && l.prompt > 0:
		typed = a.prompt
	case a.dialog != nil:
		typed = d
		y, _ = a.dialogPlace()
	default:
		typed = d
	}
	line, ok := typed.(part.Cursored)
	if !ok {
		return nil
	}
	c := line.Cursor()
	if c != nil {
		c.Y += y
	}
	return c
}

// maxTitle is the width of a task in the window's title.
const maxTitle = 60

// title is the window's title. It holds no control characters: Bubble Tea
// writes it as it is. It holds no glyphs either: some terminals take a byte of
// their encoding for the end of the title.
func (a *App) title() string {
	t := a.runs.tab()
	if t == nil {
		return "notturno"
	}
	return t.run.Phase.String() + " · " + ansi.Truncate(api.Clean(head(t.run.Task)).Line(), maxTitle, "…") + " · notturno"
}
