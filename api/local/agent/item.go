package agent

import (
	"iter"

	"golang.org/x/net/html"
)

// elements yields every element of the item, in the order of the page.
func (it *item) elements() iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for _, top := range it.nodes {
			for n := range elements(top) {
				if !yield(n) {
					return
				}
			}
		}
	}
}

// firstLink is where the item's first link leads, or the link around it.
func (it *item) firstLink(d *document) string {
	for n := range it.elements() {
		if n.Data == "a" {
			if link := d.link(attr(n, "href")); link != "" {
				return link
			}
		}
	}
	if parent := it.nodes[0].Parent; parent != nil && parent.Data == "a" {
		return d.link(attr(parent, "href"))
	}
	return ""
}

// soleLink is where the item's links lead if all lead to the same page.
func (it *item) soleLink(d *document) string {
	first := it.firstLink(d)
	for n := range it.elements() {
		if n.Data != "a" {
			continue
		}
		if link := d.link(attr(n, "href")); link != "" && link != first {
			return ""
		}
	}
	return first
}
