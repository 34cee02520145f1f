package agent

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"strings"
)

// pageLink is one of a page's links.
type pageLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// links is the skill that gives a page's links, each address once: the tool
// extract, and the answer.
func (r *run) links(ctx context.Context, s *sight) (*finding, error) {
	var all, kept []pageLink
	err := r.call(ctx, toolExtract, r.plan.extractInput(), func() (string, error) {
		all = s.pageLinks()
		if len(all) == 0 {
			return "", fmt.Errorf("failed to find a link on page %q: none leads to another page; it may be drawn by a script", s.page.url)
		}
		for _, l := range all {
			if r.plan.wants(l, s.page.url) && (r.plan.count == everything || len(kept) < r.plan.count) {
				kept = append(kept, l)
			}
		}
		return fmt.Sprintf("%d of %d links", len(kept), len(all)), nil
	})
	if err != nil {
		return nil, err
	}
	found := &finding{
		value:    map[string]any{"links": append([]pageLink{}, kept...)},
		grid:     &grid{columns: []string{"text", "url"}},
		markdown: []string{fmt.Sprintf("## %d of %d links\n\n", len(kept), len(all))},
	}
	for i, l := range kept {
		found.grid.rows = append(found.grid.rows, []string{l.Text, l.URL})
		found.markdown = append(found.markdown, fmt.Sprintf("%d. [%s](%s)\n", i+1, escapeMarkdown(l.Text), escapeLink(l.URL)))
	}
	if len(kept) == 0 {
		found.markdown = append(found.markdown, fmt.Sprintf("None of them fits: %s.\n", escapeMarkdown(r.plan.linksWanted())))
	}
	return found, nil
}

// pageLinks are the links of the whole page in its order, each address once,
// with the longest of its texts.
func (s *sight) pageLinks() []pageLink {
	var all []pageLink
	at := map[string]int{}
	for n := range elements(s.body) {
		if n.Data != "a" && n.Data != "area" {
			continue
		}
		link := s.link(attr(n, "href"))
		if link == "" {
			continue
		}
		said := firstOf(linkText(n), oneLine(attr(n, "alt")), oneLine(attr(n, "title")))
		if i, known := at[link]; known {
			if width(said) > width(all[i].Text) {
				all[i].Text = said
			}
			continue
		}
		at[link] = len(all)
		all = append(all, pageLink{said, link})
	}
	for i := range all {
		all[i].Text = firstOf(all[i].Text, all[i].URL)
	}
	return all
}

// wants reports whether a link on a page is one that the plan is about.
func (p plan) wants(l pageLink, page *url.URL) bool {
	u, err := url.Parse(l.URL)
	if err != nil {
		return false
	}
	inner := bareHost(u) == bareHost(page)
	text := strings.ToLower(p.contains)
	switch {
	case p.host == hostInternal && !inner, p.host == hostExternal && inner:
		return false
	case p.ending != "" && !strings.EqualFold(path.Ext(u.Path), "."+p.ending):
		return false
	default:
		return strings.Contains(strings.ToLower(l.Text), text) || strings.Contains(strings.ToLower(l.URL), text)
	}
}

// bareHost is a host as people think of it: without its port and "www".
func bareHost(u *url.URL) string {
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
