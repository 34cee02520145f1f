package agent

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// wanted is a plan on one line, without its page.
func wanted(p plan) string {
	said := []string{p.skill}
	for _, v := range p.variables() {
		if v.Name != "url" {
			said = append(said, v.Name+"="+v.Default)
		}
	}
	return strings.Join(said, "; ")
}

func TestUnderstandPhrases(t *testing.T) {
	t.Parallel()
	for task, want := range map[string]string{
		"list the posts about kettles on PAGE":                                   "list; count=10; contains=kettles",
		"list the top 5 posts containing \"tiny database\" on PAGE":              "list; count=5; contains=tiny database",
		"top 5 posts of PAGE that mention bicycle bells":                         "list; count=5; contains=bicycle bells",
		"list all products of PAGE containing “oak, 2 m” under 20":               "list; count=0; contains=oak, 2 m; where=under 20",
		"list the cheapest 5 products of PAGE":                                   "list; count=5; sort=price",
		"list the 3 most expensive books of PAGE":                                "list; count=3; sort=-price",
		"list products under 20 dollars on PAGE":                                 "list; count=10; where=price under 20",
		"list products under $19.99 on PAGE":                                     "list; count=10; where=price under 19.99",
		"list products cheaper than 1,200 on PAGE":                               "list; count=10; where=price under 1200",
		"list posts with more than 100 points on PAGE":                           "list; count=10; where=points over 100",
		"list the posts over 1.5k points on PAGE":                                "list; count=10; where=points over 1500",
		"list the top 4 posts with at least 20 comments on PAGE":                 "list; count=4; where=comments at least 20",
		"list products between 10 and 20 euros on PAGE":                          "list; count=10; where=price at least 10 and price at most 20",
		"list products priced over 10 and under 20 on PAGE":                      "list; count=10; where=price over 10 and price under 20",
		"list teams whose played is over 20 on PAGE":                             "list; count=10; where=played over 20",
		"list the posts of PAGE sorted by points":                                "list; count=10; sort=-points",
		"list the products of PAGE sorted by price descending":                   "list; count=10; sort=-price",
		"sort the products of PAGE by price":                                     "list; count=10; sort=price",
		"list the posts on PAGE ordered by date, oldest first":                   "list; count=10; sort=date",
		"list the top 7 posts of PAGE by title as CSV":                           "list; count=7; sort=title; format=csv",
		"Which posts on PAGE mention kettles?":                                   "list; count=10; contains=kettles",
		"give me every link on PAGE that mentions oak":                           "links; contains=oak",
		"list the posts by ann on PAGE":                                          "list; count=10; contains=ann",
		"top 5 posts of PAGE by points":                                          "list; count=5; sort=-points",
		"list the posts of PAGE as a markdown table":                             "list; count=10; format=table",
		"download the table on PAGE as csv":                                      "table; format=csv",
		"convert the medals table of PAGE to JSON":                               "table; table=medals; format=json",
		"show all stories of PAGE as json":                                       "list; count=0; format=json",
		"list the first 3 posts of PAGE as a table":                              "list; count=3; format=table",
		"list the most commented 5 posts of PAGE":                                "list; count=5; sort=-comments",
		"read PAGE in 200 words":                                                 "read; words=200",
		"read the first 3 paragraphs of PAGE":                                    "read; paragraphs=3",
		"show the first two paragraphs of PAGE":                                  "read; paragraphs=2",
		"summarise PAGE in under 50 words":                                       "read; words=50",
		"read the first paragraph of PAGE":                                       "read; paragraphs=1",
		"read PAGE as JSON":                                                      "read; format=json",
		"tabulate PAGE":                                                          "table",
		"table of PAGE":                                                          "table",
		"show me the medals table of PAGE as CSV":                                "table; table=medals; format=csv",
		"get the second table on PAGE in json":                                   "table; table=second; format=json",
		"PAGE as a spreadsheet":                                                  "table; format=csv",
		"read the table of results on PAGE":                                      "table; table=results",
		"links of PAGE":                                                          "links",
		"list all links on PAGE":                                                 "links",
		"list links containing kettle on PAGE":                                   "links; contains=kettle",
		"links to pdfs on PAGE":                                                  "links; ending=pdf",
		"get the first 5 links to PDF files on PAGE":                             "links; count=5; ending=pdf",
		"list the external links of PAGE as csv":                                 "links; host=external; format=csv",
		"show internal links of PAGE":                                            "links; host=internal",
		"list the links to other sites on PAGE":                                  "links; host=external",
		"pdf links on PAGE":                                                      "links; ending=pdf",
		"first ten links of PAGE":                                                "list; count=10",
		"find \"kettle\" on PAGE":                                                "find; text=kettle",
		"search PAGE for “old  map”":                                             "find; text=old map",
		"how many times does 'lighthouse keeper' appear on PAGE":                 "find; text=lighthouse keeper",
		"does PAGE mention \"List the top 5 posts\"":                             "find; text=List the top 5 posts",
		"find \"example.org\" on PAGE":                                           "find; text=example.org",
		"find the top 5 posts on PAGE":                                           "list; count=5",
		"compare PAGE with https://other.example/b":                              "compare; other_url=https://other.example/b",
		"what is the difference between the posts of PAGE and https://o.example": "compare; other_url=https://o.example",
		"compare PAGE and https://other.example/b in json":                       "compare; other_url=https://other.example/b; format=json",
		"read \"PAGE\"":                                                          "read",
	} {
		for page, address := range map[string]string{
			"https://shop.example.com/all": "https://shop.example.com/all",
			"the shop section":             "http://127.0.0.1:41207/shop",
		} {
			if page == "the shop section" && strings.Contains(task, "https://") {
				continue // a page that is named by its address comes first
			}
			p, err := understand(strings.ReplaceAll(task, "PAGE", page), map[string]string{"shop": "http://127.0.0.1:41207/shop"})
			if err != nil {
				t.Errorf("%q of %s: %v", task, page, err)
			} else if got := wanted(p); got != want || p.page.String() != address {
				t.Errorf("%q of %s is understood as\n%s of %s, want\n%s", task, page, got, p.page, want)
			}
		}
	}
}

