package markdown

import (
	"slices"
	"strings"
	"testing"

	glamour "charm.land/glamour/v2"
	"charm.land/glamour/v2/styles"
	"github.com/charmbracelet/x/ansi"
)

// letters are the words of a rendered text, without what only draws: borders,
// bars, bullets, rules.
func letters(text string) []string {
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune("│─┼•|-#()\u00a0", r) {
			return ' '
		}
		return r
	}, ansi.Strip(text))
	return strings.Fields(text)
}

// TestGlamour compares the words with those of Glamour over the whole text, to
// show that splitting a text keeps its meaning. Constructs that are meant to
// look different (see the package's documentation) have no place here.
func TestGlamour(t *testing.T) {
	t.Parallel()
	texts := []string{
		"# One\n\ntext *a* **b** `c` ~~d~~\nsoft\n\n## Two\ntext\n### Three",
		"Setext\n===\n\ntext\n\nOther\n---\n",
		"- a\n- b\n  - c\n    - d\n- e\n\nafter",
		"text\n- a\n- b\n\n1. one\n1. two\n1. three\n\ntext",
		"3. three\n4. four\n\n   - nested\n5. five",
		"- a\n\n- b\n\n- c",
		"* a\n+ b\n- c",
		"- [ ] a\n- [x] b",
		"> quote\n> more\n\n> other\n\ntext",
		"> a\nlazy\n\n> - b\n> - c",
		"```go\nfunc f() {\n\n\treturn\n}\n```\n\ntext\n\n~~~\n# no heading\n\n- no list\n~~~",
		"- item\n\n  ```\n  code\n\n  more\n  ```\n- next",
		"    code\n\n    code\n\ntext",
		"| a | b |\n|---|---|\n| c | d |\n| e | f |\n\ntext",
		"a | b\n--|--\nc | d",
		"<div>\nhtml\n</div>\n\ntext",
		"<!-- a\n\nb -->\n\ntext",
		"[a]\n\n[a]: https://example.com\n",
		"[a](https://example.com) and ![b](https://example.com/b)",
		"text &copy; &amp; \\*x\\*",
		"日本語の文章\n\n- 一\n- 二",
		"a\r\n\r\n- b\r\n- c\r\n",
		"text\n***\ntext\n\n---\n\ntext",
		strings.Repeat("Many words make a long paragraph that must be cut. ", 200),
		"- " + strings.Repeat("Many words make a long item. ", 100) + "\n- b",
	}
	// By a theme's name: the colours of a standard style are written into a
	// registry that all of the process shares, while other tests read it.
	style := styles.DarkStyleConfig
	style.CodeBlock.Chroma, style.CodeBlock.Theme = nil, "monokai"
	r, err := glamour.NewTermRenderer(glamour.WithStyles(style), glamour.WithWordWrap(0), glamour.WithTableWrap(false))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		want, err := r.Render(strings.ReplaceAll(text, "\r", ""))
		if err != nil {
			t.Fatal(err)
		}
		d := New(Style{}, 10000)
		for _, c := range text {
			d.Append(string(c))
		}
		d.Close()
		got := strings.Join(d.Rows(0, d.Len()), "\n")
		want = strings.NewReplacer("Image: ", "image: ", " →", "", "[✓]", "[✓] ").Replace(want)
		if g, w := letters(got), letters(want); !slices.Equal(g, w) {
			t.Errorf("%.60q\n   got %q\nglamour %q", text, g, w)
		}
	}
}
