package local

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// maxWord is the most runes of one piece, so that text without spaces streams
// too.
const maxWord = 24

// words cuts text into the pieces that it is streamed in: a word with the
// space after it. The pieces joined are the text; none ends inside a UTF-8
// sequence.
func words(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for text != "" {
			end := wordEnd(text)
			if !yield(text[:end]) {
				return
			}
			text = text[end:]
		}
	}
}

// wordEnd is the length in bytes of the first piece of text, which is not
// empty.
func wordEnd(text string) int {
	runes, spaced := 0, false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		space := unicode.IsSpace(r)
		if runes == maxWord || (spaced && !space) {
			return i
		}
		spaced = space
		runes++
		i += size
	}
	return len(text)
}
