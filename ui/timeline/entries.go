package timeline

import (
	"time"

	"notturno/state"
)

// kind says what an entry is.
type kind int

const (
	toolCall kind = iota
	session
	function
)

// entry is a tool call, or the moment at which the run got a session or left a
// function behind.
type entry struct {
	kind  kind
	index int         // into the run's sessions or functions
	tool  *state.Tool // of a tool call

	// Neighbours that are alike are one group. Each points towards the first
	// of them, which holds what is true of the whole group.
	first  int
	last   int
	end    time.Time // when the last result of the group arrived
	opened bool      // each call of the group has a row
}

// row is what one line of the pane shows: an entry, or the group that begins
// with it; or, member, an entry of an opened group, below the row of the group.
type row struct {
	entry  int
	member bool
}

// entries are all entries in order. Groups only ever grow, so that each step
// takes the same time however many there are.
type entries []entry

// add puts an entry at the end, in a group of its own.
func (e *entries) add(added entry) {
	added.first, added.last = len(*e), len(*e)
	*e = append(*e, added)
}

// settle takes in that the call at i has its result: a call that ended well
// joins the neighbours that are like it.
func (e entries) settle(i int) {
	if e[i].first == i {
		e[i].end = e[i].tool.EndedAt
	}
	if i > 0 && e.alike(i-1, i) {
		e.join(i)
	}
	if i+1 < len(e) && e.alike(i, i+1) {
		e.join(i + 1)
	}
}

func (e entries) alike(i, j int) bool {
	a, b := e[i].tool, e[j].tool
	return a != nil && b != nil && a.State == state.ToolEnded && b.State == state.ToolEnded && a.Name != "" && a.Name == b.Name
}

// join makes the group that begins at i a part of the one before it.
func (e entries) join(i int) {
	group, joined := &e[e.group(i-1)], &e[i]
	joined.first = e.group(i - 1)
	group.last = joined.last
	group.opened = group.opened || joined.opened
	if joined.end.After(group.end) {
		group.end = joined.end
	}
}

// group is the first entry of the group that i is in. It shortens the way for
// the next time.
func (e entries) group(i int) int {
	for e[i].first != i {
		e[i].first = e[e[i].first].first
		i = e[i].first
	}
	return i
}

// size is how many entries are in the group that begins at i.
func (e entries) size(i int) int { return e[i].last - i + 1 }

// resolve is the row that shows what r did, after groups have grown, or were
// opened or closed.
func (e entries) resolve(r row) row {
	if r.entry >= len(e) {
		return row{}
	}
	group := e.group(r.entry)
	if e[group].opened && (r.member || r.entry != group) {
		return row{r.entry, true}
	}
	return row{group, false}
}

// bottom is the last row.
func (e entries) bottom() row {
	return e.resolve(row{entry: max(0, len(e)-1), member: true})
}

// next is the row below r.
func (e entries) next(r row) (row, bool) {
	below := r.entry + 1
	if !r.member {
		if e[r.entry].opened {
			return row{r.entry, true}, true
		}
		below = e[r.entry].last + 1
	}
	if below >= len(e) {
		return r, false
	}
	return row{below, e[below].first != below}, true
}

// before is the row above r.
func (e entries) before(r row) (row, bool) {
	switch {
	case r.member && e[r.entry].first != r.entry:
		return row{r.entry - 1, true}, true
	case r.member:
		return row{r.entry, false}, true
	case r.entry == 0:
		return r, false
	}
	return e.resolve(row{r.entry - 1, true}), true
}

// move is the row that is so many rows below r, or above it when by is
// negative, and how many of them there were.
func (e entries) move(r row, by int) (row, int) {
	step, moved := e.next, 0
	if by < 0 {
		step, by = e.before, -by
	}
	for ; moved < by; moved++ {
		to, ok := step(r)
		if !ok {
			break
		}
		r = to
	}
	return r, moved
}

// above reports whether a is nearer to the top than b.
func above(a, b row) bool {
	return a.entry < b.entry || (a.entry == b.entry && !a.member && b.member)
}
