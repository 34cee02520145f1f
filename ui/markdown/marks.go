package markdown

// marks are the characters that stand for Markdown's own.
type marks struct {
	bullet, checked, bar string
	rule                 string // empty: as wide as there is room
	indent               string // before code, top-level lists and definitions
	gap                  string // between the columns of a table; empty: there are borders
}

func screenMarks() marks {
	return marks{bullet: "• ", checked: "[✓] ", bar: "│ ", indent: "  "}
}

func plainMarks() marks {
	return marks{bullet: "- ", checked: "[x] ", bar: "> ", rule: "---", gap: "  "}
}
