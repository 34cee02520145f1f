package schema

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// checkSchema finds what the library does not: types that JSON does not have,
// and references that lead in a circle without looking further into the value,
// which checking an answer would follow for ever.
func checkSchema(document any) error {
	if root, ok := document.(map[string]any); ok {
		switch root["$schema"] {
		case nil, "https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft-07/schema#":
		default:
			return fmt.Errorf("$schema: %q is not known; use draft 2020-12 or draft-07, or leave it out", fmt.Sprint(root["$schema"]))
		}
	}
	s := schemaCheck{document: document, done: map[string]bool{}}
	return s.check(document, "", 0)
}

// schemaCheck is one look at a schema.
type schemaCheck struct {
	document any
	done     map[string]bool // by reference: false while it is being followed
}

// maxNesting is how deep schemas can be nested. The library reads each of them
// again for every one that it is in.
const maxNesting = 100

// check checks a schema, which is in so many others, and all schemas in it.
func (s schemaCheck) check(schema any, at string, depth int) error {
	if depth > maxNesting {
		return fmt.Errorf("schemas are nested in each other deeper than %d times", maxNesting)
	}
	members, ok := schema.(map[string]any)
	if _, isBool := schema.(bool); !ok && !isBool {
		return fmt.Errorf("%s must be an object, true or false", named(at))
	}
	if wrong, ok := unknownType(members["type"]); ok {
		return fmt.Errorf("%s: %q is not a type", named(at+"/type"), fmt.Sprint(wrong))
	}
	if _, ok := members["$dynamicRef"]; ok {
		return fmt.Errorf("%s: $dynamicRef cannot be used; use $ref", named(at))
	}
	if _, ok := members["$id"]; ok && at != "" {
		return fmt.Errorf("%s: only the whole schema can have an $id", named(at))
	}
	if reference, ok := members["$ref"].(string); ok {
		if err := s.follow(reference); err != nil {
			return fmt.Errorf("%s: %w", named(at+"/$ref"), err)
		}
	}
	for _, inner := range schemasIn(members) {
		if err := s.check(inner.schema, at+inner.pointer, depth+1); err != nil {
			return err
		}
	}
	for _, keyword := range slices.Sorted(maps.Keys(members)) {
		if members[keyword] == nil && keywordOf(keyword) != noSchema {
			return fmt.Errorf("%s cannot be null", named(at+"/"+keyword))
		}
	}
	return nil
}

// named is a place in a schema as people read it.
func named(pointer string) string {
	if pointer == "" {
		return "the schema"
	}
	return strings.TrimPrefix(pointer, "/")
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

// schemaPlace is a schema in the document, and the JSON pointer that leads to it.
type schemaPlace struct {
	pointer string
	schema  any
}

// What the value of a keyword is.
type schemaKeyword int

const (
	noSchema     schemaKeyword = iota
	oneSchema                  // a schema
	schemaList                 // a list of them
	schemaOrList               // either
	schemasNamed               // an object of them
)

func keywordOf(name string) schemaKeyword {
	switch name {
	case "not", "if", "then", "else", "additionalProperties", "additionalItems", "contains",
		"propertyNames", "unevaluatedItems", "unevaluatedProperties", "contentSchema":
		return oneSchema
	case "allOf", "anyOf", "oneOf", "prefixItems":
		return schemaList
	case "items":
		return schemaOrList
	case "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies":
		return schemasNamed
	}
	return noSchema
}

// schemasIn are the schemas directly inside of one, in a fixed order.
func schemasIn(members map[string]any) []schemaPlace {
	var places []schemaPlace
	for _, keyword := range slices.Sorted(maps.Keys(members)) {
		places = append(places, schemasOf(keyword, members[keyword])...)
	}
	return places
}

// schemasOf are the schemas that a keyword holds. A value of the wrong type is
// for the library to refuse.
func schemasOf(keyword string, value any) []schemaPlace {
	var places []schemaPlace
	add := func(name string, schema any) {
		places = append(places, schemaPlace{"/" + keyword + name, schema})
	}
	kind := keywordOf(keyword)
	list, isList := value.([]any)
	switch {
	case value == nil || kind == noSchema:
	case kind == oneSchema, kind == schemaOrList && !isList:
		add("", value)
	case kind != schemasNamed:
		for i, inner := range list {
			add("/"+strconv.Itoa(i), inner)
		}
	default:
		members, _ := value.(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(members)) {
			// Dependencies may be names of other members instead.
			if _, names := members[name].([]any); !names || keyword != "dependencies" {
				add("/"+escapePointer(name), members[name])
			}
		}
	}
	return places
}

// follow follows a reference, and those that its end follows for the same
// value.
func (s schemaCheck) follow(reference string) error {
	if done, seen := s.done[reference]; seen {
		if !done {
			return fmt.Errorf("%q leads back to itself", reference)
		}
		return nil
	}
	target, ok := lookUp(s.document, reference)
	if !ok {
		return fmt.Errorf("%q leads to no part of the schema", reference)
	}
	s.done[reference] = false
	defer func() { s.done[reference] = true }()
	return s.sameValue(target)
}

func (s schemaCheck) sameValue(schema any) error {
	members, _ := schema.(map[string]any)
	if reference, ok := members["$ref"].(string); ok {
		if err := s.follow(reference); err != nil {
			return err
		}
	}
	for _, keyword := range [...]string{"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependencies"} {
		for _, inner := range schemasOf(keyword, members[keyword]) {
			if err := s.sameValue(inner.schema); err != nil {
				return err
			}
		}
	}
	return nil
}

// lookUp is the part of a document that a reference within it leads to.
func lookUp(document any, reference string) (any, bool) {
	pointer, err := pointerOf(reference)
	if err != nil {
		return nil, false
	}
	if pointer == "" {
		return document, true
	}
	at := document
	for _, name := range strings.Split(pointer, "/")[1:] {
		name = unescapePointer(name)
		switch part := at.(type) {
		case map[string]any:
			inner, ok := part[name]
			if !ok {
				return nil, false
			}
			at = inner
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(part) {
				return nil, false
			}
			at = part[i]
		default:
			return nil, false
		}
	}
	return at, true
}

var errNoPointer = errors.New("it is not a reference within the schema")
