package agent

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// elements yields node, if it is an element, and every element below it, in
// the order of the page. Element nesting is bounded by the parser.
func elements(node *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		if node.Type == html.ElementNode && !yield(node) {
			return
		}
		for n := range node.Descendants() {
			if n.Type == html.ElementNode && !yield(n) {
				return
			}
		}
	}
}

// text is what node says, on one line.
func text(node *html.Node) string {
	var b strings.Builder
	for _, c := range chunks(node) {
		b.WriteString(c.text)
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

// chunk is one piece of text without an element inside.
type chunk struct {
	text string // on one line, not empty
	in   *html.Node
}

func chunks(node *html.Node) []chunk {
	var found []chunk
	add := func(n *html.Node) {
		if n.Type != html.TextNode {
			return
		}
		if line := oneLine(n.Data); line != "" {
			found = append(found, chunk{line, n.Parent})
		}
	}
	add(node)
	for n := range node.Descendants() {
		add(n)
	}
	return found
}

// inlineText is what node says, without a space where only an inline element
// begins or ends ("new<b>s</b>").
func inlineText(node *html.Node) string {
	var b strings.Builder
	for n := range node.Descendants() {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && !isInline(n.Data):
			b.WriteByte(' ')
		}
	}
	return oneLine(b.String())
}

func isInline(tag string) bool {
	switch tag {
	case "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "rp", "rt", "ruby",
		"s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr":
		return true
	default:
		return false
	}
}

func attr(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Namespace == "" && a.Key == name {
			return a.Val
		}
	}
	return ""
}

// nameWords are the words of an element's class, itemprop and rel, in lower
// case: "post-title" is post and title.
func nameWords(node *html.Node) []string {
	return nameParts(attr(node, "class") + " " + attr(node, "itemprop") + " " + attr(node, "rel"))
}

func nameParts(names string) []string {
	var parts []string
	for _, word := range strings.FieldsFunc(names, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		start := 0
		for i, r := range word {
			if i > start && unicode.IsUpper(r) && unicode.IsLower(rune(word[i-1])) {
				parts = append(parts, strings.ToLower(word[start:i]))
				start = i
			}
		}
		parts = append(parts, strings.ToLower(word[start:]))
	}
	return parts
}

func isNamed(node *html.Node, words ...string) bool {
	return slices.ContainsFunc(nameWords(node), func(w string) bool { return slices.Contains(words, w) })
}

func isHeading(node *html.Node) bool {
	return len(node.Data) == 2 && node.Data[0] == 'h' && node.Data[1] >= '1' && node.Data[1] <= '6'
}

// within reports whether node is top or below it.
func within(node, top *html.Node) bool {
	for n := node; n != nil; n = n.Parent {
		if n == top {
			return true
		}
	}
	return false
}

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

// width is about how much room text takes: Chinese says in one character what
// takes English two and more.
func width(s string) int {
	n := 0
	for _, r := range s {
		if r >= 0x2E80 {
			n++
		}
		n++
	}
	return n
}
