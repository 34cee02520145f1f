package schema

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxFaults is how many faults of one answer are looked for: nobody reads more.
const maxFaults = 20

// maxReason is the longest reason, in characters.
const maxReason = 160

// maxLook is how deep faults are looked for. One that is deeper is told of what
// it is in: a longer path tells nobody more.
const maxLook = 32

// faultFinder finds the innermost faults of one answer.
type faultFinder struct {
	*checking
	path   []string // of the value that is looked at
	faults []Fault
	told   int // how often a fault was found, those that were known too
}

// look finds the faults of the value at the path.
func (f *faultFinder) look(r *rule, value any) {
	if len(f.faults) >= maxFaults || f.meets(r, value, nil) {
		return
	}
	before := f.told
	if len(f.path) < maxLook {
		f.again(r, value)
		f.within(r, value)
	}
	if f.told == before {
		f.found(f.reason(r, value))
	}
}

// into looks at a member or an item.
func (f *faultFinder) into(name string, look func()) {
	f.path = append(f.path, name)
	look()
	f.path = f.path[:len(f.path)-1]
}

// found takes a fault of the value at the path. When the check had to stop, it
// may be none.
func (f *faultFinder) found(reason string) {
	f.told++
	fault := Fault{Path: fieldPath(f.path), Reason: reason}
	if !f.ended && len(f.faults) < maxFaults && !slices.Contains(f.faults, fault) {
		f.faults = append(f.faults, fault)
	}
}

// again looks at the rules that say more about the same value. Of a choice, it
// is not known which part was meant, unless there is only one.
func (f *faultFinder) again(r *rule, value any) {
	if r.ref != nil {
		f.look(r.ref, value)
	}
	for _, part := range r.allOf {
		f.look(part, value)
	}
	for _, choice := range [...][]*rule{r.anyOf, r.oneOf} {
		parts := slices.DeleteFunc(slices.Clone(choice), func(part *rule) bool { return part.members["type"] == "null" })
		if len(parts) == 1 && value != nil {
			f.look(parts[0], value)
		}
	}
	if branch := f.branch(r, value, nil); branch != nil {
		f.look(branch, value)
	}
}

// within looks at the members and items of a value.
func (f *faultFinder) within(r *rule, value any) {
	switch value := value.(type) {
	case map[string]any:
		f.missing(r, value)
		f.members(r, value)
	case []any:
		for i, item := range value {
			if part := r.ofItem(i); part != nil {
				f.into(strconv.Itoa(i), func() { f.look(part, item) })
			}
		}
	}
}

func (f *faultFinder) missing(r *rule, object map[string]any) {
	for _, name := range namesIn(r.members["required"]) {
		if _, there := object[name]; !there {
			f.into(name, func() { f.found("it is missing") })
		}
	}
}

// members looks at those that the schema names, then at the others.
func (f *faultFinder) members(r *rule, object map[string]any) {
	if !r.hasMembers() {
		return
	}
	names := slices.Sorted(maps.Keys(object))
	for _, named := range [...]bool{true, false} {
		for _, name := range names {
			if (r.properties[name] != nil) != named {
				continue
			}
			for _, part := range f.ofMember(r, name) {
				f.into(name, func() { f.look(part, object[name]) })
			}
		}
	}
}

// reason says in short what a rule has against a value, if not against what is
// in it: the keyword that it does not meet, and what that says if it is short.
func (f *faultFinder) reason(r *rule, value any) string {
	keyword := f.unmet(r, value)
	switch keyword {
	case "type":
		types := typesOf(r.members["type"])
		want := strings.Join(types, ", ")
		if len(types) > 1 {
			want = "one of " + want
		}
		return "it is " + typeName(value) + ", and should be " + want
	case "enum", "const":
		return "it is not one of the values that are allowed"
	case "not":
		return "it is not allowed"
	case "":
		return "something in it does not meet the schema"
	}
	text := "it does not meet " + keyword
	switch limit := r.members[keyword].(type) {
	case float64, string:
		text += fmt.Sprintf(" %v", limit)
	}
	if runes := []rune(text); len(runes) > maxReason {
		return string(runes[:maxReason]) + "…"
	}
	return text
}

// unmet is the keyword that a value itself does not meet, or empty.
func (f *faultFinder) unmet(r *rule, value any) string {
	if r.never {
		return "not"
	}
	for _, a := range r.asserts {
		if !a.holds(f.checking, value) {
			return a.keyword
		}
	}
	array, _ := value.([]any)
	switch {
	case r.anyOf != nil && f.count(r.anyOf, value, nil) == 0:
		return "anyOf"
	case r.oneOf != nil && f.count(r.oneOf, value, nil) != 1:
		return "oneOf"
	case r.not != nil && f.meets(r.not, value, nil):
		return "not"
	case array != nil && !f.contained(r, array, nil):
		return "contains"
	}
	return f.unmetInside(r, value)
}

// unmetInside is the keyword about members and items that no fault was found
// for, or empty.
func (f *faultFinder) unmetInside(r *rule, value any) string {
	object, _ := value.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if r.names != nil && !f.meets(r.names, name, nil) {
			return "propertyNames"
		}
		if part := r.dependent[name]; part != nil && !f.meets(part, value, nil) {
			return "dependentSchemas"
		}
	}
	switch {
	case r.otherMembers != nil && f.inside(r, value, &notes{}):
		return "unevaluatedProperties"
	case r.otherItems != nil && f.inside(r, value, &notes{}):
		return "unevaluatedItems"
	}
	return ""
}

func typeName(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case float64:
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
