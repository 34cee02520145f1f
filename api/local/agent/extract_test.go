package agent

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// see parses and looks at a page as if it had been fetched.
func see(t testing.TB, markup string) *sight {
	t.Helper()
	address := &url.URL{Scheme: "https", Host: "test.example", Path: "/dir/page"}
	doc, err := parse(t.Context(), &page{url: address, media: mediaHTML, text: markup})
	if err != nil {
		t.Fatal(err)
	}
	s := &sight{document: doc}
	if s.groups, err = findGroups(t.Context(), doc); err != nil {
		t.Fatal(err)
	}
	s.survey()
	return s
}

// leastRight is the share of the pages of testdata whose list must come out
// exactly right.
const leastRight = 0.95

// Each page of testdata is built like a kind of real site. Beside it stands
// what a list of it must say: how often what repeats, then every item.
func TestListsOfManyStyles(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("testdata/*.html")
	if err != nil || len(pages) < 40 {
		t.Fatalf("found %d pages: %v", len(pages), err)
	}
	right := 0
	for _, path := range pages {
		markup, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(strings.TrimSuffix(path, ".html") + ".want")
		if err != nil {
			t.Fatal(err)
		}
		if got := listed(see(t, string(markup))); got == string(want) {
			right++
		} else {
			t.Logf("%s: got\n%swant\n%s", path, got, want)
		}
	}
	share := float64(right) / float64(len(pages))
	t.Logf("exactly right: %d of %d pages, %.1f %%", right, len(pages), 100*share)
	if share < leastRight {
		t.Errorf("only %.1f %% of the pages come out exactly right, and %.0f %% should", 100*share, 100*leastRight)
	}
}

func listed(s *sight) string {
	g := s.mainGroup("items")
	if g == nil {
		return "nothing\n"
	}
	g.findFields()
	var b strings.Builder
	fmt.Fprintf(&b, "%d × %s\n", len(g.items), strings.Join(g.parts(), ", "))
	for _, it := range g.items {
		b.WriteString(it.markdown() + "\n")
	}
	return b.String()
}

func TestNoListIsFound(t *testing.T) {
	t.Parallel()
	for name, markup := range map[string]string{
		"empty":        "",
		"no element":   "just text",
		"two items":    `<ul><li><a href=/a>A long enough title</a><li><a href=/b>Another such title</a></ul>`,
		"same title":   `<ul>` + strings.Repeat(`<li><a href=/a>Read more about this</a>`, 9) + `</ul>`,
		"numbers":      `<ul><li><a href=/1>1</a><li><a href=/2>2</a><li><a href=/3>3</a><li><a href=/4>4</a></ul>`,
		"navigation":   `<nav><ul><li><a href=/a>Everything about us</a><li><a href=/b>Write us a letter</a><li><a href=/c>How to get here</a></ul></nav>`,
		"never seen":   `<ul hidden><li><a href=/a>Everything about us</a><li><a href=/b>Write us a letter</a><li><a href=/c>How to get here</a></ul>`,
		"not the same": `<div><h2>One kind</h2></div><div><p>An other kind of thing</p></div><div><img alt=x><ul><li>A third</ul></div>`,
	} {
		if got := listed(see(t, markup)); got != "nothing\n" {
			t.Errorf("%s: found a list:\n%s", name, got)
		}
	}
}

func TestNavigationIsListedWhenLinksAreAskedFor(t *testing.T) {
	t.Parallel()
	s := see(t, `<p>Welcome.</p><nav><ul><li><a href=/a>Everything about us</a><li><a href=/b>Write us a letter</a><li><a href=/c>How to get here</a></ul></nav>`)
	g := s.mainGroup("links")
	if g == nil || len(g.items) != 3 || g.items[1].link != "https://test.example/b" {
		t.Errorf("the links of the navigation were not found: %+v", g)
	}
}

