package agent

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// maxPages is how many pages one list is read from.
const maxPages = 10

// collection is the items of a list while they are gathered.
type collection struct {
	plan    plan
	url     *url.URL
	items   []*item // those that fit
	seen    int     // those that were looked at
	pages   int
	guessed string // the field that a condition without one is about
	known   map[itemKey]bool
}

// itemKey tells an item from those of pages before, which sites repeat.
type itemKey struct{ title, link string }

// begin settles on the fields that the conditions are about, and takes the
// items of the first page.
func (c *collection) begin(items []*item) error {
	c.known = map[itemKey]bool{}
	c.plan.where = slices.Clone(c.plan.where)
	for i, condition := range c.plan.where {
		if condition.field == "" {
			c.guessed = numericField(items)
			c.plan.where[i].field = c.guessed
		}
		if err := c.needs(items, c.plan.where[i].field); err != nil {
			return err
		}
	}
	if c.plan.order.field != "" {
		if err := c.needs(items, c.plan.order.field); err != nil {
			return err
		}
	}
	c.take(items)
	return nil
}

// needs fails when no item has a field that the task is about.
func (c *collection) needs(items []*item, name string) error {
	if name != "" && slices.ContainsFunc(items, func(it *item) bool { return it.field(name) != "" }) {
		return nil
	}
	fields := strings.Join((&group{items: items}).parts(), ", ")
	if name == "" {
		return fmt.Errorf("failed to apply a condition to the list on page %q: its items have no number; they have %s", c.url, fields)
	}
	return fmt.Errorf("failed to find the field %q in the list on page %q; its items have %s", name, c.url, fields)
}

// numericField is what a number without a unit is about: the price, the
// points, or the first field of numbers that most items have.
func numericField(items []*item) string {
	names := []string{"price", "points"}
	for _, name := range (&group{items: items}).usual() {
		if name != "rank" && name != "date" {
			names = append(names, name)
		}
	}
	for _, name := range names {
		numbers := 0
		for _, it := range items {
			if _, ok := numberIn(it.field(name)); ok {
				numbers++
			}
		}
		if 2*numbers >= len(items) {
			return name
		}
	}
	return ""
}

// take adds those items of a page that are new and fit, and returns how many
// were new.
func (c *collection) take(items []*item) int {
	c.pages++
	fresh := 0
	known := map[itemKey]bool{}
	for _, it := range items {
		key := itemKey{it.title, it.link}
		if c.known[key] {
			continue
		}
		known[key] = true
		fresh++
		if c.fits(it) {
			c.items = append(c.items, it)
		}
	}
	for key := range known {
		c.known[key] = true
	}
	c.seen += fresh
	return fresh
}

func (c *collection) fits(it *item) bool {
	if c.plan.contains != "" && !it.says(c.plan.contains) {
		return false
	}
	return !slices.ContainsFunc(c.plan.where, func(w condition) bool { return !w.holds(it) })
}

// full reports that no further page can change the answer. To sort, all pages
// must be known.
func (c *collection) full() bool {
	return c.plan.count != everything && len(c.items) >= c.plan.count && c.plan.order.field == ""
}

// finish sorts the items and keeps as many as were asked for. The note says
// what is worth knowing about that; it may be empty.
func (c *collection) finish(now time.Time) (note string) {
	if field := c.plan.order.field; field != "" {
		note = fmt.Sprintf("The %d that fit are sorted by %s.", len(c.items), c.plan.order.describe())
		if missing := c.plan.order.sort(c.items, now); missing > 0 {
			note += fmt.Sprintf(" %d of them do not say it, and come last.", missing)
		}
	}
	if c.plan.count != everything {
		c.items = c.items[:min(len(c.items), c.plan.count)]
	}
	return note
}

// follow reads the pages that follow the first one until the collection is
// full.
func (r *run) follow(ctx context.Context, s *sight, c *collection) error {
	visited := map[string]bool{r.plan.page.String(): true, s.page.url.String(): true}
	for !c.full() {
		next := s.nextPage()
		if next == nil || visited[next.String()] {
			return nil
		}
		if c.pages == maxPages {
			return r.think(ctx, "More pages follow, but a list is read from %d pages at most.", maxPages)
		}
		if err := r.think(ctx, "%d of %d items so far fit, and the page names a next one, %s. It is opened for more.", len(c.items), c.seen, next); err != nil {
			return err
		}
		visited[next.String()] = true
		var err error
		if s, err = r.visit(ctx, next, r.plan.page.Hostname()); err != nil {
			return err
		}
		visited[s.page.url.String()] = true
		g := s.mainGroup(r.plan.what)
		if g == nil {
			return r.think(ctx, "That page holds no list, so the items of the pages before are all there are.")
		}
		g.findFields()
		if c.take(g.items) == 0 {
			return r.think(ctx, "That page shows nothing new, so the items of the pages before are all there are.")
		}
	}
	return nil
}
