package main

import (
	"strings"
	"unicode/utf8"
)

// screen is what a terminal shows, row by row, without the space at the ends.
type screen []string

func newScreen(text string, rows int) screen {
	s := make(screen, rows)
	for i, row := range strings.Split(text, "\n") {
		if i < rows {
			s[i] = strings.TrimRight(row, " ")
		}
	}
	return s
}

func (s screen) String() string { return strings.Join(s, "\n") }

// has reports whether all the texts show, each within one row.
func (s screen) has(texts ...string) bool {
	all := s.String()
	for _, text := range texts {
		if !strings.Contains(all, text) {
			return false
		}
	}
	return true
}

// flat is the left pane as one line, so that wrapped sentences can be found.
func (s screen) flat() string {
	var words []string
	for _, row := range s {
		left, _, _ := strings.Cut(row, "│")
		words = append(words, strings.Fields(left)...)
	}
	return strings.Join(words, " ")
}

// hasFlat reports whether all the texts show in the left pane, wrapped or not.
func (s screen) hasFlat(texts ...string) bool {
	flat := s.flat()
	for _, text := range texts {
		if !strings.Contains(flat, text) {
			return false
		}
	}
	return true
}

// prompt is what is below the last rule: the prompt and the footer. It is
// empty before the first frame.
func (s screen) prompt() string {
	for i := len(s) - 1; i >= 0; i-- {
		if strings.HasPrefix(s[i], "──") {
			return strings.Join(s[i+1:], "\n")
		}
	}
	return ""
}

// tail is the last n characters of s.
func tail(s string, n int) string {
	for utf8.RuneCountInString(s) > n {
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	return s
}
