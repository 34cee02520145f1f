package agent

import (
	"strings"
	"testing"
)

func TestMainText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("A sentence of some length that stands in a paragraph. ", 8)
	for _, test := range []struct {
		name, markup string
		has, lacks   []string
	}{
		{"article", `<title>T</title><nav><a href=/>Home</a></nav><article><h1>Head</h1><p>` + long + `</p><aside>Beside</aside><form><input><button>Send</button></form></article><footer>Foot</footer>`,
			[]string{"# Head\n\n", "A sentence"}, []string{"Home", "Beside", "Foot", "Send", "# T"}},
		{"title is added", `<title>A *title*</title><main><p>` + long + `</p></main>`, []string{"# A \\*title\\*\n\n"}, nil},
		{"by paragraphs alone", `<div class=links><a href=/1>One of many links</a></div><div id=x><p>` + long + `</p><p>` + long + `</p></div><div>Small print</div>`,
			[]string{"A sentence"}, []string{"One of many", "Small print"}},
		{"links and pictures", `<article><p>` + long + `<a href="sub/x">link</a> <a href="javascript:x()">code</a> <img src="/p.png" alt="a view"><img src="/q.png"></p></article>`,
			[]string{"[link](https://test.example/dir/sub/x)", "code", "![a view](https://test.example/p.png)"}, []string{"javascript", "q.png"}},
		{"table and code", `<article><p>` + long + `</p><table><tr><th>a<th>b<tr><td>1<td>2</table><pre><code class="language-go">x := 1</code></pre></article>`,
			[]string{"| a ", "```go\nx := 1\n```"}, nil},
		{"never seen", `<article><p>` + long + `</p><script>alert(1)</script><style>p{}</style><p hidden>secret</p><p style="display:none">also</p></article>`,
			[]string{"A sentence"}, []string{"alert", "p{}", "secret", "also"}},
		{"broken", `<div><p>One <b>two <i>three</b> four<p>five`, []string{"One", "two", "three", "four", "five"}, nil},
	} {
		got, err := see(t, test.markup).mainText(t.Context())
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		for _, want := range test.has {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is missing in\n%s", test.name, want, got)
			}
		}
		for _, unwanted := range test.lacks {
			if strings.Contains(got, unwanted) {
				t.Errorf("%s: %q is in\n%s", test.name, unwanted, got)
			}
		}
	}
}

func TestMainTextOfNothing(t *testing.T) {
	t.Parallel()
	_, err := see(t, `<div id=root></div><script src=app.js></script>`).mainText(t.Context())
	if err == nil || !strings.Contains(err.Error(), "https://test.example/dir/page") || !strings.Contains(err.Error(), "script") {
		t.Errorf("error %v", err)
	}
}

func TestFence(t *testing.T) {
	t.Parallel()
	if got, want := fence("text", "a\n```\nb\n"), "````text\na\n```\nb\n````\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEscapeMarkdown(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain text, with 'quotes'": "plain text, with 'quotes'",
		"[a](javascript:b)":         `\[a\](javascript:b)`,
		"*x* _y_ `z` ~w~":           "\\*x\\* \\_y\\_ \\`z\\` \\~w\\~",
		"<script>":                  `\<script\>`,
		"a & b &#27;":               `a \& b \&#27;`,
		"# not a heading":           `\# not a heading`,
		`back\slash`:                `back\\slash`,
		"$5 – 10 %":                 "$5 – 10 %",
	} {
		if got := escapeMarkdown(text); got != want {
			t.Errorf("escapeMarkdown(%q) = %q, want %q", text, got, want)
		}
	}
	if got := escapeLink("https://a.example/x_(y)<z> \\"); got != "https://a.example/x_%28y%29%3Cz%3E%20%5C" {
		t.Errorf("escapeLink: %q", got)
	}
}

func TestFunctionNames(t *testing.T) {
	t.Parallel()
	for page, want := range map[string]string{
		"http://127.0.0.1:41207/news":                 "news-top-posts",
		"http://localhost/":                           "local-top-posts",
		"https://www.example.com/a":                   "example-top-posts",
		"https://news.example.co.uk/":                 "news-example-top-posts",
		"http://[::1]/league/table":                   "league-top-posts",
		"https://xn--r8jz45g.jp/":                     "xn-r8jz45g-top-posts",
		"http://wiki.corp/start":                      "wiki-top-posts",
		"http://127.0.0.1/道":                          "local-top-posts",
		"https://" + strings.Repeat("a", 60) + ".com": strings.Repeat("a", 40) + "-top-posts",
	} {
		p := plan{skill: skillList, page: mustParse(t, page), count: 3, what: "posts"}
		if got := p.function().Name; got != want {
			t.Errorf("a list of %s is called %q, want %q", page, got, want)
		}
	}
}
