package transcript

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/state"
	"notturno/ui/find"
)

// hit is a row in which there are matches.
type hit struct {
	row   int // its number
	first int // matches in the rows before it
}

// hits are the matches in a block, folded or not.
type hits struct {
	rows    []hit
	count   int
	text    []string // what the rows show, read once for all queries
	settled int      // how many of them stay as they are, of Markdown that streams
	lines   []int    // at which row each line of a result begins, when it is unfolded
}

// search brings the matches up to date with what the block says. Only rows
// that are new or have changed are searched.
func (b *block) search(q find.Query, v view) {
	same := 0
	if b.doc != nil {
		same = b.readDoc()
	} else {
		b.hits.text = b.readRows(v)
	}
	b.find(q, same)
}

// find searches what was read, but for the first rows, which are the same as
// before.
func (b *block) find(q find.Query, same int) {
	h, number := &b.hits, b.firstNumber()
	h.cut(number + same)
	for i := same; i < len(h.text); i++ {
		if n := len(q.In(h.text[i])); n > 0 {
			h.rows = append(h.rows, hit{number + i, h.count})
			h.count += n
		}
	}
}

// firstNumber is the number of the first row that is searched: the heading of
// reasoning only says how much there is.
func (b *block) firstNumber() int {
	if b.item.Kind == state.ReasoningItem {
		return 1
	}
	return 0
}

// readDoc reads Markdown, and says how many rows are the same as before: those
// that were settled, unless the item has ended since, which may change all.
func (b *block) readDoc() (same int) {
	h := &b.hits
	if b.item.Open() {
		same = h.settled
	}
	h.text = h.text[:same]
	for _, row := range b.doc.Rows(same, b.doc.Len()) {
		h.text = append(h.text, plain(row))
	}
	h.settled = b.doc.Settled()
	return same
}

// readRows reads the rows that the block has when it is unfolded.
func (b *block) readRows(v view) []string {
	var text []string
	switch {
	case b.item.Kind == state.ToolItem:
		rows, begins, _ := b.result.unfolded(v.width)
		text = append([]string{b.head[0]}, rows...)
		b.hits.lines = begins
	case b.answer != nil:
		text, _ = b.answer.Folded(v.theme, v.width, unfoldedRows)
	default:
		text = append(text, b.head...)
	}
	for i, row := range text {
		text[i] = plain(row)
	}
	return text
}

// cut forgets the matches from the row on.
func (h *hits) cut(row int) {
	i, _ := slices.BinarySearchFunc(h.rows, row, func(h hit, row int) int { return h.row - row })
	if i < len(h.rows) {
		h.count = h.rows[i].first
		h.rows = h.rows[:i]
	}
}

// begin is the row at which a line of a result begins; beyond all rows for one
// that is not among them.
func (h *hits) begin(line int) int {
	if line < len(h.lines) {
		return h.lines[line]
	}
	return unfoldedRows + 1
}

// line is which line of a result the row belongs to.
func (h *hits) line(row int) int {
	i, begins := slices.BinarySearch(h.lines, row)
	if begins {
		return i
	}
	return i - 1
}

// at is the row of the n-th match, and which of the row's matches it is.
func (h *hits) at(n int) (row, nth int) {
	i, found := slices.BinarySearchFunc(h.rows, n, func(h hit, n int) int { return h.first - n })
	if !found {
		i--
	}
	return h.rows[i].row, n - h.rows[i].first
}

// from is the first match in the row or after it; count when there is none.
func (h *hits) from(row int) int {
	i, _ := slices.BinarySearchFunc(h.rows, row, func(h hit, row int) int { return h.row - row })
	if i == len(h.rows) {
		return h.count
	}
	return h.rows[i].first
}

// plain is what a row shows.
func plain(row string) string {
	if strings.Contains(row, "\x1b") {
		row = ansi.Strip(row)
	}
	return strings.TrimRight(row, " ")
}
