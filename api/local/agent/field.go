package agent

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// field is something that an item says beside its title.
type field struct {
	name  string // points, price, rating, author, date, comments, company, location, rank, or a table's own heading
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
	if headings, rows := g.tableRows(); headings != nil {
		for _, it := range g.items {
			it.fields = rowFields(it, headings, rows[it.nodes[0]])
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
	if first := chunks(it.nodes[0]); len(first) > 0 && isRank(first[0].text) && !measures(first) {
		add("rank", strings.Trim(first[0].text, "#.)[] "))
	}
	add("points", firstOf(pointsIn(all), named(pieces, hasDigit, "points", "score", "votes", "likes", "upvotes")))
	add("price", firstOf(named(pieces, isPrice, "price", "amount", "cost"), priceIn(all)))
	add("rating", ratingIn(all))
	add("author", authorIn(pieces))
	add("date", dateIn(pieces))
	add("comments", firstOf(commentsIn(all), named(pieces, hasDigit, "comments", "replies")))
	add("company", named(pieces, hasLetter, "company", "employer", "organization"))
	add("location", named(pieces, hasLetter, "location", "locality", "place", "city"))
	return fields
}

// measures reports whether the first chunk is a number that the second one
// says the unit of ("12 votes"), and so no rank.
func measures(pieces []chunk) bool {
	if len(pieces) < 2 {
		return false
	}
	both := pieces[0].text + " " + pieces[1].text
	return pointsIn(both) == pieces[0].text || commentsIn(both) == pieces[0].text
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

// tableRows are the cells of the heading row above a group of table rows, and
// those of every row below it; nil when the group is none.
func (g *group) tableRows() (headings []string, rows map[*html.Node][]string) {
	first := g.items[0].nodes[0]
	if first.Data != "tr" || len(g.items[0].nodes) > 1 {
		return nil, nil
	}
	table := first.Parent
	for table != nil && table.Data != "table" {
		table = table.Parent
	}
	if table == nil {
		return nil, nil
	}
	laid := layOut(table)
	if len(laid) == 0 || !laid[0].heading || len(laid[0].cells) < 2 {
		return nil, nil
	}
	rows = map[*html.Node][]string{}
	for _, row := range laid {
		rows[row.node] = row.cells
	}
	return laid[0].cells, rows
}

// rowFields are the cells of a row under their headings, except the title.
func rowFields(it *item, headings, cells []string) []field {
	var fields []field
	for column, value := range cells[:min(len(cells), len(headings))] {
		name := headings[column]
		if column == 0 && isRank(value) {
			name = "rank"
		}
		if value != "" && len(value) <= maxField && name != "" && !strings.Contains(value, it.title) {
			fields = append(fields, field{name, value})
		}
	}
	return fields
}

// usual are the names of the fields that at least half of the items have, in
// the order of the item that has most.
func (g *group) usual() []string {
	if len(g.items) == 0 {
		return nil
	}
	count := map[string]int{}
	var order []string
	fullest := slices.MaxFunc(g.items, func(a, b *item) int { return cmp.Compare(len(a.fields), len(b.fields)) })
	for _, f := range fullest.fields {
		order = append(order, f.name)
	}
	for _, it := range g.items {
		for _, f := range it.fields {
			if count[f.name] == 0 && !slices.Contains(order, f.name) {
				order = append(order, f.name)
			}
			count[f.name]++
		}
	}
	return slices.DeleteFunc(order, func(name string) bool { return 2*count[name] < len(g.items) })
}
