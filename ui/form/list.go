package form

import (
	"strings"

	"notturno/themes"
	"notturno/ui/part"
)

// mostChoices is how many choices show below a field.
const mostChoices = 6

// layOutChoices adds the choices of a field in which one can also type: those
// around the one that is taken, and the first while nothing is.
func (f *Form) layOutChoices(s *sheet, i int) {
	l := f.entries[i].line()
	if l == nil || l.held != "" && !l.choosing() {
		return
	}
	found := l.found()
	most := min(mostChoices, f.body()-6)
	if len(found) < 2 && l.next() == nil || most < 2 {
		return
	}
	current, next := -1, l.next()
	for n, c := range found {
		if c.value == l.value() {
			current = n
		}
	}
	top := max(0, min(current-most/2, len(found)-most))
	for n := top; n < min(top+most, len(found)); n++ {
		c := found[n]
		row := strings.Repeat(" ", max(s.below()-markWidth, 0))
		switch {
		case n == current:
			row += themes.Bold(f.theme.Accent, "• "+part.Line(c.label, s.w))
		case next != nil && next.value == c.value:
			row += themes.Paint(f.theme.Accent, "→ ") + part.Line(c.label, s.w)
		default:
			row += "  " + f.muted(part.Line(c.label, s.w))
		}
		if c.detail != "" {
			row += f.muted("  " + part.Line(c.detail, s.w))
		}
		s.add(target{i, n}, row)
	}
	if rest := len(found) - top - most; rest > 0 {
		s.add(target{i, -1}, strings.Repeat(" ", s.below())+f.muted(part.Count(rest, "more choice")))
	}
}
