package local

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func mustFormat(t *testing.T, schema string) *responseFormat {
	t.Helper()
	format, err := newResponseFormat(json.RawMessage(schema))
	if err != nil {
		t.Fatalf("%s: %v", schema, err)
	}
	return format
}

const twoPosts = `{"items":[{"title":"A","url":"https://a.example/","points":"1,211","author":"ann"},{"title":"B","points":"98 points"}]}`

func TestAnswersAreFittedToTheResponseFormat(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ schema, result, want string }{
		"the items of a list": {
			`{"type":"object","properties":{"posts":{"type":"array","items":{"type":"object","properties":{"title":{"type":"string"},"points":{"type":"integer"}},"required":["title","points"]}}},"required":["posts"]}`,
			twoPosts, `{"posts":[{"points":1211,"title":"A"},{"points":98,"title":"B"}]}`,
		},
		"references, other names and null, as pydantic writes them": {
			`{"$defs":{"Post":{"type":"object","properties":{"name":{"type":"string","title":"Name"},"link":{"anyOf":[{"type":"string"},{"type":"null"}]}},"required":["name","link"],"title":"Post"}},` +
				`"properties":{"posts":{"items":{"$ref":"#/$defs/Post"},"type":"array"}},"required":["posts"],"type":"object"}`,
			twoPosts, `{"posts":[{"link":"https://a.example/","name":"A"},{"link":null,"name":"B"}]}`,
		},
		"an array at the top": {
			`{"type":"array","items":{"type":"object","properties":{"title":{"type":"string"}}}}`,
			twoPosts, `[{"title":"A"},{"title":"B"}]`,
		},
		"the number of items": {
			`{"type":"object","properties":{"total":{"type":"integer"}},"required":["total"]}`, twoPosts, `{"total":2}`,
		},
		"the only item": {
			`{"type":"object","properties":{"title":{"type":"string"},"price":{"type":"number"}},"required":["title","price"]}`,
			`{"items":[{"title":"Lamp","price":"€12.50"}]}`, `{"price":12.50,"title":"Lamp"}`,
		},
		"the only text": {
			`{"type":"object","properties":{"summary":{"type":"string"}},"required":["summary"]}`, `{"text":"Hello."}`, `{"summary":"Hello."}`,
		},
		"the rows of a table": {
			`{"type":"object","properties":{"teams":{"type":"array","items":{"type":"object","properties":{"Team":{"type":"string"},"Won":{"type":"integer"}},"required":["Team","Won"]}}},"required":["teams"]}`,
			`{"columns":["Team","Won"],"rows":[["Reds","3"],["Blues","1"]]}`, `{"teams":[{"Team":"Reds","Won":3},{"Team":"Blues","Won":1}]}`,
		},
		"numbers as text":     {`{"type":"object","properties":{"count":{"type":"string"}}}`, `{"count":3}`, `{"count":"3"}`},
		"a yes":               {`{"type":"object","properties":{"open":{"type":"boolean"}}}`, `{"open":"Yes"}`, `{"open":true}`},
		"a choice of types":   {`{"type":"object","properties":{"count":{"type":["null","integer"]}}}`, `{"count":"3"}`, `{"count":3}`},
		"the result as it is": {`{"type":"object"}`, twoPosts, `{"items":[{"author":"ann","points":"1,211","title":"A","url":"https://a.example/"},{"points":"98 points","title":"B"}]}`},
		"no wish at all":      {`{}`, `{"text":"x"}`, `{"text":"x"}`},
		"a circle of schemas": {`{"$ref":"#/$defs/a","$defs":{"a":{"type":"object","properties":{"items":{"type":"array","items":{"$ref":"#/$defs/a"}}}}}}`, `{"items":[]}`, `{"items":[]}`},
		"everything of several": {
			`{"allOf":[{"type":"object","properties":{"total":{"type":"integer"}}},{"required":["total"]}]}`, twoPosts, `{"total":2}`,
		},
		"a reference into a list": {
			`{"$defs":{"a b":{"anyOf":[{"type":"integer"}]}},"type":"object","properties":{"total":{"$ref":"#/$defs/a%20b/anyOf/0"}}}`, twoPosts, `{"total":2}`,
		},
		"draft-07":               {`{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"count":{"$ref":"#/definitions/n"}},"definitions":{"n":{"type":"string"}}}`, `{"count":3}`, `{"count":"3"}`},
		"large numbers":          {`{"type":"object","properties":{"id":{"type":"integer"}}}`, `{"id":12345678901234567890}`, `{"id":12345678901234567890}`},
		"markup stays unescaped": {`{"type":"object","properties":{"text":{"type":"string"}}}`, `{"text":"a < b & c"}`, `{"text":"a < b & c"}`},
	} {
		got, err := mustFormat(t, test.schema).answer(json.RawMessage(test.result))
		if err != nil || got != test.want {
			t.Errorf("%s: the answer is %s (%v), want %s", name, got, err, test.want)
		}
	}
}

