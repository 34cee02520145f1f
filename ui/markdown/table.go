package markdown

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

const (
	columnGap = 3 // cells between two columns: " │ "
	minColumn = 3 // the narrowest column that a table is drawn with
)

// table draws a table no wider than width: columns that need little get it,
// the others share the rest, and their cells wrap. Given the widths of an
// earlier part of the same table, it draws the body rows alone, in these
// widths.
func (r *renderer) table(t *tree, n *extast.Table, width int, widths []int) ([]line, []int) {
	rows := r.tableCells(t, n)
	first := 1
	if widths == nil {
		first = 0
		widths = columnWidths(rows, width)
	}
	var out []line
	for i := first; i < len(rows); i++ {
		out = append(out, r.tableRow(rows[i], n.Alignments, widths, width)...)
		if i == 0 {
			out = append(out, r.tableRule(widths, width))
		}
	}
	return out, widths
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
// there is not even room for the narrowest ones.
func columnWidths(rows [][][]cell, width int) []int {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for k, c := range row[:min(len(row), len(widths))] {
			widths[k] = max(widths[k], cellsWidth(c), 1)
		}
	}
	room := width - columnGap*(len(widths)-1)
	if room < minColumn*len(widths) {
		return []int{}
	}
	sorted := slices.Sorted(slices.Values(widths))
	for i, w := range sorted {
		// No column is wider than an equal share of what the narrower leave.
		share := room / (len(sorted) - i)
		if w > share {
			for k := range widths {
				widths[k] = min(widths[k], share)
			}
			break
		}
		room -= w
	}
	return widths
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

// tableRow draws one row. Without widths there is no room for columns, and the
// cells follow each other like words.
func (r *renderer) tableRow(contents [][]cell, align []extast.Alignment, widths []int, width int) []line {
	border := r.style.TableBorder.pen()
	if len(widths) == 0 {
		var row []cell
		for k, c := range contents {
			if k > 0 {
				row = appendText(row, " │ ", border)
			}
			row = append(row, c...)
		}
		return lines(row, wrap(row, width))
	}
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

func (r *renderer) tableRule(widths []int, width int) line {
	if len(widths) == 0 {
		return r.styled(strings.Repeat("─", width), r.style.TableBorder)
	}
	parts := make([]string, len(widths))
	for k, w := range widths {
		parts[k] = strings.Repeat("─", w)
	}
	return r.styled(strings.Join(parts, "─┼─"), r.style.TableBorder)
}
