package agent

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// list is the skill that lists what repeats on a page: the tool extract, and
// the answer.
func (r *run) list(ctx context.Context, s *sight) error {
	g := s.mainGroup(r.plan.what)
	if g != nil {
		g.findFields()
		thought := fmt.Sprintf("One block repeats %d times: %s. ", len(g.items), strings.Join(g.parts(), ", "))
		if err := r.say(ctx, Thought{thought + "It is taken in the order of the page.\n\n"}); err != nil {
			return err
		}
	}
	var items []*item
	input := map[string]any{"skill": skillList, "what": r.plan.what}
	if r.plan.count != everything {
		input["count"] = r.plan.count
	}
	err := r.call(ctx, toolExtract, input, func() (string, error) {
		if g == nil {
			return "", s.noList()
		}
		items = g.items
		if r.plan.count != everything {
			items = items[:min(len(items), r.plan.count)]
		}
		return itemsJSON(items)
	})
	if err != nil {
		return err
	}
	return r.answerList(ctx, items)
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

// itemsJSON is the items as an array of objects.
func itemsJSON(items []*item) (string, error) {
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
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(out); err != nil {
		return "", fmt.Errorf("failed to encode %d items: %w", len(items), err)
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

func (r *run) answerList(ctx context.Context, items []*item) error {
	if err := r.say(ctx, Speech{"## " + r.plan.heading(len(items)) + "\n\n"}); err != nil {
		return err
	}
	for i, it := range items {
		if err := r.say(ctx, Speech{fmt.Sprintf("%d. %s\n", i+1, it.markdown())}); err != nil {
			return err
		}
	}
	if len(items) >= r.plan.count || !r.plan.counted {
		return nil
	}
	return r.say(ctx, Speech{fmt.Sprintf("\nThe page shows %d, not %d.\n", len(items), r.plan.count)})
}

func (p plan) heading(found int) string {
	switch {
	case p.count == everything:
		return fmt.Sprintf("All %d %s", found, p.what)
	case found == 1:
		return "Top " + singular(p.what)
	default:
		return fmt.Sprintf("Top %d %s", found, p.what)
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
