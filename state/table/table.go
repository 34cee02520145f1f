package table

import (
	"slices"
	"strings"

	"notturno/api"
)

// Table is an answer as rows and columns. Its rows are read when they are
// asked for.
type Table struct {
	// Name is the name of the array in an object that has nothing else in it;
	// else empty.
	Name string
	// Columns are the names of the columns, cleaned, in the order in which the
	// rows first have them.
	Columns []string

	rows   []Value
	places map[string]int // of the columns, by name as it was sent; nil: a row is one value
}

// valueColumn is the name of the column of what has no names.
const valueColumn = "value"

// Of is any answer that is JSON as a table, for programs that know nothing
// else: an array of objects has a row for each of them, and a column for each
// name; a single object has one row; of any other array the items are in one
// column, "value". It is false for what is not JSON and for what has no fields.
func Of(answer string) (Table, bool) {
	v, ok := Parse(answer)
	if !ok {
		return Table{}, false
	}
	name, array := v.array()
	t := Table{Name: name}
	if array.Kind() == Absent {
		t.rows = []Value{v}
	} else {
		for _, item := range array.Children() {
			t.rows = append(t.rows, item)
		}
	}
	if !t.allObjects() || !t.findColumns(max(minCells, len(v.raw))) {
		t.Columns, t.places = []string{valueColumn}, nil
	}
	return t, len(t.rows) > 0 && len(t.Columns) > 0
}

// array is the value when it is an array, or the array that is the only member
// of an object, with its name; else it is Absent.
func (v Value) array() (name string, array Value) {
	if v.Kind() == Array {
		return "", v
	}
	for n, member := range v.Children() {
		if array.Kind() != Absent || member.Kind() != Array {
			return "", Value{}
		}
		name, array = n.String(), member
	}
	return name, array
}

func (t *Table) allObjects() bool {
	return !slices.ContainsFunc(t.rows, func(row Value) bool { return row.Kind() != Object })
}

// minCells is how many cells any table may have. Rows that have little in
// common make a table that is much larger than its text.
const minCells = 1 << 16

// findColumns reads the names of all rows. It is false when the table would
// have more cells than most.
func (t *Table) findColumns(most int) bool {
	t.places = map[string]int{}
	for _, row := range t.rows {
		for name := range row.Children() {
			if _, known := t.places[name.text]; known {
				continue
			}
			if (len(t.Columns)+1)*len(t.rows) > most {
				return false
			}
			t.places[strings.Clone(name.text)] = len(t.Columns)
			t.Columns = append(t.Columns, api.Clean(name.text).Line())
		}
	}
	return true
}

// Len is how many rows there are.
func (t Table) Len() int { return len(t.rows) }

// Row are the values of a row, one for each column. What the row does not have
// is Absent.
func (t Table) Row(i int) []Value {
	if t.places == nil {
		return []Value{t.rows[i]}
	}
	row := make([]Value, len(t.Columns))
	for name, value := range t.rows[i].Children() {
		row[t.places[name.text]] = value
	}
	return row
}

// Column is in which column the n-th member of a row is, counted from 0.
func (t Table) Column(row, n int) int {
	for name := range t.rows[row].Children() {
		if n == 0 {
			return t.places[name.text]
		}
		n--
	}
	return 0
}

const (
	// sample is how many rows a look at a table takes.
	sample = 300
	// maxColumns is how many columns people can make sense of.
	maxColumns = 64
)

// Table is the value as a table, if it is best shown as one: an array of
// objects whose members are mostly not nested themselves, by itself or as the
// only member of an object.
func (v Value) Table() (Table, bool) {
	name, array := v.array()
	t := Table{Name: name}
	for _, item := range array.Children() {
		if item.Kind() != Object {
			return Table{}, false
		}
		t.rows = append(t.rows, item)
	}
	if len(t.rows) == 0 || !t.findColumns(maxColumns*len(t.rows)) || len(t.Columns) == 0 {
		return Table{}, false
	}
	nested, flat := 0, 0
	for _, row := range t.rows[:min(len(t.rows), sample)] {
		for _, value := range row.Children() {
			if value.Nested() && !value.Empty() {
				nested++
			} else {
				flat++
			}
		}
	}
	return t, nested*3 <= flat
}
