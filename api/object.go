package api

import (
	"bytes"
	"encoding/json"
	"iter"
	"unicode/utf8"

	"notturno/api/jsonscan"
)

// object gives the members of one JSON object by their exact names;
// encoding/json would match them without regard to case.
type object []member

type member struct {
	key   string
	value json.RawMessage // part of the object's own bytes
}

// parseObject splits raw into its members. It is false when raw is not one
// whole JSON object.
func parseObject(raw []byte) (object, bool) {
	if !json.Valid(raw) || !isObject(raw) {
		return nil, false
	}
	return objectOf(raw), true
}

// objectOf is parseObject for a value that is known to be valid JSON. Anything
// but an object has no members.
func objectOf(value json.RawMessage) object {
	if !isObject(value) {
		return nil
	}
	o := make(object, 0, 4)
	for key, v := range children(value) {
		o = append(o, member{key, v})
	}
	return o
}

func isObject(value []byte) bool {
	value = bytes.TrimLeft(value, jsonSpace)
	return len(value) > 0 && value[0] == '{'
}

// get is the value of the first of the names that is present, or nil. Of
// members with the same name the last counts, as in encoding/json.
func (o object) get(names ...string) json.RawMessage {
	for _, name := range names {
		for i := len(o) - 1; i >= 0; i-- {
			if o[i].key == name {
				return o[i].value
			}
		}
	}
	return nil
}

// text is the value of the first of the names that says something.
func (o object) text(names ...string) Text {
	for _, name := range names {
		if t := TextOf(o.get(name)); t != "" {
			return t
		}
	}
	return ""
}

// line is text for what is shown on one line: names, ids, addresses.
func (o object) line(names ...string) Text {
	return Text(o.text(names...).Line())
}

const jsonSpace = " \t\r\n"

// children yields the members of a JSON object, or the elements of an array
// with empty keys, without copying the values. The value must be valid JSON.
func children(value json.RawMessage) iter.Seq2[string, json.RawMessage] {
	return func(yield func(string, json.RawMessage) bool) {
		rest := bytes.TrimLeft(value, jsonSpace)
		if len(rest) == 0 || (rest[0] != '{' && rest[0] != '[') {
			return
		}
		inObject := rest[0] == '{'
		for {
			// Drops the opening bracket, or the comma behind the last value.
			rest = bytes.TrimLeft(rest[1:], jsonSpace)
			if rest[0] == '}' || rest[0] == ']' {
				return
			}
			key := ""
			if inObject {
				n := jsonscan.ValueEnd(rest, 0)
				key, _ = unquote(rest[:n])
				rest = bytes.TrimLeft(rest[n:], jsonSpace)
				rest = bytes.TrimLeft(rest[1:], jsonSpace) // the colon
			}
			n := jsonscan.ValueEnd(rest, 0)
			if !yield(key, rest[:n:n]) {
				return
			}
			rest = bytes.TrimLeft(rest[n:], jsonSpace)
			if rest[0] != ',' {
				return
			}
		}
	}
}

// unquote is the string that a JSON value holds; false when it holds none.
func unquote(value []byte) (string, bool) {
	if len(value) < 2 || value[0] != '"' || value[len(value)-1] != '"' {
		return "", false
	}
	inner := value[1 : len(value)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner), true
	}
	var s string
	if json.Unmarshal(value, &s) != nil {
		return "", false
	}
	return s, true
}
