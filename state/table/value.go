package table

import (
	"encoding/json"
	"iter"
	"strconv"
	"strings"

	"notturno/api"
	"notturno/api/jsonscan"
)

// Kind says what a JSON value is.
type Kind int

// The kinds of values.
const (
	Absent Kind = iota // no value, as the zero Value is
	Object
	Array
	String
	Number
	Bool
	Null
)

// Value is one value of an answer, as it stands in its text.
type Value struct{ raw string }

// Kind is what the value is.
func (v Value) Kind() Kind {
	if v.raw == "" {
		return Absent
	}
	switch v.raw[0] {
	case '{':
		return Object
	case '[':
		return Array
	case '"':
		return String
	case 't', 'f':
		return Bool
	case 'n':
		return Null
	}
	return Number
}

// Nested reports whether the value is an object or an array.
func (v Value) Nested() bool { return v.Kind() == Object || v.Kind() == Array }

// Empty reports whether the value has neither members nor items.
func (v Value) Empty() bool {
	for range v.Children() {
		return false
	}
	return true
}

// Text is what the value says: a string decoded and cleaned, a number in its
// own digits, true, false, null, and anything nested as compact JSON.
func (v Value) Text() string {
	switch v.Kind() {
	case String, Object, Array:
		return string(api.TextOf(json.RawMessage(v.raw)))
	default:
		return v.raw
	}
}

// Head is Text, without what a place that has room for so many bytes has no
// use for: not much more than that of the value is looked at.
func (v Value) Head(bytes int) string {
	const longestEscape = len(`\u0000`)
	limit := bytes * longestEscape
	switch {
	case len(v.raw) <= limit:
		return v.Text()
	case v.Kind() != String:
		return string(api.Clean(v.raw[:limit]))
	}
	end := 1
	for end < limit { // an escape is not cut
		switch {
		case v.raw[end] != '\\':
			end++
		case v.raw[end+1] == 'u':
			end += longestEscape
		default:
			end += 2
		}
	}
	return string(api.TextOf(json.RawMessage(strings.ToValidUTF8(v.raw[:end], "") + `"`)))
}

// Name is what a child is called: the name of a member, or the index of an
// item.
type Name struct {
	text  string
	index int // -1 for a member
}

// String is the name, cleaned, on one line; the index of an item is in
// brackets.
func (n Name) String() string {
	if n.index >= 0 {
		return "[" + strconv.Itoa(n.index) + "]"
	}
	return api.Clean(n.text).Line()
}

// Index reports whether it is the index of an item.
func (n Name) Index() bool { return n.index >= 0 }

// Children are the members of an object or the items of an array, in the order
// of the text. Members of the same name all come; the last one counts, as in
// encoding/json. Anything else has none.
func (v Value) Children() iter.Seq2[Name, Value] {
	return func(yield func(Name, Value) bool) {
		if !v.Nested() {
			return
		}
		rest, inObject := v.raw, v.Kind() == Object
		for i := 0; ; i++ {
			// Drops the opening bracket, or the comma behind the last value.
			rest = trim(rest[1:])
			if rest[0] == '}' || rest[0] == ']' {
				return
			}
			name := Name{index: i}
			if inObject {
				n := jsonscan.StringEnd(rest, 0)
				name = Name{unquote(rest[:n]), -1}
				rest = trim(trim(rest[n:])[1:]) // the colon
			}
			n := jsonscan.ValueEnd(rest, 0)
			if !yield(name, Value{rest[:n]}) {
				return
			}
			if rest = trim(rest[n:]); rest[0] != ',' {
				return
			}
		}
	}
}

// Levels are how many values there are at each depth: first the value itself,
// then its children, and so on, down to a depth.
func (v Value) Levels(depth int) []int {
	levels, at := make([]int, depth+1), 0
	levels[0] = 1
	count := func() {
		if at <= depth {
			levels[at]++
		}
	}
	for i := 0; i < len(v.raw); i++ {
		switch v.raw[i] {
		case '"':
			i = jsonscan.StringEnd(v.raw, i) - 1
		case '{', '[':
			// What follows is the first child, if there is one.
			if at++; trim(v.raw[i+1:])[0] != v.raw[i]+2 {
				count()
			}
		case '}', ']':
			at--
		case ',':
			count()
		}
	}
	return levels
}

const space = " \t\r\n"

// trim drops the space before a value.
func trim(s string) string {
	if s[0] > ' ' {
		return s
	}
	return strings.TrimLeft(s, space)
}

// unquote is the string that a JSON string stands for.
func unquote(raw string) string {
	if inner := raw[1 : len(raw)-1]; strings.IndexByte(inner, '\\') < 0 {
		return strings.ToValidUTF8(inner, "\ufffd")
	}
	var s string
	if json.Unmarshal([]byte(raw), &s) != nil {
		return raw
	}
	return s
}