func TestAnswersThatDoNotFitNameTheField(t *testing.T) {
	t.Parallel()
	posts := func(item string) string {
		return `{"type":"object","properties":{"posts":{"type":"array","items":` + item + `}},"required":["posts"]}`
	}
	for name, test := range map[string]struct{ schema, result, want string }{
		"missing":             {`{"type":"object","properties":{"weather":{"type":"object","properties":{"x":{}}}},"required":["weather"]}`, twoPosts, `weather: it is missing`},
		"missing in items":    {posts(`{"type":"object","properties":{"price":{"type":"number"}},"required":["price"]}`), twoPosts, `posts[0].price: it is missing; posts[1].price: it is missing`},
		"wrong type":          {posts(`{"type":"object","properties":{"title":{"type":"integer"}}}`), twoPosts, `posts[0].title: it is string, and should be integer`},
		"a title is no price": {posts(`{"type":"object","properties":{"price":{"type":"string"}},"required":["price"]}`), `{"items":[{"title":"A"}]}`, `posts[0].price: it is missing`},
		"one list for two":    {`{"type":"object","properties":{"a":{"type":"array"},"b":{"type":"array"}},"required":["a"]}`, twoPosts, `a: it is missing`},
		"out of bounds":       {`{"type":"object","properties":{"count":{"type":"integer","minimum":5}}}`, `{"count":3}`, `count: it does not meet minimum 5`},
		"two numbers":         {`{"type":"object","properties":{"price":{"type":"number"}}}`, `{"price":"3 of 5"}`, `price: it is string, and should be number`},
		"a text too long":     {`{"type":"object","properties":{"text":{"type":"string","maxLength":2}}}`, `{"text":"one\ntwo"}`, `text: it does not meet maxLength 2`},
		"of several":          {`{"allOf":[{"type":"object","properties":{"count":{"type":"integer"}}},{"properties":{"count":{"maximum":2}}}]}`, `{"count":3}`, `count: it does not meet maximum 2`},
		"or null":             {`{"type":"object","properties":{"count":{"anyOf":[{"type":"integer"},{"type":"null"}]}}}`, `{"count":"none"}`, `count: it is string, and should be integer`},
		"of two kinds":        {`{"type":"object","properties":{"count":{"anyOf":[{"type":"integer"},{"type":"boolean"}]}}}`, `{"count":"none"}`, `count: it does not meet anyOf`},
		"one of two types":    {`{"type":"object","properties":{"count":{"type":["integer","null"]}}}`, `{"count":"none"}`, `count: it is string, and should be one of integer, null`},
		"an odd name":         {`{"type":"object","properties":{"a/b~c":{"type":"integer"}}}`, `{"a/b~c":"x"}`, `a/b~c: it is string, and should be integer`},
		"through a reference": {`{"$ref":"#/$defs/p","$defs":{"p":{"type":"object","properties":{"count":{"type":"integer"}}}}}`, `{"count":"none"}`, `count: it is string, and should be integer`},
		"too many members":    {`{"type":"object","additionalProperties":false}`, `{"count":3}`, `count: it is not allowed`},
		"nothing does":        {`false`, `{"text":"x"}`, `it is not allowed`},
		"many things": {posts(`{"type":"object","properties":{"a":{},"b":{}},"required":["a","b"]}`), twoPosts,
			`posts[0].a: it is missing; posts[0].b: it is missing; posts[1].a: it is missing; and 1 more`},
		"not JSON": {`{}`, `{`, `the agent's result is not JSON`},
	} {
		got, err := mustFormat(t, test.schema).answer(json.RawMessage(test.result))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: the error is %v, want %s (answer %s)", name, err, test.want, got)
		}
	}
}