func TestLinksAreAbsolute(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ base, href, want string }{
		{"", "x", "https://test.example/dir/x"},
		{"", "/x", "https://test.example/x"},
		{"", "//other.example/x", "https://other.example/x"},
		{"", " ../x?q=1#f ", "https://test.example/x?q=1#f"},
		{"", "", ""},
		{"", "#top", ""},
		{"", "javascript:alert(1)", ""},
		{"", "mailto:a@b.example", ""},
		{"", "http://%zz/", ""},
		{`<base href="https://cdn.example/deep/">`, "x", "https://cdn.example/deep/x"},
		{`<base href="/up/">`, "x", "https://test.example/up/x"},
		{`<base href="javascript:0">`, "x", "https://test.example/dir/x"},
	} {
		if got := see(t, "<head>"+test.base+"</head>").link(test.href); got != test.want {
			t.Errorf("link(%q) with %q = %q, want %q", test.href, test.base, got, test.want)
		}
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ markup, name, want string }{
		{`<span>1,204 points</span>`, "points", "1,204"},
		{`<b>12</b> upvotes`, "points", "12"},
		{`<span class="score">77</span>`, "points", "77"},
		{`<a href=/c>3 comments</a>`, "comments", "3"},
		{`<span class="replies">9</span>`, "comments", "9"},
		{`<i>from $1,299.00 on</i>`, "price", "$1,299.00"},
		{`<s>€20</s> <b>15,50 €</b>`, "price", "15,50 €"},
		{`<span>4.5 out of 5 stars</span>`, "rating", "4.5 out of 5 stars"},
		{`<span>by <a href=/u>ann</a></span>`, "author", "ann"},
		{`<p>By Ann Lee | May 4, 2026</p>`, "author", "Ann Lee"},
		{`<p>By Ann Lee | May 4, 2026</p>`, "date", "May 4, 2026"},
		{`<span class="post-author">Ann Lee</span>`, "author", "Ann Lee"},
		{`<time datetime="2026-05-04">last Monday</time>`, "date", "last Monday"},
		{`<em>3 hours ago</em>`, "date", "3 hours ago"},
		{`<em>4. März, 2026-03-04</em>`, "date", "2026-03-04"},
		{`<em>2026年5月4日</em>`, "date", "2026年5月4日"},
		{`<p>Nothing to see here at all, and no numbers.</p>`, "points", ""},
		{`<p>They stand by the door and wait.</p>`, "author", ""},
	} {
		s := see(t, strings.Repeat(`<div class=i><a href=/x>T</a> `+test.markup+`</div>`, 1))
		it := &item{nodes: nil, title: "T"}
		for n := range elements(s.body) {
			if isNamed(n, "i") {
				it.nodes = append(it.nodes, n)
			}
		}
		got := ""
		for _, f := range it.findFields() {
			if f.name == test.name {
				got = f.value
			}
		}
		if got != test.want {
			t.Errorf("%s of %s = %q, want %q", test.name, test.markup, got, test.want)
		}
	}
}

func TestLookingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := see(t, `<ul><li><a href=/a>Everything about us</a><li><a href=/b>Write us a letter</a><li><a href=/c>How to get here</a></ul>`)
	cancel()
	if _, err := parse(ctx, s.page); !errors.Is(err, context.Canceled) {
		t.Errorf("parse: error %v", err)
	}
	if _, err := findGroups(ctx, s.document); !errors.Is(err, context.Canceled) {
		t.Errorf("findGroups: error %v", err)
	}
}

// A page may be made to be costly: deep, and alike on every level. What is
// looked at closely stays in proportion to its size.
func TestWorkIsBounded(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("<div>text", 200) + "<a href=/x>link</a>" + strings.Repeat("</div>", 200)
	s := see(t, strings.Repeat(deep, 20))
	survey, looks := surveyOf(s.body), 0
	for _, c := range survey.candidates(s.body) {
		looks += c.size
	}
	if most := maxLooks * survey.size[s.body]; looks == 0 || looks > most {
		t.Errorf("%d nodes are looked at, at most %d should be", looks, most)
	}
	if _, err := parse(t.Context(), &page{url: s.base, media: mediaHTML, text: strings.Repeat("<div>", 600)}); err == nil {
		t.Error("a page nested 600 deep was parsed")
	}
}

func FuzzExtract(f *testing.F) {
	pages, err := filepath.Glob("testdata/*.html")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range pages {
		markup, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(markup))
	}
	f.Add(strings.Repeat("<div>", 600))
	f.Add("<table><tr><tr><tr><td><a href=\x00><tr>")
	f.Fuzz(func(t *testing.T, markup string) {
		address := &url.URL{Scheme: "https", Host: "test.example", Path: "/"}
		doc, err := parse(t.Context(), &page{url: address, media: mediaHTML, text: markup})
		if err != nil {
			return
		}
		s := &sight{document: doc}
		if s.groups, err = findGroups(t.Context(), doc); err != nil {
			t.Fatal(err)
		}
		s.survey()
		_ = s.describe()
		for _, g := range s.groups {
			if len(g.items) < minItems || g.score <= 0 {
				t.Errorf("a group of %d items scored %v", len(g.items), g.score)
			}
			for _, it := range g.items {
				if it.title == "" || strings.ContainsAny(it.markdown(), "\n\r") {
					t.Errorf("an item is no line of a list: %q", it.markdown())
				}
			}
		}
		for _, table := range s.tables() {
			for _, row := range table.rows {
				if len(row) != len(table.columns) {
					t.Errorf("a row of %d cells under %d columns", len(row), len(table.columns))
				}
			}
		}
		for _, l := range s.pageLinks() {
			if u, err := url.Parse(l.URL); err != nil || !isWeb(u) || l.Text == "" {
				t.Errorf("link %q: %v", l, err)
			}
		}
		_ = findText(s.passages(), "a b")
		if next := s.nextPage(); next != nil && next.Host != address.Host {
			t.Errorf("the next page is on another host: %s", next)
		}
		if _, err := s.mainText(t.Context()); err != nil && err.Error() == "" {
			t.Error("an error without a text")
		}
	})
}
