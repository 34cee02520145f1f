package reader

import (
	"notturno/themes"
)

// content is what is shown of one section: a text, cut into rows. A place in it
// is a byte of that text, and a row is named by its first byte, so that a place
// means the same at every width.
type content interface {
	// text is what can be found in.
	text() string
	// lay cuts the text to a width, or not at all.
	lay(width int, wrap bool)
	setTheme(theme *themes.Theme)
	// start is where the row begins that holds the byte at.
	start(at int) int
	// end is where the row ends that begins at from.
	end(from int) int
	// row draws the row that begins at from, beginning with the cell x.
	row(from, x int) row
}

// row is a row as it is drawn.
type row struct {
	styled string
	from   int   // the byte of the text that it begins with
	to     int   // and the one after its last
	tabs   []tab // that were replaced by spaces
}

// tab is a tab at a byte of the text that takes so many bytes more in the row.
type tab struct{ at, more int }

// place is where a byte of the text stands in the row's plain text.
func (r row) place(at int) int {
	place := min(max(at, r.from), r.to) - r.from
	for _, t := range r.tabs {
		if t.at < at {
			place += t.more
		}
	}
	return place
}
