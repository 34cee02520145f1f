package agent

import (
	"errors"
	"strings"
	"testing"
)

func sampleSections() map[string]string {
	return map[string]string{
		"news":   "http://127.0.0.1:41207/news",
		"league": "http://127.0.0.1:41207/league",
	}
}

func TestUnderstandList(t *testing.T) {
	t.Parallel()
	const page = "https://news.example.com/top"
	for _, test := range []struct {
		task  string
		count int
		what  string
	}{
		{"list the top 5 posts of https://news.example.com/top", 5, "posts"},
		{"List the top five posts on https://news.example.com/top.", 5, "posts"},
		{"show me the first ten links of news.example.com/top", 10, "links"},
		{"what are the 3 top stories on https://news.example.com/top?", 3, "stories"},
		{"What's the top story at news.example.com/top", 1, "stories"},
		{"Give me the latest 7 headlines from (https://news.example.com/top)", 7, "headlines"},
		{"please could you get me 12 articles from news.example.com/top!", 12, "articles"},
		{"https://news.example.com/top: top 4 products", 4, "products"},
		{"top-5 posts, news.example.com/top", 5, "posts"},
		{"top5 posts news.example.com/top", 5, "posts"},
		{"TOP 5 POSTS OF HTTPS://news.example.com/top", 5, "posts"},
		{"first twenty-five recipes on news.example.com/top", 25, "recipes"},
		{"the first one hundred entries of news.example.com/top", 100, "entries"},
		{"list half a dozen books from news.example.com/top", 6, "books"},
		{"list a dozen quotes from news.example.com/top", 12, "quotes"},
		{"a couple of links from news.example.com/top please", 2, "links"},
		{"list the posts of news.example.com/top", 10, "posts"},
		{"list all posts of news.example.com/top", everything, "posts"},
		{"list news.example.com/top", 10, "items"},
		{"enumerate everything on news.example.com/top", everything, "items"},
		{"list the top 3 gadgets of news.example.com/top", 3, "gadgets"},
		{"find the top 5 posts on news.example.com/top", 5, "posts"},
		{"scrape the newest 8 jobs from news.example.com/top", 8, "jobs"},
		{"list the search results on news.example.com/top", 10, "results"},
		{"headlines of news.example.com/top", 10, "headlines"},
		{"show me the top 10 posts of 2026 on news.example.com/top", 10, "posts"},
		{"open news.example.com/top and list the top 2 posts", 2, "posts"},
		{"I'd like to see the best 9 movies on news.example.com/top", 9, "movies"},
		{"list the posts with 300 points on news.example.com/top", 10, "posts"},
		{"list the top 999999 posts of news.example.com/top", 999999, "posts"},
	} {
		p, err := understand(test.task, nil)
		if err != nil {
			t.Errorf("%q: %v", test.task, err)
			continue
		}
		if p.skill != skillList || p.count != test.count || p.what != test.what || p.page.String() != page {
			t.Errorf("%q: got %s %d %s of %s, want list %d %s of %s", test.task, p.skill, p.count, p.what, p.page, test.count, test.what, page)
		}
	}
}

func TestUnderstandRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		task, page string
		summary    bool
	}{
		{"read https://example.com/a", "https://example.com/a", false},
		{"Read example.com, please.", "https://example.com", false},
		{"summarise https://example.com/a", "https://example.com/a", true},
		{"Can you summarize example.com/a for me?", "https://example.com/a", true},
		{"give me a summary of example.com/a", "https://example.com/a", true},
		{"tldr example.com/a", "https://example.com/a", true},
		{"open example.com", "https://example.com", false},
		{"go to example.com", "https://example.com", false},
		{"show me the text of example.com/a", "https://example.com/a", false},
		{"what does example.com/a say", "https://example.com/a", false},
		{"read the list on example.com/a", "https://example.com/a", false},
		{"https://example.com/a", "https://example.com/a", false},
	} {
		p, err := understand(test.task, nil)
		if err != nil {
			t.Errorf("%q: %v", test.task, err)
			continue
		}
		if p.skill != skillRead || p.page.String() != test.page || p.summary != test.summary {
			t.Errorf("%q: got %s of %s, summary %t", test.task, p.skill, p.page, p.summary)
		}
	}
}

