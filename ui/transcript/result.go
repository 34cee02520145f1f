package transcript

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/part"
)

// How much of a tool's result shows: folded so many lines, each cut to the
// width, and unfolded so many rows, in which it is found too. The reader shows
// all of it.
const (
	foldedLines  = 10
	unfoldedRows = 400
)

const resultMargin = "  "

// result is what a tool has said, with its lines counted: it can be very large,
// and so can each line.
type result struct {
	whole api.Text
	text  string // without empty lines at the end
	lines int
}

func (r *result) take(whole api.Text) {
	if whole == r.whole {
		return
	}
	r.whole, r.lines = whole, 0
	r.text = strings.TrimRight(string(whole), "\n ")
	if r.text != "" {
		r.lines = strings.Count(r.text, "\n") + 1
	}
}

// rest is what does not show below the rows of a result: so many lines, or the
// end of the last one. Below those of an answer it is lines of a tree, or rows
// of a table.
type rest struct {
	lines, rows int
	goesOn      bool
}

func (r rest) none() bool { return r == rest{} }

// row says what does not show, and by which keys it would.
func (r rest) row(theme *themes.Theme, keys string) string {
	text := "… more"
	switch {
	case r.rows > 0:
		text = "… " + part.Count(r.rows, "row") + " more"
	case r.lines > 0:
		text = "… " + part.Count(r.lines, "line") + " more"
	}
	return resultMargin + themes.Paint(theme.Muted, text+keys)
}

// folded are the first lines, and which of them are cut. However large the
// result is, only what shows is looked at.
func (r *result) folded(width int) (rows []string, cut []bool, more rest) {
	if r.text == "" {
		return nil, nil, rest{}
	}
	width = max(0, width-len(resultMargin))
	for line := range strings.SplitSeq(r.text, "\n") {
		if len(rows) == foldedLines {
			break
		}
		head := part.Head(line, width)
		row := spaced(head)
		tooWide := ansi.StringWidth(row) > width
		if tooWide {
			row = part.Fit(row, width)
		}
		rows = append(rows, resultMargin+row)
		cut = append(cut, tooWide || len(head) != len(line))
	}
	return rows, cut, rest{lines: r.lines - len(rows)}
}

// unfolded are the lines broken into rows, and at which row, counted from 1,
// each of them begins.
func (r *result) unfolded(width int) (rows []string, begins []int, more rest) {
	if r.text == "" {
		return nil, nil, rest{}
	}
	width = max(1, width-len(resultMargin))
	for line := range strings.SplitSeq(r.text, "\n") {
		if len(rows) == unfoldedRows {
			break
		}
		begins = append(begins, len(rows)+1)
		row, after := breakLine(line, width)
		rows = append(rows, resultMargin+spaced(row))
		for after != "" && len(rows) < unfoldedRows {
			row, after = breakLine(after, width)
			rows = append(rows, resultMargin+spaced(row))
		}
		more.goesOn = after != ""
	}
	more.lines = r.lines - len(begins)
	return rows, begins, more
}

const tab = "    "

// bytesPerCell is what a cell of a row may take: combining marks, joined emoji.
const bytesPerCell = 40

func spaced(line string) string { return strings.ReplaceAll(line, "\t", tab) }

// breakLine is the first row of a line, of at most width cells but at least one
// character, and what comes after it. It breaks at a blank when there is one in
// the second half of the row. Only the row is looked at.
func breakLine(line string, width int) (row, after string) {
	end, blank := 0, 0
	for cells := 0; end < min(len(line), (width+1)*bytesPerCell); {
		size, w := character(line[end:])
		if cells+w > width && end > 0 {
			break
		}
		cells += w
		end += size
		if line[end-1] == ' ' && cells > width/2 {
			blank = end
		}
	}
	switch {
	case end == len(line):
	case line[end] == ' ': // it would begin the next row
		return line[:end], line[end+1:]
	case blank > 0:
		end = blank
	}
	return line[:end], line[end:]
}

// character is the size in bytes and in cells of the first character.
func character(s string) (size, cells int) {
	switch {
	case s[0] == '\t':
		return 1, len(tab)
	case s[0] < 0x80 && (len(s) == 1 || s[1] < 0x80):
		return 1, 1
	}
	cluster, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	return len(cluster), ansi.StringWidth(cluster) // which knows a keycap's
}

// measureTool sets the rows of a call: its head, and its result folded or not.
func (b *block) measureTool(v view) {
	rows, cut, more := b.result.folded(v.width)
	b.cut = cut
	if b.unfolded() {
		rows, _, more = b.result.unfolded(v.width)
	}
	b.rest = more
	b.head = append(make([]string, 0, len(rows)+2), toolHead(b.item.Tool, v))
	for _, row := range rows {
		b.head = append(b.head, resultMargin+themes.Paint(v.theme.Muted, row[len(resultMargin):]))
	}
	if !more.none() {
		b.head = append(b.head, more.row(v.theme, ""))
	}
}

// isMore reports whether the row at the place says what does not show.
func (b *block) isMore(place int) bool {
	return !b.rest.none() && place == b.height-1
}

// lastCut is the place of the last row of a folded result that is cut, or none.
func (b *block) lastCut() int {
	for i := len(b.cut) - 1; i >= 0; i-- {
		if b.cut[i] {
			return i + 1
		}
	}
	return none
}
