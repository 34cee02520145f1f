package ui

import (
	"notturno/api"
	"notturno/themes"
	"notturno/ui/part"
)

// cardRows are the screen where there is no room for panes: the phase, the
// task, the last tool and the cancel key, as far as they fit.
func (a *App) cardRows() []string {
	l := a.layout
	room := l.h - l.prompt
	rows := []string{}
	for _, line := range a.cardLines() {
		rows = append(rows, part.Fit(line, l.w))
	}
	rows = part.Fill(rows, l.w, room)
	return append(rows[:room:room], a.prompt.Rows()...)
}

func (a *App) cardLines() []string {
	t := a.runs.tab()
	if t == nil {
		return []string{themes.Bold(a.theme.Accent, "☾ notturno"), themes.Paint(a.theme.Muted, a.notice.text)}
	}
	glyph, word, color := part.RunMark(a.theme, t.run)
	lines := []string{
		themes.Bold(color, glyph+" "+word) + " " + part.Clock(t.run.Elapsed(a.config.Now())),
		api.Clean(head(t.run.Task)).Line(),
	}
	if n := len(t.run.Tools); n > 0 {
		last := t.run.Tools[n-1]
		glyph, color := part.ToolMark(a.theme, last.State)
		lines = append(lines, themes.Paint(color, glyph)+" "+part.Line(last.Name, a.w))
	}
	if agent := t.run.Agent; agent != nil {
		lines = append(lines, agent.StepsText())
	}
	lines = append(lines, a.cancelHint(t)...)
	if a.notice.text != "" {
		lines = append(lines, themes.Paint(a.theme.Muted, a.notice.text))
	}
	return lines
}
