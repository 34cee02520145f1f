package schema

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// rule is one schema, made ready to check values with.
type rule struct {
	members map[string]any // its keywords, as they are written
	never   bool           // no value meets it
	asserts []assertion    // about a value itself

	// About the same value.
	ref                        *rule
	allOf, anyOf, oneOf        []*rule
	not, when, then, otherwise *rule
	dependent                  map[string]*rule // when it has the member

	// About what is in it.
	properties   map[string]*rule
	patterns     []patternRule
	additional   *rule
	names        *rule
	prefix       []*rule
	items        *rule // those after prefix
	contains     *rule
	least, most  float64 // how many of them
	otherItems   *rule   // those that nothing else looks at
	otherMembers *rule
}

// patternRule is for the members with certain names.
type patternRule struct {
	pattern
	rule *rule
}

// compiler makes rules of schemas that Parse has found to be valid.
type compiler struct {
	document any
	draft7   bool
	rules    map[string]*rule // by JSON pointer
	notes    bool             // a rule needs to know what others have looked at
}

func compile(document any) (whole *rule, notes bool) {
	members, _ := document.(map[string]any)
	draft, _ := members["$schema"].(string)
	c := &compiler{document: document, draft7: strings.Contains(draft, "draft-07"), rules: map[string]*rule{}}
	return c.rule(schemaPlace{schema: document}), c.notes
}

// rule is the rule of a schema. References that go round lead to rules that are
// being made.
func (c *compiler) rule(at schemaPlace) *rule {
	if known, ok := c.rules[at.pointer]; ok {
		return known
	}
	r := &rule{never: at.schema == false}
	c.rules[at.pointer] = r
	r.members, _ = at.schema.(map[string]any)
	if reference, ok := r.members["$ref"].(string); ok {
		pointer, _ := pointerOf(reference) // was followed before
		target, _ := lookUp(c.document, reference)
		r.ref = c.rule(schemaPlace{pointer, target})
		if c.draft7 { // what is beside a reference does not count
			return r
		}
	}
	r.asserts = assertions(r.members, c.draft7)
	c.sameValue(r, at.pointer)
	c.ofMembers(r, at.pointer)
	c.ofItems(r, at.pointer)
	return r
}

// one is the rule of a keyword that holds a schema; nil without it.
func (c *compiler) one(r *rule, at, keyword string) *rule {
	if _, there := r.members[keyword]; !there {
		return nil
	}
	return c.rule(schemaPlace{at + "/" + keyword, r.members[keyword]})
}

func (c *compiler) list(r *rule, at, keyword string) []*rule {
	var rules []*rule
	for _, inner := range schemasOf(keyword, r.members[keyword]) {
		rules = append(rules, c.rule(schemaPlace{at + inner.pointer, inner.schema}))
	}
	return rules
}

func (c *compiler) named(r *rule, at, keyword string) map[string]*rule {
	rules := map[string]*rule{}
	for _, inner := range schemasOf(keyword, r.members[keyword]) {
		name := unescapePointer(strings.TrimPrefix(inner.pointer, "/"+keyword+"/"))
		rules[name] = c.rule(schemaPlace{at + inner.pointer, inner.schema})
	}
	return rules
}

func (c *compiler) sameValue(r *rule, at string) {
	r.allOf, r.anyOf, r.oneOf = c.list(r, at, "allOf"), c.list(r, at, "anyOf"), c.list(r, at, "oneOf")
	r.not, r.when = c.one(r, at, "not"), c.one(r, at, "if")
	r.then, r.otherwise = c.one(r, at, "then"), c.one(r, at, "else")
	if c.draft7 {
		r.dependent = c.named(r, at, "dependencies")
	} else {
		r.dependent = c.named(r, at, "dependentSchemas")
	}
}

func (c *compiler) ofMembers(r *rule, at string) {
	r.properties = c.named(r, at, "properties")
	patterns := c.named(r, at, "patternProperties")
	for _, text := range slices.Sorted(maps.Keys(patterns)) {
		r.patterns = append(r.patterns, patternRule{newPattern(regexp.MustCompile(text)), patterns[text]})
	}
	r.additional, r.names = c.one(r, at, "additionalProperties"), c.one(r, at, "propertyNames")
	r.otherMembers = c.one(r, at, "unevaluatedProperties")
	c.notes = c.notes || r.otherMembers != nil
}

func (c *compiler) ofItems(r *rule, at string) {
	_, several := r.members["items"].([]any)
	switch {
	case c.draft7 && several:
		r.prefix, r.items = c.list(r, at, "items"), c.one(r, at, "additionalItems")
	case c.draft7:
		r.items = c.one(r, at, "items")
	default:
		r.prefix = c.list(r, at, "prefixItems")
		if !several {
			r.items = c.one(r, at, "items")
		}
	}
	r.contains = c.one(r, at, "contains")
	r.least, r.most = 1, noLimit
	if least, ok := r.members["minContains"].(float64); ok {
		r.least = least
	}
	if most, ok := r.members["maxContains"].(float64); ok {
		r.most = most
	}
	r.otherItems = c.one(r, at, "unevaluatedItems")
	c.notes = c.notes || r.otherItems != nil
}

// hasMembers reports whether it says anything about members.
func (r *rule) hasMembers() bool {
	return len(r.properties) > 0 || r.patterns != nil || r.additional != nil || r.names != nil
}

// hasItems reports whether it says anything about items at their places.
func (r *rule) hasItems() bool { return r.prefix != nil || r.items != nil }