func TestPageNames(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, want string }{
		{"https://example.com/a?q=1#part", "https://example.com/a?q=1"},
		{"http://example.com", "http://example.com"},
		{"example.com", "https://example.com"},
		{"Example.COM/News", "https://example.com/News"},
		{"news.example.co.uk/a.", "https://news.example.co.uk/a"},
		{"example.com:8443/a", "http://example.com:8443/a"},
		{"example.com:443/a", "https://example.com:443/a"},
		{"localhost:8080/x", "http://localhost:8080/x"},
		{"localhost", "http://localhost"},
		{"127.0.0.1:41207/news", "http://127.0.0.1:41207/news"},
		{"10.0.0.7", "http://10.0.0.7"},
		{"[::1]:80/x", "http://[::1]:80/x"},
		{"[::1]", "http://[::1]"},
		{"wiki.corp/start", "http://wiki.corp/start"},
		{"https://en.wiki.example/Foo_(bar)", "https://en.wiki.example/Foo_(bar)"},
		{"(https://example.com/a)", "https://example.com/a"},
		{"<https://example.com/a>", "https://example.com/a"},
		{"“example.com/a”,", "https://example.com/a"},
		{"'https://example.com/a'", "https://example.com/a"},
		{"https://例え.jp/道", "https://xn--r8jz45g.jp/%E9%81%93"},
		{"münchen.de", "https://xn--mnchen-3ya.de"},
		{"https://archive.example/http://old.example/", "https://archive.example/http://old.example/"},
		{"the news section", "http://127.0.0.1:41207/news"},
		{"the League page", "http://127.0.0.1:41207/league"},
		{"the sample news", "http://127.0.0.1:41207/news"},
		{"the news of the sample site", "http://127.0.0.1:41207/news"},
	} {
		p, err := understand("read "+test.name, sampleSections())
		if err != nil {
			t.Errorf("%q: %v", test.name, err)
		} else if p.page.String() != test.want {
			t.Errorf("%q names %s, want %s", test.name, p.page, test.want)
		}
	}
}

func TestCannotDo(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ task, reason string }{
		{"", "empty"},
		{" \t\n ", "empty"},
		{"hello", "names no page"},
		{"list the top 5 posts", "sample site (league, news)"},
		{"list the latest news", "names no page"},
		{"asdf qwer zxcv", "names no page"},
		{"列出前五条新闻", "names no page"},
		{"打开https://example.com/并总结", "not what to do"},
		{"list the top 5 posts of Node.js", "names no page"},
		{"read e.g. this, v2.0 or README", "names no page"},
		{"mail bob@example.com the posts", "names no page"},
		{"read ftp://example.com/a", "only http and https"},
		{"read file:///etc/passwd", "only http and https"},
		{"read javascript:alert(1)", "only http and https"},
		{"read https://", "not the address"},
		{"read https://user:secret@example.com/", "leave it out"},
		{"read http://example.com:99999/", "port"},
		{"read http://example.com:0/", "port"},
		{"read http://exa mple..com:x/", "not the address"},
		{"read example.com and example.org", "2 pages"},
		{"search example.com for kettles", "search"},
		{"translate https://example.com/", "translate"},
		{"click the first link on example.com", "act on a page"},
		{"list the top 5 posts of example.com and email them to me", "send"},
		{"buy a kettle on example.com", "buy"},
		{"how many posts are on example.com", "answer a question"},
		{"list the posts except drafts of example.com", "condition"},
		{"list random posts of example.com", "condition"},
		{"compare example.com", "1 of the two pages"},
		{"compare example.com, example.org and example.net", "3 of the two pages"},
		{"find kettles on example.com", "not what to do"},
		{"list the top 0 posts of example.com", "no sense"},
		{"list the top 0 links containing a on example.com", "no sense"},
		{"list the top 99999999999999999999 posts of example.com", "no sense"},
		{"read the first article on example.com", "behind a list"},
		{"summarise the top 5 posts of example.com", "behind a list"},
		{"frobnicate example.com", "not what to do"},
		{strings.Repeat("word ", 3_000), "names no page"},
		{strings.Repeat("x", 1<<20), "1.0 MB long"},
	} {
		p, err := understand(test.task, sampleSections())
		shown := test.task[:min(len(test.task), 80)]
		var cannot *CannotDo
		if !errors.As(err, &cannot) {
			t.Errorf("%q: got plan %+v and error %v, want a CannotDo", shown, p, err)
			continue
		}
		if !strings.Contains(cannot.Reason, test.reason) {
			t.Errorf("%q: reason %q does not hold %q", shown, cannot.Reason, test.reason)
		}
		if strings.Contains(cannot.Reason, "secret") {
			t.Errorf("%q: the reason gives away a password: %q", shown, cannot.Reason)
		}
		if !strings.Contains(cannot.Detail(), "NOTTE_API_KEY") || !strings.Contains(cannot.Detail(), "list") {
			t.Errorf("the detail does not say what can be done: %q", cannot.Detail())
		}
	}
}

func FuzzUnderstand(f *testing.F) {
	for _, task := range []string{
		"list the top 5 posts of https://news.example.com/top", "read [::1]:80/x", "first twenty-five links on (localhost:8080).",
		"top", "'", "reAd\xa0http://00", "list the sample news", "读 https://例え.jp/道。", "read http://[::1%25eth0]/", "\xff\xfe://x",
	} {
		f.Add(task)
	}
	f.Fuzz(func(t *testing.T, task string) {
		p, err := understand(task, sampleSections())
		if err != nil {
			var cannot *CannotDo
			if !errors.As(err, &cannot) || cannot.Reason == "" {
				t.Errorf("%q: error %v is no CannotDo with a reason", task, err)
			}
			return
		}
		if !isWeb(p.page) || p.page.User != nil || p.count < 0 {
			t.Errorf("%q: plan %+v", task, p)
		}
		if f := p.function(); f.Name == "" || len(f.Name) > 80 {
			t.Errorf("%q: function name %q", task, f.Name)
		}
	})
}

// understand is what a task means that does not follow another.
func understand(task string, sections map[string]string) (plan, error) {
	return understandFrom(task, "", sections)
}
