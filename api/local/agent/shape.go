package agent

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// A shape says what kind of element a node is: its tag and the class that
// stands for it. Elements of one shape at one place in the tree repeat each
// other.
//
// Of several classes, the one that most elements of the same tag share stands
// for the element: in "post-17 post category-travel" it is "post". Digits and
// what looks generated are left out of a class first.

// survey is what one walk over a page finds out before shapes can be told.
type survey struct {
	classes map[string]int     // tag and class → how many elements
	text    map[*html.Node]int // element → bytes of text in it
	size    map[*html.Node]int // element → nodes in it, itself included
	links   map[*html.Node]int // element → those of them in links
	twins   map[twin]int       // how many siblings are built alike
	wide    map[*html.Node]int // row of a table with rowspans → its columns, those from above included
}

// twin is what siblings that are built alike have in common.
type twin struct {
	parent *html.Node
	tags   string // the element's, and its children's
}

func surveyOf(body *html.Node) *survey {
	s := &survey{classes: map[string]int{}, text: map[*html.Node]int{}, links: map[*html.Node]int{}, size: map[*html.Node]int{}, twins: map[twin]int{}, wide: map[*html.Node]int{}}
	s.walk(body)
	return s
}

// walk adds node and what is below it.
func (s *survey) walk(node *html.Node) {
	for _, class := range stableClasses(node) {
		s.classes[node.Data+"."+class]++
	}
	s.twins[twinOf(node)]++
	s.size[node] = 1
	for c := node.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			s.text[node] += len(oneLine(c.Data))
			s.size[node]++
		case html.ElementNode:
			s.walk(c)
			s.text[node] += s.text[c]
			s.links[node] += s.links[c]
			s.size[node] += s.size[c]
		default: // comments say nothing
		}
	}
	switch node.Data {
	case "a":
		s.links[node] = s.text[node]
	case "table":
		s.widen(node)
	}
}

// widen finds how wide the rows of a table with headings are where cells come
// down from rows above, so that all of them count as alike. Without headings a
// table may be a layout, in which the rows of one item differ.
func (s *survey) widen(table *html.Node) {
	for _, row := range tableRows(table) {
		for c := range row.ChildNodes() {
			if attr(c, "rowspan") == "" {
				continue
			}
			laid := layOut(table)
			for _, row := range laid {
				if laid[0].heading {
					s.wide[row.node] = len(row.cells)
				}
			}
			return
		}
	}
}

// holdsMost reports an element with most of the page's text, and not in links
// alone. That is never beside the content, whatever its name.
func (s *survey) holdsMost(node, body *html.Node) bool {
	return 2*s.text[node] >= s.text[body] && 5*s.links[node] < 4*s.text[node]
}

func (s *survey) shape(node *html.Node) string {
	best, most := "", 0
	for _, class := range stableClasses(node) {
		if n := s.classes[node.Data+"."+class]; n > most {
			best, most = class, n
		}
	}
	if best == "" && node.Data == "tr" {
		return "tr" + strings.Repeat("|", max(cells(node), s.wide[node]))
	}
	// Where two that are built alike differ in a class that nothing else has,
	// the class is a name and not a kind: the sections "world" and "sports" of
	// a front page.
	if most == 1 && s.twins[twinOf(node)] > 1 && cells(node) > 1 {
		best = ""
	}
	return node.Data + "." + best
}

func twinOf(node *html.Node) twin {
	tags := []string{node.Data}
	for c := range node.ChildNodes() {
		if c.Type == html.ElementNode {
			tags = append(tags, c.Data)
		}
	}
	return twin{node.Parent, strings.Join(tags, " ")}
}

// cells is the number of an element's children. It tells rows without a class
// apart: in old layouts the rows of one item differ in nothing else.
func cells(row *html.Node) int {
	n := 0
	for c := range row.ChildNodes() {
		if c.Type == html.ElementNode {
			n++
		}
	}
	return n
}

// stableClasses are an element's classes without the parts that differ from
// one item to the next: numbers, generated names, states.
func stableClasses(node *html.Node) []string {
	var stable []string
	for _, class := range strings.Fields(attr(node, "class")) {
		var kept []string
		for _, part := range strings.FieldsFunc(class, func(r rune) bool { return r == '-' || r == '_' }) {
			if !generated(part) {
				kept = append(kept, part)
			}
		}
		if name := strings.Join(kept, "-"); name != "" && !isState(name) {
			stable = append(stable, name)
		}
	}
	return stable
}

// generated reports a part of a class name that holds a digit, or no vowel in
// five letters and more.
func generated(part string) bool {
	if strings.IndexFunc(part, unicode.IsDigit) >= 0 {
		return true
	}
	return len(part) >= 5 && !strings.ContainsAny(strings.ToLower(part), "aeiouy")
}

func isState(class string) bool {
	switch class {
	case "odd", "even", "alt", "first", "last", "active", "selected", "current", "new", "sticky", "featured", "visited", "clearfix":
		return true
	default:
		return false
	}
}
