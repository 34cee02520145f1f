package agent

import (
	"slices"

	"golang.org/x/net/html"
)

// besides reports an element that holds what stands beside the page's
// content: navigation, side bars, footers.
func besides(node *html.Node) bool {
	switch node.Data {
	case "nav", "aside", "footer":
		return true
	case "html", "body", "main", "article", "a", "li", "tr", "td", "table", "tbody", "h1", "h2", "h3", "span", "p":
		return false
	case "header":
		return !slices.ContainsFunc([]string{"main", "article", "section", "li"}, func(tag string) bool { return hasAncestor(node, tag) })
	}
	switch attr(node, "role") {
	case "navigation", "contentinfo", "complementary", "search", "banner", "menu", "menubar":
		return true
	case "main":
		return false
	}
	for _, w := range nameParts(attr(node, "class") + " " + attr(node, "id")) {
		switch w {
		case "nav", "navbar", "navigation", "menu", "submenu", "sidebar", "footer", "breadcrumb", "breadcrumbs", "pagination", "pager",
			"toolbar", "related", "recommended", "cookie", "cookies", "share", "social", "widget", "widgets", "tagcloud", "toc",
			"masthead", "promo", "advert", "ads":
			return true
		}
	}
	return false
}

func hasAncestor(node *html.Node, tag string) bool {
	for n := node.Parent; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && n.Data == tag {
			return true
		}
	}
	return false
}
