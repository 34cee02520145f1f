package api

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	t.Parallel()
	family := "👨\u200d👩\u200d👧\u200d👦"
	tests := []struct{ name, in, want string }{
		{"plain", "a b\n\tc", "a b\n\tc"},
		{"CRLF", "a\r\nb", "a\nb"},
		{"bare CR", "a\rb", "ab"},
		{"escape sequence", "\x1b[31mred", "␛[31mred"},
		{"NUL and BEL", "\x00\a", "␀␇"},
		{"DEL", "\x7f", "<7F>"},
		{"C1 CSI", "\u009b31m", "<9B>31m"},
		{"NEL", "\u0085", "<85>"},
		{"bidi override", "a\u202eb", "a<202E>b"},
		{"bidi isolate", "\u2066\u2069", "<2066><2069>"},
		{"arabic letter mark", "\u061c", "<061C>"},
		{"line separators", "a\u2028b\u2029c", "a\nb\nc"},
		{"zero width space", "a\u200bb", "ab"},
		{"byte order mark", "\ufeffa", "a"},
		{"tags", "a\U000e0041\U000e007f", "a"},
		{"variation selector 17", "a\U000e0100", "a"},
		{"noncharacters", "a\ufdd0\ufffe\U0001ffff", "a"},
		{"fillers", "\u115f\u1160\u3164\uffa0", ""},
		{"annotation", "\ufff9a\ufffab\ufffb", "ab"},
		{"invalid UTF-8", "a\xffb\xc3", "a\ufffdb\ufffd"},
		{"surrogate", "\xed\xa0\x80", "\ufffd\ufffd\ufffd"},
		{"CJK", "漢字かな한글", "漢字かな한글"},
		{"emoji with selector", "❤\ufe0f", "❤\ufe0f"},
		{"family", family, family},
		{"eight marks", "e" + strings.Repeat("\u0301", 8), "e" + strings.Repeat("\u0301", 8)},
		{"nine marks", "e" + strings.Repeat("\u0301", 9) + "x", "e" + strings.Repeat("\u0301", 8) + "x"},
		{"marks around a selector", "e" + strings.Repeat("\u0301", 8) + "\ufe0f\u0301", "e" + strings.Repeat("\u0301", 8)},
		{"marks around what is removed", "e" + strings.Repeat("\u0301\u200b", 9), "e" + strings.Repeat("\u0301", 8)},
		{"selectors", "❤" + strings.Repeat("\ufe0f", 50), "❤" + strings.Repeat("\ufe0f", 8)},
		{"skin tones", "👍" + strings.Repeat("🏻", 50), "👍" + strings.Repeat("🏻", 8)},
		{"non-joiners", "a" + strings.Repeat("\u200c", 50), "a" + strings.Repeat("\u200c", 8)},
		{"six joins", "a" + strings.Repeat("\u200da", 6), "a" + strings.Repeat("\u200da", 6)},
		{"seven joins", "a" + strings.Repeat("\u200da", 7), "a" + strings.Repeat("\u200da", 6) + "a"},
		{"joins of a new cluster", strings.Repeat("a\u200da", 9), strings.Repeat("a\u200da", 9)},
		{"joiners alone", strings.Repeat("\u200d", 50) + "a\u200da", strings.Repeat("\u200d", 6) + "aa"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := Clean(tt.in); string(got) != tt.want {
				t.Errorf("Clean(%+q) = %+q, want %+q", tt.in, got, tt.want)
			}
		})
	}
}

// hostile reports the first character of s that must not get past Clean.
func hostile(s string) (rune, bool) {
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t':
		case unicode.IsControl(r), bidi(r), hidden(r), r == '\u2028', r == '\u2029':
			return r, true
		}
	}
	return 0, false
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"", "a\r\n\x1b[0m", "\u202e\u200d\u200d\ufe0f", "e\u0301\u0301\xff", strings.Repeat("\u200d", 9) + "a\u200d", "漢👨\u200d👩"} {
		f.Add(seed, 1)
	}
	f.Fuzz(func(t *testing.T, s string, cut int) {
		got := Clean(s)
		if r, found := hostile(string(got)); found {
			t.Errorf("Clean(%+q) keeps %U", s, r)
		}
		if !utf8.ValidString(string(got)) {
			t.Errorf("Clean(%+q) is not valid UTF-8", s)
		}
		if again := Clean(string(got)); again != got {
			t.Errorf("Clean(%+q) = %+q, and cleaned again %+q", s, got, again)
		}
		if line := got.Line(); strings.ContainsAny(line, "\n\t") {
			t.Errorf("Line of %+q has more than one line", got)
		}
		if capped(s) || !utf8.ValidString(s) {
			return
		}
		cut = min(max(cut, 0), len(s))
		for cut < len(s) && !utf8.RuneStart(s[cut]) {
			cut++
		}
		if parts := Clean(s[:cut]) + Clean(s[cut:]); parts != got {
			t.Errorf("Clean(%+q) = %+q, in two pieces %+q", s, got, parts)
		}
	})
}

// capped reports whether the caps of Clean can matter for s.
func capped(s string) bool {
	extending := 0
	for _, r := range s {
		if r == zeroWidthJoiner || extends(r) {
			extending++
		}
	}
	return extending > maxJoins
}

func TestTextOf(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{`"a"`, "a"},
		{`"\u001b[0m"`, "␛[0m"},
		{`"\ud83d\ude00 \ud83d"`, "😀 \ufffd"},
		{` "a" `, "a"},
		{`null`, ""},
		{``, ""},
		{`12.50`, "12.50"},
		{`true`, "true"},
		{`{ "a" : [1, null] }`, `{"a":[1,null]}`},
		{"\"a\xff\"", "a\ufffd"},
		{"{\x1b", "{␛"},
	}
	for _, tt := range tests {
		if got := TextOf(json.RawMessage(tt.in)); string(got) != tt.want {
			t.Errorf("TextOf(%+q) = %+q, want %+q", tt.in, got, tt.want)
		}
	}
	var target struct{ Name Text }
	if err := json.Unmarshal([]byte(`{"Name":{"x":"\u009b"}}`), &target); err != nil || target.Name != `{"x":"\u009b"}` {
		t.Errorf("unmarshalled to %+q, %v", target.Name, err)
	}
}
