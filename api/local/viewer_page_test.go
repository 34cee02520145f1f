package local

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"notturno/api/local/agent"
)

func stillOf(address, body string) still {
	hosts := ownHosts("127.0.0.1:8787")
	return newSnapshotter(hosts, "http://127.0.0.1:8787").still(page{View: agent.View{URL: address, HTML: body}, Number: 1})
}

func TestStillsHoldNothingThatActs(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"script":       `<p>kept</p><script>bad()</script>`,
		"handler":      `<p onclick="bad()" style="background:url(http://bad)">kept</p>`,
		"javascript":   `<a href="javascript:bad()">kept</a>`,
		"link":         `<a href="http://bad.example" ping="http://bad.example">kept</a>`,
		"form":         `<form action="http://bad.example"><input value=bad><button formaction=bad>kept</button></form>`,
		"frame":        `kept<iframe src="http://bad.example">bad</iframe><object data="bad"></object><embed src=bad>`,
		"svg":          `kept<svg><script>bad()</script><image href="http://bad.example"/></svg>`,
		"meta":         `<meta http-equiv=refresh content="0;url=http://bad.example"><p>kept`,
		"base":         `<base href="http://bad.example/"><p>kept`,
		"style":        `<style>@import "http://bad.example"</style><p>kept`,
		"images":       `kept<img src="http://bad.example/x.png" srcset="http://bad.example/y.png 2x"><img src="//bad.example/z">`,
		"picture":      `kept<picture><source srcset="http://bad.example/a"><img src="https://bad.example/b"></picture>`,
		"audio":        `kept<audio src="http://bad.example/a" autoplay>bad</audio><video poster="http://bad.example/p"></video>`,
		"lookalike":    `kept<img src="http://127.0.0.1:8787@bad.example/x"><img src="http://127.0.0.1:8787.bad.example/">`,
		"prefetch":     `<link rel="prefetch" href="http://bad.example/"><link rel=icon href="http://bad.example/i"><p>kept`,
		"broken":       `<p>kept<scr<script>ipt>x</scr</script>ipt><img src=x onerror=bad()//`,
		"data of text": `kept<img src="data:text/html,<script>bad()</script>">`,
	} {
		got := stillOf("http://x.example/", body)
		text := string(got.Body)
		if strings.Contains(text, "bad.") || strings.Contains(text, "bad()") || strings.Contains(text, "<script") || !strings.Contains(text, "kept") || len(got.Styles) > 0 {
			t.Errorf("%s: it shows %s with %v", name, text, got.Styles)
		}
	}
}

func TestStillsKeepWhatThisServerHas(t *testing.T) {
	t.Parallel()
	got := stillOf("http://localhost:8787/news/1", `<link rel="Stylesheet" href="/site.css"><link rel=stylesheet href="http://bad.example/s.css">
		<img src="../logo.png?a=1" alt="Logo"><img src="//evil/x"><img src="http://127.0.0.1:8787//evil/x"><img src="data:image/png;base64,aGk=" alt="dot">
		<h1 class="top" dir="rtl">שלום</h1><table><tr><td>1</td></tr></table>`)
	body := string(got.Body)
	for _, want := range []string{`src="http://127.0.0.1:8787/logo.png?a=1"`, `alt="Logo"`, `src="http://127.0.0.1:8787//evil/x"`,
		`src="data:image/png;base64,aGk="`, `<h1 class="top" dir="rtl">שלום</h1>`, `<td>1</td>`} {
		if !strings.Contains(body, want) {
			t.Errorf("it lacks %s: %s", want, body)
		}
	}
	if strings.Contains(body, `"//evil`) || strings.Join(got.Styles, " ") != "http://127.0.0.1:8787/site.css" {
		t.Errorf("it shows %s with %v", body, got.Styles)
	}
}

func TestStillsKeepTheLookOfAPage(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, func(_ context.Context, _ string, tell func(agent.Step)) error {
		tell(agent.View{URL: "http://x.example/", HTML: `<html lang="he" dir="RTL"><title>not text</title>
			<style>p > b { color: red } i::after { content: "</b>" } /* "><script>bad() */</style><main><p><b>kept</b>`})
		return nil
	})
	link := viewerOfRun(t, s)
	resp := get(t, s, link.Path+"/page?"+link.RawQuery)
	body := readBody(t, resp)
	_, nonce, _ := strings.Cut(resp.Header.Get("Content-Security-Policy"), "'nonce-")
	nonce, _, _ = strings.Cut(nonce, "'")
	for _, want := range []string{`<html lang="he" dir="rtl">`, `<style nonce="` + nonce + `">p > b { color: red } i::after { content: "<\/b>" }`, "<main><p><b>kept</b></p></main>"} {
		if !strings.Contains(body, want) {
			t.Errorf("it lacks %s: %s", want, body)
		}
	}
	if strings.Count(body, "not text") > 0 || strings.Count(body, "</style>") != 2 {
		t.Errorf("it shows %s", body)
	}
}

