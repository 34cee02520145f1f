package agent

import (
	"context"
	"fmt"
	"strings"
)

// How much read_page says.
const (
	shownHeadings = 8
	shownHeading  = 100 // characters of one
	shownGroups   = 3
)

// sight is a document and what repeats on it.
type sight struct {
	*document
	groups   []*group // the most likely list first
	headings []string
	links    int // distinct addresses
}

// look is the tool read_page.
func (r *run) look(ctx context.Context, doc *document) (*sight, error) {
	seen := &sight{document: doc}
	err := r.call(ctx, toolRead, map[string]any{"url": doc.page.url.String()}, func() (string, error) {
		var err error
		if seen.groups, err = findGroups(ctx, seen.document); err != nil {
			return "", err
		}
		seen.survey()
		for _, g := range seen.groups[:min(shownGroups, len(seen.groups))] {
			g.findFields()
		}
		return seen.describe(), nil
	})
	if err != nil {
		return nil, err
	}
	return seen, nil
}

// survey counts what a reader would notice first.
func (s *sight) survey() {
	links := map[string]bool{}
	for n := range elements(s.body) {
		if isHeading(n) {
			if line := inlineText(n); line != "" {
				s.headings = append(s.headings, line)
			}
		}
		if n.Data == "a" {
			if link := s.link(attr(n, "href")); link != "" {
				links[link] = true
			}
		}
	}
	s.links = len(links)
}

func (s *sight) describe() string {
	var b strings.Builder
	if s.plain {
		fmt.Fprintf(&b, "plain text, %d lines", strings.Count(s.page.text, "\n")+1)
		return b.String()
	}
	fmt.Fprintf(&b, "title: %s\nlinks: %d\nheadings: %d", firstOf(s.title, "none"), s.links, len(s.headings))
	for i, h := range s.headings {
		if i == shownHeadings {
			fmt.Fprintf(&b, "\n  and %d more", len(s.headings)-i)
			break
		}
		fmt.Fprintf(&b, "\n  %s", clipTo(h, shownHeading))
	}
	for _, g := range s.groups[:min(shownGroups, len(s.groups))] {
		fmt.Fprintf(&b, "\nrepeats %d times: %s", len(g.items), strings.Join(g.parts(), ", "))
	}
	if len(s.groups) == 0 {
		b.WriteString("\nnothing repeats")
	}
	return b.String()
}

// parts are what the blocks of a group usually hold.
func (g *group) parts() []string {
	var parts []string
	usual := g.usual()
	if len(usual) > 0 && usual[0] == "rank" {
		parts, usual = append(parts, "rank"), usual[1:]
	}
	return append(append(parts, "title"), usual...)
}
