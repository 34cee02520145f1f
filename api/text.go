package api

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"
)

// maxMarks is how many combining characters in a row one character may carry.
const maxMarks = 8

// maxJoins is how many zero-width joiners may hold one cluster together; the
// longest emoji in use has four.
const maxJoins = 6

const zeroWidthJoiner = '\u200d'

// Text is a string that came from the network and is safe to show: see
// [Clean]. Decoding JSON into a Text cleans it; a value that is not a string
// becomes its compact JSON, and null becomes empty.
type Text string

// UnmarshalJSON never fails on valid JSON.
func (t *Text) UnmarshalJSON(data []byte) error {
	*t = TextOf(data)
	return nil
}

// TextOf is the text of one JSON value: a string cleaned, null empty, anything
// else as compact JSON.
func TextOf(value json.RawMessage) Text {
	value = bytes.TrimSpace(value)
	if len(value) == 0 || string(value) == "null" {
		return ""
	}
	if s, ok := unquote(value); ok {
		return Clean(s)
	}
	var compact bytes.Buffer
	if json.Compact(&compact, value) != nil {
		return Clean(string(value))
	}
	return Clean(compact.String())
}

// Line is the text on one line: line breaks and tabs become spaces.
func (t Text) Line() string {
	if !strings.ContainsAny(string(t), "\n\t") {
		return string(t)
	}
	return strings.TrimSpace(strings.NewReplacer("\n", " ", "\t", " ").Replace(string(t)))
}

// Clean makes text from outside safe for a terminal, character by character,
// so that the result does not depend on how the text was cut into pieces
// (except for the two caps, which begin anew with each piece):
//
//   - line feed and tab stay; carriage return goes; the line separators U+2028
//     and U+2029 become line feeds;
//   - other C0 controls become their visible pictures (ESC becomes ␛);
//   - DEL, C1 controls and bidirectional controls become visible, as <9B>;
//   - invisible characters that hide text (tags, zero-width space, word joiner,
//     byte order mark, fillers, variation selectors 17 and up, noncharacters)
//     are removed;
//   - invalid UTF-8 becomes U+FFFD;
//   - a run of more than 8 combining characters is cut off after the eighth,
//     and a cluster of more than 6 zero-width joiners falls apart there.
//
// Cleaning cleaned text changes nothing.
func Clean(s string) Text {
	if plain(s) {
		return Text(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	var c cluster
	for _, r := range s { // ranging turns invalid UTF-8 into U+FFFD
		if r != '\r' && !hidden(r) && c.admits(r) {
			writeClean(&b, r)
		}
	}
	return Text(b.String())
}

// cluster counts what the characters before this one have piled up. What is
// removed from the text must not reach it, or it would reset the counts.
type cluster struct {
	marks  int
	joins  int
	joined bool // the last base character or joiner kept was a joiner
}

// admits reports whether r stays within the caps.
func (c *cluster) admits(r rune) bool {
	switch {
	case r == zeroWidthJoiner:
		if c.joins == maxJoins {
			return false
		}
		c.joins++
		c.joined = true
	case extends(r):
		if c.marks == maxMarks {
			return false
		}
		c.marks++
	default:
		if !c.joined {
			c.joins = 0
		}
		c.marks, c.joined = 0, false
	}
	return true
}

// extends reports whether r belongs to the character before it and needs no
// cell of its own, so that any number of them would fit into one.
func extends(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r == 0x200c, r == 0xff9e, r == 0xff9f: // non-joiner, halfwidth voicing marks
		return true
	case r >= 0x1f3fb && r <= 0x1f3ff: // skin tones
		return true
	}
	return unicode.Is(unicode.M, r)
}

// plain reports whether s is printable ASCII with line feeds and tabs, as most
// text is, so that it needs no work.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 0x20 && c != '\n' && c != '\t') || c >= 0x7f {
			return false
		}
	}
	return true
}

const hexDigits = "0123456789ABCDEF"

// writeClean writes r, which is not one that is removed, in its visible form.
func writeClean(b *strings.Builder, r rune) {
	switch {
	case r == '\n' || r == '\t':
		b.WriteRune(r)
	case r < 0x20:
		b.WriteRune(0x2400 + r) // control pictures
	case r == '\u2028' || r == '\u2029':
		b.WriteByte('\n')
	case r == 0x7f, r >= 0x80 && r < 0xa0:
		writeHex(b, r, 2)
	case bidi(r):
		writeHex(b, r, 4)
	default:
		b.WriteRune(r)
	}
}

func writeHex(b *strings.Builder, r rune, digits int) {
	b.WriteByte('<')
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		b.WriteByte(hexDigits[r>>shift&0xf])
	}
	b.WriteByte('>')
}

// bidi are the characters that reorder the text around them.
func bidi(r rune) bool {
	return r == 0x061c || r == 0x200e || r == 0x200f || (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069)
}

// hidden are the characters that show nothing and can hide text.
func hidden(r rune) bool {
	switch r {
	case 0x00ad, 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180e, 0x200b, 0x2060, 0x3164, 0xfeff, 0xffa0:
		return true
	}
	switch {
	case r >= 0x2061 && r <= 0x2065, r >= 0x206a && r <= 0x206f: // invisible operators, deprecated format characters
		return true
	case r >= 0xfff0 && r <= 0xfffb: // interlinear annotation and its unassigned neighbours
		return true
	case r >= 0x1bca0 && r <= 0x1bca3, r >= 0x1d173 && r <= 0x1d17a: // shorthand and musical format controls
		return true
	case r >= 0xe0000 && r <= 0xe0fff: // tags and variation selectors 17 and up
		return true
	case r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe: // noncharacters
		return true
	}
	return false
}
