package schema

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// randomValue is a small JSON value.
func randomValue(r *rand.Rand, depth int) any {
	switch n := r.IntN(9); {
	case n == 0:
		return nil
	case n == 1:
		return r.IntN(2) == 0
	case n < 4:
		return float64(r.IntN(5)) / 2
	case n < 6 || depth == 0:
		return []string{"", "a", "b", "ab", "漢字"}[r.IntN(5)]
	case n == 6:
		list := []any{}
		for range r.IntN(4) {
			list = append(list, randomValue(r, depth-1))
		}
		return list
	}
	object := map[string]any{}
	for range r.IntN(4) {
		object[randomName(r)] = randomValue(r, depth-1)
	}
	return object
}

func randomName(r *rand.Rand) string { return []string{"a", "b", "ab", "x/y~z"}[r.IntN(4)] }

// randomSchema is any schema, of keywords that can go together or not.
func randomSchema(r *rand.Rand, depth int) any {
	if depth == 0 || r.IntN(12) == 0 {
		return r.IntN(4) > 0
	}
	inner := func() any { return randomSchema(r, depth-1) }
	list := func() any {
		all := []any{}
		for range 1 + r.IntN(2) {
			all = append(all, inner())
		}
		return all
	}
	named := func() any { return map[string]any{randomName(r): inner(), randomName(r): inner()} }
	names := func() any { return []any{randomName(r)} }
	types := []any{"object", "array", "string", "number", "integer", "boolean", "null"}
	number := func() any { return float64(r.IntN(3)) }
	keywords := []func() (string, any){
		func() (string, any) { return "type", types[r.IntN(len(types))] },
		func() (string, any) { return "type", []any{types[r.IntN(3)], types[3+r.IntN(4)]} },
		func() (string, any) { return "enum", []any{randomValue(r, 1), randomValue(r, 1), "a"} },
		func() (string, any) { return "const", randomValue(r, 1) },
		func() (string, any) { return "multipleOf", 0.5 + float64(r.IntN(3)) },
		func() (string, any) { return "minimum", number() },
		func() (string, any) { return "exclusiveMaximum", number() },
		func() (string, any) { return "minLength", number() },
		func() (string, any) { return "maxLength", number() },
		func() (string, any) { return "pattern", []string{"a", "^b$", "[字b]"}[r.IntN(3)] },
		func() (string, any) { return "minItems", number() },
		func() (string, any) { return "maxItems", number() },
		func() (string, any) { return "uniqueItems", r.IntN(2) == 0 },
		func() (string, any) { return "minProperties", number() },
		func() (string, any) { return "maxProperties", number() },
		func() (string, any) { return "required", names() },
		func() (string, any) { return "dependentRequired", map[string]any{randomName(r): names()} },
		func() (string, any) { return "dependentSchemas", named() },
		func() (string, any) { return "dependencies", map[string]any{"a": names(), "b": inner()} },
		func() (string, any) { return "properties", named() },
		func() (string, any) { return "patternProperties", map[string]any{"^a": inner(), "b": inner()} },
		func() (string, any) { return "additionalProperties", inner() },
		func() (string, any) { return "propertyNames", inner() },
		func() (string, any) { return "prefixItems", list() },
		func() (string, any) { return "items", inner() },
		func() (string, any) { return "additionalItems", inner() },
		func() (string, any) { return "contains", inner() },
		func() (string, any) { return "minContains", number() },
		func() (string, any) { return "maxContains", number() },
		func() (string, any) { return "unevaluatedItems", inner() },
		func() (string, any) { return "unevaluatedProperties", inner() },
		func() (string, any) { return "allOf", list() },
		func() (string, any) { return "anyOf", list() },
		func() (string, any) { return "oneOf", list() },
		func() (string, any) { return "not", inner() },
		func() (string, any) { return "if", inner() },
		func() (string, any) { return "then", inner() },
		func() (string, any) { return "else", inner() },
		func() (string, any) { return "$ref", "#/$defs/" + []string{"a", "b", "x~1y~0z"}[r.IntN(3)] },
	}
	schema := map[string]any{}
	for range 1 + r.IntN(4) {
		keyword, value := keywords[r.IntN(len(keywords))]()
		schema[keyword] = value
	}
	return schema
}

// The verdict is the library's, whatever the schema and the answer.
func TestVerdictsAreTheLibrarys(t *testing.T) {
	t.Parallel()
	used, met := 0, 0
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 7))
		whole, _ := randomSchema(r, 3).(map[string]any)
		if whole == nil {
			continue
		}
		whole["$defs"] = map[string]any{"a": randomSchema(r, 2), "b": randomSchema(r, 2), "x/y~z": randomSchema(r, 1)}
		if r.IntN(3) == 0 {
			whole["$schema"] = "http://json-schema.org/draft-07/schema#"
			if r.IntN(2) == 0 {
				whole["items"] = []any{randomSchema(r, 1), randomSchema(r, 1)}
			}
		}
		raw, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		format, err := Parse(raw)
		if err != nil {
			continue
		}
		library, _ := resolve(raw)
		for range 4 {
			value := randomValue(r, 3)
			answer, _ := json.Marshal(value)
			faults := format.Check(string(answer))
			says := library.Validate(value)
			if used++; says == nil {
				met++
			}
			if (says == nil) != (len(faults) == 0) {
				t.Fatalf("%s\n%s\nthe library says %v, and the faults are %v", raw, answer, says, faults)
			}
			if strings.Contains(fmt.Sprint(faults), "%!") {
				t.Fatalf("%s %s: %v", raw, answer, faults)
			}
		}
	}
	if met < used/10 || met > used*9/10 {
		t.Errorf("%d of %d answers meet their schema: not much is tested", met, used)
	}
}
