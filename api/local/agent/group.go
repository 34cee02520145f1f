package agent

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"golang.org/x/net/html"
)

// What bounds the work on a page that is made to be costly.
const (
	maxCandidates = 80 // how many groups are looked at closely, those with the most text first
	maxLooks      = 12 // how often each node is looked at for it, on average; ordinary pages take 2 to 8
)

// group is a block that repeats on a page.
type group struct {
	items  []*item // in the order of the page
	beside bool    // it stands in a navigation, a side bar or a footer
	linked bool    // most of its titles are links
	score  float64 // above 0; only comparable on one page
}

// item is one of the blocks of a group.
type item struct {
	nodes  []*html.Node // its element, and the siblings that belong to it
	title  string       // one line
	link   string       // absolute; may be empty
	fields []field      // see group.findFields
}

// findGroups finds the blocks that repeat on a page, the most likely list
// first, without their fields.
func findGroups(ctx context.Context, d *document) ([]*group, error) {
	s := surveyOf(d.body)
	var groups []*group
	for _, c := range s.candidates(d.body) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		g := &group{beside: c.beside}
		nodes := slices.DeleteFunc(c.nodes, headingRow)
		if len(nodes) >= minItems && s.wide[nodes[0]] == 0 {
			nodes = firstRows(d, nodes)
		}
		for _, node := range nodes {
			g.items = append(g.items, &item{nodes: []*html.Node{node}})
		}
		if len(g.items) < minItems {
			continue
		}
		g.extend()
		if g.judge(d, s) {
			groups = append(groups, g)
		}
	}
	// Stable, so that of equals the outermost, which comes first, wins.
	slices.SortStableFunc(groups, func(a, b *group) int { return cmp.Compare(b.score, a.score) })
	return groups, nil
}

// candidate is a set of elements of the same shape, below ancestors of the
// same shapes. They need not be siblings: cards in several rows are one set.
type candidate struct {
	nodes  []*html.Node
	beside bool
	text   int
	size   int // nodes in all of them
}

// place is where an element stands: its shape below its parent's place.
type place struct {
	parent int
	shape  string
	beside bool
}

func (s *survey) candidates(body *html.Node) []*candidate {
	numbers := map[place]int{}
	var all []*candidate
	tables := 0
	var walk func(node *html.Node, parent int, beside bool)
	walk = func(node *html.Node, parent int, beside bool) {
		for c := range node.ChildNodes() {
			if c.Type != html.ElementNode || s.text[c] == 0 && c.Data != "a" {
				continue
			}
			aside := beside || besides(c) && !s.holdsMost(c, body)
			at := place{parent, s.shape(c), aside}
			if c.Data == "tbody" {
				// Rows of different tables do not repeat each other.
				tables++
				at.shape += fmt.Sprint(tables)
			}
			number, known := numbers[at]
			if !known {
				number = len(all)
				numbers[at] = number
				all = append(all, &candidate{beside: aside})
			}
			all[number].nodes = append(all[number].nodes, c)
			all[number].text += s.text[c]
			all[number].size += s.size[c]
			walk(c, number, aside)
		}
	}
	walk(body, -1, false)
	return affordable(largest(all), maxLooks*s.size[body])
}

// largest are the candidates that can be lists, at most maxCandidates of
// them, in the order of the page.
func largest(all []*candidate) []*candidate {
	all = slices.DeleteFunc(all, func(c *candidate) bool { return len(c.nodes) < 2 || !canBeItem(c.nodes[0].Data) })
	if len(all) <= maxCandidates {
		return all
	}
	sizes := make([]int, len(all))
	for i, c := range all {
		sizes[i] = c.text
	}
	slices.Sort(sizes)
	least := sizes[len(sizes)-maxCandidates]
	all = slices.DeleteFunc(all, func(c *candidate) bool { return c.text < least })
	return all[:min(len(all), maxCandidates)]
}

// affordable are the candidates, the outer before the inner, that together
// hold no more nodes than that.
func affordable(all []*candidate, nodes int) []*candidate {
	return slices.DeleteFunc(all, func(c *candidate) bool {
		if c.size > nodes {
			return true
		}
		nodes -= c.size
		return false
	})
}

// canBeItem leaves out elements that are parts of text, never a block.
func canBeItem(tag string) bool {
	switch tag {
	case "b", "i", "em", "strong", "u", "s", "br", "hr", "img", "small", "sup", "sub", "code", "time", "abbr", "option", "label", "input",
		"button", "th", "thead", "tbody", "col", "dd", "pre", "font", "picture", "source", "ul", "ol", "dl":
		return false
	default:
		return true
	}
}

// maxFollowers is how many siblings may belong to one item.
const maxFollowers = 12

// extend gives each item the siblings that follow it up to the next one, where
// the page has one item in several elements: the two rows of a story, a term
// and its description, a heading and its paragraphs.
func (g *group) extend() {
	follow := g.followers()
	if follow == 0 || follow > maxFollowers {
		return
	}
	starts := map[*html.Node]bool{}
	for _, it := range g.items {
		starts[it.nodes[0]] = true
	}
	for _, it := range g.items {
		for n := it.nodes[0].NextSibling; n != nil && !starts[n] && len(it.nodes) <= follow; n = n.NextSibling {
			if n.Type == html.ElementNode {
				it.nodes = append(it.nodes, n)
			}
		}
	}
}

// followers is how many elements usually stand between one item and the next:
// the median, so that an advertisement between two items changes nothing.
func (g *group) followers() int {
	switch g.items[0].nodes[0].Data {
	case "li", "article", "td":
		return 0
	}
	var gaps []int
	for i, it := range g.items[:len(g.items)-1] {
		gap, next := 0, g.items[i+1].nodes[0]
		n := it.nodes[0].NextSibling
		for ; n != nil && n != next && gap <= maxFollowers; n = n.NextSibling {
			if n.Type == html.ElementNode {
				gap++
			}
		}
		if n == next {
			gaps = append(gaps, gap)
		}
	}
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}
