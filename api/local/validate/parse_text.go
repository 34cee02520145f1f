package validate

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// text reads what follows a string's opening quote.
func (p *parser) text() (string, *syntaxError) {
	var b strings.Builder
	open, from := p.pos-1, p.pos
	for p.pos < len(p.data) {
		switch c := p.data[p.pos]; {
		case c == '"':
			b.Write(p.data[from:p.pos])
			p.pos++
			return b.String(), nil
		case c == '\\':
			b.Write(p.data[from:p.pos])
			if p.pos+1 == len(p.data) {
				return "", p.fail(open, "Unterminated string starting at")
			}
			r, bad := p.escape()
			if bad != nil {
				return "", bad
			}
			b.WriteRune(r)
			from = p.pos
		case c < ' ':
			return "", p.fail(p.pos, "Invalid control character at")
		default:
			p.pos++
		}
	}
	return "", p.fail(open, "Unterminated string starting at")
}

// escape reads the escape sequence that is next.
func (p *parser) escape() (rune, *syntaxError) {
	start := p.pos
	p.pos += 2
	switch c := p.data[start+1]; c {
	case '"', '\\', '/':
		return rune(c), nil
	case 'b':
		return '\b', nil
	case 'f':
		return '\f', nil
	case 'n':
		return '\n', nil
	case 'r':
		return '\r', nil
	case 't':
		return '\t', nil
	case 'u':
		return p.unicode(start + 1)
	}
	return 0, p.fail(start, `Invalid \escape`)
}

// unicode reads the four digits after the u at a position, and the second half
// of a pair. Half a pair alone is no character.
func (p *parser) unicode(at int) (rune, *syntaxError) {
	first, ok := p.hex()
	if !ok {
		return 0, p.fail(at, `Invalid \uXXXX escape`)
	}
	if !utf16.IsSurrogate(first) {
		return first, nil
	}
	end := p.pos
	if p.word(`\u`) {
		if second, ok := p.hex(); ok {
			if pair := utf16.DecodeRune(first, second); pair != '\uFFFD' {
				return pair, nil
			}
		}
	}
	p.pos = end
	return '\uFFFD', nil
}

// hex reads four digits. There must be something after them, as in Python.
func (p *parser) hex() (rune, bool) {
	if p.pos+4 >= len(p.data) {
		return 0, false
	}
	digits := p.data[p.pos : p.pos+4]
	for _, c := range digits {
		if !strings.ContainsRune("0123456789abcdefABCDEF", rune(c)) {
			return 0, false
		}
	}
	code, err := strconv.ParseUint(string(digits), 16, 16)
	if err != nil {
		return 0, false
	}
	p.pos += 4
	return rune(code), true
}
