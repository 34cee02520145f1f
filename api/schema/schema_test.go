package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

const postsFormat = `{"type":"object","required":["posts"],"additionalProperties":false,
	"properties":{"posts":{"type":"array","minItems":1,"items":{"$ref":"#/$defs/post"}},"note":{"type":["string","null"],"maxLength":3}},
	"$defs":{"post":{"type":"object","required":["title","points"],"properties":{
		"title":{"type":"string"},"points":{"type":"integer","minimum":0},"kind":{"enum":["a","b"]},"of":{"$ref":"#/$defs/post"},
		"a/b~c":{"type":"string"},"by":{"anyOf":[{"type":"null"},{"type":"object","required":["name"]}]}}}}}`

func parsed(t *testing.T, text string) *Schema {
	t.Helper()
	format, err := Parse([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return format
}

// Every field that is wrong is named, once, by its path.
func TestSchemaChecks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		schema, answer string
		want           []string
	}{
		{postsFormat, `{"posts":[{"title":"A","points":1}]}`, nil},
		{postsFormat, ` {"posts":[{"title":"A","points":1,"of":{"title":"B","points":2,"kind":"a"}}],"note":null} `, nil},
		{postsFormat, `{}`, []string{"posts: it is missing"}},
		{postsFormat, `{"posts":[]}`, []string{"posts: it does not meet minItems 1"}},
		{postsFormat, `{"posts":[{"title":1},{"title":"B","points":"2"}]}`, []string{
			"posts[0].points: it is missing", "posts[0].title: it is number, and should be string", "posts[1].points: it is string, and should be integer"}},
		{postsFormat, `{"posts":[{"title":"A","points":1.5}]}`, []string{"posts[0].points: it is number, and should be integer"}},
		{postsFormat, `{"posts":[{"title":"A","points":-1,"kind":"c"}]}`, []string{
			"posts[0].kind: it is not one of the values that are allowed", "posts[0].points: it does not meet minimum 0"}},
		{postsFormat, `{"posts":[{"title":"A","points":1,"of":{"title":"B"}}]}`, []string{"posts[0].of.points: it is missing"}},
		{postsFormat, `{"posts":[{"title":"A","points":1,"a/b~c":2,"by":{}}]}`, []string{
			"posts[0].a/b~c: it is number, and should be string", "posts[0].by.name: it is missing"}},
		{postsFormat, `{"posts":[{"title":"A","points":1}],"more":1,"note":"long"}`, []string{"note: it does not meet maxLength 3", "more: it is not allowed"}},
		{postsFormat, `[]`, []string{"it is array, and should be object"}},
		{postsFormat, `{"posts":[]} and more`, []string{"it is not JSON: something follows its end"}},
		{postsFormat, " \n", []string{"there is no answer"}},
		{`true`, `[1,"x",null]`, nil},
		{`false`, `1`, []string{"it is not allowed"}},
		{`{}`, `"x"`, nil},
		{`{"oneOf":[{"type":"string"},{"type":"number"}]}`, `null`, []string{"it does not meet oneOf"}},
		{`{"allOf":[{"required":["a"]},{"required":["b"]}]}`, `{}`, []string{"a: it is missing", "b: it is missing"}},
		{`{"$schema":"http://json-schema.org/draft-07/schema#","items":[{"type":"string"}],"additionalItems":false}`, `["a",1]`, []string{"[1]: it is not allowed"}},
		{`{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}`, `[1,"x"]`, []string{"[0]: it is number, and should be string", "[1]: it is string, and should be number"}},
		{`{"patternProperties":{"^x":{"type":"string"}},"additionalProperties":{"type":["null","number"]}}`, `{"x1":1,"y":"z"}`, []string{
			"x1: it is number, and should be string", "y: it is string, and should be one of null, number"}},
		{`{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}`, `{"a":1}`, []string{"b: it is missing"}},
		{`{"properties":{"a":true},"unevaluatedProperties":false}`, `{"a":1,"b":2}`, []string{"it does not meet unevaluatedProperties"}},
		{`{"allOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"}],"$defs":{"a":{"type":"object"}}}`, `1`, []string{"it is number, and should be object"}},
		{`{"contains":{"type":"string"},"minContains":2}`, `["a",1]`, []string{"it does not meet contains"}},
		{`{"items":{"uniqueItems":true}}`, `[[{"a":1,"b":[]},{"b":[],"a":1.0}]]`, []string{"[0]: it does not meet uniqueItems"}},
		{`{"properties":{"\u001b[2J":{"type":"string"}}}`, `{"\u001b[2J":1}`, []string{"\x1b[2J: it is number, and should be string"}},
	}
	for _, test := range tests {
		var got []string
		for _, fault := range parsed(t, test.schema).Check(test.answer) {
			got = append(got, fault.String())
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s\n got %q\nwant %q", test.answer, got, test.want)
		}
	}
}

