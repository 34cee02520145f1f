package agent

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// nextPage is the page that continues this one, on the same host; nil when
// there is none. What the page marks as next comes before what only says so.
func (s *sight) nextPage() *url.URL {
	said := ""
	for n := range elements(s.body) {
		if n.Data != "a" {
			continue
		}
		link := s.link(attr(n, "href"))
		if link == "" || link == s.page.url.String() || isNamed(n, "disabled") {
			continue
		}
		if strings.Contains(" "+strings.ToLower(attr(n, "rel"))+" ", " next ") {
			return s.sameHost(link)
		}
		if said == "" && saysNext(n) {
			said = link
		}
	}
	return s.sameHost(firstOf(s.next, said))
}

func (s *sight) sameHost(link string) *url.URL {
	u, err := url.Parse(link)
	if err != nil || u.Host != s.page.url.Host || u.Scheme != s.page.url.Scheme || u.User != nil {
		return nil
	}
	u.Fragment, u.RawFragment = "", ""
	return u
}

// saysNext reports a link whose words are those of a link to the next page.
func saysNext(a *html.Node) bool {
	words := strings.ToLower(firstOf(inlineText(a), oneLine(attr(a, "aria-label")), oneLine(attr(a, "title"))))
	switch strings.TrimSpace(strings.Trim(words, "›»→>⟩▸▶ ")) {
	case "next", "next page", "older", "older posts", "older entries", "more", "more results", "more posts", "show more", "load more",
		"weiter", "nächste", "nächste seite", "suivant", "page suivante", "siguiente", "下一页", "次へ":
		return true
	case "":
		return strings.ContainsAny(words, "›»→") && (isNamed(a, "next") || a.Parent != nil && besides(a.Parent) || isNamed(a.Parent, "next", "pagination", "pager"))
	default:
		return false
	}
}
