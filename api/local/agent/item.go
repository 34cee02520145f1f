package agent

import (
	"iter"
	"slices"
	"strings"

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

// chunks are the pieces of text of the item, in the order of the page.
func (it *item) chunks() []chunk {
	var all []chunk
	for _, n := range it.nodes {
		all = append(all, chunks(n)...)
	}
	return all
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

// field is the value of one of the item's fields; empty when it has none.
func (it *item) field(name string) string {
	switch name {
	case "title":
		return it.title
	case "url":
		return it.link
	}
	for _, f := range it.fields {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// says reports whether the title or a field contains a text, in capitals or
// not.
func (it *item) says(text string) bool {
	text = strings.ToLower(text)
	if strings.Contains(strings.ToLower(it.title), text) {
		return true
	}
	return slices.ContainsFunc(it.fields, func(f field) bool { return strings.Contains(strings.ToLower(f.value), text) })
}