// What cannot be a schema is refused, and the part that is wrong is named.
func TestSchemaRefusals(t *testing.T) {
	t.Parallel()
	for schema, says := range map[string]string{
		``:                                  "not JSON: it is empty",
		`{`:                                 "not JSON",
		`{} {}`:                             "something follows its end",
		`null`:                              "the schema must be an object, true or false",
		`[]`:                                "the schema must be an object, true or false",
		`"string"`:                          "the schema must be an object, true or false",
		`{"type":"strin"}`:                  `type: "strin" is not a type`,
		`{"type":["string","nul"]}`:         `type: "nul" is not a type`,
		`{"properties":{"a":{"type":"x"}}}`: `properties/a/type: "x" is not a type`,
		`{"properties":{"a":3}}`:            "properties/a must be an object",
		`{"items":{"type":"x"}}`:            "items/type",
		`{"anyOf":[{"type":"x"}]}`:          "anyOf/0/type",
		`{"required":"a"}`:                  "schema: required cannot be of the type string",
		`{"items":null}`:                    "items cannot be null",
		`{"anyOf":[{"not":null}]}`:          "anyOf/0/not cannot be null",
		`{"minimum":"1"}`:                   "minimum cannot be of the type string",
		`{"pattern":"("}`:                   "missing closing",
		`{"$ref":"#"}`:                      "leads back to itself",
		`{"$ref":"#/$defs/a","$defs":{"a":{"allOf":[{"$ref":"#/$defs/b"}]},"b":{"$ref":"#/$defs/a"}}}`: "leads back to itself",
		`{"$ref":"#/$defs/none"}`:                                     "leads to no part of the schema",
		`{"$ref":"https://a.example/schema.json"}`:                    "leads to no part of the schema",
		`{"$dynamicRef":"#a"}`:                                        "use $ref",
		`{"properties":{"a":{"$id":"b"}}}`:                            "only the whole schema can have an $id",
		`{"$schema":"http://json-schema.org/draft-04/schema#"}`:       "use draft 2020-12 or draft-07",
		`{"dependencies":{"a":["b"],"c":{"type":"x"}}}`:               "dependencies/c/type",
		`{"properties":{"a":{"properties":{"b":{"type":"nope"}}}}}`:   "properties/a/properties/b/type",
		`{"not":{"if":{"then":{"items":[{"contains":[1]}]}}}}`:        "not/if/then/items/0/contains",
		`{"type":"object","additionalProperties":{"type":"unknown"}}`: "additionalProperties/type",
	} {
		if format, err := Parse([]byte(schema)); err == nil || format != nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s gives %v, want %q", schema, err, says)
		}
	}
}

// A recursive schema follows the value, which ends.
func TestRecursiveSchema(t *testing.T) {
	t.Parallel()
	format := parsed(t, `{"type":"object","properties":{"next":{"$ref":"#"},"name":{"type":"string"}}}`)
	deep := strings.Repeat(`{"next":`, 200) + `{"name":1}` + strings.Repeat(`}`, 200)
	faults := format.Check(deep)
	if len(faults) != 1 || faults[0].Path != strings.TrimSuffix(strings.Repeat("next.", maxLook), ".") || faults[0].Reason != "something in it does not meet the schema" {
		t.Errorf("the faults are %v", faults)
	}
}

// Nobody reads more than a few faults.
func TestManyFaults(t *testing.T) {
	t.Parallel()
	format := parsed(t, `{"items":{"type":"string"}}`)
	faults := format.Check("[" + strings.TrimSuffix(strings.Repeat("1,", 5000), ",") + "]")
	if len(faults) != maxFaults {
		t.Errorf("%d faults, want %d", len(faults), maxFaults)
	}
	long := parsed(t, fmt.Sprintf(`{"pattern":%q}`, strings.Repeat("x", 900))).Check(fmt.Sprintf("%q", strings.Repeat("y", 10_000)))
	if len(long) != 1 || len([]rune(long[0].Reason)) > maxReason+1 {
		t.Errorf("the fault is %.300v", long)
	}
}

// FuzzCheck finds no schema and no answer that breaks the check, and no
// verdict that differs from the library's.
func FuzzCheck(f *testing.F) {
	f.Add(postsFormat, `{"posts":[{"title":1}]}`)
	f.Add(`{"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"$ref":"#"}]}}}`, `1`)
	f.Add(`{"type":"array","prefixItems":[{}],"items":false}`, `[1,2]`)
	f.Fuzz(func(t *testing.T, schema, answer string) {
		format, err := Parse([]byte(schema))
		if err != nil {
			return
		}
		faults := format.Check(answer)
		value, err := oneValue([]byte(answer))
		library, _ := resolve([]byte(schema))
		if valid := err == nil && library.Validate(value) == nil; valid != (len(faults) == 0) {
			t.Errorf("valid %v, but the faults are %v", valid, faults)
		}
		for _, fault := range faults {
			if strings.ContainsAny(fault.String(), "\x1b\n\u009b\u202e") {
				t.Errorf("the fault %q is not clean", fault)
			}
		}
	})
}
