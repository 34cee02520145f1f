package local

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

const (
	// shownFindings is how many things that are wrong with an answer are told.
	shownFindings = 3
	// maxFindings is how many are looked for.
	maxFindings = 100
	// maxReason is the longest reason in characters.
	maxReason = 160
)

// check says in its error which fields of an answer are wrong, and why. The
// library says only that something is.
func (f *responseFormat) check(answer any) error {
	found := finder{format: f}
	found.look("", f.document, floats(answer), nil)
	findings := found.findings
	if len(findings) == 0 {
		return nil
	}
	if more := len(findings) - shownFindings; more > 0 {
		findings = append(findings[:shownFindings], fmt.Sprintf("and %d more", more))
	}
	return errors.New(strings.Join(findings, "; "))
}

// finder collects what is wrong with a value.
type finder struct {
	format   *responseFormat
	findings []string
}

// look finds the innermost faults of a value: pointer is the place of its
// schema, path its own.
func (f *finder) look(pointer string, schema, value any, path []string) {
	if len(f.findings) >= maxFindings {
		return
	}
	err := f.format.checker.validate(pointer, value)
	if err == nil {
		return
	}
	before := len(f.findings)
	s, _ := schema.(map[string]any)
	f.lookAgain(pointer, s, value, path)
	f.lookInside(pointer, s, value, path)
	if len(f.findings) == before {
		f.findings = append(f.findings, fmt.Sprintf("field %q: %s", fieldPath(path), reason(err, value)))
	}
}

// lookAgain looks at the schemas that say more about the same value.
func (f *finder) lookAgain(pointer string, s map[string]any, value any, path []string) {
	if reference, ok := s["$ref"].(string); ok {
		f.look(referencePointer(reference), fitter{f.format.document}.lookUp(reference), value, path)
	}
	all, _ := s["allOf"].([]any)
	for i, inner := range all {
		f.look(pointer+"/allOf/"+strconv.Itoa(i), inner, value, path)
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		parts, _ := s[keyword].([]any)
		if branch := onlyBranch(parts); branch >= 0 && value != nil {
			f.look(pointer+"/"+keyword+"/"+strconv.Itoa(branch), parts[branch], value, path)
		}
	}
}

// lookInside looks at the members and items of a value.
func (f *finder) lookInside(pointer string, s map[string]any, value any, path []string) {
	within := func(name string) []string { return append(slices.Clone(path), name) }
	switch value := value.(type) {
	case map[string]any:
		required, _ := s["required"].([]any)
		for _, name := range required {
			if name, _ := name.(string); !has(value, name) {
				f.findings = append(f.findings, fmt.Sprintf("field %q is missing", fieldPath(within(name))))
			}
		}
		properties, _ := s["properties"].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(value)) {
			if has(properties, name) {
				f.look(pointer+"/properties/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name), properties[name], value[name], within(name))
			}
		}
	case []any:
		if !has(s, "items") || has(s, "prefixItems") {
			return
		}
		for i, item := range value {
			f.look(pointer+"/items", s["items"], item, within(strconv.Itoa(i)))
		}
	}
}

// onlyBranch is the index of the one part of a choice that is not null, or -1.
func onlyBranch(parts []any) int {
	only := -1
	for i, part := range parts {
		if p, ok := part.(map[string]any); ok && p["type"] == "null" {
			continue
		}
		if only >= 0 {
			return -1
		}
		only = i
	}
	return only
}

func has(object map[string]any, name string) bool {
	_, ok := object[name]
	return ok
}

// reason says in short what the library has against a value.
func reason(err error, value any) string {
	keyword, detail, _ := strings.Cut(innermost(err).Error(), ": ")
	switch keyword {
	case "type":
		_, want, _ := strings.Cut(detail, ", want ")
		return "got " + typeName(value) + ", want " + strings.ReplaceAll(want, `"`, "")
	case "anyOf", "oneOf":
		return "it is not one of the choices of " + keyword
	case "not":
		return "it is not allowed"
	default:
		return clip(keyword+": "+strings.Join(strings.Fields(detail), " "), maxReason)
	}
}

// clip cuts a text that is longer than so many characters.
func clip(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// schemaFault names the part of a schema that has the wrong JSON type.
func schemaFault(err error) error {
	wrong := (*json.UnmarshalTypeError)(nil)
	if !errors.As(err, &wrong) || wrong.Field == "" {
		return err
	}
	return fmt.Errorf("field %q: got %s", wrong.Field[strings.LastIndex(wrong.Field, ".")+1:], wrong.Value)
}

// fieldPath is a place in a JSON value as people write it: posts[0].price.
func fieldPath(location []string) string {
	var b strings.Builder
	for _, name := range location {
		if _, err := strconv.Atoi(name); err == nil {
			b.WriteString("[" + name + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(name)
	}
	if b.Len() == 0 {
		return "(the whole value)"
	}
	return b.String()
}
