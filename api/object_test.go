package api

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestObjectKeysMatchExactly(t *testing.T) {
	t.Parallel()
	o, ok := parseObject([]byte(` {"Type":1, "type":"a", "TYPE":2, "\u0074ype" : "b"} `))
	if !ok {
		t.Fatal("not read as an object")
	}
	if got := string(o.get("type")); got != `"b"` {
		t.Errorf("type is %s, want the last exact one", got)
	}
	if got := o.get("tYpe"); got != nil {
		t.Errorf("tYpe is %s, want none", got)
	}
}

func TestParseObjectRefuses(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"", " ", "null", "1", `"a"`, "[]", "{", `{"a"}`, `{"a":1}{}`, `{"a":1,}`, "\xef\xbb\xbf{}"} {
		if _, ok := parseObject([]byte(in)); ok {
			t.Errorf("%q is read as an object", in)
		}
	}
}

// FuzzObject holds the splitter against encoding/json, which is slower.
func FuzzObject(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":1,"b":[{"c":"}\""},[]],"a":null}`, ` { "\u0061" : -1e5 , "x":"\\" } `, `[1,[2],{"a":true},"]"]`, `{"a":{"a":{}}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var members map[string]json.RawMessage
		if json.Unmarshal(raw, &members) == nil && members != nil {
			o, ok := parseObject(raw)
			if !ok {
				t.Fatalf("%q is not read as an object", raw)
			}
			for key, want := range members {
				if got := o.get(key); !bytes.Equal(got, want) {
					t.Errorf("%q: member %q is %q, want %q", raw, key, got, want)
				}
			}
			for _, m := range o {
				if _, ok := members[m.key]; !ok {
					t.Errorf("%q: member %q is invented", raw, m.key)
				}
			}
		}
		var elements []json.RawMessage
		if json.Unmarshal(raw, &elements) == nil && elements != nil {
			i := 0
			for _, got := range children(raw) {
				if i >= len(elements) || !bytes.Equal(got, elements[i]) {
					t.Fatalf("%q: element %d is %q", raw, i, got)
				}
				i++
			}
			if i != len(elements) {
				t.Errorf("%q: %d elements, want %d", raw, i, len(elements))
			}
		}
	})
}
