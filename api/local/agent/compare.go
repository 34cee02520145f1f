package agent

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// change is an item of two lists whose fields differ.
type change struct {
	Title  string       `json:"title"`
	Fields []difference `json:"fields"`
}

// difference is a field with its value on each page; empty where it has none.
type difference struct {
	Name  string `json:"name"`
	Here  string `json:"here"`
	There string `json:"there"`
}

// comparison is what two lists have in common, by the titles of their items.
type comparison struct {
	both, onlyHere, onlyThere []*item
	changed                   []change
}

// compare is the skill that sets the lists of two pages side by side: it
// opens the second one, then the tool extract, and the answer.
func (r *run) compare(ctx context.Context, here *sight) (*finding, error) {
	there, err := r.visit(ctx, r.plan.other, r.plan.other.Hostname())
	if err != nil {
		return nil, err
	}
	lists := [2]*group{here.mainGroup(r.plan.what), there.mainGroup(r.plan.what)}
	for i, g := range lists {
		if g != nil {
			g.findFields()
			if err := r.think(ctx, "On %s one block repeats %d times: %s.", []*sight{here, there}[i].page.url, len(g.items), strings.Join(g.parts(), ", ")); err != nil {
				return nil, err
			}
		}
	}
	var c comparison
	err = r.call(ctx, toolExtract, r.plan.extractInput(), func() (string, error) {
		switch {
		case lists[0] == nil:
			return "", here.noList()
		case lists[1] == nil:
			return "", there.noList()
		}
		c = compareItems(lists[0].items, lists[1].items)
		return fmt.Sprintf("%d in both, %d only on the first page, %d only on the second, %d changed", len(c.both), len(c.onlyHere), len(c.onlyThere), len(c.changed)), nil
	})
	if err != nil {
		return nil, err
	}
	return c.finding(r.plan), nil
}

// compareItems pairs items by title, in capitals or not; a title that occurs
// twice is paired in order.
func compareItems(here, there []*item) comparison {
	var c comparison
	waiting := map[string][]*item{}
	for _, it := range there {
		waiting[titleKey(it)] = append(waiting[titleKey(it)], it)
	}
	paired := map[*item]bool{}
	for _, it := range here {
		same := waiting[titleKey(it)]
		if len(same) == 0 {
			c.onlyHere = append(c.onlyHere, it)
			continue
		}
		other := same[0]
		waiting[titleKey(it)] = same[1:]
		paired[other] = true
		c.both = append(c.both, it)
		if fields := differences(it, other); len(fields) > 0 {
			c.changed = append(c.changed, change{it.title, fields})
		}
	}
	for _, it := range there {
		if !paired[it] {
			c.onlyThere = append(c.onlyThere, it)
		}
	}
	return c
}

func titleKey(it *item) string { return strings.ToLower(oneLine(it.title)) }

// differences are the fields of two items that are not equal. The address is
// none: two pages seldom have the same one for the same thing.
func differences(here, there *item) []difference {
	var names []string
	for _, f := range slices.Concat(here.fields, there.fields) {
		if !slices.Contains(names, f.name) {
			names = append(names, f.name)
		}
	}
	var found []difference
	for _, name := range names {
		if a, b := here.field(name), there.field(name); a != b {
			found = append(found, difference{name, a, b})
		}
	}
	return found
}

func (c comparison) finding(p plan) *finding {
	f := &finding{
		value: map[string]any{
			"both": itemValues(c.both), "only_here": itemValues(c.onlyHere), "only_there": itemValues(c.onlyThere),
			"changed": append([]change{}, c.changed...),
		},
		grid: &grid{columns: []string{"where", "title", "field", "here", "there"}},
	}
	section := func(name, where string, items []*item) {
		f.markdown = append(f.markdown, fmt.Sprintf("## %s: %d\n\n", name, len(items)))
		for i, it := range items {
			f.markdown = append(f.markdown, fmt.Sprintf("%d. %s\n", i+1, it.markdown()))
			f.grid.rows = append(f.grid.rows, []string{where, it.title, "", "", ""})
		}
		f.markdown = append(f.markdown, "\n")
	}
	f.markdown = append(f.markdown, fmt.Sprintf("Here is %s, there is %s.\n\n", escapeMarkdown(p.page.String()), escapeMarkdown(p.other.String())))
	section("In both", "both", c.both)
	section("Only here", "here", c.onlyHere)
	section("Only there", "there", c.onlyThere)
	f.markdown = append(f.markdown, fmt.Sprintf("## Changed: %d\n\n", len(c.changed)))
	for _, changed := range c.changed {
		var said []string
		for _, d := range changed.Fields {
			said = append(said, fmt.Sprintf("%s %s → %s", d.Name, firstOf(d.Here, "—"), firstOf(d.There, "—")))
			f.grid.rows = append(f.grid.rows, []string{"changed", changed.Title, d.Name, d.Here, d.There})
		}
		f.markdown = append(f.markdown, fmt.Sprintf("- %s: %s\n", escapeMarkdown(changed.Title), escapeMarkdown(strings.Join(said, ", "))))
	}
	return f
}
