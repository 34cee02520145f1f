package schema

import (
	"encoding/json"
	"math"
	"reflect"
	"regexp"
	"regexp/syntax"
	"slices"
	"unicode/utf8"
)

// assertion is what a keyword says about a value itself, whatever is in it.
type assertion struct {
	keyword string
	holds   func(c *checking, value any) bool
}

// noLimit is more than there is of anything.
var noLimit = math.Inf(1)

// assertions are those of a schema, in the order in which they are told.
func assertions(members map[string]any, draft7 bool) []assertion {
	var all []assertion
	add := func(keyword string, holds func(c *checking, value any) bool) {
		all = append(all, assertion{keyword, holds})
	}
	if types := typesOf(members["type"]); types != nil {
		add("type", func(_ *checking, value any) bool { return isOneOf(value, types) })
	}
	if values, ok := members["enum"].([]any); ok {
		add("enum", func(c *checking, value any) bool {
			return c.spend(len(values)) && slices.ContainsFunc(values, func(v any) bool { return reflect.DeepEqual(v, value) })
		})
	}
	if constant, ok := members["const"]; ok {
		add("const", func(_ *checking, value any) bool { return reflect.DeepEqual(constant, value) })
	}
	addLimits(members, add)
	addSizes(members, add)
	if text, ok := members["pattern"].(string); ok {
		p := newPattern(regexp.MustCompile(text))
		add("pattern", func(c *checking, value any) bool {
			text, isText := value.(string)
			return !isText || p.matches(c, text)
		})
	}
	if members["uniqueItems"] == true {
		add("uniqueItems", unique)
	}
	if names := namesIn(members["required"]); len(names) > 0 {
		add("required", func(c *checking, value any) bool { return hasAll(c, value, names) })
	}
	keyword := "dependentRequired"
	if draft7 {
		keyword = "dependencies"
	}
	if named, ok := members[keyword].(map[string]any); ok {
		add(keyword, func(c *checking, value any) bool { return hasDependent(c, value, named) })
	}
	return all
}

// addLimits adds what keywords say about numbers.
func addLimits(members map[string]any, add func(string, func(*checking, any) bool)) {
	for _, kind := range [...]struct {
		keyword string
		within  func(n, limit float64) bool
	}{
		{"multipleOf", func(n, of float64) bool { _, rest := math.Modf(n / of); return rest == 0 }},
		{"minimum", func(n, limit float64) bool { return n >= limit }},
		{"maximum", func(n, limit float64) bool { return n <= limit }},
		{"exclusiveMinimum", func(n, limit float64) bool { return n > limit }},
		{"exclusiveMaximum", func(n, limit float64) bool { return n < limit }},
	} {
		if limit, ok := members[kind.keyword].(float64); ok {
			add(kind.keyword, func(_ *checking, value any) bool {
				n, isNumber := value.(float64)
				return !isNumber || kind.within(n, limit)
			})
		}
	}
}

// addSizes adds what keywords say about how long texts are, and how many items
// and members there are.
func addSizes(members map[string]any, add func(string, func(*checking, any) bool)) {
	for _, kind := range [...]struct {
		keyword string
		size    func(c *checking, value any) (n int, has bool)
	}{
		{"Length", func(c *checking, value any) (int, bool) {
			text, ok := value.(string)
			return utf8.RuneCountInString(text), ok && c.spend(len(text)/bytesPerStep)
		}},
		{"Items", func(_ *checking, value any) (int, bool) { items, ok := value.([]any); return len(items), ok }},
		{"Properties", func(_ *checking, value any) (int, bool) { m, ok := value.(map[string]any); return len(m), ok }},
	} {
		if least, ok := members["min"+kind.keyword].(float64); ok {
			add("min"+kind.keyword, func(c *checking, value any) bool { n, has := kind.size(c, value); return !has || float64(n) >= least })
		}
		if most, ok := members["max"+kind.keyword].(float64); ok {
			add("max"+kind.keyword, func(c *checking, value any) bool { n, has := kind.size(c, value); return !has || float64(n) <= most })
		}
	}
}

// typesOf are the types that a keyword names.
func typesOf(given any) []string {
	if one, ok := given.(string); ok {
		return []string{one}
	}
	if given == nil {
		return nil
	}
	return append([]string{}, namesIn(given)...)
}

// namesIn are the texts in a list.
func namesIn(given any) []string {
	var names []string
	list, _ := given.([]any)
	for _, name := range list {
		if name, ok := name.(string); ok {
			names = append(names, name)
		}
	}
	return names
}

func isOneOf(value any, types []string) bool {
	name := typeName(value)
	if slices.Contains(types, name) {
		return true
	}
	n, isNumber := value.(float64)
	return isNumber && n == math.Trunc(n) && slices.Contains(types, "integer")
}

func hasAll(c *checking, value any, names []string) bool {
	members, isObject := value.(map[string]any)
	if !isObject || !c.spend(len(names)) {
		return true
	}
	return !slices.ContainsFunc(names, func(name string) bool { _, there := members[name]; return !there })
}

// hasDependent reports whether a value has the members that others ask for.
func hasDependent(c *checking, value any, named map[string]any) bool {
	members, _ := value.(map[string]any)
	for name := range members {
		if !hasAll(c, value, namesIn(named[name])) {
			return false
		}
	}
	return true
}

// unique reports whether no two items are equal. JSON that is written anew has
// its members in one order.
func unique(c *checking, value any) bool {
	items, _ := value.([]any)
	seen := make(map[string]bool, len(items))
	for _, item := range items {
		text, err := json.Marshal(item)
		if err != nil || !c.spend(1+len(text)/bytesPerStep) {
			return true
		}
		if seen[string(text)] {
			return false
		}
		seen[string(text)] = true
	}
	return true
}

// pattern is a regular expression that knows how much work it is.
type pattern struct {
	*regexp.Regexp
	states int
}

func newPattern(expression *regexp.Regexp) pattern {
	p := pattern{expression, 1}
	if parsed, err := syntax.Parse(expression.String(), syntax.Perl); err == nil {
		if program, err := syntax.Compile(parsed.Simplify()); err == nil {
			p.states = len(program.Inst)
		}
	}
	return p
}

func (p pattern) matches(c *checking, text string) bool {
	return c.spend(1+len(text)*p.states/bytesPerStep) && p.MatchString(text)
}
