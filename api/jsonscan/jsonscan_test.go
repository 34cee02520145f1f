package jsonscan

import (
	"bytes"
	"encoding/json"
	"testing"
)

// A value ends where encoding/json says that it does.
func FuzzValueEnd(f *testing.F) {
	for _, text := range []string{`1`, `-1.5e3,`, `"a\"b\\",1`, `"",`, `{"a":[1,"}]"]} `, `[[],{}],`, `true}`, `null]`, "{}\n", `"\u0022"`, `x`, `"open`, `{"a":`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		end := ValueEnd(text, 0)
		if end < 0 || end > len(text) || ValueEnd(string(text), 0) != end {
			t.Fatalf("%q ends at %d as bytes, and at %d as a string", text, end, ValueEnd(string(text), 0))
		}
		var value json.RawMessage
		decoder := json.NewDecoder(bytes.NewReader(text))
		if len(text) == 0 || text[0] <= ' ' || decoder.Decode(&value) != nil {
			return
		}
		rest := text[decoder.InputOffset():]
		if value[0] != '"' && value[0] != '{' && value[0] != '[' && len(rest) > 0 && !bytes.ContainsRune([]byte(",]} \t\r\n"), rune(rest[0])) {
			return // what follows a bare number or word is not JSON
		}
		if end != len(value) {
			t.Errorf("the first value of %q ends at %d, want %d", text, end, len(value))
		}
	})
}

func TestStringEnd(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{`xx"a"b`: 5, `xx"\""b`: 6, `xx"\\"b`: 6, `xx""`: 4, `xx"open`: 7, `xx"\`: 4} {
		if got := StringEnd(text, 2); got != want {
			t.Errorf("the string in %q ends at %d, want %d", text, got, want)
		}
	}
}
