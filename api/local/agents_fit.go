package local

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxReferences is how many references to elsewhere in a schema are followed
// in a row, so that a circle ends.
const maxReferences = 32

// fitter brings a result into the form that a JSON schema describes. Its rules
// only move and convert what is there:
//
//   - an object's property is the result's member of the same name, or of
//     another name for the same thing (link for url, name for title);
//   - an array is the result's list, and so is the only property that is one;
//   - an object is the only item of a list;
//   - the only property that is a string is the text of a page that was read;
//   - count is the length of the list;
//   - a number is the only number in a text, a string is a number's text;
//   - a required property that may be null is null when nothing fits.
//
// What fits no rule is left out or left as it is; validation says so then.
type fitter struct{ root any }

func (f fitter) fit(schema, value any) any {
	s := f.resolve(schema)
	if s == nil || value == nil {
		return value
	}
	switch typeOf(s) {
	case "object":
		return f.object(s, value)
	case "array":
		return f.array(s, value)
	case "string", "integer", "number", "boolean":
		return scalar(typeOf(s), value)
	default:
		return value
	}
}

func (f fitter) object(s map[string]any, value any) any {
	properties, _ := s["properties"].(map[string]any)
	if len(properties) == 0 {
		return value
	}
	if list, ok := value.([]any); ok && len(list) == 1 {
		return f.object(s, list[0])
	}
	result, ok := value.(map[string]any)
	if !ok {
		return value
	}
	required, _ := s["required"].([]any)
	kinds := map[string]int{} // how many properties have a type
	for _, property := range properties {
		kinds[typeOf(f.resolve(property))]++
	}
	fitted := map[string]any{}
	for name, property := range properties {
		kind := typeOf(f.resolve(property))
		if found, ok := propertyOf(result, name, kind, kinds[kind] == 1); ok {
			fitted[name] = f.fit(property, found)
		}
	}
	if list := listIn(result); len(fitted) == 0 && len(list) == 1 {
		return f.object(s, list[0])
	}
	for name, property := range properties {
		if _, ok := fitted[name]; !ok && slices.Contains(required, any(name)) && nullable(property) {
			fitted[name] = nil
		}
	}
	return fitted
}

// propertyOf is what the result has for a property of that name and type; alone
// says that no other property has the type.
func propertyOf(result map[string]any, name, kind string, alone bool) (any, bool) {
	if value, ok := named(name, result); ok {
		return value, true
	}
	list := listIn(result)
	switch {
	case kind == "array" && alone:
		return list, list != nil
	case kind == "integer" && canonical(name) == "count" && list != nil:
		return json.Number(strconv.Itoa(len(list))), true
	case kind == "string" && alone:
		return onlyText(result)
	default:
		return nil, false
	}
}

func (f fitter) array(s map[string]any, value any) any {
	list, ok := value.([]any)
	if result, isObject := value.(map[string]any); isObject {
		list = listIn(result)
		ok = list != nil
	}
	if !ok {
		return value
	}
	fitted := make([]any, len(list))
	for i, item := range list {
		fitted[i] = f.fit(s["items"], item)
	}
	return fitted
}

// resolve is the schema that s stands for: what it refers to, the branch of a
// choice that is not null. Nil when it says nothing about the form.
func (f fitter) resolve(schema any) map[string]any {
	for range maxReferences {
		s, ok := schema.(map[string]any)
		if !ok {
			return nil
		}
		if reference, ok := s["$ref"].(string); ok {
			schema = f.lookUp(reference)
			continue
		}
		choice := branches(s)
		if len(choice) == 0 {
			return s
		}
		schema = choice[0]
	}
	return nil
}

// branches are the parts of a choice that are not null.
func branches(s map[string]any) []any {
	for _, keyword := range []string{"anyOf", "oneOf", "allOf"} {
		if parts, ok := s[keyword].([]any); ok {
			return slices.DeleteFunc(slices.Clone(parts), func(part any) bool {
				p, ok := part.(map[string]any)
				return ok && p["type"] == "null"
			})
		}
	}
	return nil
}

// lookUp is the part of the schema that a reference such as #/$defs/Post means,
// or nil.
func (f fitter) lookUp(reference string) any {
	pointer := referencePointer(reference)
	switch {
	case reference == "#":
		return f.root
	case !strings.HasPrefix(reference, "#/"):
		return nil
	}
	at := f.root
	for name := range strings.SplitSeq(pointer[1:], "/") {
		switch part := at.(type) {
		case map[string]any:
			at = part[strings.NewReplacer("~1", "/", "~0", "~").Replace(name)]
		case []any:
			index, err := strconv.Atoi(name)
			if err != nil || index < 0 || index >= len(part) {
				return nil
			}
			at = part[index]
		default:
			return nil
		}
	}
	return at
}

// referencePointer is the JSON pointer in a reference to the same document.
func referencePointer(reference string) string {
	fragment := strings.TrimPrefix(reference, "#")
	if pointer, err := url.PathUnescape(fragment); err == nil {
		return pointer
	}
	return fragment
}

// nullable reports whether a schema allows null, as far as its form tells.
func nullable(schema any) bool {
	s, ok := schema.(map[string]any)
	if !ok {
		return false
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		if parts, ok := s[keyword].([]any); ok && len(branches(s)) < len(parts) {
			return true
		}
	}
	types, _ := s["type"].([]any)
	return slices.Contains(types, any("null")) || s["type"] == "null"
}

// typeOf is the type that a schema asks for, the first that is not null, or
// empty when it asks for none.
func typeOf(s map[string]any) string {
	if types, ok := s["type"].([]any); ok {
		for _, t := range types {
			if name, _ := t.(string); name != "null" {
				return name
			}
		}
	}
	if name, ok := s["type"].(string); ok {
		return name
	}
	if _, ok := s["properties"]; ok {
		return "object"
	}
	return ""
}
