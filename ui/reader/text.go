package reader

import (
	"image/color"
	"strings"

	"notturno/themes"
)

// run is the colour of a text up to a byte, from where the run before it ends.
type run struct {
	to    int
	color color.Color
}

// colouring finds the colours of one line, or of a piece of one.
type colouring func(theme *themes.Theme, line string) []run

// plainText is text as it stands, coloured or not.
type plainText struct {
	pieces pieces
	colour colouring // nil: none
	theme  *themes.Theme
	width  int
	wrap   bool

	rows   []int         // where the rows of the piece last looked at begin
	to     int           // and where that piece ends
	colors map[int][]run // of the pieces seen
}

// maxColours is how many lines keep their colours.
const maxColours = 2000

func newPlainText(theme *themes.Theme, text string, colour colouring) *plainText {
	// A line feed at the end ends the last line; it does not begin one more.
	t := &plainText{pieces: pieces(strings.TrimSuffix(text, "\n")), colour: colour}
	t.setTheme(theme)
	return t
}

func (t *plainText) text() string { return string(t.pieces) }

func (t *plainText) setTheme(theme *themes.Theme) {
	t.theme, t.colors = theme, map[int][]run{}
}

func (t *plainText) lay(width int, wrap bool) {
	if width != t.width || wrap != t.wrap {
		t.width, t.wrap, t.rows = width, wrap, nil
	}
}

// look finds the rows of the piece that holds the byte at.
func (t *plainText) look(at int) {
	if len(t.rows) > 0 && t.rows[0] <= at && (at < t.to || at == t.to && t.pieces.start(at) == t.rows[0]) {
		return
	}
	from := t.pieces.start(at)
	t.to = t.pieces.end(from)
	t.rows = append(t.rows[:0], from)
	if !t.wrap || t.width < 1 {
		return
	}
	piece := string(t.pieces[from:t.to])
	for i := rowEnd(piece, t.width); i < len(piece); i += rowEnd(piece[i:], t.width) {
		t.rows = append(t.rows, from+i)
	}
}

// index is which of the rows last looked at holds the byte at.
func (t *plainText) index(at int) int {
	t.look(at)
	low, high := 0, len(t.rows)
	for high-low > 1 {
		if middle := (low + high) / 2; t.rows[middle] <= at {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

func (t *plainText) start(at int) int { return t.rows[t.index(at)] }

func (t *plainText) end(from int) int {
	if i := t.index(from); i+1 < len(t.rows) {
		return t.rows[i+1]
	}
	return t.to
}

func (t *plainText) row(from, x int) row {
	end := t.end(from)
	piece, col := t.rows[0], 0
	if t.wrap {
		// Spaces at a break may be more than there is room for.
		end = from + len(strings.TrimRight(string(t.pieces[from:end]), " "))
	} else {
		// Only the cells that show are drawn, and one more, so that a cut shows.
		from, col = t.skip(from, end, 0, x)
		end, _ = t.skip(from, end, col, x+t.width+1)
	}
	r := row{from: from, to: end}
	var b strings.Builder
	at := from
	for _, run := range t.colours(piece) {
		if to := min(piece+run.to, end); to > at {
			col = t.write(&b, &r, at, to, col, run.color)
			at = to
		}
	}
	t.write(&b, &r, at, end, col, t.theme.Text)
	r.styled = b.String()
	return r
}

// skip goes from a byte, which is in the column col, to the one in the column
// to, or to the one after it where a wide character stands across.
func (t *plainText) skip(from, end, col, to int) (at, column int) {
	for from < end && col < to {
		n, cells := cluster(string(t.pieces[from:end]), col)
		from += n
		col += cells
	}
	return from, col
}

// write draws the bytes of the text from at to to, which begin in the column
// col, and returns the column after them.
func (t *plainText) write(b *strings.Builder, r *row, at, to, col int, c color.Color) int {
	text := string(t.pieces[at:to])
	if !strings.Contains(text, "\t") {
		b.WriteString(themes.Paint(c, text))
		return col + columns(text, col)
	}
	var plain strings.Builder
	for i := 0; i < len(text); {
		n, cells := cluster(text[i:], col)
		if text[i] == '\t' {
			plain.WriteString(strings.Repeat(" ", cells))
			r.tabs = append(r.tabs, tab{at + i, cells - 1})
		} else {
			plain.WriteString(text[i : i+n])
		}
		col += cells
		i += n
	}
	b.WriteString(themes.Paint(c, plain.String()))
	return col
}

// columns is how many cells text takes from the column col on.
func columns(text string, col int) int {
	from := col
	for i := 0; i < len(text); {
		n, cells := cluster(text[i:], col)
		col += cells
		i += n
	}
	return col - from
}

// colours are the colours of the piece that begins at from.
func (t *plainText) colours(from int) []run {
	end := t.pieces.end(from)
	whole := (from == 0 || t.pieces[from-1] == '\n') && (end == len(t.pieces) || t.pieces[end] == '\n')
	if t.colour == nil || !whole {
		return nil
	}
	runs, known := t.colors[from]
	if !known {
		if len(t.colors) >= maxColours {
			clear(t.colors)
		}
		runs = t.colour(t.theme, string(t.pieces[from:end]))
		t.colors[from] = runs
	}
	return runs
}
