package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is a row in a slice of cells: from inclusive, to exclusive.
type span struct{ from, to int }

// wrap breaks cells into rows of at most width cells: at spaces, between wide
// characters, at line breaks, and inside a word that is longer than
// a row. Rows do not begin (but for the first) or end with spaces. Only the
// last row can change when more text follows a space.
//
// A character wider than the row is replaced in place.
func wrap(row []cell, width int) []span {
	w := wrapper{cells: row, width: width}
	for i := range row {
		if row[i].width > width {
			row[i].text, row[i].width = "…", 1
		}
		w.take(i)
	}
	return w.emit(len(row), len(row))
}

type wrapper struct {
	cells []cell
	width int
	rows  []span
	start int // of the current row
	col   int // width of the current row
	end   int // of the row, if it is broken at the last opportunity
	next  int // start of the row after it; at or before start: no opportunity
}

func (w *wrapper) take(i int) {
	c := w.cells[i]
	switch c.text {
	case newline:
		w.rows = w.emit(i, i+1)
	case " ":
		if w.col == 0 && i == w.start && i > 0 && w.cells[i-1].text != newline {
			w.start = i + 1
			return
		}
		w.end, w.next = i, i+1
		w.col++
	default:
		if i > w.start && w.next < i && breaks(w.cells[i-1], c) {
			w.end, w.next = i, i
		}
		if w.col+c.width > w.width {
			if w.next > w.start {
				w.rows = w.emit(w.end, w.next)
			} else {
				w.rows = w.emit(i, i)
			}
			for _, c := range w.cells[w.start:i] {
				w.col += c.width
			}
		}
		w.col += c.width
	}
}

// breaks reports whether a row may end between two characters: where one of
// them is wide, but not inside a Korean word, nor before or after punctuation
// that belongs to the other.
func breaks(before, after cell) bool {
	if before.width != 2 && after.width != 2 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before.text)
	first, _ := utf8.DecodeRuneInString(after.text)
	if unicode.Is(unicode.Hangul, last) && (unicode.Is(unicode.Hangul, first) || after.width == 1) {
		return false
	}
	return !strings.ContainsRune(opening, last) && !strings.ContainsRune(closing, first)
}

const (
	opening = "([{（「『【〈《［｛“‘"
	closing = ")]},.:;!?）」』】〉》］｝、。，．：；！？”’ー…"
)

// emit ends the current row at end and begins the next one at next.
func (w *wrapper) emit(end, next int) []span {
	for end > w.start && w.cells[end-1].text == " " {
		end--
	}
	w.rows = append(w.rows, span{w.start, end})
	w.start, w.next, w.col = next, 0, 0
	return w.rows
}

// cut breaks cells into rows of at most width cells wherever they are full, as
// code wants it, and at line breaks.
func cut(row []cell, width int) []span {
	var rows []span
	start, col := 0, 0
	for i := range row {
		if row[i].width > width {
			row[i].text, row[i].width = "…", 1
		}
		if row[i].text == newline {
			rows = append(rows, span{start, i})
			start, col = i+1, 0
			continue
		}
		if col+row[i].width > width {
			rows = append(rows, span{start, i})
			start, col = i, 0
		}
		col += row[i].width
	}
	return append(rows, span{start, len(row)})
}

// lines draws the rows of cells.
func lines(row []cell, spans []span) []line {
	out := make([]line, len(spans))
	for i, s := range spans {
		out[i] = draw(row[s.from:s.to])
	}
	return out
}
