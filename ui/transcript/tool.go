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

// toolHead is the row of a call: its state, its name and what it was called
// with.
func toolHead(t *state.Tool, v view) string {
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
	return part.Sides(left, themes.Paint(v.theme.Muted, status), v.width)
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
	case t.Name == "", t.Past && t.State == state.ToolEnded:
		return ""
	case t.Past:
		return t.State.String()
	case t.State == state.ToolEnded:
		return part.Seconds(t.Duration(t.EndedAt))
	case t.State == state.ToolFailed:
		return "failed · " + part.Seconds(t.Duration(t.EndedAt))
	}
	return t.State.String()
}
