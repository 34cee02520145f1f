package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"notturno/api"
)

// maxQuery is as much as is looked for, in bytes.
const maxQuery = 200

// query is a line that is typed at its end.
type query struct{ text string }

// press edits the line and reports whether it has changed.
func (q *query) press(msg tea.KeyPressMsg) bool {
	before := q.text
	switch msg.String() {
	case "backspace", "ctrl+h":
		q.text = q.text[:len(q.text)-len(last(q.text))]
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		q.text = q.text[:strings.LastIndexByte(strings.TrimRight(q.text, " "), ' ')+1]
	case "ctrl+u":
		q.text = ""
	default:
		return q.insert(msg.Text)
	}
	return q.text != before
}

// insert adds text to the end, as one line, and reports whether the line has
// changed.
func (q *query) insert(text string) bool {
	if text == "" || len(text) > maxQuery-len(q.text) {
		return false
	}
	before := q.text
	// Cleaned as a whole: marks may pile up over several keys.
	text = strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ", "\t", " ").Replace(q.text + text)
	q.text = strings.ReplaceAll(string(api.Clean(text)), "\n", " ")
	return q.text != before
}

// last is the last character of s, as people see it.
func last(s string) string {
	first := ""
	for s != "" {
		first, _ = ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		s = s[len(first):]
	}
	return first
}

// tail is the end of the line, as much as fits into width cells.
func (q *query) tail(width int) string {
	if over := ansi.StringWidth(q.text) - max(width, 1); over > 0 {
		return ansi.TruncateLeft(q.text, over+1, "…")
	}
	return q.text
}
