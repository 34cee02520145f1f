package agent

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// maxTitle is how many characters of a title are kept.
const maxTitle = 300

// title is what an item is called and where that leads.
type title struct {
	text string // one line; empty when the item has none
	link string // absolute; empty when it leads nowhere
}

// titles are the titles of all items of a group, found in one way.
type titles struct {
	titles []title
	score  float64
	linked bool
}

// bestTitles tries every way to find titles on the whole group and keeps the
// one that works best for all of its items. Headings and elements that are
// named after titles are trusted more than long links. Mere text is a title
// only where nothing is marked as one.
func (g *group) bestTitles(d *document) titles {
	ways := []struct {
		find  func(*document, *item) title
		trust float64
	}{
		{headingTitle, 1.3}, {namedTitle, 1.2}, {linkTitle, 1}, {textTitle, 0.6},
	}
	var best titles
	marked := false // as titles, by the page itself
	for _, way := range ways {
		if way.trust < 1 && marked {
			break
		}
		found := titles{titles: make([]title, len(g.items))}
		for i, it := range g.items {
			found.titles[i] = way.find(d, it)
		}
		if way.trust < 1 {
			g.alignTexts(found.titles)
		}
		found.score, found.linked = worth(found.titles)
		// A heading, or a paragraph, that is not a link is part of an article.
		if tag := g.items[0].nodes[0]; !found.linked && (isHeading(tag) || tag.Data == "p" || tag.Data == "span") {
			found.score = 0
		}
		marked = marked || way.trust > 1 && found.score > 0
		found.score *= way.trust
		if found.score > best.score {
			best = found
		}
	}
	return best
}

// headingTitle is the item's first heading, or the term of a definition.
func headingTitle(d *document, it *item) title {
	for n := range it.elements() {
		if isHeading(n) || n.Data == "dt" && links(n) < 2 {
			if t := titleAt(d, it, n); t.text != "" {
				return t
			}
		}
	}
	return title{}
}

// links is how many links an element holds: a term of several is a row of
// buttons.
func links(n *html.Node) int {
	count := 0
	for a := range elements(n) {
		if a.Data == "a" && attr(a, "href") != "" {
			count++
		}
	}
	return count
}

// namedTitle is the first element whose class says that it is a title.
func namedTitle(d *document, it *item) title {
	for n := range it.elements() {
		if n == it.nodes[0] && n.Data != "a" {
			continue
		}
		if isNamed(n, "title", "titleline", "headline", "name", "subject", "heading") && !isNamed(n, "user", "author", "site", "domain") {
			if t := titleAt(d, it, n); t.text != "" {
				return t
			}
		}
	}
	return title{}
}

// linkTitle is the longest text of a link to another page.
func linkTitle(d *document, it *item) title {
	best := title{}
	for n := range it.elements() {
		link := ""
		if n.Data == "a" {
			link = d.link(attr(n, "href"))
		}
		if link == "" {
			continue
		}
		t := title{linkText(n), link}
		if width(t.text) > width(best.text) && hasLetter(t.text) {
			best = t
		}
	}
	if it.nodes[0].Data == "p" && !startsWith(it.nodes[0], best.text) {
		return title{}
	}
	return best
}

// textTitle is the first piece of text that is more than a word or a number,
// or the first with a letter in it.
func textTitle(d *document, it *item) title {
	first := ""
	for _, n := range it.nodes {
		for _, c := range chunks(n) {
			switch {
			case !hasLetter(c.text):
			case width(c.text) >= 12:
				return title{clip(c.text), it.soleLink(d)}
			case first == "":
				first = c.text
			}
		}
	}
	return title{first, it.soleLink(d)}
}

// alignTexts takes the titles, which are mere text, from elements of the same
// class in all items, the class of most of them: of two names in an item, one
// may be the longer here and the other there.
func (g *group) alignTexts(titles []title) {
	count := map[string]int{}
	classes := make([]string, len(titles))
	for i, it := range g.items {
		for _, c := range it.chunks() {
			if c.text == titles[i].text && classes[i] == "" {
				classes[i] = attr(c.in, "class")
				count[classes[i]]++
			}
		}
	}
	usual := ""
	for _, class := range classes { // in the order of the page, so that equals are decided
		if count[class] > count[usual] {
			usual = class
		}
	}
	if usual == "" || 2*count[usual] <= len(titles) {
		return
	}
	for i, it := range g.items {
		for _, c := range it.chunks() {
			if classes[i] != usual && attr(c.in, "class") == usual && hasLetter(c.text) {
				titles[i].text = clip(c.text)
				break
			}
		}
	}
}

// titleAt is the title that element n of the item holds. A link that says
// most of it is the title; otherwise n is, and leads where the item leads.
func titleAt(d *document, it *item, n *html.Node) title {
	whole := withoutLabel(inlineText(n))
	if !hasLetter(whole) {
		return title{}
	}
	best := title{}
	for a := range elements(n) {
		if a.Data != "a" {
			continue
		}
		if t := (title{linkText(a), d.link(attr(a, "href"))}); t.link != "" && width(t.text) > width(best.text) {
			best = t
		}
	}
	if 2*width(best.text) >= width(whole) && hasLetter(best.text) {
		return best
	}
	link := best.link
	for a := n.Parent; link == "" && a != nil && within(a, it.nodes[0].Parent); a = a.Parent {
		if a.Data == "a" {
			link = d.link(attr(a, "href"))
		}
	}
	// What follows a heading is its section, and a link there is the section's.
	if link == "" && !isHeading(it.nodes[0]) {
		link = it.firstLink(d)
	}
	return title{clip(whole), link}
}

// withoutLabel drops the word that says of a title that it is one.
func withoutLabel(text string) string {
	label, rest, _ := strings.Cut(text, ":")
	if rest = strings.TrimSpace(rest); rest != "" && strings.EqualFold(label, "title") {
		return rest
	}
	return text
}

// linkText is what a link says: its text, in full where the page has cut it
// and keeps the whole beside it, or what its picture shows.
func linkText(a *html.Node) string {
	said := inlineText(a)
	if block := mainBlock(a); block != "" {
		said = block
	}
	if cut := strings.TrimRight(said, ".… "); cut != said && cut != "" {
		if whole := oneLine(attr(a, "title")); strings.HasPrefix(whole, cut) {
			said = whole
		}
	}
	if said == "" {
		said = oneLine(attr(a, "aria-label"))
	}
	if said == "" {
		for n := range elements(a) {
			if n.Data == "img" && said == "" {
				said = oneLine(attr(n, "alt"))
			}
		}
	}
	return clip(said)
}

// mainBlock is the title in a link that wraps a whole card: its first piece of
// text that is more than a word, when the link holds blocks.
func mainBlock(a *html.Node) string {
	blocks := false
	for n := range elements(a) {
		blocks = blocks || n != a && (isNamed(n, "title", "headline") || !isInline(n.Data) && n.Data != "img" && n.Data != "br")
		if n != a && (isHeading(n) || isNamed(n, "title", "headline")) {
			return inlineText(n)
		}
	}
	if !blocks {
		return ""
	}
	for _, c := range chunks(a) {
		if width(c.text) >= 12 && hasLetter(c.text) {
			return c.text
		}
	}
	return ""
}

func startsWith(node *html.Node, title string) bool {
	at := strings.Index(text(node), title)
	return at >= 0 && at <= 15
}

func clip(s string) string { return clipTo(s, maxTitle) }

// clipTo is s, or its first characters and an ellipsis.
func clipTo(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
