package agent

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeTasks checks that the tasks which the README offers are understood,
// each as what it stands there for.
func TestReadmeTasks(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for _, name := range []string{"news", "article", "league"} {
		sections[name] = "http://127.0.0.1:41207/" + name
	}
	skillOfRow := map[string]string{
		"list what": skillList, "filter a": skillList, "read a": skillRead, "take a table": skillTable,
		"take the links": skillLinks, "find text": skillFind, "compare the": skillCompare,
	}
	_, table, _ := strings.Cut(string(text), "| to | write |")
	table, _, _ = strings.Cut(table, "\n\n")
	for beginning, want := range skillOfRow {
		_, row, found := strings.Cut(table, "\n| "+beginning)
		if !found {
			t.Errorf("the README's table has no row that begins with %q", beginning)
			continue
		}
		row, _, _ = strings.Cut(row, "\n")
		for _, task := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row, -1) {
			if p, err := understand(task[1], sections); err != nil {
				t.Errorf("%q: %v", task[1], err)
			} else if p.skill != want {
				t.Errorf("%q is understood as %s, want %s", task[1], p.skill, want)
			}
		}
	}
}
