package table

import (
	"slices"
	"strconv"
	"strings"
)

// maxPlace is how deep a place is looked for.
const maxPlace = 64

// Place is where a path such as posts[0].price leads in a value.
type Place struct {
	// Steps lead down from the value: at each, which child it is, counted
	// from 0.
	Steps []int
	// Ends is the length of the path after each of the steps.
	Ends []int
}

// Rest is what is left of the path after so many steps; empty when they lead
// to its end.
func (p Place) Rest(path string, steps int) string {
	if steps == 0 {
		return path
	}
	return strings.TrimPrefix(path[p.Ends[steps-1]:], ".")
}

// Find follows a path as the faults of a schema have them (schema.Fault), as
// far as it leads: the last part of it may be missing. Paths are ambiguous
// where names have dots in them; one that leads to the end is preferred.
func (v Value) Find(path string) Place {
	best, _ := v.find(path, Place{})
	return best
}

// find is the place of the path behind so far, or how far it leads.
func (v Value) find(path string, so Place) (_ Place, whole bool) {
	best, at := so, so.end()
	if at == len(path) {
		return best, true
	}
	if len(so.Steps) == maxPlace {
		return best, false
	}
	i := -1
	for name, child := range v.Children() {
		i++
		end, leads := name.leads(path, at)
		if !leads || end < len(path) && !child.Nested() {
			continue
		}
		next := Place{append(slices.Clip(so.Steps), i), append(slices.Clip(so.Ends), end)}
		found, ends := child.find(path, next)
		// Of members of the same name the last counts.
		if ends || !whole && found.end() >= best.end() {
			best, whole = found, ends
		}
	}
	return best, whole
}

// end is how much of the path the steps are.
func (p Place) end() int {
	if len(p.Ends) == 0 {
		return 0
	}
	return p.Ends[len(p.Ends)-1]
}

// leads reports whether the path, which does not end at the byte at, goes on
// there with the name, and up to where.
func (n Name) leads(path string, at int) (end int, leads bool) {
	if n.index >= 0 {
		digits, isIndex := strings.CutPrefix(path[at:], "[")
		digits, _, closed := strings.Cut(digits, "]")
		index, err := strconv.Atoi(digits)
		return at + len(digits) + len("[]"), isIndex && closed && err == nil && index == n.index
	}
	step, rest := n.String(), path[at:]
	if !strings.HasPrefix(rest, step) && !strings.HasPrefix(rest[1:], step) {
		return 0, false // what most names are, at little cost
	}
	if _, err := strconv.Atoi(n.text); err == nil {
		step = "[" + step + "]"
	} else if at > 0 {
		step = "." + step
	}
	end = at + len(step)
	return end, strings.HasPrefix(rest, step) && (end == len(path) || path[end] == '.' || path[end] == '[')
}
