package structure

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/state/table"
	"notturno/themes"
	"notturno/ui/part"
)

const (
	// sample is how many rows say how wide the columns have to be.
	sample = 300
	// maxMeasured is as much of a cell as is measured, and the widest that a
	// column is.
	maxMeasured = 100
	// readable is the width that is enough for any column.
	readable = 10

	separator = " │ "
	gap       = 3 // cells between two columns
)

// column is what is known about a column of the table.
type column struct {
	wide int // cells that it would like
	// Of the values that were looked at.
	numbers, others int
}

// right reports whether its values are aligned at the right: most are numbers.
func (c column) right() bool { return c.numbers > c.others }

// measure looks at the first rows for what the columns need.
func (s *Structure) measure() []column {
	columns := make([]column, len(s.table.Columns))
	for k, name := range s.table.Columns {
		columns[k] = column{wide: min(max(ansi.StringWidth(part.Line(name, maxMeasured)), 1), maxMeasured)}
	}
	for i := range min(s.table.Len(), sample) {
		fails := s.failing(i)
		for k, value := range s.table.Row(i) {
			wide := ansi.StringWidth(head(value, maxMeasured))
			if fails[k] {
				wide += len(indent)
			}
			c := &columns[k]
			c.wide = max(c.wide, min(wide, maxMeasured))
			switch value.Kind() {
			case table.Number:
				c.numbers++
			case table.Absent, table.Null:
			default:
				c.others++
			}
		}
	}
	return columns
}

// rowMarks are the marks within a row.
func (s *Structure) rowMarks(row int) []mark { return under(s.marks, s.rowDepth()-1, row) }

// failing are the columns in which a row does not meet the response format.
func (s *Structure) failing(row int) map[int]bool {
	var columns map[int]bool
	for _, m := range s.rowMarks(row) {
		if depth := s.rowDepth(); len(m.place.Steps) > depth {
			if columns == nil {
				columns = map[int]bool{}
			}
			columns[s.table.Column(row, m.place.Steps[depth])] = true
		}
	}
	return columns
}

// widths share the width of the pane among the columns. They are nil when one
// would be too narrow to read.
func (s *Structure) widths(d *drawing) []int {
	room := d.width - gap*(len(s.columns)-1)
	widths := make([]int, len(s.columns))
	for k, c := range s.columns {
		widths[k] = min(c.wide, readable)
		room -= widths[k]
	}
	if room < 0 {
		return nil
	}
	// The narrowest column that would like more gets the next cell.
	for ; room > 0; room-- {
		next := -1
		for k, w := range widths {
			if w < s.columns[k].wide && (next < 0 || w < widths[next]) {
				next = k
			}
		}
		if next < 0 {
			break
		}
		widths[next]++
	}
	return widths
}

// drawTable draws the table, or its records where there is no room for columns,
// and says how many rows of it do not show.
func (s *Structure) drawTable(d *drawing) (more int) {
	if s.table.Name != "" {
		for _, row := range d.fitted(s.table.Name, d.width) {
			d.add(themes.Bold(d.theme.Heading, row))
		}
	}
	widths := s.widths(d)
	if widths != nil {
		s.drawHeader(d, widths)
	}
	d.head = len(d.rows)
	for i := range s.table.Len() {
		if d.full() {
			return s.table.Len() - i
		}
		if widths != nil {
			s.drawRow(d, i, widths)
		} else {
			s.drawRecord(d, i)
		}
		for _, m := range s.rowMarks(i) {
			d.text(indent, m.say(s.rowDepth()), d.theme.Error)
		}
	}
	return 0
}

func (s *Structure) drawHeader(d *drawing, widths []int) {
	names, rules := make([][]string, len(widths)), make([]string, len(widths))
	for k, w := range widths {
		for _, name := range d.fitted(s.table.Columns[k], w) {
			names[k] = append(names[k], themes.Bold(d.theme.Text, aligned(name, w, s.columns[k].right())))
		}
		rules[k] = strings.Repeat("─", w)
	}
	d.line(names, widths)
	d.add(themes.Paint(d.theme.Faint, strings.Join(rules, "─┼─")))
}

func (s *Structure) drawRow(d *drawing, row int, widths []int) {
	fails := s.failing(row)
	cells := make([][]string, len(widths))
	for k, value := range s.table.Row(row) {
		cells[k] = d.cell(value, widths[k], s.columns[k].right(), fails[k])
	}
	d.line(cells, widths)
}

// line puts cells side by side, each of which has one row, or as many as it
// takes when it has to be whole.
func (d *drawing) line(cells [][]string, widths []int) {
	height := 1
	for _, rows := range cells {
		height = max(height, len(rows))
	}
	row := make([]string, len(widths))
	for y := range height {
		for k, w := range widths {
			if y < len(cells[k]) {
				row[k] = cells[k][y]
			} else {
				row[k] = strings.Repeat(" ", w)
			}
		}
		d.add(strings.Join(row, themes.Paint(d.theme.Faint, separator)))
	}
}

// cell is a value as rows of so many cells.
func (d *drawing) cell(value table.Value, width int, right, fails bool) []string {
	if value.Kind() == table.Absent && !fails {
		return nil
	}
	text, color := d.value(value, width)
	if fails {
		text, color = failed+text, d.theme.Error
	}
	rows := d.fitted(text, width)
	for i, row := range rows {
		rows[i] = themes.Paint(color, aligned(row, width, right))
	}
	return rows
}

// fitted is a text on rows of so many cells, or on one that it may be cut to.
func (d *drawing) fitted(text string, width int) []string {
	if d.whole() {
		return part.Wrap(text, width)
	}
	return []string{part.Line(text, width)}
}

// aligned is a text as exactly so many cells, at their right end or their left.
func aligned(text string, width int, right bool) string {
	if free := width - ansi.StringWidth(text); right && free > 0 {
		return part.Fit(strings.Repeat(" ", free)+text, width)
	}
	return part.Fit(text, width)
}

// drawRecord draws a row as names and values below each other. What the row
// does not have is left out.
func (s *Structure) drawRecord(d *drawing, row int) {
	if row > 0 {
		d.add("")
	}
	fails := s.failing(row)
	before := len(d.rows)
	for k, value := range s.table.Row(row) {
		if value.Kind() != table.Absent {
			d.named("", s.table.Columns[k], d.theme.Accent, value, fails[k])
		}
	}
	if len(d.rows) == before {
		d.add(themes.Paint(d.theme.Muted, "{}"))
	}
}
