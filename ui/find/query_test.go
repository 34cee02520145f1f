package find_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"notturno/api"
	"notturno/ui/find"
	"notturno/ui/part/parttest"
)

func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		query, plain string
		want         []string // what is found; nil: nothing
	}{
		{"", "anything", nil},
		{"a", "", nil},
		{"a.*", "axx a.* A.*", []string{"a.*", "A.*"}},
		{"straße", "STRASSE Straße straße", []string{"Straße", "straße"}},
		{"Straße", "straße Straße", []string{"Straße"}},
		{"k", "kK\u212a", []string{"k", "K", "\u212a"}},
		{"\u212a", "k\u212a", []string{"\u212a"}}, // the Kelvin sign is upper case
		{"ask", "A\u017f\u212a ask", []string{"A\u017f\u212a", "ask"}},
		{"\u017f", "sS\u017f", []string{"s", "S", "\u017f"}},
		{"i", "İiIı", []string{"i", "I"}},
		{"İ", "iİ", []string{"İ"}},
		{"ǆ", "ǄǅǆX", []string{"Ǆ", "ǅ", "ǆ"}},
		{"σ", "Σίσυφος", []string{"Σ", "σ", "ς"}},
		{"aa", "aaaaa", []string{"aa", "aa"}},
		{"aab", "aaab", []string{"aab"}},
		{"漢", "漢字漢", []string{"漢", "漢"}},
		{"👍", "👍🏽", []string{"👍"}},
	} {
		var got []string
		for _, span := range find.NewQuery(test.query).In(test.plain) {
			got = append(got, test.plain[span.From:span.To])
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q in %q: %q, want %q", test.query, test.plain, got, test.want)
		}
	}
}

func TestQueryKeepsItsText(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "a", "Straße", "\u212a"} {
		if q := find.NewQuery(text); q.Text() != text || q.Empty() != (text == "") {
			t.Errorf("the query for %q is for %q, empty %v", text, q.Text(), q.Empty())
		}
	}
}

// slow finds as the documentation of Query says it, character by character.
func slow(query, plain string) []find.Span {
	want, text := []rune(query), []rune(plain)
	same := func(a, b rune) bool { return a == b }
	if !strings.ContainsFunc(query, unicode.IsUpper) {
		same = func(a, b rune) bool { return strings.EqualFold(string(a), string(b)) }
	}
	var spans []find.Span
	for i := 0; len(want) > 0 && i+len(want) <= len(text); {
		if !slices.EqualFunc(want, text[i:i+len(want)], same) {
			i++
			continue
		}
		from := len(string(text[:i]))
		spans = append(spans, find.Span{From: from, To: from + len(string(text[i:i+len(want)]))})
		i += len(want)
	}
	return spans
}

func TestPlacesAreThoseOfASlowSearch(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 14))
	letters := []rune("aAbkKsS\u017f\u212aİıiIßẞσςΣ漢é\u0301👍 ")
	random := func(n int) string {
		text := make([]rune, n)
		for i := range text {
			text[i] = letters[r.IntN(len(letters))]
		}
		return string(text)
	}
	for range 5000 {
		query, plain := random(r.IntN(4)), random(r.IntN(40))
		if got, want := find.NewQuery(query).In(plain), slow(query, plain); !slices.Equal(got, want) {
			t.Fatalf("%q in %q: %v, want %v", query, plain, got, want)
		}
	}
}

func FuzzPlaces(f *testing.F) {
	for _, text := range parttest.Hostile() {
		f.Add("a", text)
	}
	f.Fuzz(func(t *testing.T, query, plain string) {
		query, plain = string(api.Clean(query)), string(api.Clean(plain))
		if got, want := find.NewQuery(query).In(plain), slow(query, plain); !slices.Equal(got, want) {
			t.Fatalf("%q in %q: %v, want %v", query, plain, got, want)
		}
	})
}
