package agent

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// gridIn is the first table of a page as text: columns, then rows.
func gridIn(t testing.TB, markup string) string {
	t.Helper()
	for n := range elements(see(t, markup).body) {
		if n.Data == "table" {
			g := gridOf(n)
			lines := []string{strings.Join(g.columns, ",")}
			for _, row := range g.rows {
				lines = append(lines, strings.Join(row, ","))
			}
			return strings.Join(lines, "\n")
		}
	}
	return ""
}

func TestGrids(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ markup, want string }{
		"plain":             {"<tr><th>a<th>b<tr><td>1<td>2", "a,b\n1,2"},
		"no headings":       {"<tr><td>1<td>2<tr><td>3<td>4", "column 1,column 2\n1,2\n3,4"},
		"headings alone":    {"<tr><th>a<th>b", "column 1,column 2\na,b"},
		"thead of td":       {"<thead><tr><td>a<td>b</thead><tr><td>1<td>2", "a,b\n1,2"},
		"row headings":      {"<tr><th>a<td>1<tr><th>b<td>2", "column 1,column 2\na,1\nb,2"},
		"two head rows":     {"<tr><th rowspan=2>a<th colspan=2>b<tr><th>c<th>d<tr><td>1<td>2<td>3", "a,b c,b d\n1,2,3"},
		"colspan":           {"<tr><th>a<th>b<th>c<tr><td colspan=2>1<td>2", "a,b,c\n1,1,2"},
		"rowspan":           {"<tr><th>a<th>b<tr><td rowspan=2>1<td>2<tr><td>3<tr><td>4<td>5", "a,b\n1,2\n1,3\n4,5"},
		"rowspan inside":    {"<tr><th>a<th>b<th>c<tr><td>1<td rowspan=2>2<td>3<tr><td>4<td>5", "a,b,c\n1,2,3\n4,2,5"},
		"rowspan at end":    {"<tr><th>a<th>b<tr><td>1<td rowspan=9>2<tr><td>3<tr><td>4", "a,b\n1,2\n3,2\n4,2"},
		"both":              {"<tr><th>a<th>b<th>c<tr><td rowspan=2 colspan=2>1<td>2<tr><td>3", "a,b,c\n1,1,2\n1,1,3"},
		"rowspan zero":      {"<tr><th>a<th>b<tr><td rowspan=0>1<td>2<tr><td>3", "a,b\n1,2\n1,3"},
		"silly spans":       {"<tr><th>a<th>b<tr><td colspan=0>1<td rowspan=-3 colspan=x>2", "a,b\n1,2"},
		"short row":         {"<tr><th>a<th>b<tr><td>1<tr><td>2<td>3<td>4", "a,b,\n1,,\n2,3,4"},
		"empty rows":        {"<tr><th>a<th>b<tr></tr><tr><td> <td><tr><td>1<td>2", "a,b\n1,2"},
		"same names":        {"<tr><th>a<th>a<th>a<tr><td>1<td>2<td>3", "a,a 2,a 3\n1,2,3"},
		"cells with blocks": {"<tr><th>a<th>b<tr><td><p>1</p><p>2</p><td>x<b>y</b>", "a,b\n1 2,xy"},
		"footer":            {"<thead><tr><th>a<th>b</thead><tbody><tr><td>1<td>2</tbody><tfoot><tr><td>sum<td>2</tfoot>", "a,b\n1,2\nsum,2"},
		"inner table":       {"<tr><th>a<th>b<tr><td>1<td><table><tr><td>x</table>", "a,b\n1,x"},
	} {
		if got := gridIn(t, "<table>"+test.markup+"</table>"); got != test.want {
			t.Errorf("%s: got\n%s, want\n%s", name, got, test.want)
		}
	}
}

