package table_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"notturno/api"
	"notturno/state/table"
)

// children are a value's names and texts.
func children(v table.Value) (names, texts []string) {
	for name, child := range v.Children() {
		names, texts = append(names, name.String()), append(texts, child.Text())
	}
	return names, texts
}

func TestMembersKeepTheirOrderAndNumbersTheirDigits(t *testing.T) {
	t.Parallel()
	names, texts := children(parse(t, ` { "z" : 1.50, "a":12345678901234567890123, "z":-0, "":null, "t\u001b\n":"x\u001b[2J\u202e", "n":{ "b" : [ 1, 2 ] },"ok":true}`))
	if want := []string{"z", "a", "z", "", "t␛", "n", "ok"}; !slices.Equal(names, want) {
		t.Errorf("the names are %q, want %q", names, want)
	}
	if want := []string{"1.50", "12345678901234567890123", "-0", "null", "x␛[2J<202E>", `{"b":[1,2]}`, "true"}; !slices.Equal(texts, want) {
		t.Errorf("the values are %q, want %q", texts, want)
	}
	names, texts = children(parse(t, `["a",[ ],{ },false]`))
	if !slices.Equal(names, []string{"[0]", "[1]", "[2]", "[3]"}) || !slices.Equal(texts, []string{"a", "[]", "{}", "false"}) {
		t.Errorf("the items are %q, %q", names, texts)
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]bool{
		"{}": true, "[]": true, " \n[1]\t": true, `{"a":1}`: true,
		"```json\n{\"a\":1}\n```": true, "```\n[1]\n```": true, "``` JSON \n\n[1]```\n": true,
		"":                      false,
		"12":                    false,
		`"text"`:                false,
		"null":                  false,
		"{} {}":                 false,
		"[1,":                   false,
		"{a:1}":                 false,
		"words":                 false,
		"```go\n[1]\n```":       false,
		"```json\n[1]":          false,
		"```json [1]```":        false,
		"``````":                false,
		"```":                   false,
		"Here it is: {\"a\":1}": false,
		strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000): true,
		strings.Repeat("[", 90_000) + strings.Repeat("]", 90_000): false,
	} {
		if _, got := table.Parse(answer); got != want {
			t.Errorf("%.40q is taken for JSON: %v, want %v", answer, got, want)
		}
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	got, ok := table.JSON("```json\n{\"b\":1.0,\"a\":[\"\\u001b\"]}\n```")
	if want := "{\n  \"b\": 1.0,\n  \"a\": [\n    \"\\u001b\"\n  ]\n}"; !ok || got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, ok := table.JSON("words"); ok {
		t.Error("words are taken for JSON")
	}
	deep := strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000)
	if got, ok := table.JSON(deep); !ok || got != deep {
		t.Errorf("what is deeply nested grows to %d bytes", len(got))
	}
}

// decoded is a value as encoding/json has it, put together from its children.
func decoded(t *testing.T, v table.Value) any {
	switch v.Kind() {
	case table.Object:
		members := map[string]any{}
		for name, child := range v.Children() {
			members[name.String()] = decoded(t, child)
		}
		return members
	case table.Array:
		items := []any{}
		for _, child := range v.Children() {
			items = append(items, decoded(t, child))
		}
		return items
	case table.String:
		return v.Text()
	case table.Absent:
		t.Error("a child is absent")
		return nil
	default:
		var value any
		if err := json.Unmarshal([]byte(v.Text()), &value); err != nil {
			t.Error(err)
		}
		return value
	}
}

// cleaned is a value of encoding/json with its strings cleaned. Members whose
// names are the same then do not come here.
func cleaned(value any) any {
	switch value := value.(type) {
	case string:
		return string(api.Clean(value))
	case []any:
		items := []any{}
		for _, item := range value {
			items = append(items, cleaned(item))
		}
		return items
	case map[string]any:
		members := map[string]any{}
		for name, member := range value {
			members[api.Clean(name).Line()] = cleaned(member)
		}
		return members
	}
	return value
}

// count counts the values at each depth.
func count(v table.Value, levels []int) {
	if len(levels) == 0 {
		return
	}
	levels[0]++
	for _, child := range v.Children() {
		count(child, levels[1:])
	}
}

func checkValue(t *testing.T, text string) {
	v, ok := table.Parse(text)
	if !ok {
		return
	}
	for depth := range 5 {
		want := make([]int, depth+1)
		count(v, want)
		if got := v.Levels(depth); !slices.Equal(got, want) {
			t.Errorf("%q has %d values at its levels, want %d", text, got, want)
		}
	}
	for _, child := range v.Children() {
		for _, bytes := range []int{1, 3, 10, 1_000} {
			if head, whole := child.Head(bytes), child.Text(); len(head) < min(bytes, len(whole)) {
				t.Errorf("%q begins with %q: fewer than %d bytes", whole, head, bytes)
			}
		}
	}
}

func TestValuesAreThoseOfEncodingJSON(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for range 3_000 {
		text := random(r, 4)
		v, ok := table.Parse(text)
		if !ok {
			continue
		}
		var want any
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Fatal(err)
		}
		if got := decoded(t, v); !reflect.DeepEqual(got, cleaned(want)) {
			t.Fatalf("%q is %v, want %v", text, got, cleaned(want))
		}
		checkValue(t, text)
	}
}

func TestHeadDoesNotCutEscapes(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{`\u6f22`, `\\u`, `\"`, `\ud83d\ude00`, "漢", "a", `\n`} {
		for shift := range 7 {
			v := parse(t, `["`+strings.Repeat("x", shift)+strings.Repeat(piece, 100)+`"]`)
			for _, child := range v.Children() {
				whole, head := child.Text(), child.Head(20)
				if !strings.HasPrefix(whole, strings.TrimRight(head, "\ufffd")) || len(head) < 20 {
					t.Errorf("%q is no beginning of %q", head, whole)
				}
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 20 {
		f.Add(random(r, 4))
	}
	f.Add("```json\n[1]\n```")
	f.Fuzz(func(t *testing.T, text string) {
		checkValue(t, text)
		checkCSV(t, text)
		if v, ok := table.Parse(text); ok {
			v.Find(text)
			v.Table()
		}
		if pretty, ok := table.JSON(text); ok && !json.Valid([]byte(pretty)) {
			t.Errorf("%q becomes %q", text, pretty)
		}
	})
}