func TestResponseFormatsThatAreNoSchemas(t *testing.T) {
	t.Parallel()
	for schema, want := range map[string]string{
		`"text"`:                               "the schema must be an object, true or false",
		`5`:                                    "the schema must be an object, true or false",
		`[1]`:                                  "the schema must be an object, true or false",
		`{"type":"banana"}`:                    `type: "banana" is not a type`,
		`{"properties":5}`:                     `properties cannot be of the type number`,
		`{"$ref":"#/nowhere"}`:                 "not a valid JSON schema",
		`{"$ref":"file:///etc/passwd"}`:        "not a valid JSON schema",
		`{"$ref":"http://127.0.0.1:1/schema"}`: "not a valid JSON schema",
		`{"pattern":"("}`:                      "not a valid JSON schema",
		`{"$schema":"https://x.example/"}`:     "use draft 2020-12 or draft-07",
		`{"required":5}`:                       `required cannot be of the type number`,
		`{"minLength":"x"}`:                    "not a valid JSON schema",
		`{"anyOf":[{},7]}`:                     `anyOf/1 must be an object, true or false`,
		`{"items":null}`:                       `items cannot be null`,
		`{"properties":{"a":{"type":["x"]}}}`:  `properties/a/type: "x" is not a type`,
		`{"$ref":"#"}`:                         `$ref: "#" leads back to itself`,
		`{"$dynamicRef":"#"}`:                  `$dynamicRef cannot be used`,
		`{"not":{"$id":"https://x.example/"}}`: `not: only the whole schema can have an $id`,
		`{"$ref":"#/$defs/a","$defs":{"a":{"allOf":[{"not":{"$ref":"#/$defs/b"}}]},"b":{"if":{"$ref":"#/$defs/%61"}}}}`: "back to itself",
		`{} {}`: "something behind its end",
	} {
		if format, err := newResponseFormat(json.RawMessage(schema)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v, want %s (%v)", schema, err, want, format)
		}
	}
}

func TestResponseFormatsThatTakeTooLong(t *testing.T) {
	t.Parallel()
	doubling := `{"$ref":"#/$defs/0","$defs":{`
	for i := range 40 {
		doubling += fmt.Sprintf(`"%d":{"allOf":[{"$ref":"#/$defs/%d"},{"$ref":"#/$defs/%d"}]},`, i, i+1, i+1)
	}
	doubling += `"40":{}}}`
	for _, schema := range []string{doubling, `{"enum":[` + strings.Repeat("1,", maxExpanded) + `2]}`} {
		if format, err := newResponseFormat(json.RawMessage(schema)); err == nil || !strings.Contains(err.Error(), "more than 10000 parts") {
			t.Errorf("%.40s… gives %v, %v", schema, format, err)
		}
	}
}

func TestNoResponseFormat(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"", "null", " null "} {
		if format, err := newResponseFormat(json.RawMessage(raw)); format != nil || err != nil {
			t.Errorf("%q is %v, %v", raw, format, err)
		}
	}
}

func TestOnlyNumber(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"211": "211", "211 points": "211", "$1,299.00": "1299.00", "1,234,567": "1234567", "0": "0", "007": "7", "0.5": "0.5", ".5": "0.5", ",5": "5", "...5": "",
		"-3": "-3", "−3": "-3", "-$4.20": "-4.20", "Size-3": "3", "3.": "3", "v1.2.3": "", "12,5": "", "1 2": "", "none": "", "": "", "1,2345": "",
	} {
		got, ok := onlyNumber(text)
		if got.String() != want || ok != (want != "") {
			t.Errorf("%q holds %q (%t), want %q", text, got, ok, want)
		}
		if ok && !json.Valid([]byte(got)) {
			t.Errorf("%q gives %q, which is not JSON", text, got)
		}
	}
}

func FuzzResponseFormat(f *testing.F) {
	f.Add(`{"type":"object","properties":{"posts":{"type":"array","items":{"$ref":"#/$defs/P"}}},"$defs":{"P":{"type":"object","properties":{"name":{"type":"string"}}}}}`, twoPosts)
	f.Add(`{"dependencies":{"a":{"$ref":"#/properties/b"}},"properties":{"b":{"$ref":"#"}}}`, `{"a":1,"b":{"a":[{"b":0}]}}`)
	f.Add(`{"$ref":"#"}`, `{"columns":["a"],"rows":[["1"]]}`)
	f.Add(`{"anyOf":[{"type":"null"},{"type":"integer"}]}`, `"3 posts"`)
	f.Fuzz(func(t *testing.T, schema, result string) {
		format, err := newResponseFormat(json.RawMessage(schema))
		if err != nil || format == nil {
			return
		}
		answer, err := format.answer(json.RawMessage(result))
		if err == nil && !json.Valid([]byte(answer)) {
			t.Errorf("the answer is %q", answer)
		}
	})
}
