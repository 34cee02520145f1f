package local

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
)

// checkSchema says what the library does not about a schema that cannot be
// used. References that lead in a circle without looking into the value would
// never end.
func checkSchema(document any) error {
	if root, ok := document.(map[string]any); ok {
		if draft, given := root["$schema"]; given && !knownDraft(draft) {
			return fmt.Errorf("$schema %v is not known; use draft 2020-12 or draft-07, or leave it out", draft)
		}
	}
	references := circles{fitter{document}, map[string]bool{}}
	return eachSchema(document, nil, func(at []string, schema any) error {
		s, ok := schema.(map[string]any)
		if _, isBool := schema.(bool); !ok && !isBool {
			return fmt.Errorf("field %q: got %s, want boolean or object", fieldPath(at), typeName(schema))
		}
		if wrong, ok := unknownType(s["type"]); ok {
			return fmt.Errorf("field %q: %v is not a type", fieldPath(append(at, "type")), wrong)
		}
		if _, ok := s["$id"].(string); ok && len(at) > 0 {
			return fmt.Errorf("field %q: only the whole schema can have an $id", fieldPath(append(at, "$id")))
		}
		if _, ok := s["$dynamicRef"]; ok {
			return fmt.Errorf("field %q cannot be used; write $ref", fieldPath(append(at, "$dynamicRef")))
		}
		if reference, ok := s["$ref"].(string); ok {
			if err := references.follow(reference); err != nil {
				return fmt.Errorf("field %q: %w", fieldPath(append(at, "$ref")), err)
			}
		}
		return nil
	})
}

func knownDraft(draft any) bool {
	switch draft {
	case "https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft-07/schema#":
		return true
	default:
		return false
	}
}

// unknownType is the first of the types that JSON does not have.
func unknownType(given any) (any, bool) {
	types, isList := given.([]any)
	if !isList {
		types = []any{given}
	}
	for _, t := range types {
		switch t {
		case nil, "object", "array", "string", "number", "integer", "boolean", "null":
		default:
			return t, true
		}
	}
	return nil, false
}

// eachSchema tells see a schema and every schema inside of it, the outer ones
// first and the others by name.
func eachSchema(schema any, at []string, see func(at []string, schema any) error) error {
	if err := see(at, schema); err != nil {
		return err
	}
	s, _ := schema.(map[string]any)
	for _, keyword := range slices.Sorted(maps.Keys(s)) {
		for name, inner := range innerSchemas(keyword, s[keyword]) {
			within := append(slices.Clone(at), keyword)
			if name != "" {
				within = append(within, name)
			}
			if err := eachSchema(inner, within, see); err != nil {
				return err
			}
		}
	}
	return nil
}

// innerSchemas are the schemas that a keyword holds, by their names below it;
// the name is empty where the value is the schema itself.
func innerSchemas(keyword string, value any) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		switch keyword {
		case "items", "not", "if", "then", "else", "additionalProperties", "additionalItems", "contains",
			"propertyNames", "unevaluatedItems", "unevaluatedProperties", "contentSchema",
			"allOf", "anyOf", "oneOf", "prefixItems":
			list, ok := value.([]any)
			if !ok {
				yield("", value)
				return
			}
			for i, inner := range list {
				if !yield(strconv.Itoa(i), inner) {
					return
				}
			}
		case "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies":
			members, _ := value.(map[string]any) // anything else the library refuses
			for _, name := range slices.Sorted(maps.Keys(members)) {
				if _, names := members[name].([]any); names && keyword == "dependencies" {
					continue // the names of other properties
				}
				if !yield(name, members[name]) {
					return
				}
			}
		}
	}
}

// circles finds references that never end.
type circles struct {
	fitter
	done map[string]bool // by reference; false while it is being followed
}

var (
	errNowhere = errors.New("leads to no part of the schema")
	errCircle  = errors.New("leads back to itself")
)

// follow follows a reference, and those that stand at its end for the same
// value.
func (c circles) follow(reference string) error {
	if done, seen := c.done[reference]; seen {
		if !done {
			return fmt.Errorf("%q %w", reference, errCircle)
		}
		return nil
	}
	target := c.lookUp(reference)
	if target == nil {
		return fmt.Errorf("%q %w", reference, errNowhere)
	}
	c.done[reference] = false
	defer func() { c.done[reference] = true }()
	return c.inPlace(target)
}

// inPlace follows the references of a schema that are about the same value.
func (c circles) inPlace(schema any) error {
	s, _ := schema.(map[string]any)
	if reference, ok := s["$ref"].(string); ok {
		if err := c.follow(reference); err != nil {
			return err
		}
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependencies"} {
		if !has(s, keyword) {
			continue
		}
		for _, inner := range innerSchemas(keyword, s[keyword]) {
			if err := c.inPlace(inner); err != nil {
				return err
			}
		}
	}
	return nil
}

// typeName is the JSON type of a value.
func typeName(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case json.Number, float64:
		return "number"
	case []any:
		return "array"
	default:
		return "object"
	}
}
