package local

import (
	"bytes"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// still is a page as it was fetched, made into something that only can be
// looked at.
type still struct {
	Title  string
	Lang   string
	Dir    string         // rtl or ltr or empty
	Body   template.HTML  // sanitised
	Styles []string       // addresses of style sheets on this server
	Sheets []template.CSS // style sheets in the page itself; the policy of the frame lets them load nothing
	Cut    bool
	Empty  bool // there is no page, or nothing in it can be shown
	Nonce  string
}

// Styled reports whether the page brings its own look.
func (s still) Styled() bool { return len(s.Styles)+len(s.Sheets) > 0 }

// snapshotter makes stills. Of what a page would load it keeps only what is
// inside the page itself and what this very server has, for the sample site:
// looking at a page must not tell its owner, or anybody, that it is looked at.
type snapshotter struct {
	hosts  []string // of this server
	url    string   // of this server
	policy *bluemonday.Policy
}

func newSnapshotter(hosts []string, own string) *snapshotter {
	p := bluemonday.NewPolicy()
	kept := []string{"main", "nav", "header", "footer", "article", "section", "aside", "figure", "figcaption",
		"h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "p", "div", "span", "br", "hr", "pre", "blockquote", "address",
		"b", "strong", "i", "em", "u", "s", "del", "ins", "small", "sub", "sup", "mark", "code", "kbd", "samp", "var",
		"q", "cite", "abbr", "dfn", "time", "bdi", "bdo", "ruby", "rt", "rp", "wbr", "center", "font", "details", "summary",
		"a", "img"} // a link leads nowhere here; an image that is left out still says what it shows
	p.AllowElements(kept...)
	p.AllowNoAttrs().OnElements(kept...)
	p.AllowLists()
	p.AllowTables()
	p.AllowAttrs("class", "id", "lang", "title").Globally()
	p.AllowAttrs("dir").Matching(bluemonday.Direction).Globally()
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(bluemonday.NumberOrPercent).OnElements("img")
	p.AllowAttrs("src").OnElements("img")
	p.AllowDataURIImages()
	p.AllowURLSchemeWithCustomPolicy("http", func(u *url.URL) bool { return "http://"+u.Host == own })
	p.SkipElementsContent("select", "textarea", "svg", "math", "template", "iframe", "object", "video", "audio", "canvas")
	return &snapshotter{hosts, own, p}
}

// still is the page at rest.
func (s *snapshotter) still(p page) still {
	if p.Number == 0 {
		return still{Title: "No page is open yet", Empty: true}
	}
	result := still{Title: p.Title, Cut: p.Cut}
	// Nothing runs here, so what a page says to browsers without scripts holds.
	doc, err := html.ParseWithOptions(strings.NewReader(p.HTML), html.ParseOptionEnableScripting(false))
	if err != nil { // only a page nested beyond all reason
		result.Empty = true
		return result
	}
	body := s.gather(&result, doc, baseURL(doc, p.URL))
	var text bytes.Buffer
	if err := html.Render(&text, body); err != nil {
		result.Empty = true
		return result
	}
	result.Body = template.HTML(s.policy.SanitizeBytes(text.Bytes()))
	result.Empty = strings.TrimSpace(string(result.Body)) == ""
	return result
}

// gather takes out of doc what a still needs beside its body, makes the body's
// images ready, and returns the body.
func (s *snapshotter) gather(result *still, doc *html.Node, base *url.URL) *html.Node {
	body := doc
	for node := range doc.Descendants() {
		switch node.DataAtom {
		case atom.Html:
			result.Lang = attr(node, "lang")
			if dir := strings.ToLower(attr(node, "dir")); dir == "rtl" || dir == "ltr" {
				result.Dir = dir
			}
		case atom.Body:
			body = node
		case atom.Img:
			s.keepSource(node, base)
		case atom.Style:
			if text := node.FirstChild; text != nil {
				// An escaped slash is a slash, and ends no style element.
				result.Sheets = append(result.Sheets, template.CSS(strings.ReplaceAll(text.Data, "</", `<\/`)))
			}
		case atom.Link:
			if slices.Contains(strings.Fields(strings.ToLower(attr(node, "rel"))), "stylesheet") {
				if address := s.own(base, attr(node, "href")); address != "" {
					result.Styles = append(result.Styles, address)
				}
			}
		default:
		}
	}
	return body
}

// keepSource makes the source of an image absolute, or takes it away.
func (s *snapshotter) keepSource(img *html.Node, base *url.URL) {
	for i, a := range img.Attr {
		if a.Key == "src" && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "data:") {
			img.Attr[i].Val = s.own(base, a.Val)
		}
	}
	img.Attr = slices.DeleteFunc(img.Attr, func(a html.Attribute) bool { return a.Key == "src" && a.Val == "" })
}

// own is what ref means on a page at base, when that is on this server; else
// it is empty.
func (s *snapshotter) own(base *url.URL, ref string) string {
	u, err := base.Parse(strings.TrimSpace(ref))
	if err != nil || ref == "" || u.Scheme != "http" || !slices.Contains(s.hosts, strings.ToLower(u.Host)) {
		return ""
	}
	return s.url + u.RequestURI()
}

// baseURL is what the addresses in a document are relative to.
func baseURL(doc *html.Node, address string) *url.URL {
	base, err := url.Parse(address)
	if err != nil {
		base = &url.URL{}
	}
	for node := range doc.Descendants() {
		if node.DataAtom != atom.Base || attr(node, "href") == "" {
			continue
		}
		if u, err := base.Parse(attr(node, "href")); err == nil {
			return u
		}
		break
	}
	return base
}

func attr(node *html.Node, key string) string {
	for _, a := range node.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
