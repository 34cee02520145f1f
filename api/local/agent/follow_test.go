package agent

import (
	"strings"
	"testing"
)

// earlierFunction is what a task leaves behind.
func earlierFunction(t *testing.T, task string) Function {
	t.Helper()
	p, err := understand(task, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p.function()
}

// values are the variables of a plan in one line.
func values(p plan) string {
	var said []string
	for _, v := range p.function().Variables[1:] {
		said = append(said, v.Name+"="+v.Default)
	}
	return strings.Join(said, " ")
}

func TestFurtherTasksChangeThePlan(t *testing.T) {
	t.Parallel()
	const (
		list    = "list the top 3 posts of https://a.example under 20 points"
		links   = "all links of https://a.example"
		read    = "read https://a.example in 100 words"
		find    = "find “tea” on https://a.example"
		compare = "compare the posts of https://a.example and https://b.example"
	)
	for _, test := range []struct{ earlier, task, want string }{
		{list, "now sorted by points", "count=3 where=points under 20 sort=-points"},
		{list, "sorted by points", "count=3 where=points under 20 sort=-points"},
		{list, "top 10 instead", "count=10 where=points under 20"},
		{list, "10 instead", "count=10 where=points under 20"},
		{list, "now the first ten posts", "count=10 where=points under 20"},
		{list, "all of them", "count=0 where=points under 20"},
		{list, "only those over 100 points", "count=3 where=points over 100"},
		{list, "but containing “Go”", "count=3 contains=Go where=points under 20"},
		{list, "the same as CSV", "count=3 where=points under 20 format=csv"},
		{list, "top 5 sorted by title as JSON please", "count=5 where=points under 20 sort=title format=json"},
		{links, "only those to PDF files", ""},
		{links, "just the first 5", "count=5"},
		{read, "make it 50 words", "words=50"},
		{read, "only the first paragraph", "paragraphs=1"},
		{find, "and “coffee”", "text=coffee"},
		{compare, "as CSV", "other_url=https://b.example format=csv"},

		{list, "read the text", ""},
		{list, "and the comments", ""},
		{list, "not under 20 points", ""},
		{list, "list the top 10 posts of https://b.example", ""},
		{list, "all links", ""},
		{list, "in 50 words", ""},
		{list, "now", ""},
		{list, "0 instead", ""},
		{list, "", ""},
		{list, strings.Repeat("now ", maxTask), ""},
		{read, "top 10 instead", ""},
		{find, "sorted by points", ""},
	} {
		p, ok := follow(earlierFunction(t, test.earlier), test.task, nil)
		got := ""
		if ok {
			got = values(p)
		}
		if got != test.want {
			t.Errorf("after %q, %.60q becomes %q, want %q", test.earlier, test.task, got, test.want)
		}
	}
	if _, ok := follow(Function{Skill: "juggle"}, "as CSV", nil); ok {
		t.Error("a plan of an unknown skill was changed")
	}
}
