package reader

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// pieceSize is about how many bytes of one line are looked at as one. A longer
// line is shown in pieces, each of which begins a row, so that the cost of a
// row has a bound whatever the length of its line.
const pieceSize = 16 << 10

// pieces are the lines of a text, and the pieces of very long ones. They are
// found where they are needed, from the text alone: nothing is kept, so that a
// text of any size is opened at once.
type pieces string

// start is where the piece begins that holds the byte at.
func (p pieces) start(at int) int {
	low := max(0, at-3*pieceSize)
	start := low
	if i := strings.LastIndexByte(string(p[low:at]), '\n'); i >= 0 {
		start = low + i + 1
	}
	for k := (at + lookBack) / pieceSize; k*pieceSize > start; k-- {
		if b, ok := p.brk(k); ok && b > start && b <= at {
			return b
		}
	}
	return start
}

// end is where the piece ends that begins at from, before its line feed.
func (p pieces) end(from int) int {
	end := min(len(p), from+3*pieceSize)
	if i := strings.IndexByte(string(p[from:end]), '\n'); i >= 0 {
		end = from + i
	}
	for k := from / pieceSize; k*pieceSize < end+lookBack; k++ {
		if b, ok := p.brk(k); ok && b > from && b < end {
			return b
		}
	}
	return end
}

// lookBack is how far before its place a break may be, to stand between two
// characters.
const lookBack = 256

// brk is the place of the break near k·pieceSize, if there is one: where no
// line feed is near. Because it depends on nothing else, start and end agree.
func (p pieces) brk(k int) (at int, ok bool) {
	at = k * pieceSize
	if at <= 0 || at >= len(p) || strings.IndexByte(string(p[at-pieceSize/2:min(len(p), at+pieceSize/2)]), '\n') >= 0 {
		return 0, false
	}
	from := at - lookBack
	for !utf8.RuneStart(p[from]) {
		from++
	}
	for from < at {
		n, _ := cluster(string(p[from:min(len(p), at+lookBack)]), 0)
		if from+n > at {
			break
		}
		from += n
	}
	return from, true
}

// tabWidth is the distance of the stops to which tabs lead.
const tabWidth = 4

// cluster is the first character of s, as a person sees one: its bytes, and
// its cells when it stands in the column col.
func cluster(s string, col int) (bytes, cells int) {
	switch {
	case s[0] == '\t':
		return 1, tabWidth - col%tabWidth
	case s[0] < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf):
		return 1, 1
	}
	text, cells := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	return max(len(text), 1), cells
}

// rowEnd is how many bytes of s, which has no line feed, are its first row when
// it is broken to width cells: after a space, if that leaves no more than half
// of the row empty. Spaces at the break stay with the row before it.
func rowEnd(s string, width int) int {
	col, space, spaceCol := 0, 0, 0
	for i := 0; i < len(s); {
		n, cells := cluster(s[i:], col)
		if col+cells > width && i > 0 {
			if s[i] == ' ' {
				return len(s) - len(strings.TrimLeft(s[i:], " "))
			}
			if 2*spaceCol >= width && space > 0 {
				return space
			}
			return i
		}
		col += cells
		i += n
		if s[i-n] == ' ' {
			space, spaceCol = i, col
		}
	}
	return len(s)
}
