package reader

import (
	"strings"

	"notturno/themes"
)

// section is a Section as it is shown.
type section struct {
	heading string
	lead    int // rows above the text: a blank one between sections, the heading
	content content
	format  string // in words
	lines   lineCount
}

func newSection(theme *themes.Theme, s Section, below bool) *section {
	c, format := show(theme, s)
	sec := &section{heading: s.Heading, content: c, format: format}
	if below {
		sec.lead++
	}
	if s.Heading != "" {
		sec.lead++
	}
	sec.lines = newLineCount(c.text())
	return sec
}

// lay cuts the text to a width, and reports whether it is another text then, as
// rendered Markdown is.
func (s *section) lay(width int, wrap bool) (changed bool) {
	s.content.lay(width, wrap)
	text := s.content.text()
	// Where nothing was rendered the text is the same one, not an equal one, so
	// comparing it costs nothing however long it is.
	if changed = text != s.lines.text; changed {
		s.lines = newLineCount(text)
	}
	return changed
}

// lineCount knows which line of a text a byte is on. It counts from the byte
// that was asked for last, because the next one is mostly near.
type lineCount struct {
	text  string
	at    int
	line  int // of at, from 0
	total int // 0 when not counted yet
}

func newLineCount(text string) lineCount { return lineCount{text: text} }

// of is the number, from 1, of the line with the byte at.
func (l *lineCount) of(at int) int {
	if at >= l.at {
		l.line += strings.Count(l.text[l.at:at], "\n")
	} else {
		l.line -= strings.Count(l.text[at:l.at], "\n")
	}
	l.at = at
	return l.line + 1
}

// all is how many lines there are.
func (l *lineCount) all() int {
	if l.total == 0 {
		l.total = strings.Count(l.text, "\n") + 1
	}
	return l.total
}
