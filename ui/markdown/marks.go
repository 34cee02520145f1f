package markdown

// marks are the characters that stand for Markdown's own.
type marks struct {
	bullet, checked, bar string
	rule                 string // empty: as wide as there is room
	indent               string // before code, top-level lists and definitions
	gap                  string // between the columns of a table; empty: there are borders

	address int // the longest address, in cells, that is not cut; 0: any
}

// longAddress is the longest address beside a link's text, in cells, that is
// shown whole. One that is cut fits on one row of a list in a pane of 60 cells.
const longAddress = 48

func screenMarks() marks {
	return marks{bullet: "• ", checked: "[✓] ", bar: "│ ", indent: "  ", address: longAddress}
}

func plainMarks() marks {
	return marks{bullet: "- ", checked: "[x] ", bar: "> ", rule: "---", gap: "  "}
}
