package agent

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// list is the skill that lists what repeats on a page and those that follow
// it: the tool extract, and the answer.
func (r *run) list(ctx context.Context, s *sight) (*finding, error) {
	g := s.mainGroup(r.plan.what)
	if g == nil {
		return nil, r.call(ctx, toolExtract, r.plan.extractInput(), func() (string, error) { return "", s.noList() })
	}
	g.findFields()
	if err := r.think(ctx, "One block repeats %d times: %s. It is taken in the order of the page.", len(g.items), strings.Join(g.parts(), ", ")); err != nil {
		return nil, err
	}
	c := &collection{plan: r.plan, url: s.page.url}
	if err := c.begin(g.items); err != nil {
		return nil, r.call(ctx, toolExtract, r.plan.extractInput(), func() (string, error) { return "", err })
	}
	if c.guessed != "" {
		if err := r.think(ctx, "The condition names no field, so it is taken to be about %s.", c.guessed); err != nil {
			return nil, err
		}
	}
	if err := r.follow(ctx, s, c); err != nil {
		return nil, err
	}
	if note := c.finish(time.Now()); note != "" {
		if err := r.think(ctx, "%s", note); err != nil {
			return nil, err
		}
	}
	err := r.call(ctx, toolExtract, r.plan.extractInput(), func() (string, error) { return encodeJSON(itemValues(c.items)) })
	if err != nil {
		return nil, err
	}
	return &finding{
		value:    map[string]any{"items": itemValues(c.items)},
		markdown: c.markdown(),
		grid:     itemsGrid(c.items),
	}, nil
}

// extractInput is what the call of extract says of the plan.
func (p plan) extractInput() map[string]any {
	input := map[string]any{"skill": p.skill}
	if p.skill == skillList || p.skill == skillCompare {
		input["what"] = p.what
	}
	for _, v := range p.variables() {
		switch {
		case v.Name == "url" || v.Name == "other_url" || v.Name == "format":
		case v.Name == "count" && p.count == everything:
		case v.Name == "count":
			input[v.Name] = p.count
		default:
			input[v.Name] = v.Default
		}
	}
	return input
}

// mainGroup is the likeliest list in the page's content. What stands beside
// the content counts only when the task asks for links.
func (s *sight) mainGroup(what string) *group {
	for _, g := range s.groups {
		if what == "links" && !g.linked {
			continue
		}
		if !g.beside || what == "links" {
			return g
		}
	}
	return nil
}

func (s *sight) noList() error {
	return fmt.Errorf("failed to find a list on page %q: no block repeats with titles of its own; it has %d headings and %d links; ask to read it instead",
		s.page.url, len(s.headings), s.links)
}

// itemValues are the items as JSON objects.
func itemValues(items []*item) []map[string]string {
	out := make([]map[string]string, len(items))
	for i, it := range items {
		out[i] = map[string]string{}
		for _, f := range it.fields {
			out[i][f.name] = f.value
		}
		out[i]["title"] = it.title
		if it.link != "" {
			out[i]["url"] = it.link
		}
	}
	return out
}

// itemsGrid is the items as rows: title, url, and every field that any has.
func itemsGrid(items []*item) *grid {
	g := &grid{columns: []string{"title", "url"}}
	column := map[string]int{"title": 0, "url": 1}
	for _, it := range items {
		for _, f := range it.fields {
			if _, known := column[f.name]; !known {
				column[f.name] = len(g.columns)
				g.columns = append(g.columns, f.name)
			}
		}
	}
	for _, it := range items {
		row := make([]string, len(g.columns))
		for _, f := range it.fields {
			row[column[f.name]] = f.value
		}
		row[0], row[1] = it.title, it.link
		g.rows = append(g.rows, row)
	}
	return g
}

// markdown is the answer: a heading, a line for each item, and what is
// missing.
func (c *collection) markdown() []string {
	pieces := []string{"## " + c.plan.heading(len(c.items)) + "\n\n"}
	for i, it := range c.items {
		pieces = append(pieces, fmt.Sprintf("%d. %s\n", i+1, it.markdown()))
	}
	pages := "The page shows"
	if c.pages > 1 {
		pages = fmt.Sprintf("The %d pages show", c.pages)
	}
	switch {
	case len(c.items) == 0:
		pieces = append(pieces, fmt.Sprintf("%s %d %s, and none of them fits.\n", pages, c.seen, c.plan.what))
	case c.plan.counted && len(c.items) < c.plan.count:
		pieces = append(pieces, fmt.Sprintf("\n%s %d, not %d.\n", pages, len(c.items), c.plan.count))
	}
	return pieces
}

func (p plan) heading(found int) string {
	said := ""
	if p.contains != "" {
		said += fmt.Sprintf(" containing “%s”", escapeMarkdown(p.contains))
	}
	if len(p.where) > 0 {
		said += " with " + escapeMarkdown(describeAll(p.where))
	}
	switch {
	case found == 0:
		return fmt.Sprintf("No %s%s", p.what, said)
	case p.count == everything && found == 1:
		return "The one " + singular(p.what) + said
	case p.count == everything:
		return fmt.Sprintf("All %d %s%s", found, p.what, said)
	case found == 1:
		return "Top " + singular(p.what) + said
	default:
		return fmt.Sprintf("Top %d %s%s", found, p.what, said)
	}
}

// markdown is the item on one line.
func (it *item) markdown() string {
	var b strings.Builder
	if it.link != "" {
		fmt.Fprintf(&b, "[%s](%s)", escapeMarkdown(it.title), escapeLink(it.link))
	} else {
		b.WriteString(escapeMarkdown(it.title))
	}
	for _, f := range it.fields {
		if f.name != "rank" {
			fmt.Fprintf(&b, " · %s", escapeMarkdown(f.label()))
		}
	}
	return b.String()
}

// label is the field as an answer shows it.
func (f field) label() string {
	switch f.name {
	case "points", "comments":
		if f.value == "1" {
			return "1 " + singular(f.name)
		}
		return f.value + " " + f.name
	case "author":
		return "by " + f.value
	case "price", "date", "rating":
		return f.value
	default:
		return f.name + " " + f.value
	}
}