// Spans may promise more cells than memory holds.
func TestGridsAreBounded(t *testing.T) {
	t.Parallel()
	bomb := "<table>" + strings.Repeat("<tr>"+strings.Repeat("<td colspan=1000 rowspan=65534>x", 3), 1000) + "</table>"
	for n := range elements(see(t, bomb).body) {
		if n.Data != "table" {
			continue
		}
		g, cells := gridOf(n), 0
		for _, row := range g.rows {
			cells += len(row)
		}
		if len(g.columns) > maxColumns || cells > maxCells+maxColumns {
			t.Errorf("%d columns, %d cells", len(g.columns), cells)
		}
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		order   string
		values  []string
		want    string
		missing int
	}{
		{"price", []string{"$12", "$1,000", "", "$9.50"}, "$9.50 $12 $1,000 ", 1},
		{"-points", []string{"7", "1.2k", "90"}, "1.2k 90 7", 0},
		{"-date", []string{"3 hours ago", "yesterday", "2 days ago", "5 minutes ago"}, "5 minutes ago 3 hours ago yesterday 2 days ago", 0},
		{"date", []string{"May 4, 2026", "2026-01-02", "4 March 2025", "soon"}, "4 March 2025 2026-01-02 May 4, 2026 soon", 1},
		{"name", []string{"b", "A", "c"}, "A b c", 0},
		{"-won", []string{"5", "5", "12"}, "12 5 5", 0},
	} {
		o, err := parseOrder(test.order)
		if err != nil {
			t.Fatal(err)
		}
		var items []*item
		for i, v := range test.values {
			it := &item{title: fmt.Sprint(i), fields: []field{{o.field, v}}}
			if o.field == "title" {
				it.title = v
			}
			items = append(items, it)
		}
		missing := o.sort(items, now)
		var got []string
		for _, it := range items {
			got = append(got, it.field(o.field))
		}
		if strings.Join(got, " ") != test.want || missing != test.missing {
			t.Errorf("by %s: %q with %d missing, want %q with %d", test.order, strings.Join(got, " "), missing, test.want, test.missing)
		}
	}
}

func TestShorten(t *testing.T) {
	t.Parallel()
	const text = "# T\n\nOne two three.\n\n## S\n\nFour five.\n\n```go\na\n\nb\n```\n\nSix.\n"
	for _, test := range []struct {
		p    plan
		want string
	}{
		{plan{}, text},
		{plan{words: 100}, text},
		{plan{paragraphs: 1}, "# T\n\nOne two three.\n"},
		{plan{paragraphs: 2}, "# T\n\nOne two three.\n\n## S\n\nFour five.\n"},
		{plan{paragraphs: 3}, "# T\n\nOne two three.\n\n## S\n\nFour five.\n\n```go\na\n\nb\n```\n"},
		{plan{paragraphs: 9}, text},
		{plan{words: 5}, "# T\n\nOne two three.\n"},
		{plan{words: 6}, "# T\n\nOne two three.\n\n## S\n\nFour …\n"},
		{plan{words: 8}, "# T\n\nOne two three.\n\n## S\n\nFour five.\n"},
		{plan{words: 1}, "# T\n"},
	} {
		if got := test.p.shorten(text); got != test.want {
			t.Errorf("%d words, %d paragraphs: %q, want %q", test.p.words, test.p.paragraphs, got, test.want)
		}
	}
}

func TestNextPages(t *testing.T) {
	t.Parallel()
	for markup, want := range map[string]string{
		`<a rel="nofollow next" href="?p=2">2</a>`:                         "https://test.example/dir/page?p=2",
		`<a href="/2">Next</a>`:                                            "https://test.example/2",
		`<a href="/2">Next page »</a>`:                                     "https://test.example/2",
		`<a href="/2#list">Older posts →</a>`:                              "https://test.example/2",
		`<td><a href="?p=2">More</a>`:                                      "https://test.example/dir/page?p=2",
		`<a href="/2" aria-label="Next page"><svg></svg></a>`:              "https://test.example/2",
		`<div class=pagination><a href="/1">‹</a><a href="/2">›</a></div>`: "https://test.example/2",
		`<head><link rel="next" href="/3"></head><a href="/2">Next</a>`:    "https://test.example/3",
		`<a href="https://other.example/2">Next</a>`:                       "",
		`<a href="http://test.example/2">Next</a>`:                         "",
		`<a href="/2" class="disabled">Next</a>`:                           "",
		`<a href="/2">Next to the bridge</a><a href="#x">Next</a>`:         "",
		`<a href="javascript:next()">Next</a><a href="/2">Read more</a>`:   "",
	} {
		got := ""
		if u := see(t, markup).nextPage(); u != nil {
			got = u.String()
		}
		if got != want {
			t.Errorf("%s leads to %q, want %q", markup, got, want)
		}
	}
}

func TestFindTextCutsItsContext(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 100)
	got := findText([]passage{{text: long + " a.b " + long, headings: []string{"H"}}, {text: "axb"}, {text: "A.B"}}, "a.b")
	want := []match{
		{"…" + strings.Repeat("é", 79) + " ", "a.b", " " + strings.Repeat("é", 79) + "…", []string{"H"}},
		{"", "A.B", "", []string{}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
