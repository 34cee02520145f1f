package validate

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// maxDepth is how deep lists and objects may nest, as in Python.
const maxDepth = 990

// syntaxError tells where a text stops being JSON, in Python's words.
type syntaxError struct {
	offset int // in characters
	text   string
}

// parser reads one JSON text as Python's json module does, which also takes
// NaN and Infinity.
type parser struct {
	data  []byte
	pos   int // in bytes
	depth int
}

// parse is the value of a whole text.
func parse(data []byte) (*node, *syntaxError) {
	p := &parser{data: bytes.TrimPrefix(data, []byte("\uFEFF"))}
	if !utf8.Valid(p.data) {
		return nil, p.fail(len(validPrefix(p.data)), "Invalid UTF-8")
	}
	p.blanks()
	value, bad := p.value()
	if bad != nil {
		return nil, bad
	}
	if p.blanks(); p.pos < len(p.data) {
		return nil, p.fail(p.pos, "Extra data")
	}
	return value, nil
}

func validPrefix(data []byte) []byte {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return data[:i]
		}
		i += size
	}
	return data
}

// fail is an error at a byte.
func (p *parser) fail(at int, text string) *syntaxError {
	return &syntaxError{utf8.RuneCount(p.data[:at]), text}
}

func (p *parser) blanks() {
	for p.pos < len(p.data) && strings.IndexByte(" \t\n\r", p.data[p.pos]) >= 0 {
		p.pos++
	}
}

// next reports whether c is next, and passes it.
func (p *parser) next(c byte) bool {
	if p.pos < len(p.data) && p.data[p.pos] == c {
		p.pos++
		return true
	}
	return false
}

// word reports whether text is next, and passes it.
func (p *parser) word(text string) bool {
	if bytes.HasPrefix(p.data[p.pos:], []byte(text)) {
		p.pos += len(text)
		return true
	}
	return false
}

func (p *parser) value() (*node, *syntaxError) {
	start := p.pos
	switch {
	case p.next('"'):
		text, bad := p.text()
		return &node{kind: kindString, text: text}, bad
	case p.next('{'):
		return p.nested(start, p.object)
	case p.next('['):
		return p.nested(start, p.list)
	case p.word("null"):
		return &node{kind: kindNull}, nil
	case p.word("true"):
		return &node{kind: kindTrue}, nil
	case p.word("false"):
		return &node{kind: kindFalse}, nil
	case p.word("NaN"), p.word("Infinity"), p.word("-Infinity"):
		return &node{kind: kindFloat, text: string(p.data[start:p.pos])}, nil
	}
	return p.number()
}

func (p *parser) nested(start int, read func() (*node, *syntaxError)) (*node, *syntaxError) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.fail(start, "Nested too deeply")
	}
	defer func() { p.depth-- }()
	return read()
}

// list reads what follows a list's bracket.
func (p *parser) list() (*node, *syntaxError) {
	n := &node{kind: kindList}
	if p.blanks(); p.next(']') {
		return n, nil
	}
	for {
		item, bad := p.value()
		if bad != nil {
			return nil, bad
		}
		n.list = append(n.list, item)
		if p.blanks(); p.next(']') {
			return n, nil
		}
		if !p.next(',') {
			return nil, p.fail(p.pos, "Expecting ',' delimiter")
		}
		p.blanks()
	}
}

// object reads what follows an object's brace.
func (p *parser) object() (*node, *syntaxError) {
	n := &node{kind: kindObject}
	if p.blanks(); p.next('}') {
		return n, nil
	}
	for {
		if bad := p.member(n); bad != nil {
			return nil, bad
		}
		if p.blanks(); p.next('}') {
			return n, nil
		}
		if !p.next(',') {
			return nil, p.fail(p.pos, "Expecting ',' delimiter")
		}
		p.blanks()
	}
}

func (p *parser) member(n *node) *syntaxError {
	if !p.next('"') {
		return p.fail(p.pos, "Expecting property name enclosed in double quotes")
	}
	name, bad := p.text()
	if bad != nil {
		return bad
	}
	if p.blanks(); !p.next(':') {
		return p.fail(p.pos, "Expecting ':' delimiter")
	}
	p.blanks()
	value, bad := p.value()
	if bad != nil {
		return bad
	}
	n.set(name, value)
	return nil
}

// number reads as much of a number as is one: what follows is somebody else's
// error.
func (p *parser) number() (*node, *syntaxError) {
	start := p.pos
	p.next('-')
	if !p.next('0') && p.digits() == 0 {
		return nil, p.fail(start, "Expecting value")
	}
	n := &node{kind: kindInt}
	whole := p.pos
	if p.next('.') && p.digits() > 0 {
		n.kind, whole = kindFloat, p.pos
	}
	p.pos = whole
	if p.next('e') || p.next('E') {
		if !p.next('+') {
			p.next('-')
		}
		if p.digits() > 0 {
			n.kind, whole = kindFloat, p.pos
		}
	}
	p.pos = whole
	n.text = string(p.data[start:p.pos])
	return n, nil
}

// digits passes digits and counts them.
func (p *parser) digits() int {
	start := p.pos
	for p.pos < len(p.data) && p.data[p.pos] >= '0' && p.data[p.pos] <= '9' {
		p.pos++
	}
	return p.pos - start
}
