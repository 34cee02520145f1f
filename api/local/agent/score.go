package agent

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// What a group must have to be a list.
const (
	minItems       = 3
	minTitled      = 0.75 // share of the items that have a title
	minDistinct    = 0.6  // share of the titles that differ
	minAlike       = 0.4  // how much of their structure items share, see alike
	minTextLinked  = 0.03 // share of the page's text, when titles are links
	minTextNot     = 0.12 // and when they are not
	fullTitle      = 80   // a longer title counts as this much (see width)
	shortTitle     = 6    // a shorter one counts for nothing
	fullItems      = 30.0 // further items count a tenth
	weightBeside   = 0.1
	weightUnlinked = 0.45
)

// judge gives the group its titles and its score, and reports whether it is a
// list at all. The score is the length of its titles, for as many items as
// there are, times the weight of what it looks like: how much of the page's
// text it holds, whether its items say more than a title, whether its titles
// are links and differ, and where it stands.
func (g *group) judge(d *document, s *survey) bool {
	if len(g.items) < minItems {
		return false
	}
	share := g.share(d, s)
	best := g.bestTitles(d)
	if best.score <= 0 || share < minTextNot && !best.linked || share < minTextLinked {
		return false
	}
	alike := g.alike()
	if alike < minAlike {
		return false
	}
	for i, it := range g.items {
		it.title, it.link = best.titles[i].text, best.titles[i].link
	}
	g.linked = best.linked
	g.dropUntitled()
	g.dropForms()
	if len(g.items) < minItems {
		return false
	}
	g.score = best.score * (0.3 + 0.7*share) * (0.5 + 0.5*g.richness(s)) * alike
	if g.beside {
		g.score *= weightBeside
	}
	return true
}

// dropForms drops the items that lead nowhere and ask for input, where nearly
// all lead somewhere: they look like the others and stand between them, but are
// the page's own business.
func (g *group) dropForms() {
	linked := 0
	for _, it := range g.items {
		if it.link != "" {
			linked++
		}
	}
	if 4*linked < 3*len(g.items) {
		return
	}
	g.items = slices.DeleteFunc(g.items, func(it *item) bool {
		if it.link != "" {
			return false
		}
		for n := range it.elements() {
			if n.Data == "input" || n.Data == "textarea" || n.Data == "select" {
				return true
			}
		}
		return false
	})
}

// share is how much of the page's text the group holds.
func (g *group) share(d *document, s *survey) float64 {
	sum := 0
	for _, it := range g.items {
		for _, n := range it.nodes {
			sum += s.text[n]
		}
	}
	return float64(sum) / float64(max(1, s.text[d.body]))
}

// richness is 0 for items that are titles alone, as in a menu, and 1 for items
// that say at least as much again.
func (g *group) richness(s *survey) float64 {
	all, titles := 0, 0
	for _, it := range g.items {
		titles += len(it.title)
		for _, n := range it.nodes {
			all += s.text[n]
		}
	}
	return min(1, float64(all-titles)/float64(max(1, titles)))
}

// alike is how much of their structure the items share: the mean share of
// the elements that most items have, weighed against what only some have.
func (g *group) alike() float64 {
	seen := map[string]int{}
	paths := make([]map[string]bool, len(g.items))
	for i, it := range g.items {
		paths[i] = map[string]bool{}
		for _, n := range it.nodes {
			addPaths(paths[i], n, "", 3)
		}
		// Its own element it shares with the others in any case.
		delete(paths[i], "/"+it.nodes[0].Data)
		for p := range paths[i] {
			seen[p]++
		}
	}
	common := 0
	for _, n := range seen {
		if 2*n >= len(g.items) {
			common++
		}
	}
	sum := 0.0
	for _, has := range paths {
		both := 0
		for p := range has {
			if 2*seen[p] >= len(g.items) {
				both++
			}
		}
		if common+len(has) == 0 {
			both = 1
		}
		sum += float64(both) / float64(max(1, common+len(has)-both))
	}
	return sum / float64(len(g.items))
}

func addPaths(paths map[string]bool, node *html.Node, above string, depth int) {
	if node.Type != html.ElementNode || node.Data == "br" || depth == 0 {
		return
	}
	path := above + "/" + node.Data
	paths[path] = true
	for c := range node.ChildNodes() {
		addPaths(paths, c, path, depth-1)
	}
}

// dropUntitled leaves out items without a title, and those that the page
// marks as advertisements.
func (g *group) dropUntitled() {
	kept := g.items[:0]
	for _, it := range g.items {
		if it.title != "" && !isNamed(it.nodes[0], "ad", "ads", "advert", "sponsored", "promoted", "advertisement") {
			kept = append(kept, it)
		}
	}
	g.items = kept
}

// headingRow reports a table row that holds nothing but headings.
func headingRow(node *html.Node) bool {
	if node.Data != "tr" {
		return false
	}
	for c := range node.ChildNodes() {
		if c.Type == html.ElementNode && c.Data != "th" {
			return false
		}
	}
	return true
}

// worth is how good a set of titles is, for a group of as many items.
func worth(titles []title) (score float64, linked bool) {
	distinct := map[string]bool{}
	titled, links, length := 0.0, 0.0, 0.0
	for _, t := range titles {
		if t.text == "" {
			continue
		}
		titled++
		if t.link != "" {
			links++
		}
		distinct[strings.ToLower(t.text)] = true
		length += float64(max(0, min(width(t.text), fullTitle)-shortTitle))
	}
	n := float64(len(titles))
	differ := float64(len(distinct)) / max(1, titled)
	if titled/n < minTitled || differ < minDistinct {
		return 0, false
	}
	if n > fullItems {
		length *= (fullItems + (n-fullItems)/10) / n
	}
	linked = links >= titled/2
	score = (length + 0.1) * differ * differ * (titled / n) * (titled / n)
	if !linked {
		score *= weightUnlinked
	}
	return score, linked
}
