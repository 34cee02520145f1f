package agent

import (
	"strings"

	"golang.org/x/net/html"
)

// maxPeriod is how many table rows one item may take.
const maxPeriod = 4

// firstRows are the nodes that begin an item. They are all of them, except
// for rows of a table that alternate without any class to tell them apart: a
// row with the title, then a row with the rest.
func firstRows(d *document, nodes []*html.Node) []*html.Node {
	if nodes[0].Data != "tr" || len(nodes) < 2*minItems {
		return nodes
	}
	kinds := make([]string, len(nodes))
	for i, row := range nodes {
		kinds[i] = rowKind(d, row)
	}
	for period := 2; period <= maxPeriod; period++ {
		if alternates(kinds, period) {
			return everyNth(d, nodes, period)
		}
	}
	return nodes
}

// rowKind says of each cell whether it is empty, holds a link or only text.
func rowKind(d *document, row *html.Node) string {
	var b strings.Builder
	for c := range row.ChildNodes() {
		if c.Type != html.ElementNode {
			continue
		}
		kind := "."
		if said := text(c); said != "" {
			kind = "t"
		}
		for a := range elements(c) {
			if a.Data == "a" && d.link(attr(a, "href")) != "" {
				kind = "a"
			}
		}
		b.WriteString(kind)
	}
	return b.String()
}

// alternates reports whether nearly every row is like the one a period later,
// and unlike the next.
func alternates(kinds []string, period int) bool {
	same, different, pairs := 0, 0, len(kinds)-period
	for i := range pairs {
		if kinds[i] == kinds[i+period] {
			same++
		}
		if kinds[i] != kinds[i+1] {
			different++
		}
	}
	return 10*same >= 9*pairs && 10*different >= 9*pairs/(period-1)
}

// everyNth is one row of each period: the one whose links say most.
func everyNth(d *document, rows []*html.Node, period int) []*html.Node {
	var best []*html.Node
	most := -1
	for offset := range period {
		var picked []*html.Node
		said := 0
		for i := offset; i < len(rows); i += period {
			picked = append(picked, rows[i])
			said += width(linkTitle(d, &item{nodes: rows[i : i+1]}).text)
		}
		if said > most {
			best, most = picked, said
		}
	}
	return best
}
