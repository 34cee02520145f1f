package validate

import (
	"encoding/json"
	"maps"
	"slices"
)

// Values are the fields of a valid request. A getter returns the field's
// default, or else the zero value, when the request has none or null.
type Values struct {
	model Model
	at    location
	input *node
	found map[string]found
}

// Has reports whether the request has the field with a value other than null.
func (v Values) Has(name string) bool {
	_, ok := v.found[name]
	return ok
}

// String is a String, Literal or EnumOrString field.
func (v Values) String(name string) string { return get[string](v, name) }

// Int is an Int field. A number that no int can hold is the nearest one.
func (v Values) Int(name string) int { return get[int](v, name) }

// Bool is a Bool field, or a BoolOrTagged one that holds a boolean.
func (v Values) Bool(name string) bool { return get[bool](v, name) }

// Strings is a StringList field.
func (v Values) Strings(name string) []string { return slices.Clone(get[[]string](v, name)) }

// StringMap is a StringMap field.
func (v Values) StringMap(name string) map[string]string {
	return maps.Clone(get[map[string]string](v, name))
}

// Object is an Object field.
func (v Values) Object(name string) Values { return get[Values](v, name) }

// Raw is the JSON of a field of any type as it was sent, or nil when there is
// none or null.
func (v Values) Raw(name string) json.RawMessage {
	if f, ok := v.found[name]; ok {
		return f.node.json()
	}
	return nil
}

// ValueError is the error of a request that breaks a rule about several
// fields, with pydantic's "Value error, " before msg.
func (v Values) ValueError(msg string) Errors {
	return Errors{valueError(v.at, msg, v.input)}
}

// FieldError is the error of a field that breaks a rule of its own.
func (v Values) FieldError(name, msg string) Errors {
	return Errors{valueError(v.at.join(name), msg, v.found[name].node)}
}

func valueError(at location, msg string, n *node) Error {
	e := newError("value_error", at, "Value error, "+msg, n)
	e.Ctx = struct {
		Error struct{} `json:"error"`
	}{}
	return e
}

func get[T any](v Values, name string) T {
	var none T
	if f, ok := v.found[name]; ok {
		if value, ok := f.value.(T); ok {
			return value
		}
		return none
	}
	for _, f := range v.model.Fields {
		if value, ok := f.Default.(T); ok && f.Name == name {
			return value
		}
	}
	return none
}

// Tagged reports whether a BoolOrTagged field holds a list with at least one
// object.
func (v Values) Tagged(name string) bool { return len(get[[]Values](v, name)) > 0 }
