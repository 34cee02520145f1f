package find_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/find"
	"notturno/ui/markdown"
	"notturno/ui/part/parttest"
)

const (
	link    = "\x1b]8;;https://a.example/\x07"
	linkOff = "\x1b]8;;\x07"
)

func TestMarks(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		row, query string
		current    int
		want       string
	}{
		"nothing found": {"plain", "x", 0, "plain"},
		"plain":         {"a b a", "a", 1, "\x1b[7ma\x1b[m b \x1b[1;7ma\x1b[m"},
		"side by side":  {"aa", "a", 1, "\x1b[7ma\x1b[m\x1b[1;7ma\x1b[m"},
		"in a style":    {"\x1b[1mabc\x1b[m", "b", -1, "\x1b[1ma\x1b[7mb\x1b[m\x1b[1mc\x1b[m"},
		"over a style":  {"a\x1b[31mb\x1b[mc", "abc", -1, "\x1b[7ma\x1b[31m\x1b[7mb\x1b[m\x1b[7mc\x1b[m"},
		"in a link":     {link + "ab" + linkOff, "b", -1, link + "a\x1b[7mb" + linkOff + "\x1b[m"},
		"part of one":   {"e\u0301x", "e", -1, "\x1b[7me\u0301\x1b[mx"},
	} {
		spans := find.NewQuery(test.query).In(ansi.Strip(test.row))
		if got := find.Highlight(test.row, spans, test.current); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// Whatever is marked, a row keeps its text and width, and leaves nothing on.
func TestMarksChangeNothingElse(t *testing.T) {
	t.Parallel()
	style := markdown.Style{Strong: markdown.Text{Bold: true}, Link: markdown.Text{Underline: true}, Code: markdown.Text{Color: "#8fd6c9"}}
	for _, hostile := range parttest.Hostile() {
		doc := markdown.New(style, 40)
		doc.Append(string(api.Clean(hostile)))
		doc.Append("\n\n**bold `code`** [link *text*](https://example.com/) " + string(api.Clean(hostile)))
		doc.Close()
		for _, row := range doc.Rows(0, doc.Len()) {
			plain := ansi.Strip(row)
			for _, query := range []string{" ", "e", "漢", "1", "\u200d", "\u0301", "👩", "text", "b"} {
				spans := find.NewQuery(query).In(plain)
				for current := -1; current < min(len(spans), 3); current++ {
					got := find.Highlight(row, spans, current)
					parttest.CheckRows(t, []string{got}, ansi.StringWidth(row), 1)
					if ansi.Strip(got) != plain {
						t.Fatalf("%q in %q makes it %q", query, row, got)
					}
					if strings.Count(got, "\x1b]8;") != strings.Count(row, "\x1b]8;") {
						t.Fatalf("%q in %q changes a link: %q", query, row, got)
					}
					if len(spans) > 0 && !strings.Contains(got, "7m") {
						t.Fatalf("%q in %q is not marked", query, row)
					}
				}
			}
		}
	}
}

// What a terminal shows of each character must not depend on marks elsewhere.
func TestStylesOfTheRowComeBack(t *testing.T) {
	t.Parallel()
	theme := themes.Notte()
	row := themes.Bold(theme.Accent, "abcabc") + themes.Paint(theme.Error, "abc") + "abc"
	got := find.Highlight(row, find.NewQuery("b").In(ansi.Strip(row)), 1)
	off := "\x1b[m"
	bold := strings.TrimSuffix(themes.Bold(theme.Accent, "|"), "|"+off)
	red := strings.TrimSuffix(themes.Paint(theme.Error, "|"), "|"+off)
	want := bold + "a\x1b[7mb" + off + bold + "ca\x1b[1;7mb" + off + bold + "c" + off +
		red + "a\x1b[7mb" + off + red + "c" + off + "a\x1b[7mb" + off + "c"
	if got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
}
