package agent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

// shop is a site with a list over several pages, tables, links and a
// robots.txt. It remembers what it was asked for.
type shop struct {
	mu    sync.Mutex
	asked []string
	pages map[string]string
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, r.URL.RequestURI())
	s.mu.Unlock()
	body, found := s.pages[r.URL.RequestURI()]
	if !found {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, body)
}

func (s *shop) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// products are the items from..to as a page of the shop.
func products(from, to int, next string) string {
	var b strings.Builder
	b.WriteString("<h1>Products</h1><ul class=products>")
	for i := from; i <= to; i++ {
		fmt.Fprintf(&b, `<li class=product><h3><a href="/p/%d">Product number %d</a></h3><span class=price>$%d.50</span><span class=stock>%d comments</span></li>`, i, i, (i*7)%50+1, i)
	}
	b.WriteString("</ul>")
	if next != "" {
		fmt.Fprintf(&b, `<div class=pager><a href="/other">Previous</a> <a href="%s">Next ›</a></div>`, next)
	}
	return b.String()
}

func newShop() *shop {
	s := &shop{pages: map[string]string{
		"/all":      products(1, 10, "/all?p=2"),
		"/all?p=2":  products(9, 20, "/all?p=3"), // two of the page before again
		"/all?p=3":  products(21, 25, ""),
		"/loop":     products(1, 5, "/loop2"),
		"/loop2":    products(6, 10, "/loop"),
		"/away":     products(1, 5, "https://elsewhere.example/p2"),
		"/endless1": products(1, 3, "/endless2"),
		"/medals": `<h1>Games</h1><table><caption>Medals</caption><tr><th rowspan=2>Country</th><th colspan=2>Medals</th></tr><tr><th>Gold</th><th>Silver</th></tr>
			<tr><td rowspan=2>Elm</td><td>3</td><td>1, or 2</td></tr><tr><td>4</td><td>5</td></tr><tr><td colspan=3>none | more</td></tr></table>
			<h2>Places</h2><table><tr><td>Hall</td><td>North "quay"</td></tr><tr><td>Pool</td><td>South</td></tr></table><table><tr><td>layout</td></tr></table>`,
		"/links": `<base href="/links"><a href="/a.pdf">First paper</a> <a href="b.PDF?x=1">Second paper</a> <a href="/a.pdf">First paper, in full</a>
			<a href="https://other.example/map.pdf"><img alt="A map"></a> <a href="/kettle/1">Boil</a> <a href="#top">Up</a> <a href="mailto:a@b.example">Mail</a> <a href="https://www.other.example/">Other [site]</a>`,
		"/text": `<h1>Guide</h1><p>The <b>Ket</b>tle sings. A kettle is
			never late.</p><h2>Care</h2><p>Descale the KETTLE now &amp; then.</p><h2>Sale</h2><p>None.</p>`,
		"/old":  `<ul><li><h3><a href=/x/1>A walnut desk</a></h3><b class=price>$10</b></li><li><h3><a href=/x/2>A brass lamp</a></h3><b class=price>$20</b></li><li><h3><a href=/x/3>A wool rug</a></h3><b class=price>$30</b></li></ul>`,
		"/new":  `<ul><li><h3><a href=/y/2>A Brass Lamp</a></h3><b class=price>$25</b></li><li><h3><a href=/y/3>A wool rug</a></h3><b class=price>$30</b></li><li><h3><a href=/y/4>A clay pot</a></h3><b class=price>$40</b></li></ul>`,
		"/long": "<article><h1>Long</h1>" + strings.Repeat("<p>One two three four five six seven eight nine ten.</p>", 6) + "</article>",
	}}
	for i := 2; i < 15; i++ {
		s.pages[fmt.Sprintf("/endless%d", i)] = products(3*i, 3*i+2, fmt.Sprintf("/endless%d", i+1))
	}
	return s
}

// ask runs a task at the shop and returns the answer, the thoughts and the
// result.
func ask(t *testing.T, s *shop, task string) (steps []Step, found string, err error) {
	t.Helper()
	server := serve(t, s.ServeHTTP)
	raw, err := New(Config{UserAgent: "notturno/1.0"}).Answer(t.Context(), Request{Task: strings.ReplaceAll(task, "SHOP", server.URL)}, func(s Step) { steps = append(steps, s) })
	for i, step := range steps {
		switch step := step.(type) {
		case Speech:
			steps[i] = Speech{strings.ReplaceAll(step.Text, server.URL, "SHOP")}
		case Thought:
			steps[i] = Thought{strings.ReplaceAll(step.Text, server.URL, "SHOP")}
		}
	}
	return steps, strings.ReplaceAll(string(raw), server.URL, "SHOP"), err
}

