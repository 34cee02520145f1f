package markdown

import (
	"image/color"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"notturno/themes"
)

const themed = "# Heading\n\ntext **bold** `code` [link](https://x.example)\n\n```go\n// comment\nfunc f() string { return \"text\" + 1 }\n```\n\n| a |\n|---|\n| b |\n\n> quote\n"

func themedRows(style Style) string {
	d := New(style, 60)
	d.Append(themed)
	d.Close()
	return strings.Join(d.Rows(0, d.Len()), "\n")
}

func TestThemes(t *testing.T) {
	t.Parallel()
	palette := &themes.Theme{Name: "p", Code: ansi.Cyan, Heading: ansi.Blue, Muted: ansi.BrightBlack, Accent: ansi.Magenta}
	gray := color.RGBA{0x80, 0x80, 0x80, 0xff}
	tests := []struct {
		name          string
		theme         *themes.Theme
		has, hasNever string
	}{
		{"dark", themes.For(true), `\x1b\[38;2;`, `\x1b\[[34]8;5;|\x1b\[[0-9;]*48;`},
		{"light", themes.For(false), `\x1b\[38;2;`, `\x1b\[[34]8;5;|\x1b\[[0-9;]*48;`},
		{"palette", palette, `\x1b\[9?[0-7]m|\x1b\[3[0-7]m`, `[34]8;`},
		{"no colours, code by its weight", &themes.Theme{Name: "m", CodeTheme: "bw"}, `\x1b\[1m`, `\x1b\[[0-9;]*(3[0-9]|9[0-9])`},
		{"unknown name", &themes.Theme{Name: "u", CodeTheme: "no such style", Code: gray}, `38;2;`, `48;`},
	}
	for _, test := range tests {
		for _, style := range []Style{AnswerStyle(test.theme), ReasoningStyle(test.theme)} {
			rows := themedRows(style)
			if !regexp.MustCompile(test.has).MatchString(rows) {
				t.Errorf("%s: nothing like %q in %q", test.name, test.has, rows)
			}
			if found := regexp.MustCompile(test.hasNever).FindString(rows); found != "" {
				t.Errorf("%s: %q in %q", test.name, found, rows)
			}
		}
	}
	if rows := themedRows(AnswerStyle(palette)); !strings.Contains(rows, "\x1b[35mfunc") {
		t.Errorf("code is not in the palette's colours: %q", rows)
	}
}

func TestReasoningIsQuiet(t *testing.T) {
	t.Parallel()
	style := ReasoningStyle(themes.For(true))
	if style.Body != style.Muted || style.Heading != style.Muted || style.Link != style.Muted {
		t.Errorf("reasoning is drawn in %+v", style)
	}
}
