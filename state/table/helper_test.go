package table_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"notturno/state/table"
)

func parse(t testing.TB, answer string) table.Value {
	t.Helper()
	v, ok := table.Parse(answer)
	if !ok {
		t.Fatalf("%.100q is not taken for JSON", answer)
	}
	return v
}

func of(t testing.TB, answer string) table.Table {
	t.Helper()
	all, ok := table.Of(answer)
	if !ok {
		t.Fatalf("%.100q is not taken for a table", answer)
	}
	return all
}

// word is a string that is hard to read, or an easy one.
func word(r *rand.Rand) string {
	words := []string{
		"", "a", "b", "a.b", "[0]", "7", "-3", "007", "two words", "漢字", "\x1b[2J", "\u202e", "=1+1", "+1", "-1", "@x", "\tx",
		"a,b", `"quoted"`, "line\nline", " ", "\\", "e\u0301", "👩‍👩‍👧‍👦", "{", "]", ",", ":",
	}
	return words[r.IntN(len(words))]
}

// random is a random value as JSON, with space between its parts.
func random(r *rand.Rand, depth int) string {
	quoted := func(s string) string {
		b, err := json.Marshal(s)
		if err != nil {
			panic(err)
		}
		return string(b)
	}
	kind := r.IntN(9)
	if depth == 0 {
		kind = r.IntN(6)
	}
	var parts []string
	switch kind {
	case 0:
		return "null"
	case 1:
		return fmt.Sprint(r.IntN(2) == 0)
	case 2:
		return []string{"0", "-12", "1.50", "1e5", "12345678901234567890"}[r.IntN(5)]
	case 3, 4, 5:
		return quoted(word(r))
	case 6, 7:
		for range r.IntN(5) {
			parts = append(parts, quoted(word(r))+" :"+random(r, depth-1))
		}
		return "{\n" + strings.Join(parts, " ,") + "}"
	}
	for range r.IntN(5) {
		parts = append(parts, random(r, depth-1))
	}
	return "[ " + strings.Join(parts, ",\t") + "\r\n]"
}
