package themes

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// FileError is what is wrong with a theme file or a directory of them. Error
// can be shown as it is: what came from the disk is quoted in it.
type FileError struct {
	File string
	Line int    // from 1; 0 where no line is to blame
	Key  string // as in "colors.accent"; empty where no key is to blame
	What string // what is wrong, and the next step
	Err  error  // the cause, if there is one beyond What
}

// Error is the file, the line and the key, then what is wrong with them.
func (e *FileError) Error() string {
	at := e.File
	if unshowable(at) {
		at = strconv.QuoteToASCII(at)
	}
	if e.Line > 0 {
		at = fmt.Sprintf("%s:%d", at, e.Line)
	}
	if e.Key != "" {
		at += ": " + e.Key
	}
	return at + ": " + e.What
}

// Unwrap is the cause.
func (e *FileError) Unwrap() error { return e.Err }

// maxQuote is how much of a text an error repeats, in characters.
const maxQuote = 40

// quote is text from a file, for an error.
func quote(text string) string {
	text = cut(text, maxQuote)
	if unshowable(text) {
		return strconv.QuoteToASCII(text)
	}
	return strconv.Quote(text)
}

// cut is at most so many characters of text.
func cut(text string, most int) string {
	runes := 0
	for i := range text {
		if runes++; runes > most {
			return text[:i] + "…"
		}
	}
	return text
}

// bare is a key from a file, for an error: without quotes where TOML needs none.
func bare(key string) string {
	strange := func(r rune) bool { return !isBare(r) }
	if key == "" || len(key) > maxQuote || strings.ContainsFunc(key, strange) {
		return quote(key)
	}
	return key
}

// isBare says whether TOML lets a character stand in a key without quotes.
func isBare(r rune) bool {
	return r == '-' || r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// unshowable says whether text may not reach the screen as it is.
func unshowable(text string) bool {
	return strings.ContainsFunc(text, unprintable) || marked(text)
}

// unprintable says whether a character may not reach the screen: controls,
// changes of direction and what cannot be seen.
func unprintable(r rune) bool {
	return !unicode.IsPrint(r) || r == unicode.ReplacementChar ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
