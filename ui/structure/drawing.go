package structure

import (
	"image/color"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/state/table"
	"notturno/themes"
	"notturno/ui/part"
)

// drawing is rows that are being drawn.
type drawing struct {
	theme *themes.Theme
	width int
	limit int // rows below the head; 0: all, with nothing cut
	head  int // rows of the head
	rows  []string
}

// whole reports whether nothing is to be cut.
func (d *drawing) whole() bool { return d.limit == 0 }

// full reports whether there is no room for more rows.
func (d *drawing) full() bool { return !d.whole() && len(d.rows)-d.head >= d.limit }

// add puts a row below the others.
func (d *drawing) add(row string) {
	if ansi.StringWidth(row) > d.width {
		row = part.Fit(row, d.width)
	}
	d.rows = append(d.rows, row)
}

// text puts plain text below the others, on as many rows as it takes, each with
// the margin before it.
func (d *drawing) text(margin, text string, c color.Color) {
	for _, row := range part.Wrap(text, max(d.width-ansi.StringWidth(margin), 1)) {
		d.add(margin + themes.Paint(c, row))
	}
}

const failed = "✗ "

// field draws the name of a value and the value, behind a margin.
func (d *drawing) field(margin string, name table.Name, value table.Value, fails bool) {
	d.named(margin, name.String(), d.nameColor(name), value, fails)
}

func (d *drawing) nameColor(name table.Name) color.Color {
	if name.Index() {
		return d.theme.Muted
	}
	return d.theme.Accent
}

func (d *drawing) named(margin, name string, c color.Color, value table.Value, fails bool) {
	room := max(d.width-ansi.StringWidth(margin), 1)
	text, color := d.value(value, room)
	mark := ""
	if fails {
		mark, c, color = themes.Paint(d.theme.Error, failed), d.theme.Error, d.theme.Error
	}
	short := part.Line(name, room)
	one := mark + themes.Paint(c, short+":") + " " + themes.Paint(color, strings.ReplaceAll(text, "\t", " "))
	if !d.whole() || ansi.StringWidth(one) <= room && !strings.Contains(text, "\n") && len(short) == len(name) {
		d.add(margin + one)
		return
	}
	if fails {
		name = failed + name
	}
	d.text(margin, name+":", c)
	d.text(margin+indent, text, color)
}

// indent is before what belongs to the row above.
const indent = "  "

// value is the text of a value, cut to what can show in so many cells unless it
// is to be whole, and its colour.
func (d *drawing) value(v table.Value, cells int) (string, color.Color) {
	text := ""
	if d.whole() {
		text = v.Text()
	} else {
		text = head(v, cells)
	}
	switch v.Kind() {
	case table.Number:
		return text, d.theme.Running
	case table.Bool:
		return text, d.theme.Code
	case table.Null, table.Object, table.Array:
		return text, d.theme.Muted
	case table.Absent:
	case table.String:
		if text == "" {
			return `""`, d.theme.Muted
		}
	}
	return text, d.theme.Text
}

// head is enough of a value to fill so many cells, on one line.
func head(v table.Value, cells int) string {
	// A cell can take several characters: combining marks, joined emoji.
	const bytesPerCell = 40
	return part.Line(v.Head((cells+1)*bytesPerCell), cells)
}
