package themes

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestWhatCanBeWrongWithAFile(t *testing.T) {
	t.Parallel()
	const (
		line   = `; a line is written like accent = "#9db4ff"`
		colour = `; write "#rrggbb", a number from "0" to "255", or "" for the terminal's own`
		dark   = "; write dark = true for a dark background, dark = false for a light one"
		rename = "; write another, or leave the line out for the file's own"
		quotes = `; write it in quotes, as in extends = "notte"`
		style  = `; name one that it has, such as "github-dark", "github" or "bw", or leave the line out`
		table  = "; write [colors] on a line of its own, and the colours below it"
		keys   = ": no such key; the keys are name, extends, dark, code_theme and [colors]"
		cols   = ": no such colour; the colours are text, muted, faint, accent, heading, code, success, warning, error, running"
	)
	for _, test := range []struct {
		text string
		want []string // without the file's name
	}{
		// Syntax.
		{"dark = true\n[colors]\naccent = blue\n", []string{`:3: unexpected character U+0062 'b' at start of value` + line}},
		{"dark = true\nname = \"du\x1bsk\"", []string{`:2: basic strings cannot have control characters` + line}},
		{"\x00", []string{`:1: invalid character at start of key: U+0000` + line}},
		{"name = \"\xff\"", []string{`:1: invalid UTF-8 character in basic string` + line}},
		{"a = [", []string{`:1: array is incomplete` + line}},
		{"[colors]\ntext = \"1\"\ntext = \"2\"", []string{`:3: key text is already defined` + line}},
		{"[colors]\n[colors]", []string{`:2: table colors already exists` + line}},
		{"[a]\n\"\\u001b[31m\" = 1\n\"\\u001b[31m\" = 1", []string{`:3: "key \x1b[31m is already defined"` + line}},
		{"'" + strings.Repeat("k", 500) + "' = 1\n'" + strings.Repeat("k", 500) + "' = 1", []string{`:2: key ` + strings.Repeat("k", 76) + "…" + line}},

		// Keys.
		{"", []string{": dark: it is missing" + dark}},
		{"dark = true\ncolour = 1\n[colours]\ntext = \"\"", []string{":2: colour" + keys, ":3: colours" + keys}},
		{"dark = true\n[colors]\ntexts = \"1\"\nText = \"1\"", []string{":3: colors.texts" + cols, ":4: colors.Text" + cols}},
		{"dark = true\n\"\\u001b\" = 1", []string{`:2: "\x1b"` + keys}},
		{"dark = true\n[colors.text]\nx = 1", []string{":2: colors.text: it is a table" + colour}},
		{"dark = true\n[colors.more]\nx = 1", []string{":2: colors.more" + cols}},
		{"dark = true\n\ncolors = { text = \"no\" }", []string{`:3: colors.text: "no" is no colour` + colour}},
		{"dark = true\ncolors.text = \"no\"", []string{`:2: colors.text: "no" is no colour` + colour}},

		// Kinds.
		{"name = 1\nextends = []\ncode_theme = true\ndark = \"yes\"\ncolors = 1979-05-27", []string{
			":1: name: it is a number" + quotes, ":2: extends: it is a list" + quotes, ":3: code_theme: it is true or false" + quotes,
			":4: dark: it is a text" + dark, ":5: colors: it is a date or a time" + table,
		}},
		{"dark = true\n[colors]\ntext = 4\nmuted = 1.5\nfaint = true\naccent = [\"1\"]\ncode = 07:32:00", []string{
			":3: colors.text: it is a number" + colour, ":4: colors.muted: it is a number" + colour, ":5: colors.faint: it is true or false" + colour,
			":6: colors.accent: it is a list" + colour, ":7: colors.code: it is a date or a time" + colour,
		}},
		{"[[colors]]\ntext = \"\"\n[[dark]]", []string{":1: colors: it is a list" + table, ":3: dark: it is a list" + dark}},

		// Values.
		{"dark = true\n[colors]\ntext = \"blue\"\nmuted = \"256\"\nfaint = \"#fff\"\ncode = \"\\u001b[31m\"", []string{
			`:3: colors.text: "blue" is no colour` + colour, `:4: colors.muted: "256" is no colour` + colour,
			`:5: colors.faint: "#fff" is no colour` + colour, `:6: colors.code: "\x1b[31m" is no colour` + colour,
		}},
		{"dark = true\n[colors]\ntext = \"" + strings.Repeat("é", 41) + "\"", []string{`:3: colors.text: "` + strings.Repeat("é", 40) + `…" is no colour` + colour}},
		{"dark = true\ncode_theme = \"rainbow\"", []string{`:2: code_theme: "rainbow" is no style of chroma` + style}},
		{"extends = \"\"", []string{":1: extends: it is empty; name the theme to change, or leave the line out"}},

		// Names.
		{"dark = true\nname = \"\"", []string{`:2: name: "" is empty` + rename}},
		{"dark = true\nname = \" a\"", []string{`:2: name: " a" begins or ends with a space` + rename}},
		{"dark = true\nname = \"Auto\"", []string{`:2: name: "Auto" means the automatic choice` + rename}},
		{"dark = true\nname = \"a\\u001b[31m\"", []string{`:2: name: "a\x1b[31m" has characters that cannot be shown` + rename}},
		{"dark = true\nname = \"a\\u202eb\"", []string{`:2: name: "a\u202eb" has characters that cannot be shown` + rename}},
		{"dark = true\nname = \"a\\nb\"", []string{`:2: name: "a\nb" has characters that cannot be shown` + rename}},
		{"dark = true\nname = \"\\u3164\"", []string{`:2: name: "\u3164" has characters that cannot be shown` + rename}},
		{"dark = true\nname = \"\\u0301a\"", []string{`:2: name: "\u0301a" has characters that cannot be shown` + rename}},
		{"dark = true\nname = \"a" + strings.Repeat(`\u0301`, 9) + "\"", []string{`:2: name: "a` + strings.Repeat(`\u0301`, 9) + `" has characters that cannot be shown` + rename}},
		{"dark = true\nname = \"" + strings.Repeat("x", 41) + "\"", []string{`:2: name: "` + strings.Repeat("x", 40) + `…" has more than 40 characters` + rename}},
		{"dark = true\nname = \"Notte\"", []string{`:2: name: "Notte" is built in; take another name, and extends = "notte" to change it`}},

		// Themes that extend.
		{"extends = \"dawn\"", []string{`:1: extends: there is no theme "dawn" that can be read; the built-in ones are notte, giorno, terminal, contrast, mono`}},
		{"\nextends = \"Dusk\"", []string{`:2: extends: "Dusk" leads back to "dusk" without an end; let one of them extend a built-in theme`}},
	} {
		dir := write(t, map[string]string{"dusk.toml": test.text})
		themes, errs := LoadDir(dir)
		if len(themes) > 0 {
			t.Errorf("%q is a theme", test.text)
		}
		var want []string
		for _, message := range test.want {
			want = append(want, "dusk.toml"+message)
		}
		if got := messages(dir, errs); !slices.Equal(got, want) {
			t.Errorf("the errors of %q are\n%s\nwant\n%s", test.text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

func TestNamesOfFiles(t *testing.T) {
	t.Parallel()
	const other = "; write another as name = \"…\""
	for name, want := range map[string]string{
		"auto.toml":                       "auto.toml: name: the file's own name means the automatic choice" + other,
		"x .toml":                         "x .toml: name: the file's own name begins or ends with a space" + other,
		"a\u200bb.toml":                   "name: the file's own name has characters that cannot be shown" + other,
		strings.Repeat("x", 41) + ".toml": strings.Repeat("x", 41) + ".toml: name: the file's own name has more than 40 characters" + other,
		"giorno.toml":                     `giorno.toml: name: "giorno" is built in; take another name, and extends = "giorno" to change it`,
		"it is Ok \"quoted\" \u0063\u0327 夜.toml": "",
	} {
		dir := write(t, map[string]string{name: "dark = true"})
		themes, errs := LoadDir(dir)
		got := strings.Join(messages(dir, errs), "\n")
		if ok := len(themes) == 1; ok != (want == "") || !strings.HasSuffix(got, want) || unshowable(got) {
			t.Errorf("the error of %q is %q, want %q", name, got, want)
		}
	}
}

func TestThemesThatExtendEachOther(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		"a.toml": "extends = \"b\"", "b.toml": "extends = \"c\"", "c.toml": "extends = \"b\"",
		"d.toml": "extends = \"e\"", "e.toml": "extends = \"none\"",
		"f.toml": "name = \"x\"\ndark = true", "g.toml": "dark = true\nname = \"X\"",
	})
	themes, errs := LoadDir(dir)
	if got := names(themes); !slices.Equal(got, []string{"x"}) {
		t.Errorf("the themes are %q", got)
	}
	const back = " without an end; let one of them extend a built-in theme"
	want := []string{
		`g.toml:2: name: "X" is the name of "f.toml" too; take another`,
		`a.toml:1: extends: "b" leads back to "b"` + back,
		`b.toml:1: extends: "c" leads back to "b"` + back,
		`c.toml:1: extends: "b" leads back to "c"` + back,
		`d.toml:1: extends: "e" extends a theme that cannot be read; correct that first`,
		`e.toml:1: extends: there is no theme "none" that can be read; the built-in ones are notte, giorno, terminal, contrast, mono`,
	}
	if got := messages(dir, errs); !slices.Equal(got, want) {
		t.Errorf("the errors are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFilesWithTooManyValues(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		numbered(51, "k%d = 1\n"),
		"[colors]\n" + numbered(50, "k%d = 1\n"),
		"colors = { " + numbered(49, "k%d = 1, ") + "k = 1 }",
		numbered(25, "a.k%d.b = 1\n"),
		numbered(51, "[t%d]\n"),
		strings.Repeat("[[a]]\n", 50),
		"name = [" + strings.Repeat("1,", 30000) + "]",
	} {
		dir := write(t, map[string]string{"dusk.toml": text})
		_, errs := LoadDir(dir)
		want := []string{"dusk.toml: it has more than 50 values; a theme needs a few lines"}
		if got := messages(dir, errs); !slices.Equal(got, want) {
			t.Errorf("the errors of %.20q… are %q, want %q", text, got, want)
		}
	}
	dir := write(t, map[string]string{"dusk.toml": numbered(49, "k%d = 1\n") + "dark = true"})
	if _, errs := LoadDir(dir); len(errs) != 49 {
		t.Errorf("%d errors for 49 wrong lines: %q", len(errs), errs)
	}
}

// numbered is format, which has one %d, for so many numbers.
func numbered(count int, format string) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}
