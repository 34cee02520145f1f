package schema

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// maxFaults is how many faults of one answer are looked for: nobody reads more.
const maxFaults = 20

// maxReason is the longest reason, in characters.
const maxReason = 160

// faultFinder finds the innermost faults of one value. The library stops at
// the first and names the schema instead of the field.
type faultFinder struct {
	schema *Schema
	parts  map[string]*jsonschema.Resolved // by JSON pointer
	faults []Fault
}

// look finds the faults of a value: path is where it is in the answer.
func (f *faultFinder) look(at schemaPlace, value any, path []string) {
	if len(f.faults) >= maxFaults {
		return
	}
	err := f.validate(at.pointer, value)
	if err == nil {
		return
	}
	before := len(f.faults)
	members, _ := at.schema.(map[string]any)
	f.again(at.pointer, members, value, path)
	f.inside(at.pointer, members, value, path)
	if len(f.faults) == before {
		f.found(path, reason(err, members, value))
	}
}

func (f *faultFinder) found(path []string, reason string) {
	fault := Fault{Path: fieldPath(path), Reason: reason}
	if len(f.faults) < maxFaults && !slices.Contains(f.faults, fault) {
		f.faults = append(f.faults, fault)
	}
}

func (f *faultFinder) validate(pointer string, value any) error {
	part, known := f.parts[pointer]
	if !known {
		var err error
		if part, err = f.schema.resolve(pointer); err != nil {
			return err
		}
		f.parts[pointer] = part
	}
	return part.Validate(value)
}

// again looks at the schemas that say more about the same value. Of a choice,
// it is not known which part was meant, unless there is only one.
func (f *faultFinder) again(pointer string, members map[string]any, value any, path []string) {
	if reference, ok := members["$ref"].(string); ok {
		to, err := pointerOf(reference)
		if schema, found := lookUp(f.schema.document, reference); found && err == nil {
			f.look(schemaPlace{to, schema}, value, path)
		}
	}
	for _, inner := range schemasOf("allOf", members["allOf"]) {
		f.look(schemaPlace{pointer + inner.pointer, inner.schema}, value, path)
	}
	for _, keyword := range [...]string{"anyOf", "oneOf"} {
		parts := slices.DeleteFunc(schemasOf(keyword, members[keyword]), func(p schemaPlace) bool { return isNull(p.schema) })
		if len(parts) == 1 && value != nil {
			f.look(schemaPlace{pointer + parts[0].pointer, parts[0].schema}, value, path)
		}
	}
}

func isNull(schema any) bool {
	members, _ := schema.(map[string]any)
	return members["type"] == "null"
}

// inside looks at the members and items of a value.
func (f *faultFinder) inside(pointer string, members map[string]any, value any, path []string) {
	switch value := value.(type) {
	case map[string]any:
		required, _ := members["required"].([]any)
		for _, name := range required {
			if name, ok := name.(string); ok {
				if _, there := value[name]; !there {
					f.found(append(slices.Clone(path), name), "it is missing")
				}
			}
		}
		for _, inner := range schemasOf("properties", members["properties"]) {
			name := unescapePointer(strings.TrimPrefix(inner.pointer, "/properties/"))
			if member, there := value[name]; there {
				f.look(schemaPlace{pointer + inner.pointer, inner.schema}, member, append(slices.Clone(path), name))
			}
		}
		f.unwanted(members, value, path)
	case []any:
		items := schemasOf("items", members["items"])
		if _, mixed := members["prefixItems"]; mixed || len(items) != 1 || items[0].pointer != "/items" {
			return
		}
		for i, item := range value {
			f.look(schemaPlace{pointer + items[0].pointer, items[0].schema}, item, append(slices.Clone(path), strconv.Itoa(i)))
		}
	}
}

// unwanted finds the members that the schema does not know and does not allow.
func (f *faultFinder) unwanted(members, value map[string]any, path []string) {
	if members["additionalProperties"] != false || members["patternProperties"] != nil {
		return
	}
	known, _ := members["properties"].(map[string]any)
	var names []string
	for name := range value {
		if _, ok := known[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		f.found(append(slices.Clone(path), name), "it is not allowed")
	}
}

// reason says in short what the library has against a value: the keyword that
// it does not meet, and what the schema has there if that is short.
func reason(err error, members map[string]any, value any) string {
	keyword, detail, _ := strings.Cut(cause(err).Error(), ": ")
	switch keyword {
	case "type":
		_, want, _ := strings.Cut(detail, ", want ")
		return "it is " + typeName(value) + ", and should be " + strings.ReplaceAll(want, `"`, "")
	case "enum", "const":
		return "it is not one of the values that are allowed"
	case "not":
		return "it is not allowed"
	}
	text := "it does not meet " + keyword
	switch limit := members[keyword].(type) {
	case float64, string:
		text += fmt.Sprintf(" %v", limit)
	}
	if runes := []rune(text); len(runes) > maxReason {
		return string(runes[:maxReason]) + "…"
	}
	return text
}

func typeName(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case float64, json.Number:
		return "number"
	case []any:
		return "array"
	}
	return "object"
}

// fieldPath is a place in a JSON value as people write it: posts[0].price.
func fieldPath(names []string) string {
	var b strings.Builder
	for _, name := range names {
		switch _, err := strconv.Atoi(name); {
		case err == nil:
			fmt.Fprintf(&b, "[%s]", name)
		case b.Len() == 0:
			b.WriteString(name)
		default:
			b.WriteString("." + name)
		}
	}
	return b.String()
}

// pointerOf is the JSON pointer in a reference such as #/$defs/post.
func pointerOf(reference string) (string, error) {
	fragment, ok := strings.CutPrefix(reference, "#")
	if !ok {
		return "", errNoPointer
	}
	pointer, err := url.PathUnescape(fragment)
	if err != nil || (pointer != "" && !strings.HasPrefix(pointer, "/")) {
		return "", errors.Join(errNoPointer, err)
	}
	return pointer, nil
}

func escapePointer(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

func unescapePointer(name string) string {
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(name)
}
