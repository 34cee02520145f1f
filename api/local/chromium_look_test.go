//go:build chromium

package local

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"notturno/api/local/agent"
)

// longRun is a run whose every part is wider than a phone.
func longRun(_ context.Context, _ string, tell func(agent.Step)) error {
	word := strings.Repeat("unbroken", 40)
	tell(agent.Thought{Text: "Open " + word + " and **read** it."})
	tell(agent.Call{ID: "a", Tool: "open_page", Input: map[string]any{"url": "http://x.example/" + word}})
	tell(agent.View{URL: "http://x.example/" + word, Title: "X", HTML: "<h1>A page</h1><p>" + word + "<pre>" + word})
	tell(agent.Result{ID: "a", Tool: "open_page", Content: word})
	tell(agent.Call{ID: "b", Tool: "extract"})
	tell(agent.Result{ID: "b", Tool: "extract", Content: strings.Repeat(word+"\n", 20)})
	tell(agent.Speech{Text: "| a | b | c |\n|---|---|---|\n| " + word + " | " + word + " | c |\n\n`" + word + "` https://x.example/" + word})
	tell(agent.Saved{Function: agent.Function{ID: functionID, Name: word, Description: word}})
	return nil
}

func TestChromiumReachesAllFromTheKeyboard(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, longRun)
	link := viewerOfRun(t, s)
	b := openTab(t, s)
	b.open(link.String())
	focus := func() string {
		return js[string](b, `(e => e.className || e.closest("[id]")?.id + " " + e.localName)(document.activeElement)`)
	}
	reach := func(want string) {
		t.Helper()
		var passed []string
		for range 12 {
			b.press(kb.Tab)
			now := focus()
			if now == want {
				return
			}
			passed = append(passed, now)
		}
		t.Fatalf("tab does not reach %q, but %q", want, passed)
	}
	reach("skip")
	if left := js[float64](b, `document.activeElement.getBoundingClientRect().left`); left < 0 {
		t.Errorf("the link that skips the page stands at %v", left)
	}
	reach("page a")
	if outline := js[string](b, `getComputedStyle(document.activeElement).outlineStyle`); outline != "solid" {
		t.Errorf("where the focus is shows as %q", outline)
	}
	reach("page iframe")
	reach("item-3 summary")
	b.press(kb.Enter)
	b.until(`document.querySelector("#item-3 details").open`)
	reach("item-3 pre")
	reach("item-4 a")

	b.open(link.String())
	reach("skip")
	b.press(kb.Enter)
	b.until(`document.activeElement.id === "steps"`)
	reach("item-3 summary")
}

func TestChromiumShowsLightAndDark(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, errand)
	link := viewerOfRun(t, s)
	b := openTab(t, s)
	grounds := map[string]float64{}
	for _, scheme := range []string{"light", "dark"} {
		b.prefer(scheme)
		b.open(link.String())
		grounds[scheme] = js[float64](b, luminanceJS+`; luminance(getComputedStyle(document.body).backgroundColor)`)
		weak := js[[]string](b, luminanceJS+`; weak()`)
		if len(weak) > 0 {
			t.Errorf("in %s these can hardly be read: %q", scheme, weak)
		}
	}
	if grounds["light"] < 0.8 || grounds["dark"] > 0.05 {
		t.Errorf("the grounds have the luminances %v", grounds)
	}
}

// luminanceJS measures colours as WCAG 2 does. weak lists the elements with
// text whose contrast to the ground below them is less than 4.5.
const luminanceJS = `
	var luminance = color => {
		const [r, g, b] = color.match(/[\d.]+/g).map(n => n / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
		return .2126 * r + .7152 * g + .0722 * b;
	};
	var ground = e => { const c = getComputedStyle(e).backgroundColor; return c !== "rgba(0, 0, 0, 0)" || !e.parentElement ? c : ground(e.parentElement) };
	var weak = () => [...document.body.querySelectorAll("*")]
		.filter(e => [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim()) && e.checkVisibility())
		.filter(e => { const a = luminance(getComputedStyle(e).color), b = luminance(ground(e)); return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5 })
		.map(e => e.outerHTML.slice(0, 80))`

// wide is how many pixels a page is wider than the phone, and the steps of a
// viewer than their column.
const wide = `Math.max(document.scrollingElement.scrollWidth - 390, (s => s ? s.scrollWidth - s.clientWidth : 0)(document.querySelector("#steps")))`

func TestChromiumFitsTheViewerOnAPhone(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, longRun)
	link := viewerOfRun(t, s)
	b := openTab(t, s)
	b.phone()
	for _, address := range []string{link.String(), s.URL() + link.Path + "/page?" + link.RawQuery, s.URL() + link.Path} {
		b.open(address)
		if more := js[float64](b, wide); more > 0 {
			t.Errorf("%s is %v pixels wider than the phone", address, more)
		}
	}
}

func TestChromiumFitsTheSampleSiteOnAPhone(t *testing.T) {
	t.Parallel()
	s := startWhole(t, Config{})
	b := openTab(t, s)
	b.phone()
	b.open(s.URL() + "/")
	paths := js[[]string](b, `[...document.querySelectorAll("main a")].map(a => a.getAttribute("href"))`)
	if !slices.Contains(paths, "/league") {
		t.Fatalf("the first page links to %q", paths)
	}
	for _, path := range append(paths, "/", "/news/1", "/nowhere") {
		b.open(s.URL() + path)
		if more := js[float64](b, wide); more > 0 {
			t.Errorf("%s is %v pixels wider than the phone", path, more)
		}
	}
}
