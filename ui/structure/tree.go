package structure

import (
	"slices"

	"notturno/state/table"
	"notturno/themes"
)

const (
	// maxDepth is how deep a tree goes. What is nested deeper is one value.
	maxDepth = 16
	// cellsPerLevel is how wide the pane has to be for each level.
	cellsPerLevel = 5
)

// tree draws names and values, one below the other.
type tree struct {
	*drawing
	depth int // how deep it goes
	shown int // lines so far
}

// walk draws the children of a value to which so many steps lead, with the
// marks that are within it.
func (t *tree) walk(v table.Value, margin string, marks []mark, steps int) {
	i := -1
	for name, child := range v.Children() {
		if t.full() {
			return
		}
		i++
		t.shown++
		within := under(marks, steps, i)
		fails := slices.ContainsFunc(within, func(m mark) bool { return m.at(steps + 1) })
		inner := margin + themes.Paint(t.theme.Faint, "│") + " "
		if !child.Nested() || child.Empty() || steps+1 >= t.depth {
			t.field(margin, name, child, fails)
			t.reasons(margin+indent, within, steps+1)
			continue
		}
		t.heading(margin, name, fails)
		t.reasons(inner, slices.DeleteFunc(slices.Clone(within), func(m mark) bool { return len(m.place.Steps) > steps+1 }), steps+1)
		t.walk(child, inner, within, steps+1)
	}
}

// heading draws the name of what is nested.
func (t *tree) heading(margin string, name table.Name, fails bool) {
	text, color := name.String(), t.nameColor(name)
	if fails {
		text, color = failed+text, t.theme.Error
	}
	if t.whole() {
		t.text(margin, text, color)
		return
	}
	t.add(margin + themes.Paint(color, text))
}

// reasons says what is wrong with a value to which so many steps lead, and
// with what is within it.
func (t *tree) reasons(margin string, marks []mark, steps int) {
	for _, m := range marks {
		t.text(margin, m.say(steps), t.theme.Error)
	}
}
