package state

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"notturno/api"
)

// parseBlocks is the blocks of a document. Inlines are left alone.
func parseBlocks(source string) ast.Node {
	blocks := parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...))
	return blocks.Parse(text.NewReader([]byte(source)))
}

// swallows reports what endsOpen guards against, by asking a parser: a
// paragraph after the text is not a paragraph of the document.
func swallows(markdown string) bool {
	const probe = "a paragraph after it"
	source := markdown + "\n\n" + probe + "\n"
	last := parseBlocks(source).LastChild()
	return last == nil || last.Kind() != ast.KindParagraph || string(last.Lines().Value([]byte(source))) != probe
}

func TestEndsOpen(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want bool
	}{
		{"plain text", false},
		{"```\ncode", true},
		{"```\ncode\n```", false},
		{"~~~ sh\n```\n~~~", false},
		{"~~~ sh\n```\n~~~\n```", true},
		{"````\n```\ncode", true},
		{"````\n```\n`````", false},
		{"```\ncode\n``` no end", true},
		{"```a`b```", false},
		{"    ```\nindented code", false},
		{"\t```\nindented code", false},
		{"- ```\n  in a list", false},
		{"> ```\n> in a quote", false},
		{"1. Do:\n   ```sh\n   ls\n   ```\n2. Next", false},
		{"1. Do:\n\n   ```sh\n\n   ls", true}, // closed with its list: a doubt
		{"- a\n  ```\nb\n  ```", true},        // likewise
		{"<div>\n\nx", false},
		{"<div>\n```\n</div>\n\n```", true},
		{"<!-- a comment", true},
		{"<script>\nx", true},
		{"<PRE>\nx", true},
		{"a <pre> within a line", false},
	}
	for _, test := range tests {
		if got := endsOpen(test.text); got != test.want {
			t.Errorf("%q may end open: %v, want %v", test.text, got, test.want)
		}
		if swallows(test.text) && !test.want {
			t.Errorf("%q swallows what comes after it", test.text)
		}
	}
}

// pieces are the beginnings and ends of lines that decide about fences.
func pieces() []string {
	return []string{
		"", "", "```", "````", "~~~", "~~~~", "``` go", "```a`", "~~~ x ~", "text", "text", "- ", "- a", "-", "1. ", "10. ", "> ", ">", "* ",
		" ", "  ", "   ", "    ", "\t", "<div>", "</div>", "<pre>", "<!-- x", "-->", "<a", "# head", "---", "===", "[a]: /b", "| a |", "`", "\u00a0",
	}
}

// randomMarkdown is lines that are hard to tell apart.
func randomMarkdown(r *rand.Rand) string {
	all := pieces()
	var b strings.Builder
	for range 1 + r.IntN(7) {
		for range 1 + r.IntN(3) {
			b.WriteString(all[r.IntN(len(all))])
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// What the fast look at the lines takes for closed, a parser does too.
func TestEndsOpenAgreesWithAParser(t *testing.T) {
	t.Parallel()
	closed := 0
	r := rand.New(rand.NewPCG(1, 5))
	for range 40_000 {
		markdown := randomMarkdown(r)
		if endsOpen(markdown) {
			continue
		}
		closed++
		if swallows(markdown) {
			t.Fatalf("%q swallows what comes after it", markdown)
		}
	}
	if closed < 10_000 {
		t.Errorf("only %d of the texts are taken for closed", closed)
	}
}

func FuzzEndsOpen(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(randomMarkdown(rand.New(rand.NewPCG(seed, 6))))
	}
	f.Fuzz(func(t *testing.T, markdown string) {
		markdown = strings.Trim(string(api.Clean(markdown)), "\n")
		if strings.TrimSpace(markdown) != "" && !endsOpen(markdown) && swallows(markdown) {
			t.Errorf("%q swallows what comes after it", markdown)
		}
	})
}