func TestStillsOfOddPages(t *testing.T) {
	t.Parallel()
	hosts := ownHosts("127.0.0.1:8787")
	if got := newSnapshotter(hosts, "http://127.0.0.1:8787").still(page{}); !got.Empty {
		t.Errorf("no page is shown as %+v", got)
	}
	for name, body := range map[string]string{"nothing": "", "only a script": "<script>x</script>", "nested": strings.Repeat("<div>", 100_000)} {
		if got := stillOf("::not an address::", body); !got.Empty {
			t.Errorf("%s is shown as %+v", name, got)
		}
	}
	if got := stillOf("http://x.example/", "<noscript><p>plain</p></noscript>"); !strings.Contains(string(got.Body), "<p>plain</p>") {
		t.Errorf("what is for browsers without scripts is shown as %s", got.Body)
	}
}

func TestTheFramesPageIsStrict(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, func(_ context.Context, _ string, tell func(agent.Step)) error {
		tell(agent.View{URL: "http://x.example/", Title: "<X>", HTML: `<h1>Hello</h1><script>bad()</script>`})
		return nil
	})
	link := viewerOfRun(t, s)
	resp := get(t, s, link.Path+"/page?"+link.RawQuery)
	body := readBody(t, resp)
	if !strings.Contains(body, "<h1>Hello</h1>") || !strings.Contains(body, "<title>&lt;X&gt;</title>") || strings.Contains(body, "script") {
		t.Errorf("it shows %s", body)
	}
	policy := resp.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none';", "form-action 'none'", "frame-ancestors 'self'", "; sandbox"} {
		if !strings.Contains(policy, want) {
			t.Errorf("its policy lacks %s: %s", want, policy)
		}
	}
	if strings.Contains(policy, "script-src") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "allow-") {
		t.Errorf("its policy is wide: %s", policy)
	}
}

func TestTheAgentsMarkdownIsHarmless(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"**a** `b`":                        "<p><strong>a</strong> <code>b</code></p>\n",
		"1. x\n2. y":                       "<ol>\n<li>x</li>\n<li>y</li>\n</ol>\n",
		"<script>x</script>":               "",
		"![a](http://bad.example/i)":       "<p></p>\n",
		"[a](javascript:x)":                "<p>a</p>\n",
		"[a](https://x.example)":           `<p><a href="https://x.example" rel="nofollow noreferrer noopener" target="_blank">a</a></p>` + "\n",
		strings.Repeat("*a_", maxMarkdown): "<pre>" + strings.Repeat("*a_", maxMarkdown) + "</pre>",
	} {
		if got := string(markdownHTML(text)); strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("%.60q is shown as %.200s", text, got)
		}
	}
}

func FuzzStills(f *testing.F) {
	for _, seed := range []string{
		`<p onclick=x>a<script>b</script><img src="http://bad/x"><img src=/y><a href=z>c</a>`,
		`<svg><style><img src=x onerror=y></style></svg>`, `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=x&gt;">`,
		`<noscript><p title="</noscript><img src=x onerror=y>">`, `<base href="//bad"><img src=x>`, `<template><img src=x></template>`, "<img src=\"data:image/png;base64,aGk=\">",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		doc, err := html.Parse(strings.NewReader(string(stillOf("http://x.example/", body).Body)))
		if err != nil {
			return
		}
		for node := range doc.Descendants() {
			if node.Type != html.ElementNode {
				continue
			}
			switch node.Data {
			case "script", "style", "link", "meta", "base", "iframe", "frame", "object", "embed", "form", "input", "svg", "math", "video", "audio":
				t.Errorf("%q keeps a %s", body, node.Data)
			}
			for _, a := range node.Attr {
				src := a.Key == "src" && (strings.HasPrefix(a.Val, "data:image/") || strings.HasPrefix(a.Val, "http://127.0.0.1:8787/"))
				if strings.HasPrefix(a.Key, "on") || a.Key == "href" || a.Key == "style" || a.Key == "srcset" || (a.Key == "src" && !src) {
					t.Errorf("%q keeps %s=%q", body, a.Key, a.Val)
				}
			}
		}
	})
}
