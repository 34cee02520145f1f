package agent

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// dataTable is a table of a page that holds data, and what names it.
type dataTable struct {
	*grid
	name   string // its caption, or else the heading above it
	beside bool
}

// table is the skill that gives one of the page's tables: the tool extract,
// and the answer.
func (r *run) table(ctx context.Context, s *sight) (*finding, error) {
	tables := s.tables()
	if len(tables) > 0 {
		if err := r.think(ctx, "The page has %s. %s", tablesNamed(tables), whyTable(tables, r.plan.table)); err != nil {
			return nil, err
		}
	}
	var chosen *dataTable
	err := r.call(ctx, toolExtract, r.plan.extractInput(), func() (string, error) {
		if len(tables) == 0 {
			return "", fmt.Errorf("failed to find a table on page %q: none has two rows and two columns; ask to list or to read it instead", s.page.url)
		}
		chosen = tables[bestTable(tables, r.plan.table)]
		return fmt.Sprintf("table %s: %d rows, columns %s", chosen.label(), len(chosen.rows), strings.Join(chosen.columns, ", ")), nil
	})
	if err != nil {
		return nil, err
	}
	found := &finding{grid: chosen.grid, value: map[string]any{"columns": chosen.columns, "rows": chosen.rows}}
	if chosen.name != "" {
		found.markdown = append(found.markdown, "## "+escapeMarkdown(chosen.name)+"\n\n")
	}
	found.markdown = append(found.markdown, chosen.markdown()...)
	return found, nil
}

// tables are the page's tables with at least two columns and a row of data.
// A table around other tables is a layout.
func (s *sight) tables() []*dataTable {
	var found []*dataTable
	heading := ""
	for n := range elements(s.body) {
		if isHeading(n) {
			heading = inlineText(n)
		}
		if n.Data != "table" || attr(n, "role") == "presentation" || holdsTable(n) {
			continue
		}
		t := &dataTable{grid: gridOf(n), name: clipTo(firstOf(captionOf(n), heading), shownHeading), beside: besideContent(n, s.body)}
		if len(t.columns) >= 2 && len(t.rows) >= 1 && (len(t.rows) >= 2 || !strings.HasPrefix(t.columns[0], "column ")) {
			found = append(found, t)
		}
	}
	return found
}

func holdsTable(table *html.Node) bool {
	for n := range elements(table) {
		if n != table && n.Data == "table" {
			return true
		}
	}
	return false
}

func captionOf(table *html.Node) string {
	for c := range table.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "caption" {
			return inlineText(c)
		}
	}
	return oneLine(attr(table, "aria-label"))
}

// bestTable is the index of the table that the words of a task fit best: by a
// number ("second"), else by its name and columns. Without a fit it is the
// largest one in the page's content.
func bestTable(tables []*dataTable, words string) int {
	if n, ok := ordinal(words, len(tables)); ok {
		return n
	}
	best, most, largest := 0, -1, -1
	for i, t := range tables {
		fit, size := t.fit(words), len(t.columns)*len(t.rows)
		if t.beside {
			size = 0
		}
		if fit > most || fit == most && size > largest {
			best, most, largest = i, fit, size
		}
	}
	return best
}

// fit is how many of the words the table's name or columns have; those in its
// name count twice.
func (t *dataTable) fit(words string) int {
	name, columns := splitWords(t.name), splitWords(strings.Join(t.columns, " "))
	fit := 0
	for _, w := range splitWords(words) {
		is := func(other string) bool { return singular(other) == singular(w) }
		if slices.ContainsFunc(name, is) {
			fit += 2
		} else if slices.ContainsFunc(columns, is) {
			fit++
		}
	}
	return fit
}

func ordinal(words string, tables int) (int, bool) {
	for _, w := range splitWords(words) {
		n := slices.Index([]string{"1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th"}, w)
		if n < 0 {
			n = slices.Index([]string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"}, w)
		}
		if w == "last" {
			n = tables - 1
		}
		if n >= 0 && n < tables {
			return n, true
		}
	}
	return 0, false
}

// whyTable says which table is chosen and why.
func whyTable(tables []*dataTable, words string) string {
	best := bestTable(tables, words)
	label := tables[best].label()
	if _, numbered := ordinal(words, len(tables)); numbered {
		return fmt.Sprintf("The task asks for it by its number: %s.", label)
	}
	switch {
	case len(tables) == 1:
		return "It is taken."
	case words != "" && tables[best].fit(words) > 0:
		return fmt.Sprintf("The words “%s” fit %s best.", words, label)
	default:
		return fmt.Sprintf("The task does not say which in words of theirs, so the largest is taken, %s.", label)
	}
}

func (t *dataTable) label() string {
	if t.name == "" {
		return "without a name"
	}
	return "“" + t.name + "”"
}

func tablesNamed(tables []*dataTable) string {
	if len(tables) == 1 {
		return "one table, " + tables[0].label()
	}
	var names []string
	for i, t := range tables {
		if i == shownHeadings {
			names = append(names, "more")
			break
		}
		names = append(names, t.label())
	}
	return fmt.Sprintf("%d tables: %s", len(tables), strings.Join(names, ", "))
}
