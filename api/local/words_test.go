package local

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                       "",
		"one":                    "one",
		"one two  three\n\nfour": "one |two  |three\n\n|four",
		" lead":                  " |lead",
		"naïve 猫 は":              "naïve |猫 |は",
		strings.Repeat("長", 30):  strings.Repeat("長", 24) + "|" + strings.Repeat("長", 6),
	} {
		var got []string
		for word := range words(text) {
			got = append(got, word)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("words(%q) = %q", text, got)
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, seed := range []string{"", "a b", "\xe9\x95\xb7", "長い文" + strings.Repeat("語", 40), "\xff\xfe x", "a\u2003b\u00a0c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var joined strings.Builder
		for word := range words(text) {
			if word == "" || utf8.RuneCountInString(word) > maxWord {
				t.Fatalf("a piece of %d runes: %q", utf8.RuneCountInString(word), word)
			}
			if utf8.ValidString(text) && !utf8.ValidString(word) {
				t.Fatalf("a piece is cut inside a character: %q", word)
			}
			joined.WriteString(word)
		}
		if joined.String() != text {
			t.Fatalf("the pieces of %q are %q", text, joined.String())
		}
	})
}
