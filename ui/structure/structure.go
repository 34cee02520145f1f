package structure

import (
	"fmt"
	"strings"

	"notturno/api/schema"
	"notturno/state"
	"notturno/state/table"
	"notturno/themes"
	"notturno/ui/part"
)

// Structure is an answer that is JSON. It never changes.
type Structure struct {
	value   table.Value
	table   *table.Table // nil: it is a tree
	columns []column     // of the table
	levels  []int        // of the tree: how many lines it has at each depth
	checked bool         // against a response format
	unknown string       // says that it was not, though there is one
	marks   []mark
}

// Of is the answer of an agent that has ended, if it is JSON.
func Of(run *state.Run) (*Structure, bool) {
	if run.Agent == nil || !run.Phase.Ended() {
		return nil, false
	}
	value, ok := table.Parse(run.Answer())
	if !ok {
		return nil, false
	}
	s := &Structure{value: value, checked: run.Agent.Formatted(), unknown: run.Agent.UncheckedText(), marks: place(value, run.Agent.Faults)}
	if t, isTable := value.Table(); isTable {
		s.table = &t
		s.columns = s.measure()
	} else {
		s.levels = value.Levels(maxDepth)[1:]
	}
	return s, true
}

// IsTable reports whether it is drawn as a table, else it is a tree.
func (s *Structure) IsTable() bool { return s.table != nil }

// Word is what it is drawn as.
func (s *Structure) Word() string {
	if s.IsTable() {
		return "table"
	}
	return "tree"
}

// Size is about how many rows Whole has, at the least.
func (s *Structure) Size() int {
	if s.table != nil {
		return s.table.Len()
	}
	return s.lines(maxDepth)
}

// lines are how many lines the tree has, down to a depth.
func (s *Structure) lines(depth int) int {
	lines := 0
	for _, n := range s.levels[:depth] {
		lines += n
	}
	return lines
}

// Folded are the first rows, so many or a few more, each of them cut to the
// width, and how many rows of the table, or lines of the tree, do not show.
func (s *Structure) Folded(theme *themes.Theme, width, limit int) (rows []string, more int) {
	d := &drawing{theme: theme, width: max(width, 1), limit: max(limit, 1)}
	more = s.draw(d)
	return d.rows, more
}

// Whole are all rows, with nothing cut.
func (s *Structure) Whole(theme *themes.Theme, width int) []string {
	d := &drawing{theme: theme, width: max(width, 1)}
	s.draw(d)
	return d.rows
}

func (s *Structure) draw(d *drawing) (more int) {
	s.drawSummary(d)
	if s.table != nil {
		return s.drawTable(d)
	}
	t := tree{drawing: d, depth: min(max(d.width/cellsPerLevel, 1), maxDepth)}
	t.walk(s.value, "", s.marks, 0)
	return s.lines(t.depth) - t.shown
}

// mostFaults is how many faults the check of an answer looks for.
const mostFaults = 20

// drawSummary says whether the answer meets the response format, and what is
// wrong with it as a whole.
func (s *Structure) drawSummary(d *drawing) {
	n := len(s.marks)
	switch {
	case !s.checked:
	case s.unknown != "":
		d.text("", "? "+strings.TrimPrefix(s.unknown, "the answer was "), d.theme.Warning)
	case n == 0:
		d.text("", "✓ meets the response format", d.theme.Success)
	case n == 1:
		d.text("", "✗ 1 field does not meet the response format", d.theme.Error)
	case n < mostFaults:
		d.text("", fmt.Sprintf("✗ %d fields do not meet the response format", n), d.theme.Error)
	default:
		d.text("", fmt.Sprintf("✗ %d fields or more do not meet the response format", n), d.theme.Error)
	}
	for _, m := range s.marks {
		if len(m.place.Steps) < s.rowDepth() {
			d.text("  ", m.say(0), d.theme.Error)
		}
	}
	if len(d.rows) > 0 {
		d.add("")
	}
	d.head = len(d.rows)
}

// rowDepth is how many steps lead to a row of the table, or to a line of the
// tree.
func (s *Structure) rowDepth() int {
	if s.table != nil && s.value.Kind() == table.Object {
		return 2
	}
	return 1
}

// mark is a fault and where it is in the answer.
type mark struct {
	schema.Fault
	place table.Place
}

func place(value table.Value, faults []schema.Fault) []mark {
	var marks []mark
	for _, f := range faults {
		marks = append(marks, mark{f, value.Find(f.Path)})
	}
	return marks
}

// under are the marks within the n-th child of what so many steps lead to.
func under(marks []mark, steps, n int) []mark {
	var within []mark
	for _, m := range marks {
		if len(m.place.Steps) > steps && m.place.Steps[steps] == n {
			within = append(within, m)
		}
	}
	return within
}

// at reports whether the mark is for just the value that so many steps lead to.
func (m mark) at(steps int) bool { return len(m.place.Steps) == steps && m.rest(steps) == "" }

// rest is the field, seen from the value that so many steps lead to.
func (m mark) rest(steps int) string { return m.place.Rest(m.Path, steps) }

// maxName is how many cells the name of a field in a mark may take.
const maxName = 120

// say is the field, seen from the value that so many steps lead to, and what is
// wrong with it.
func (m mark) say(steps int) string {
	reason := strings.TrimPrefix(m.Reason, "it is ")
	if name := m.rest(steps); name != "" {
		return "✗ " + part.Line(name, maxName) + ": " + reason
	}
	return "✗ " + m.Reason
}
