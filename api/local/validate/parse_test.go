package validate

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestSyntaxErrorsArePythons(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text   string
		offset int
		want   string
	}{
		{` `, 1, "Expecting value"},
		{`{`, 1, "Expecting property name enclosed in double quotes"},
		{`{"a"`, 4, "Expecting ':' delimiter"},
		{`{"a":}`, 5, "Expecting value"},
		{`{"a":1,}`, 7, "Expecting property name enclosed in double quotes"},
		{`{"a":1,  }`, 9, "Expecting property name enclosed in double quotes"},
		{`{"a":1} x`, 8, "Extra data"},
		{`"abc`, 0, "Unterminated string starting at"},
		{`{"a":1 "b":2}`, 7, "Expecting ',' delimiter"},
		{"\"a\nb\"", 2, "Invalid control character at"},
		{`[1`, 2, "Expecting ',' delimiter"},
		{`[1,`, 3, "Expecting value"},
		{`  [1,  ]`, 7, "Expecting value"},
		{`{1:2}`, 1, "Expecting property name enclosed in double quotes"},
		{`tru`, 0, "Expecting value"},
		{`-`, 0, "Expecting value"},
		{`01`, 1, "Extra data"},
		{`1.`, 1, "Extra data"},
		{`1e`, 1, "Extra data"},
		{`1.5.2`, 3, "Extra data"},
		{`"\x"`, 1, `Invalid \escape`},
		{`"\`, 0, "Unterminated string starting at"},
		{`"\u12g4"`, 2, `Invalid \uXXXX escape`},
		{`"\u1234`, 2, `Invalid \uXXXX escape`},
		{`{"a":"é" x`, 9, "Expecting ',' delimiter"},
		{`-Infinit`, 0, "Expecting value"},
		{"\"é\xff\"", 2, "Invalid UTF-8"},
		{strings.Repeat("[", maxDepth+1), maxDepth, "Nested too deeply"},
	} {
		_, errs := agentStart().Body([]byte(test.text), "application/json")
		ctx, err := json.Marshal(test.want)
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf(`{"type":"json_invalid","loc":["body",%d],"msg":"JSON decode error","input":{},"ctx":{"error":%s}}`, test.offset, ctx)
		if got := details(t, errs); got != want {
			t.Errorf("%.40q gives\n%s\nwant\n%s", test.text, got, want)
		}
	}
	if _, bad := parse(nil); bad == nil || bad.offset != 0 || bad.text != "Expecting value" {
		t.Errorf("an empty text gives %+v", bad)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"a":[1,2.5e3,null,true,"\u00e9\n"]}`, `{"a":1,"a":2}`, `[-0]`, `"\ud83d\ude00"`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		n, bad := parse(text)
		var want any
		if err := json.Unmarshal(text, &want); err == nil && bad != nil && bad.text != "Invalid UTF-8" && bad.text != "Nested too deeply" {
			t.Fatalf("%q gives %+v, but it is JSON", text, bad)
		}
		if bad != nil {
			if bad.offset < 0 || bad.offset > len(text) {
				t.Fatalf("%q fails at %d", text, bad.offset)
			}
			return
		}
		out := n.json()
		again, bad := parse(out)
		if bad != nil || string(again.json()) != string(out) {
			t.Fatalf("%q is written as %q, which is read as %+v", text, out, bad)
		}
	})
}
