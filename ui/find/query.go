// Package find is what finding in text on the screen is made of: a query that
// finds its places in plain text, the marking of places in a styled row, and
// the row in which the query is typed.
//
// Who finds what, and which place is the current one, is the business of the
// piece that is searched.
package find

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a place in plain text, in bytes: From inclusive, To exclusive.
type Span struct{ From, To int }

// Query is a text to find. The zero value finds nothing.
type Query struct {
	text   string
	exact  bool     // an upper-case letter was asked for, so case counts
	first  []string // what a place can begin with
	folded []rune   // the text, each character in the form that stands for all its cases
}

// NewQuery is a query for text as it stands: nothing in it is a pattern. Case
// counts only when the text has an upper-case letter; without one, characters
// are the same that are under Unicode's simple folding.
func NewQuery(text string) Query {
	q := Query{text: text, exact: strings.ContainsFunc(text, unicode.IsUpper)}
	if text == "" || q.exact {
		return q
	}
	for _, r := range text {
		q.folded = append(q.folded, fold(r))
	}
	first := q.folded[0]
	q.first = []string{string(first)}
	for r := unicode.SimpleFold(first); r != first; r = unicode.SimpleFold(r) {
		q.first = append(q.first, string(r))
	}
	return q
}

// Empty reports whether there is nothing to find.
func (q Query) Empty() bool { return q.text == "" }

// Text is what is to be found, as it was given.
func (q Query) Text() string { return q.text }

// In is every place of the query in plain, in their order; none overlaps the
// one before. plain is expected to be valid UTF-8.
func (q Query) In(plain string) []Span {
	if q.text == "" {
		return nil
	}
	starts := q.starts(plain)
	var spans []Span
	for at := 0; ; {
		from := starts.next(at)
		if from < 0 {
			return spans
		}
		if n := q.length(plain[from:]); n > 0 {
			spans = append(spans, Span{from, from + n})
			at = from + n
		} else {
			at = from + 1
		}
	}
}

// length is how many bytes the query takes at the start of s; 0 when it is not
// there. Folding can change it: the Kelvin sign is longer than k.
func (q Query) length(s string) int {
	if q.exact {
		return len(q.text)
	}
	at := 0
	for _, want := range q.folded {
		r, size := utf8.DecodeRuneInString(s[at:])
		if size == 0 || fold(r) != want {
			return 0
		}
		at += size
	}
	return at
}

func (q Query) starts(plain string) *starts {
	texts := q.first
	if q.exact {
		texts = []string{q.text}
	}
	s := &starts{plain: plain, texts: texts, found: make([]int, len(texts))}
	for i := range s.found {
		s.found[i] = -1
	}
	return s
}

// starts finds where one of a few texts stands. Each of them is looked for by
// itself, which is a search for bytes, and again only when the place last found
// has been passed; so the whole costs one pass for each.
type starts struct {
	plain string
	texts []string
	found []int // the next place of each; the length of plain when there is none
}

// next is the first place from at on, or -1. at must not go back.
func (s *starts) next(at int) int {
	first := len(s.plain)
	for i, text := range s.texts {
		if s.found[i] < at {
			if by := strings.Index(s.plain[at:], text); by >= 0 {
				s.found[i] = at + by
			} else {
				s.found[i] = len(s.plain)
			}
		}
		first = min(first, s.found[i])
	}
	if first == len(s.plain) {
		return -1
	}
	return first
}

// fold is the least of the characters that differ from r only in case.
func fold(r rune) rune {
	if 'a' <= r && r <= 'z' && r != 'k' && r != 's' {
		return r - 'a' + 'A'
	}
	if r < utf8.RuneSelf && r != 'k' && r != 's' {
		return r
	}
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	return least
}