func TestCompareAnAddressWithASection(t *testing.T) {
	t.Parallel()
	sections := map[string]string{"shop": "http://127.0.0.1:41207/shop"}
	for _, task := range []string{
		"compare the shop section with https://other.example/b",
		"compare https://other.example/b with the shop page",
	} {
		p, err := understand(task, sections)
		if err != nil {
			t.Errorf("%q: %v", task, err)
		} else if p.skill != skillCompare || p.page.String() != "https://other.example/b" || p.other.String() != sections["shop"] {
			t.Errorf("%q is understood as %s of %s and %s", task, p.skill, p.page, p.other)
		}
	}
}

func TestStartPage(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ task, start, want, err string }{
		{"list the top 3 posts", "https://a.example/x", "https://a.example/x", ""},
		{"read https://b.example/", "https://a.example/x", "https://b.example/", ""},
		{"read", "https://a.example/x", "https://a.example/x", ""},
		{"compare with https://b.example/", "https://a.example/x", "https://b.example/", ""},
		{"read https://b.example/ and https://c.example/", "https://a.example/x", "", "2 pages"},
		{"read", "what", "", "start page"},
		{"read", "ftp://a.example/", "", "only http"},
		{"read ftp://b.example/", "https://a.example/x", "", "only http"},
	} {
		p, err := understandFrom(test.task, test.start, nil)
		switch {
		case test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)):
			t.Errorf("%q at %q: error %v, want %q", test.task, test.start, err, test.err)
		case test.err == "" && (err != nil || p.page.String() != test.want):
			t.Errorf("%q at %q: %v, %v, want %s", test.task, test.start, p.page, err, test.want)
		}
	}
}

// A function's variables hold all of its plan.
func TestPlansSurviveAsFunctions(t *testing.T) {
	t.Parallel()
	for _, task := range []string{
		"list the top 5 posts of PAGE containing \"a b\" with over 10 points and under 3.5 comments sorted by date as csv",
		"list all posts of PAGE sorted by price descending",
		"list teams of PAGE whose played is over 20",
		"list products of PAGE under 20",
		"read PAGE in 200 words as json",
		"read the first 2 paragraphs of PAGE",
		"tabulate the medals of PAGE",
		"the first 4 external links to pdfs containing map on PAGE",
		"find \"x y\" on PAGE",
		"compare the posts of PAGE with https://b.example/c",
	} {
		p, err := understand(strings.ReplaceAll(task, "PAGE", "https://a.example/b?c=d"), nil)
		if err != nil {
			t.Errorf("%q: %v", task, err)
			continue
		}
		again, err := p.function().plan(nil)
		if err != nil {
			t.Errorf("%q: %v", task, err)
			continue
		}
		again.counted, again.summary = p.counted, p.summary
		again.count = p.count
		if p.what == "" {
			again.what = ""
		}
		if !reflect.DeepEqual(again, p) {
			t.Errorf("%q was\n%+v and came back as\n%+v", task, p, again)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{
		"5": 5, "1,204": 1204, "$1,299.00": 1299, "15,50 €": 15.5, "1.299,00 €": 1299, "1.2k": 1200, "3 k": 3000, "£20.10": 20.1, "-4": -4,
		"1\u00a0000": 1000, "1\u202f000": 1000, "1'299.50": 1299.5, "4.5 out of 5": 4.5, "0.125": 0.125, "12.000": 12000, "1,234,567": 1234567, "2.5m": 2.5e6,
		"7 km": 7, "48:17": 48, "about 30.": 30, "1.000.000": 1e6, "3,5": 3.5, "＄5": 5,
	} {
		if got, ok := numberIn(text); !ok || got != want {
			t.Errorf("numberIn(%q) = %v, %t, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "none", "-", ".,", "k"} {
		if got, ok := numberIn(text); ok {
			t.Errorf("numberIn(%q) = %v, want none", text, got)
		}
	}
}

func FuzzPhrases(f *testing.F) {
	for _, task := range []string{"sorted by price \"a\" under 20", "between 1 and 2 links to pdf as csv", "'x' “y” \uE000 containing \uE001", "in 3 words by", "Between 0 And 0 AAAs00", "over 1 a_bs and under 2"} {
		f.Add(task)
	}
	f.Fuzz(func(t *testing.T, task string) {
		p, err := understandFrom(task, "https://a.example/", nil)
		if err != nil {
			return
		}
		if strings.ContainsFunc(p.contains+p.text+p.table, func(r rune) bool { return r >= firstQuote && r <= lastQuote }) {
			t.Errorf("%q: a mark was left in %+v", task, p)
		}
		again, err := p.function().plan(nil)
		if err != nil {
			t.Fatalf("%q: %s cannot be run again: %v", task, wanted(p), err)
		}
		if wanted(again) != wanted(p) {
			t.Errorf("%q was %s and came back as %s", task, wanted(p), fmt.Sprint(wanted(again)))
		}
	})
}
