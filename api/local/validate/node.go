package validate

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// kind is the kind of a JSON value, as Python tells them apart.
type kind int

const (
	kindNull kind = iota
	kindTrue
	kindFalse
	kindInt
	kindFloat
	kindString
	kindList
	kindObject
)

// node is a JSON value.
type node struct {
	kind    kind
	text    string // of a number as written, or of a string
	list    []*node
	members []member
	index   map[string]int // of members
}

// member is one member of an object, where its name stood first, with the
// value that stood last.
type member struct {
	name  string
	value *node
}

func (n *node) member(name string) *node {
	if i, ok := n.index[name]; ok {
		return n.members[i].value
	}
	return nil
}

func (n *node) set(name string, value *node) {
	if i, ok := n.index[name]; ok {
		n.members[i].value = value
		return
	}
	if n.index == nil {
		n.index = map[string]int{}
	}
	n.index[name] = len(n.members)
	n.members = append(n.members, member{name, value})
}

// float is the value of a number. One that is too large is infinite.
func (n *node) float() float64 {
	number, err := strconv.ParseFloat(n.text, 64)
	if err != nil && number == 0 {
		return math.NaN()
	}
	return number
}

// json is the value as JSON. Numbers without a place in JSON become null.
func (n *node) json() json.RawMessage {
	var b bytes.Buffer
	n.write(&b)
	return b.Bytes()
}

func (n *node) write(b *bytes.Buffer) {
	if n == nil {
		b.WriteString("null")
		return
	}
	switch n.kind {
	case kindNull:
		b.WriteString("null")
	case kindTrue:
		b.WriteString("true")
	case kindFalse:
		b.WriteString("false")
	case kindInt:
		b.WriteString(n.text)
	case kindFloat:
		if number := n.float(); math.IsNaN(number) || math.IsInf(number, 0) {
			b.WriteString("null")
		} else {
			b.WriteString(n.text)
		}
	case kindString:
		writeString(b, n.text)
	case kindList:
		b.WriteByte('[')
		for i, item := range n.list {
			separate(b, i)
			item.write(b)
		}
		b.WriteByte(']')
	case kindObject:
		b.WriteByte('{')
		for i, m := range n.members {
			separate(b, i)
			writeString(b, m.name)
			b.WriteByte(':')
			m.value.write(b)
		}
		b.WriteByte('}')
	}
}

func separate(b *bytes.Buffer, i int) {
	if i > 0 {
		b.WriteByte(',')
	}
}

func writeString(b *bytes.Buffer, text string) {
	if !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' }) {
		b.WriteByte('"')
		b.WriteString(text)
		b.WriteByte('"')
		return
	}
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		panic("failed to encode a string: " + err.Error()) // no string does that
	}
	b.Truncate(b.Len() - 1) // the line's end
}
