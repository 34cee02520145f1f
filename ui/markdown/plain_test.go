package markdown

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
)

func TestPlain(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"headings", "# One\n\n## *Two*\ntext", "One\n\nTwo\n\ntext"},
		{"emphasis", "**a** *b* `c` ~~d~~", "a b c d"},
		{"soft breaks", "a\nb", "a b"},
		{"hard breaks", "a  \nb", "a\nb"},
		{"a link", "see [the page](https://x.example/a)", "see the page (https://x.example/a)"},
		{"a long address", "[a](https://x.example/" + strings.Repeat("y", 200) + ")", "a (https://x.example/" + strings.Repeat("y", 200) + ")"},
		{"an address", "[https://x.example](https://x.example) <https://y.example> https://z.example", "https://x.example https://y.example https://z.example"},
		{"a late definition", "[a]\n\n[a]: https://x.example", "a (https://x.example)"},
		{"lists", "- a\n  - b\n\n3. c\n4. d", "- a\n  - b\n\n3. c\n4. d"},
		{"tasks", "- [x] a\n- [ ] b", "[x] a\n[ ] b"},
		{"a table", "| a | b |\n|---|--:|\n| long | 1 |\n| x | 222 |", "a       b\nlong    1\nx     222"},
		{"a quote", "> a\n> b\n>\n> c", "> a b\n>\n> c"},
		{"code", "```go\nif x {\n\treturn  \n\n}\n```\nafter", "if x {\n\treturn  \n\n}\n\nafter"},
		{"open code", "```\na\n", "a"},
		{"indented fence", "  ```\n  a\n    b\n  ```", "a\n  b"},
		{"a rule", "a\n\n---\n\nb", "a\n\n---\n\nb"},
		{"entities", "&lt;b&gt; &#27;[31m", "<b> ␛[31m"},
		{"an escape", "\x1b[31mred\x1b]0;t\x07", "␛[31mred␛]0;t␇"},
		{"HTML", "<div>\n<b>a</b>\n</div>\n\n<!-- no -->", "a"},
		{"an image", "![a](https://x.example/i.png)", "image: a (https://x.example/i.png)"},
	}
	for _, test := range tests {
		if got := Plain(test.text); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestPlainDocuments(t *testing.T) {
	t.Parallel()
	for name, text := range documents(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden.RequireEqual(t, Plain(text))
		})
	}
}

// TestPlainKeepsLongTexts checks that what is rendered in pieces comes back
// whole.
func TestPlainKeepsLongTexts(t *testing.T) {
	t.Parallel()
	words := strings.TrimSpace(strings.Repeat("many words in one paragraph ", 4000))
	if got := Plain(words); got != words {
		t.Errorf("a paragraph of %d bytes comes back as %d", len(words), len(got))
	}
	for _, code := range []string{strings.Repeat("x := 1\n\n", 9000), strings.Repeat("{\"a\": 1}, ", 9000)} {
		want := strings.TrimSuffix(code, "\n")
		if got := Plain("```\n" + want + "\n```\n"); got != want {
			t.Errorf("code of %d bytes comes back as %d", len(want), len(got))
		}
	}
	line := strings.Repeat(`{"key": [1, 2, 3]}, `, 9000) + "{}"
	if got := Plain(line); got != line {
		t.Errorf("a line of %d bytes comes back as %d", len(line), len(got))
	}
}

func TestPlainIsSafe(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		text := generate(rand.New(rand.NewPCG(seed, 4)))
		got := Plain(text)
		if fixed := visible(got); fixed != got || strings.Contains(got, "\x1b") {
			t.Errorf("seed %d: %q", seed, got)
		}
	}
}
