package markdown

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

var words = strings.Fields("the a page reads list of **bold** *soft text* `code x` [link](https://example.com/x) " +
	"https://bare.example 日本語 👩‍👩‍👧 é &amp; &#27; snake_case 2 * 3 ~~gone~~ [ref] [late][l] <b>x</b> \\* | _u_ `` tick ` `` ** ` [ ( ![i](u) " +
	"word sentence. longer, Ünïcödé 中文 مرحبا 🇩🇪 ❤️ x<br>y \t end")

// generate is a text of constructs in any order, well and badly formed, some
// of them long enough to be cut inside.
func generate(random *rand.Rand) string {
	var b strings.Builder
	for range 1 + random.IntN(12) {
		b.WriteString(construct(random))
		b.WriteString(strings.Repeat("\n", random.IntN(3)))
	}
	text := b.String()
	if random.IntN(6) == 0 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text
}

func sentence(random *rand.Rand, n int) string {
	out := make([]string, 1+random.IntN(n))
	for i := range out {
		out[i] = words[random.IntN(len(words))]
	}
	return strings.Join(out, " ")
}

func construct(random *rand.Rand) string {
	s := func(n int) string { return sentence(random, n) }
	n := 1 + random.IntN(5)
	if random.IntN(12) == 0 {
		n = 25
	}
	var b strings.Builder
	switch random.IntN(16) {
	case 0:
		return strings.Repeat("#", 1+random.IntN(7)) + " " + s(6) + "\n"
	case 1:
		return s(6) + "\n" + strings.Repeat("=", random.IntN(5)) + "\n"
	case 2, 3:
		return s(40*n) + "\n"
	case 4, 5:
		for i := range n {
			fmt.Fprintf(&b, "%s%s %s\n", strings.Repeat(" ", random.IntN(7)), []string{"-", "*", "1.", fmt.Sprint(i+3, ".")}[random.IntN(4)], s(9))
			b.WriteString([]string{"", "", "\n", "  " + s(4) + "\n", "\n    " + s(4) + "\n", "  ```\n  x\n\n  ```\n"}[random.IntN(6)])
		}
	case 6:
		b.WriteString("| a | b | c |\n|---|:-:|--:|\n")
		for range n {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", s(4), s(2), s(7))
		}
	case 7:
		fence := strings.Repeat([]string{"`", "~"}[random.IntN(2)], 3+random.IntN(2))
		b.WriteString(fence + []string{"", "go", "nosuch"}[random.IntN(3)] + "\n")
		for range n {
			b.WriteString(strings.Repeat(" ", random.IntN(5)) + s(12) + "\n" + strings.Repeat("\n", random.IntN(2)))
		}
		if random.IntN(4) > 0 {
			b.WriteString(fence + "\n")
		}
	case 8:
		for range n {
			b.WriteString("> " + []string{"", "> ", "- ", "# ", "```\n> "}[random.IntN(5)] + s(20) + "\n")
		}
	case 9:
		return []string{"---", "***", "- - -", "___"}[random.IntN(4)] + "\n"
	case 10:
		return []string{"<div>\n" + s(5) + "\n</div>\n", "<!-- " + s(3) + "\n\n" + s(3) + " -->\n", "<pre>\n\n" + s(3) + "\n</pre>\n", "<script>\n"}[random.IntN(4)]
	case 11:
		return "[" + []string{"ref", "l", "x"}[random.IntN(3)] + "]: https://example.com/" + s(1) + "\n"
	case 12:
		return "    " + s(5) + "\n\n    " + s(5) + "\n"
	case 13:
		return "term\n: " + s(5) + "\n\n: " + s(5) + "\n"
	case 14:
		return strings.Repeat([]string{"*a_", "[", "> ", "`", "日本語", "x", "- ", "<"}[random.IntN(8)], 1+random.IntN(600)) + "\n"
	default:
		return "- [" + []string{" ", "x"}[random.IntN(2)] + "] " + s(5) + "\n"
	}
	return b.String()
}
