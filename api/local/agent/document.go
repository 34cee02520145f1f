package agent

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// document is a page that has been parsed and rid of what nobody sees.
type document struct {
	page  *page
	base  *url.URL // what its relative links are relative to
	title string
	body  *html.Node // never nil
	next  string     // the page that the head says is next; absolute, may be empty
	plain bool       // it is plain text; body is empty
}

// unseen are elements that a reader never sees.
const unseen = `head, script, style, noscript, template, svg, iframe, object, canvas, select, datalist, dialog,
	[hidden], [aria-hidden="true"], [style*="display:none"], [style*="display: none"]`

func parse(ctx context.Context, p *page) (*document, error) {
	d := &document{page: p, base: p.url, body: &html.Node{Type: html.ElementNode, Data: "body"}}
	if p.media == mediaText {
		d.plain = true
		return d, nil
	}
	root, err := html.Parse(&cancelReader{ctx, strings.NewReader(p.text)})
	if err != nil {
		return nil, fmt.Errorf("its HTML cannot be parsed: %w", err)
	}
	doc := goquery.NewDocumentFromNode(root)
	d.title = oneLine(doc.Find("head title").First().Text())
	if d.title == "" {
		d.title, _ = doc.Find(`meta[property="og:title"]`).Attr("content")
		d.title = oneLine(d.title)
	}
	if href, found := doc.Find("base[href]").First().Attr("href"); found {
		if base, err := p.url.Parse(strings.TrimSpace(href)); err == nil && isWeb(base) {
			d.base = base
		}
	}
	d.next = d.link(doc.Find("head link[rel~=next]").First().AttrOr("href", ""))
	doc.Find(unseen).Remove()
	if body := doc.Find("body").First(); body.Length() > 0 {
		d.body = body.Get(0)
	}
	return d, nil
}

// cancelReader ends with its context, so that parsing does.
type cancelReader struct {
	ctx  context.Context
	text *strings.Reader
}

func (r *cancelReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.text.Read(p)
}

// link is the absolute address that an href leads to; empty for one that
// leads to no other web page.
func (d *document) link(href string) string {
	href = strings.TrimSpace(href)
	if href == "" || href[0] == '#' {
		return ""
	}
	u, err := d.base.Parse(href)
	if err != nil || !isWeb(u) {
		return ""
	}
	return u.String()
}

func isWeb(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// oneLine is text with every run of white space made one space.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
