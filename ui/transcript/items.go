package transcript

import (
	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

const (
	reasoningMargin = "  "
	reasoningIndent = len(reasoningMargin)
)

// taskRows are what the person typed, and that it waits while it does.
func taskRows(item *state.Item, v view) []string {
	rows := part.Wrap(item.Text(), v.width-2)
	for i, row := range rows {
		lead := "  "
		if i == 0 {
			lead = themes.Bold(v.theme.Accent, "› ")
		}
		rows[i] = lead + themes.Bold(v.theme.Text, row)
	}
	if v.run.Phase == state.Queued {
		glyph, color := part.PhaseMark(v.theme, v.run.Phase)
		text := glyph + " " + v.run.Phase.String() + " · waits for a free place"
		rows = append(rows, "  "+themes.Paint(color, text))
	}
	return rows
}

// measureReasoning sets what shows of a block of reasoning: one line, its end
// while it streams, or all of it.
func (b *block) measureReasoning(v view) {
	lines := b.doc.Len()
	show := 0
	switch mode := b.mode(v.mode); {
	case mode == Full:
		show = lines
	case mode == Tail && b.item.Open():
		show = min(lines, v.tail)
	}
	b.head = []string{b.reasoningHead(v, lines, show)}
	b.from = lines - show
	b.height = len(b.head) + show
	b.settled = !b.item.Open()
}

func (b *block) reasoningHead(v view, lines, show int) string {
	arrow := "▸ "
	if show > 0 {
		arrow = "▾ "
	}
	if b.item.Open() {
		return themes.Paint(v.theme.Running, part.Fit(arrow+"Thinking…", v.width))
	}
	text := arrow + "Thought"
	if v.run.Agent == nil { // an agent tells what it thought as a whole
		text += " for " + part.Seconds(b.item.EndedAt.Sub(b.item.StartedAt))
	}
	text += " · " + part.Count(lines, "line")
	return themes.Paint(v.theme.Muted, part.Fit(text, v.width))
}

func noticeRows(item *state.Item, v view) []string {
	rows := part.Wrap(item.Text(), v.width-2)
	for i, row := range rows {
		lead := "  "
		if i == 0 {
			lead = "! "
		}
		rows[i] = themes.Paint(v.theme.Warning, lead+row)
	}
	return rows
}

func outcomeRows(v view) []string {
	glyph, color := part.PhaseMark(v.theme, v.run.Phase)
	headline := v.run.Headline(part.Clock(v.run.Elapsed(v.run.EndedAt)))
	rows := []string{themes.Bold(color, glyph+" "+headline)}
	for _, line := range v.run.OutcomeLines() {
		for _, row := range part.Wrap(line, v.width-2) {
			rows = append(rows, "  "+row)
		}
	}
	for _, row := range part.Flow(v.hints(v.run), v.width-2) {
		rows = append(rows, "  "+themes.Paint(v.theme.Muted, row))
	}
	return rows
}
