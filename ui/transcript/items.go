package transcript

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

const (
	reasoningMargin = "  "
	reasoningIndent = len(reasoningMargin)
	resultRows      = 10 // rows of a tool result before it is folded
)

func taskRows(item *state.Item, v view) []string {
	rows := part.Wrap(item.Text(), v.width-2)
	for i, row := range rows {
		lead := "  "
		if i == 0 {
			lead = themes.Bold(v.theme.Accent, "› ")
		}
		rows[i] = lead + themes.Bold(v.theme.Text, row)
	}
	return rows
}

// measureReasoning sets what shows of a block of reasoning: one line, its end
// while it streams, or all of it.
func (b *block) measureReasoning(v view) {
	lines := b.doc.Len()
	show := 0
	switch {
	case v.mode == Full:
		show = lines
	case v.mode == Tail && b.item.Open():
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
	took := b.item.EndedAt.Sub(b.item.StartedAt)
	text := fmt.Sprintf("%sThought for %s · %s", arrow, part.Seconds(took), part.Count(lines, "line"))
	return themes.Paint(v.theme.Muted, part.Fit(text, v.width))
}

func toolRows(t *state.Tool, v view) []string {
	glyph, color := part.ToolMark(v.theme, t.State)
	name := part.Line(t.Name, v.width)
	if name == "" {
		name = "result without a call"
	}
	left := themes.Paint(color, glyph) + " " + themes.Bold(v.theme.Text, name)
	status := toolStatus(t)
	room := v.width - ansi.StringWidth(left) - ansi.StringWidth(status) - 2 // the status comes before the input
	if input := part.Line(t.Input, v.width); input != "" && room > 0 {
		left += " " + themes.Paint(v.theme.Muted, ansi.Truncate(arguments(input), room, "…"))
	}
	rows := []string{part.Sides(left, themes.Paint(v.theme.Muted, status), v.width)}
	return append(rows, resultPreview(string(t.Result), v)...)
}

// arguments is a call's input as words: the values of a flat JSON object by
// name, anything else as it is. What the escapes of JSON stood for is cleaned
// like all text from the network.
func arguments(input string) string {
	var values map[string]any
	if json.Unmarshal([]byte(input), &values) != nil {
		return input
	}
	var words []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		switch value := values[name].(type) {
		case string:
			words = append(words, name+" "+value)
		case float64, bool:
			words = append(words, fmt.Sprint(name, " ", value))
		case nil:
		default:
			return input
		}
	}
	return api.Clean(strings.Join(words, " · ")).Line()
}

func toolStatus(t *state.Tool) string {
	switch {
	case t.Name == "":
		return ""
	case t.State == state.ToolEnded:
		return part.Seconds(t.Duration(t.EndedAt))
	case t.State == state.ToolFailed:
		return "failed · " + part.Seconds(t.Duration(t.EndedAt))
	}
	return t.State.String()
}

// resultPreview is the first lines of a result. However large it is, only what
// shows is looked at, but for counting its lines.
func resultPreview(result string, v view) []string {
	result = strings.TrimRight(result, "\n ")
	if result == "" {
		return nil
	}
	total := strings.Count(result, "\n") + 1
	var rows []string
	for line := range strings.SplitSeq(result, "\n") {
		if len(rows) == resultRows {
			break
		}
		line = strings.ReplaceAll(part.Head(line, v.width), "\t", "    ")
		rows = append(rows, "  "+themes.Paint(v.theme.Muted, ansi.Truncate(line, max(0, v.width-2), "…")))
	}
	if total > resultRows {
		rows = append(rows, "  "+themes.Paint(v.theme.Muted, fmt.Sprintf("… %s more", part.Count(total-resultRows, "line"))))
	}
	return rows
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
