package reader

import (
	"notturno/themes"
	"notturno/ui/structure"
)

const (
	// maxStructure is how many rows an answer may have that is drawn as a table
	// or a tree. All of them are drawn, so that all can be found in.
	maxStructure = 10_000
	// noWidth is a width that is not one yet.
	noWidth = -1
)

// structured is an answer as a table or a tree, with nothing cut.
type structured struct {
	drawn
	answer *structure.Structure
	theme  *themes.Theme
	width  int
}

func newStructured(theme *themes.Theme, answer *structure.Structure) *structured {
	s := &structured{answer: answer, theme: theme, width: noWidth}
	s.take(nil)
	return s
}

// lay draws for a width. A table has no lines of its own to leave unbroken.
func (s *structured) lay(width int, _ bool) {
	if width != s.width {
		s.width = width
		s.take(s.answer.Whole(s.theme, width))
	}
}

func (s *structured) setTheme(theme *themes.Theme) {
	s.theme = theme
	if s.width != noWidth {
		s.take(s.answer.Whole(theme, s.width))
	}
}