func thoughts(steps []Step) string {
	var b strings.Builder
	for _, step := range steps {
		if s, ok := step.(Thought); ok {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestSkillsAnswer(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ task, speech, found, thought string }{
		{"list the top 2 products of SHOP/all sorted by price descending as csv",
			"```csv\ntitle,url,price,comments\nProduct number 7,SHOP/p/7,$50.50,7\nProduct number 14,SHOP/p/14,$49.50,14\n```\n",
			`{"items":[{"comments":"7","price":"$50.50","title":"Product number 7","url":"SHOP/p/7"},{"comments":"14",`, "The 25 that fit are sorted by price, from high to low."},
		{"list all products of SHOP/all under 7", "## All 2 products with price under 7\n\n1. [Product number 15](SHOP/p/15) · $6.50 · 15 comments\n2. [Product number 22](SHOP/p/22) · $5.50", "", "taken to be about price"},
		{"list all products of SHOP/all between 14 and 16 dollars", "1. [Product number 2](SHOP/p/2) · $15.50 · 2 comments\n2. [Product number 9](SHOP/p/9)", "", "price at least 14 and price at most 16"},
		{"list the first 12 products of SHOP/all", "12. [Product number 12](SHOP/p/12)", "", "10 of 10 items so far fit, and the page names a next one, SHOP/all?p=2"},
		{"list the first 30 products of SHOP/all", "25. [Product number 25](SHOP/p/25) · $26.50 · 25 comments\n\nThe 3 pages show 25, not 30.\n", "", ""},
		{"list 12 products of SHOP/loop", "The 2 pages show 10, not 12.", "", ""},
		{"list 12 products of SHOP/away", "The page shows 5, not 12.", "", ""},
		{"list all products of SHOP/endless1", "## All 30 products", "", "read from 10 pages at most"},
		{"list the products of SHOP/all containing \"number 2\"", "## Top 7 products containing “number 2”\n\n1. [Product number 2](", "", ""},
		{"list the products of SHOP/old containing zebra", "## No products containing “zebra”\n\nThe page shows 3 products, and none of them fits.", `{"items":[]}`, ""},
		{"list the first 2 products of SHOP/old as a table", "| title | url | price |\n| --- | --- | --- |\n| A walnut desk | SHOP/x/1 | $10 |\n", "", "a table"},
		{"list the cheapest product of SHOP/old as json", "```json\n{\"items\":[{\"price\":\"$10\",\"title\":\"A walnut desk\",\"url\":\"SHOP/x/1\"}]}\n```\n", "", ""},
		{"tabulate SHOP/medals", "## Medals\n\n| Country | Medals Gold | Medals Silver |\n| --- | --- | --- |\n| Elm | 3 | 1, or 2 |\n| Elm | 4 | 5 |\n| none \\| more | none \\| more | none \\| more |\n",
			`{"columns":["Country","Medals Gold","Medals Silver"],"rows":[["Elm","3","1, or 2"],["Elm","4","5"],`, "2 tables: “Medals”, “Places”. The task does not say which"},
		{"table of medals on SHOP/medals as csv", "Elm,3,\"1, or 2\"\n", "", "fit “Medals” best"},
		{"get the places table of SHOP/medals as csv", "```csv\ncolumn 1,column 2\nHall,\"North \"\"quay\"\"\"\nPool,South\n```", "", "“places” fit “Places” best"},
		{"second table of SHOP/medals", "## Places\n", "", "by its number"},
		{"links on SHOP/links", "## 5 of 5 links\n\n1. [First paper, in full](SHOP/a.pdf)\n2. [Second paper](SHOP/b.PDF?x=1)\n3. [A map](https://other.example/map.pdf)\n4. [Boil](SHOP/kettle/1)\n5. [Other \\[site\\]](https://www.other.example/)\n", "", ""},
		{"links to pdf on SHOP/links", "## 3 of 5 links", "", "ends in .pdf"},
		{"internal links to pdf files on SHOP/links as csv", "```csv\ntext,url\n\"First paper, in full\",SHOP/a.pdf\nSecond paper,SHOP/b.PDF?x=1\n```", "", "its own host"},
		{"external links of SHOP/links", "## 2 of 5 links", `{"links":[{"text":"A map","url":"https://other.example/map.pdf"},`, ""},
		{"links containing kettle on SHOP/links", "1. [Boil](SHOP/kettle/1)\n", "", ""},
		{"links containing zebra on SHOP/links", "None of them fits", `{"links":[]}`, ""},
		{"find \"kettle\" on SHOP/text", "## “kettle”: 3 occurrences\n\n1. The **Kettle** sings. A kettle is never late. (under Guide)\n2. The Kettle sings. A **kettle** is never late. (under Guide)\n3. Descale the **KETTLE** now \\& then. (under Guide › Care)\n",
			`{"count":3,"matches":[{"before":"The ","text":"Kettle","after":" sings. A kettle is never late.","headings":["Guide"]},`, ""},
		{"how often does \"is never\" appear on SHOP/text", "1 occurrence", "", ""},
		{"does SHOP/text say \"zebra\"", "The page does not say it.", `{"count":0,"matches":[],"text":"zebra"}`, ""},
		{"compare SHOP/old with SHOP/new", "## In both: 2\n\n1. [A brass lamp](SHOP/x/2) · $20\n2. [A wool rug](SHOP/x/3) · $30\n\n## Only here: 1\n\n1. [A walnut desk](SHOP/x/1) · $10\n\n## Only there: 1\n\n1. [A clay pot](SHOP/y/4) · $40\n\n## Changed: 1\n\n- A brass lamp: price $20 → $25\n",
			`"changed":[{"title":"A brass lamp","fields":[{"name":"price","here":"$20","there":"$25"}]}]`, "compare the items of two pages"},
		{"compare SHOP/old and SHOP/new as csv", "there,A clay pot,,,\nchanged,A brass lamp,price,$20,$25\n", `"only_there":[{"price":"$40","title":"A clay pot","url":"SHOP/y/4"}]`, ""},
		{"read the first 2 paragraphs of SHOP/long", "# Long\n\nOne two three four five six seven eight nine ten.\n\nOne two three four five six seven eight nine ten.\n", "", "21 of its 61 words"},
		{"read SHOP/long in 15 words", "# Long\n\nOne two three four five six seven eight nine ten.\n\nOne two three four …\n", `{"text":"# Long\n\nOne two`, ""},
	} {
		steps, found, err := ask(t, newShop(), test.task)
		if err != nil {
			t.Errorf("%q: %v", test.task, err)
			continue
		}
		if got := speech(steps); !strings.Contains(got, test.speech) {
			t.Errorf("%q answered\n%s\nwithout\n%s", test.task, got, test.speech)
		}
		if !strings.Contains(found, test.found) || !json.Valid([]byte(found)) {
			t.Errorf("%q found\n%s\nwithout\n%s", test.task, found, test.found)
		}
		if got := thoughts(steps); !strings.Contains(got, test.thought) {
			t.Errorf("%q thought\n%s\nwithout\n%s", test.task, got, test.thought)
		}
	}
}

func TestSkillsFail(t *testing.T) {
	t.Parallel()
	for task, want := range map[string]string{
		"list the products of SHOP/old with over 3 wheels":   "field \"wheels\"",
		"list the products of SHOP/old sorted by weight":     "field \"weight\" in the list on page",
		"tabulate SHOP/text":                                 "failed to find a table on page",
		"links on SHOP/text":                                 "failed to find a link on page",
		"compare SHOP/old with SHOP/text":                    "failed to find a list on page",
		"compare SHOP/old with SHOP/nowhere":                 "404 Not Found",
		"list the products of SHOP/text containing anything": "failed to find a list on page",
	} {
		steps, found, err := ask(t, newShop(), task)
		if err == nil || !strings.Contains(err.Error(), want) || found != "" {
			t.Errorf("%q: error %v with result %q, want %q", task, err, found, want)
		}
		if got := outline(steps); !strings.HasSuffix(got, "failed") {
			t.Errorf("%q told %s", task, got)
		}
	}
}

func TestMaxCalls(t *testing.T) {
	t.Parallel()
	s := newShop()
	server := serve(t, s.ServeHTTP)
	a := New(Config{Save: saveAs("f")})
	for most := range 5 {
		calls := 0
		found, err := a.Answer(t.Context(), Request{Task: "list the top 3 products", URL: server.URL + "/all", MaxCalls: most}, func(s Step) {
			if _, is := s.(Call); is {
				calls++
			}
		})
		switch {
		case most > 0 && most < 4 && (!errors.Is(err, ErrMaxCalls) || calls != most || found != nil):
			t.Errorf("with %d calls allowed: %d made, error %v, result %s", most, calls, err, found)
		case (most == 0 || most == 4) && (err != nil || calls != 4):
			t.Errorf("with %d calls allowed: %d made, error %v", most, calls, err)
		}
	}
}

func TestCancelWhileFollowing(t *testing.T) {
	t.Parallel()
	s := newShop()
	server := serve(t, s.ServeHTTP)
	ctx, cancel := context.WithCancel(t.Context())
	opened := 0
	err := New(Config{}).Run(ctx, "list all products of "+server.URL+"/all", func(s Step) {
		if c, is := s.(Call); is && c.Tool == toolOpen {
			if opened++; opened == 2 {
				cancel()
			}
		}
	})
	if !errors.Is(err, context.Canceled) || opened != 2 {
		t.Errorf("error %v after %d pages", err, opened)
	}
}
