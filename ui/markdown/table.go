package markdown

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

const (
	columnGap = 3 // cells between two columns: " │ "
	// wideWord is the width of the longest word that a column has to be wide
	// enough for, so that it can be read; longer ones may be broken.
	wideWord = 12
)

// table draws a table no wider than width: columns that need little get it,
// the others share the rest, and their cells wrap. Where a column would be
// narrower than its words, the table is stacked. Given the widths of an earlier
// part of the same table, it draws the body rows alone, in these widths.
func (r *renderer) table(t *tree, n *extast.Table, width int, widths []int) ([]line, []int) {
	rows := r.tableCells(t, n)
	if r.marks.gap != "" {
		return r.plainTable(rows, n.Alignments, widths)
	}
	begins := widths == nil
	if begins {
		widths = columnWidths(rows, width)
	}
	if len(widths) == 0 {
		return r.records(rows, width, begins), widths
	}
	var out []line
	if begins && !empty(rows[0]) {
		out = append(r.tableRow(rows[0], n.Alignments, widths), r.tableRule(widths))
	}
	for _, row := range rows[1:] {
		out = append(out, r.tableRow(row, n.Alignments, widths)...)
	}
	return out, widths
}

func empty(contents [][]cell) bool {
	return !slices.ContainsFunc(contents, func(c []cell) bool { return len(c) > 0 })
}

// tableCells are the contents of the table, the header first.
func (r *renderer) tableCells(t *tree, n *extast.Table) [][][]cell {
	var rows [][][]cell
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		look := r.style.Body
		if row.Kind() == extast.KindTableHeader {
			look = r.style.TableHeader
		}
		var contents [][]cell
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			contents = append(contents, r.flow(t, inParagraph(c), look))
		}
		rows = append(rows, contents)
	}
	return rows
}

// inParagraph moves a table cell's content into a paragraph, where Glamour
// draws links as it does in sentences and not as footnotes.
func inParagraph(tableCell ast.Node) ast.Node {
	p := ast.NewParagraph()
	for c := tableCell.FirstChild(); c != nil; {
		next := c.NextSibling()
		p.AppendChild(p, c)
		c = next
	}
	return p
}

// columnWidths shares width among the columns. It is empty, but not nil, when
// a column would be too narrow for its words.
func columnWidths(rows [][][]cell, width int) []int {
	widths, least := make([]int, len(rows[0])), make([]int, len(rows[0]))
	for _, row := range rows {
		for k, c := range row[:min(len(row), len(widths))] {
			widths[k] = max(widths[k], cellsWidth(c), 1)
			least[k] = max(least[k], min(wordWidth(c), wideWord), 1)
		}
	}
	room := width - columnGap*(len(widths)-1)
	for _, w := range least {
		room -= w
	}
	if room < 0 {
		return []int{}
	}
	// The narrowest column that would like more gets the next cell.
	for got := least; ; room-- {
		next := -1
		for k, w := range got {
			if w < widths[k] && (next < 0 || w < got[next]) {
				next = k
			}
		}
		if next < 0 || room == 0 {
			return got
		}
		got[next]++
	}
}

// wordWidth is the width of the longest word.
func wordWidth(row []cell) int {
	longest, width := 0, 0
	for _, c := range row {
		if c.text == newline || c.text == " " {
			width = 0
			continue
		}
		if c.width == 2 {
			width = 0 // it may be broken beside a wide character
		}
		width += c.width
		longest = max(longest, width)
	}
	return longest
}

func cellsWidth(row []cell) int {
	longest, width := 0, 0
	for _, c := range row {
		if c.text == newline {
			longest, width = max(longest, width), 0
		}
		width += c.width
	}
	return max(longest, width)
}

// tableRow draws one row.
func (r *renderer) tableRow(contents [][]cell, align []extast.Alignment, widths []int) []line {
	border := r.style.TableBorder.pen()
	columns := make([][]line, len(widths))
	height := 1
	for k := range columns {
		if k < len(contents) {
			columns[k] = lines(contents[k], wrap(contents[k], widths[k]))
		}
		height = max(height, len(columns[k]))
	}
	separator := draw(appendText(nil, " │ ", border))
	out := make([]line, height)
	for i := range out {
		var b strings.Builder
		for k, column := range columns {
			if k > 0 {
				b.WriteString(separator.text)
			}
			var l line
			if i < len(column) {
				l = column[i]
			}
			before, after := margins(widths[k]-l.width, align[k])
			b.WriteString(strings.Repeat(" ", before) + l.text + strings.Repeat(" ", after))
			out[i].width += widths[k]
		}
		out[i].text = b.String()
		out[i].width += columnGap * (len(widths) - 1)
	}
	return out
}

func margins(free int, align extast.Alignment) (before, after int) {
	free = max(free, 0)
	switch align {
	case extast.AlignRight:
		return free, 0
	case extast.AlignCenter:
		return free / 2, free - free/2
	default:
		return 0, free
	}
}

func (r *renderer) tableRule(widths []int) line {
	parts := make([]string, len(widths))
	for k, w := range widths {
		parts[k] = strings.Repeat("─", w)
	}
	return r.styled(strings.Join(parts, "─┼─"), r.style.TableBorder)
}
