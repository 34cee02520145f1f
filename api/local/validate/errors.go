package validate

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// Error is one thing that is wrong with a request.
type Error struct {
	Type  string          `json:"type"`
	Loc   []any           `json:"loc"` // strings and ints
	Msg   string          `json:"msg"`
	Input json.RawMessage `json:"input"`
	Ctx   any             `json:"ctx,omitempty"`
}

// Errors is all that is wrong with a request: the body of a 422 answer.
type Errors []Error

// MarshalJSON wraps the errors as {"detail": […]}.
func (e Errors) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(struct {
		Detail []Error `json:"detail"`
	}{append([]Error{}, e...)})
	return b.Bytes(), err
}

// location is where in a request something is wrong.
type location []any

// join is the location of something inside l.
func (l location) join(inside ...any) location {
	return append(slices.Clip(l), inside...)
}

// newError is an error about n; nil is Python's None.
func newError(kind string, at location, msg string, n *node) Error {
	return Error{Type: kind, Loc: at, Msg: msg, Input: n.json()}
}

func missing(at location, n *node) Error {
	return newError("missing", at, "Field required", n)
}

func notAnObject(at location, n *node) Error {
	return newError("model_attributes_type", at, "Input should be a valid dictionary or object to extract fields from", n)
}

// error tells of a body that is not JSON.
func (e *syntaxError) error() Error {
	return Error{
		Type: "json_invalid", Loc: location{"body", e.offset}, Msg: "JSON decode error", Input: json.RawMessage("{}"),
		Ctx: struct {
			Error string `json:"error"`
		}{e.text},
	}
}

// expected lists choices in pydantic's words: 'a', 'b' or 'c'.
func expected(choices []string) string {
	quoted := make([]string, len(choices))
	for i, choice := range choices {
		quoted[i] = "'" + choice + "'"
	}
	if n := len(quoted); n > 1 {
		return strings.Join(quoted[:n-1], ", ") + " or " + quoted[n-1]
	}
	return strings.Join(quoted, "")
}

// notAmong is the error of a value that is none of the choices.
func notAmong(kind string, at location, choices []string, n *node) Error {
	e := newError(kind, at, "Input should be "+expected(choices), n)
	e.Ctx = struct {
		Expected string `json:"expected"`
	}{expected(choices)}
	return e
}
