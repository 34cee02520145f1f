package agent

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// What bounds a table that is made to be costly.
const (
	maxColumns = 256
	maxCells   = 200_000
)

// grid is rows under named columns.
type grid struct {
	columns []string
	rows    [][]string // each as long as columns
}

// gridRow is a table row as laid out.
type gridRow struct {
	node    *html.Node
	cells   []string
	heading bool // it holds th cells alone
}

// gridOf is a table's data. Rows of th cells at the top, or a thead, name the
// columns; without them the columns are numbered.
func gridOf(table *html.Node) *grid {
	var rows [][]string
	heads := 0
	for _, row := range layOut(table) {
		if strings.Join(row.cells, "") == "" {
			continue
		}
		if heads == len(rows) && (row.heading || row.node.Parent.Data == "thead") {
			heads++
		}
		rows = append(rows, row.cells)
	}
	return newGrid(rows, heads)
}

// layOut lays a table's cells out, each repeated over the columns and rows
// that it spans.
func layOut(table *html.Node) []gridRow {
	var rows []gridRow
	var spans []span
	cells := 0
	for _, tr := range tableRows(table) {
		if cells > maxCells {
			break
		}
		row := gridRow{node: tr, heading: true}
		for c := range tr.ChildNodes() {
			if c.Type != html.ElementNode || c.Data != "td" && c.Data != "th" {
				continue
			}
			row.cells = comeDown(row.cells, spans)
			row.heading = row.heading && c.Data == "th"
			row.cells, spans = addCell(row.cells, spans, c)
		}
		row.cells = comeDown(row.cells, spans)
		cells += len(row.cells)
		for i := range spans {
			spans[i].rows = max(0, spans[i].rows-1)
		}
		rows = append(rows, row)
	}
	return rows
}

// addCell adds a cell to a row, as often as it is wide.
func addCell(row []string, spans []span, cell *html.Node) ([]string, []span) {
	said := inlineText(cell)
	wide, high := spanOf(cell, "colspan"), spanOf(cell, "rowspan")
	for range min(wide, maxColumns-len(row)) {
		for len(spans) <= len(row) {
			spans = append(spans, span{})
		}
		spans[len(row)] = span{said, high}
		row = append(row, said)
	}
	return row, spans
}

// span is a cell that goes on in the rows below.
type span struct {
	said string
	rows int // how many rows more, this one included
}

// comeDown continues a row with the cells that come down from rows above.
func comeDown(row []string, spans []span) []string {
	for len(row) < len(spans) && spans[len(row)].rows > 0 {
		row = append(row, spans[len(row)].said)
	}
	return row
}

// spanOf is a colspan or rowspan, at least 1. A rowspan of 0 goes on to the
// end of the table.
func spanOf(cell *html.Node, name string) int {
	n, err := strconv.Atoi(strings.TrimSpace(attr(cell, name)))
	switch {
	case err != nil || n < 0 || n == 0 && name == "colspan":
		return 1
	case n == 0:
		return 65534
	case name == "colspan":
		return min(n, 1000)
	default:
		return min(n, 65534)
	}
}

// tableRows are a table's own rows, not those of tables inside it.
func tableRows(table *html.Node) []*html.Node {
	var rows []*html.Node
	for c := range table.ChildNodes() {
		switch {
		case c.Type != html.ElementNode:
		case c.Data == "tr":
			rows = append(rows, c)
		case c.Data == "thead" || c.Data == "tbody" || c.Data == "tfoot":
			for r := range c.ChildNodes() {
				if r.Type == html.ElementNode && r.Data == "tr" {
					rows = append(rows, r)
				}
			}
		}
	}
	return rows
}

// newGrid names the columns by the first heads rows and makes all rows
// equally long. A table of headings alone has no column names.
func newGrid(rows [][]string, heads int) *grid {
	if heads == len(rows) {
		heads = 0
	}
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	g := &grid{}
	for column := range width {
		name := ""
		for _, row := range rows[:heads] {
			if column < len(row) && row[column] != "" && !strings.HasSuffix(" "+name, " "+row[column]) {
				name = strings.TrimSpace(name + " " + row[column])
			}
		}
		if name == "" && heads == 0 {
			name = "column " + strconv.Itoa(column+1)
		}
		g.columns = append(g.columns, name)
	}
	g.columns = distinct(g.columns)
	for _, row := range rows[heads:] {
		g.rows = append(g.rows, append(row, make([]string, width-len(row))...))
	}
	return g
}

// distinct numbers names that occur before.
func distinct(names []string) []string {
	seen := map[string]int{}
	for i, name := range names {
		if seen[name]++; seen[name] > 1 && name != "" {
			names[i] = name + " " + strconv.Itoa(seen[name])
		}
	}
	return names
}
