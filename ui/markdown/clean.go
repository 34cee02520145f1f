package markdown

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// visible makes every character of s that could steer a terminal visible:
// control characters become their pictures (ESC becomes ␛); DEL, C1 and
// bidirectional controls become <9B>; invalid UTF-8 becomes U+FFFD. Line feeds
// and tabs stay.
//
// The caller of a Doc cleans text already. This is the second line: Markdown
// itself can produce such characters, from entities like &#27;.
func visible(s string) string {
	if harmless(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r < 0x20:
			b.WriteRune(0x2400 + r)
		case steers(r):
			fmt.Fprintf(&b, "<%02X>", r)
		case conceals(r):
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// harmless reports whether visible has nothing to do.
func harmless(s string) bool {
	ascii := true
	for i := range len(s) {
		c := s[i]
		if c < 0x20 && c != '\n' && c != '\t' || c == 0x7f {
			return false
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	if ascii {
		return true
	}
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if r >= 0x80 && (steers(r) || conceals(r)) {
			return false
		}
	}
	return true
}

// steers are DEL, the C1 controls, the line separators and the characters that
// reorder the text around them.
func steers(r rune) bool {
	return r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 ||
		r == 0x061c || r == 0x200e || r == 0x200f ||
		r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// conceals are characters that show nothing and can hide text: zero-width
// space, word joiner, byte order mark, tags, soft hyphen.
func conceals(r rune) bool {
	switch r {
	case 0x00ad, 0x034f, 0x115f, 0x1160, 0x180e, 0x200b, 0x3164, 0xfeff, 0xffa0:
		return true
	}
	return r >= 0x2060 && r <= 0x2064 || r >= 0xe0000 && r <= 0xe0fff
}

// whole splits s before a last character that is not complete yet, so that
// text cut in the middle of a character is the same as text that was not.
func whole(s string) (complete, rest string) {
	for i := 1; i <= min(len(s), utf8.UTFMax); i++ {
		if c := s[len(s)-i]; utf8.RuneStart(c) {
			if !utf8.FullRuneInString(s[len(s)-i:]) {
				return s[:len(s)-i], s[len(s)-i:]
			}
			break
		}
	}
	return s, ""
}
