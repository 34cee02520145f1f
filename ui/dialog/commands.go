package dialog

import (
	"strings"

	"notturno/ui/part"
)

// Commands are the items of the palette: what the keys do everywhere, in the
// prompt and in the panes. Left out is what is no command: the keys that write,
// those that move, and those that need to know which key it was.
func Commands(bindings []part.Binding) []Item {
	var items []Item
	for _, b := range bindings {
		if !command(b) {
			continue
		}
		items = append(items, Item{Label: upper(b.Help), Detail: b.Keys[0], Intent: part.Perform{Action: b.Action}})
	}
	return items
}

func command(b part.Binding) bool {
	switch b.Action {
	case part.Send, part.Newline, part.Older, part.Newer, part.Paste, part.Palette, part.GoRun,
		part.Up, part.Down, part.PageUp, part.PageDown, part.NextItem, part.PrevItem, part.NextMatch, part.PrevMatch:
		return false
	default:
		return b.Context == part.Global || b.Context == part.InPrompt || b.Context == part.InPane
	}
}

// upper is s with its first letter in upper case, as in a heading.
func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
