package agent

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// field is something that an item says beside its title.
type field struct {
	name  string // points, price, rating, author, date, comments, rank, or a table's own heading
	value string // one line
}

// maxField is how long a value may be; what is longer is text, not a field.
const maxField = 60

// maxSaid is how much of an item's text is searched for fields.
const maxSaid = 4096

// findFields reads the fields of every item. The rows of a table with a
// heading row have its headings; everything else is told by how it looks and
// what it is called.
func (g *group) findFields() {
	if headings := g.tableHeadings(); headings != nil {
		for _, it := range g.items {
			it.fields = rowFields(it, headings)
		}
		return
	}
	for _, it := range g.items {
		it.fields = it.findFields()
	}
}

func (it *item) findFields() []field {
	pieces := it.pieces()
	said := make([]string, len(pieces))
	for i, c := range pieces {
		said[i] = c.text
	}
	all := strings.Join(said, " ")
	all = all[:min(len(all), maxSaid)]
	var fields []field
	add := func(name, value string) {
		if value = oneLine(value); value != "" && len(value) <= maxField {
			fields = append(fields, field{name, value})
		}
	}
	if first := chunks(it.nodes[0]); len(first) > 0 && isRank(first[0].text) {
		add("rank", strings.Trim(first[0].text, "#.) "))
	}
	add("points", firstOf(pointsIn(all), named(pieces, hasDigit, "points", "score", "votes", "likes", "upvotes")))
	add("price", firstOf(named(pieces, isPrice, "price", "amount", "cost"), priceIn(all)))
	add("rating", ratingIn(all))
	add("author", authorIn(pieces))
	add("date", dateIn(pieces))
	add("comments", firstOf(commentsIn(all), named(pieces, hasDigit, "comments", "replies")))
	return fields
}

// pieces are the item's chunks outside its title, without prices that are
// struck out.
func (it *item) pieces() []chunk {
	var kept []chunk
	titled := false
	for _, n := range it.nodes {
		for _, c := range chunks(n) {
			if !titled && strings.HasPrefix(it.title, strings.TrimRight(c.text, ".… ")) && hasLetter(c.text) {
				titled = strings.HasSuffix(it.title, c.text)
				continue
			}
			if c.in.Data != "del" && c.in.Data != "s" && c.in.Data != "strike" {
				kept = append(kept, c)
			}
		}
	}
	return kept
}

// named is the first piece in an element, or a child of one, that is called by
// one of the words and looks right.
func named(pieces []chunk, looks func(string) bool, words ...string) string {
	for _, c := range pieces {
		if (isNamed(c.in, words...) || c.in.Parent != nil && isNamed(c.in.Parent, words...)) && looks(c.text) {
			return c.text
		}
	}
	return ""
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// tableHeadings are the cells of the heading row above a group of table rows,
// or nil.
func (g *group) tableHeadings() []string {
	first := g.items[0].nodes[0]
	if first.Data != "tr" || len(g.items[0].nodes) > 1 {
		return nil
	}
	table := first.Parent
	for table != nil && table.Data != "table" {
		table = table.Parent
	}
	if table == nil {
		return nil
	}
	for n := range elements(table) {
		if n.Data != "tr" {
			continue
		}
		var headings []string
		for c := range n.ChildNodes() {
			if c.Type == html.ElementNode && c.Data == "th" {
				headings = append(headings, text(c))
			}
		}
		if len(headings) >= 2 && len(headings) == cells(n) {
			return headings
		}
		return nil
	}
	return nil
}

// rowFields are the cells of a row under their headings, except the title.
func rowFields(it *item, headings []string) []field {
	var fields []field
	column := 0
	for c := range it.nodes[0].ChildNodes() {
		if c.Type != html.ElementNode || column >= len(headings) {
			continue
		}
		value := text(c)
		name := headings[column]
		if column == 0 && isRank(value) {
			name = "rank"
		}
		if value != "" && len(value) <= maxField && name != "" && !strings.Contains(value, it.title) {
			fields = append(fields, field{name, value})
		}
		column++
	}
	return fields
}

// usual are the names of the fields that at least half of the items have, in
// the order of the first such item.
func (g *group) usual() []string {
	count := map[string]int{}
	var order []string
	for _, it := range g.items {
		for _, f := range it.fields {
			if count[f.name] == 0 {
				order = append(order, f.name)
			}
			count[f.name]++
		}
	}
	return slices.DeleteFunc(order, func(name string) bool { return 2*count[name] < len(g.items) })
}
