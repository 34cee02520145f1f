package reader

import (
	"sort"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// drawn is a text that came as rows for the width. What can be found in it is
// what the rows say.
type drawn struct {
	rows   []string
	starts []int // where the rows begin in plain
	plain  string
}

// take replaces the rows.
func (d *drawn) take(rows []string) {
	if len(rows) == 0 {
		rows = []string{""}
	}
	d.rows = rows
	var plain strings.Builder
	d.starts = d.starts[:0]
	for i, styled := range d.rows {
		if i > 0 {
			plain.WriteByte('\n')
		}
		d.starts = append(d.starts, plain.Len())
		plain.WriteString(strings.TrimRight(ansi.Strip(styled), " "))
	}
	d.plain = plain.String()
}

func (d *drawn) text() string { return d.plain }

// index is which row holds the byte at.
func (d *drawn) index(at int) int {
	return max(0, sort.SearchInts(d.starts, at+1)-1)
}

func (d *drawn) start(at int) int { return d.starts[d.index(at)] }

func (d *drawn) end(from int) int {
	if i := d.index(from); i+1 < len(d.starts) {
		return d.starts[i+1] - 1
	}
	return len(d.plain)
}

func (d *drawn) row(from, _ int) row {
	return row{styled: d.rows[d.index(from)], from: from, to: d.end(from)}
}
