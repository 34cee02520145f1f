package agent

import (
	"context"
	"fmt"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// mainText is the page's main text as Markdown, under its title.
func (s *sight) mainText(ctx context.Context) (string, error) {
	if s.plain {
		return fence("text", s.page.text), nil
	}
	main := s.mainElement()
	s.tidy(main)
	c := converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(), strikethrough.NewStrikethroughPlugin(), table.NewTablePlugin()))
	converted, err := c.ConvertNode(main, converter.WithContext(ctx))
	if err != nil {
		return "", fmt.Errorf("failed to turn page %q into Markdown: %w", s.page.url, err)
	}
	markdown := strings.TrimSpace(string(converted))
	if markdown == "" {
		return "", fmt.Errorf("failed to read page %q: it has no text of its own; it may be drawn by a script", s.page.url)
	}
	if s.title != "" && !strings.HasPrefix(markdown, "# ") {
		markdown = "# " + escapeMarkdown(s.title) + "\n\n" + markdown
	}
	return markdown + "\n", nil
}

// mainElement is the element that holds the main text: what the page itself
// marks as such, if that holds a fair share of the text, else the element
// whose own paragraphs say most.
func (s *sight) mainElement() *html.Node {
	sizes := surveyOf(s.body)
	doc := goquery.NewDocumentFromNode(s.body)
	for _, selector := range []string{"article", "main, [role=main]", "[itemprop=articleBody]", "#content, #main, .post-content, .entry-content, .article-body"} {
		marked := doc.Find(selector)
		if marked.Length() == 1 && 4*sizes.text[marked.Get(0)] >= sizes.text[s.body] {
			return marked.Get(0)
		}
	}
	return densest(s.body)
}

// densest is the element whose paragraphs hold most text outside links. A
// paragraph counts wholly for its parent and half for its grandparent, so
// that a text in two columns is found as one.
func densest(body *html.Node) *html.Node {
	scores := map[*html.Node]int{}
	best := body
	credit := func(node *html.Node, n int) {
		if node == nil || node.Type != html.ElementNode || !within(node, body) {
			return
		}
		scores[node] += n
		if scores[node] > scores[best] {
			best = node
		}
	}
	for p := range elements(body) {
		if p.Data != "p" && p.Data != "pre" && p.Data != "blockquote" || besideContent(p, body) {
			continue
		}
		n := len(text(p))
		for a := range elements(p) {
			if a.Data == "a" {
				n -= len(text(a))
			}
		}
		credit(p.Parent, n)
		if p.Parent != nil {
			credit(p.Parent.Parent, n/2)
		}
	}
	if scores[best] < 200 {
		return body
	}
	return best
}

func besideContent(node, body *html.Node) bool {
	for n := node; n != nil && n != body; n = n.Parent {
		if besides(n) {
			return true
		}
	}
	return false
}

// tidy removes what is beside the text, makes addresses absolute, and drops
// those that lead nowhere.
func (s *sight) tidy(main *html.Node) {
	sizes := surveyOf(main)
	doc := goquery.NewDocumentFromNode(main)
	doc.Find("nav, aside, footer, form, button, input, textarea").Each(func(_ int, sel *goquery.Selection) {
		if 2*sizes.text[sel.Get(0)] < sizes.text[main] {
			sel.Remove()
		}
	})
	doc.Find("div, section, ul").Each(func(_ int, sel *goquery.Selection) {
		if n := sel.Get(0); besides(n) && n != main && 2*sizes.text[n] < sizes.text[main] {
			sel.Remove()
		}
	})
	doc.Find("a").Each(func(_ int, sel *goquery.Selection) {
		if link := s.link(sel.AttrOr("href", "")); link != "" {
			sel.SetAttr("href", link)
		} else {
			sel.RemoveAttr("href")
		}
	})
	doc.Find("img").Each(func(_ int, sel *goquery.Selection) {
		if link := s.link(sel.AttrOr("src", "")); link != "" && sel.AttrOr("alt", "") != "" {
			sel.SetAttr("src", link)
		} else {
			sel.Remove()
		}
	})
}
