//go:build chromium

package local

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"notturno/api/local/agent"
)

// hostilePage does what a page must not do in the viewer. Each trap that
// springs writes its name to the console or asks trap.invalid for it.
type hostilePage struct {
	html  string
	traps []string
	click bool // the traps wait for a click in the middle
}

// clickable makes the first link or button as large as the window.
const clickable = `<style>.big { position: fixed; inset: 0; width: 100%; height: 100% }</style>`

func hostilePages() map[string]hostilePage {
	return map[string]hostilePage{
		"scripts": {html: `<p>kept</p>
			<script>console.log("script")</script>
			<script src="http://trap.invalid/src"></script>
			<img src="data:," onerror="console.log('onerror')">
			<svg onload="console.log('svg')"><script>console.log("svg script")</script></svg>
			<iframe srcdoc="<script>console.log('srcdoc')</script>"></iframe>
			<iframe src="javascript:console.log('frame')"></iframe>
			<details open ontoggle="console.log('toggle')"><summary>x</summary></details>
			<input autofocus onfocus="console.log('focus')">
			<style>@keyframes a { from { color: red } } #a { animation: a 1ms }</style><b id="a" onanimationstart="console.log('animation')">x</b>`,
			traps: []string{"script", "trap.invalid/src", "onerror", "svg", "svg script", "srcdoc", "frame", "toggle", "focus", "animation"}},
		"loads": {html: `<p>kept</p>
			<link rel="stylesheet" href="http://trap.invalid/sheet"><link rel="preload" as="image" href="http://trap.invalid/preload">
			<link rel="prefetch" href="http://trap.invalid/prefetch"><link rel="icon" href="data:,">
			<style>@import "http://trap.invalid/import"; @font-face { font-family: f; src: url(http://trap.invalid/font) }
				p { font-family: f; background: url(http://trap.invalid/background) }</style>
			<b style="background: url(http://trap.invalid/style)">x</b>
			<img src="http://trap.invalid/img"><img srcset="http://trap.invalid/srcset 1x">
			<picture><source srcset="http://trap.invalid/source"><img></picture>
			<svg><image href="http://trap.invalid/image"/></svg>
			<video src="http://trap.invalid/video" poster="http://trap.invalid/poster" preload="auto"></video>
			<audio src="http://trap.invalid/audio" preload="auto"></audio>
			<iframe src="http://trap.invalid/frame"></iframe><object data="http://trap.invalid/object"></object>
			<embed src="http://trap.invalid/embed"><input type="image" src="http://trap.invalid/input">
			<table background="http://trap.invalid/table"><tr><td>x</table>`,
			traps: []string{"trap.invalid/sheet", "trap.invalid/preload", "trap.invalid/prefetch", "trap.invalid/import", "trap.invalid/font",
				"trap.invalid/background", "trap.invalid/style", "trap.invalid/img", "trap.invalid/srcset", "trap.invalid/source", "trap.invalid/image",
				"trap.invalid/video", "trap.invalid/poster", "trap.invalid/audio", "trap.invalid/frame", "trap.invalid/object", "trap.invalid/embed",
				"trap.invalid/input", "trap.invalid/table"}},
		"refresh": {html: `<p>kept<meta http-equiv="refresh" content="0;url=http://trap.invalid/refresh">`, traps: []string{"trap.invalid/refresh"}},
		"script of a link": {html: clickable + `<a class="big" href="javascript:console.log('link')">kept</a>`,
			traps: []string{"link"}, click: true},
		"link":     {html: clickable + `<a class="big" href="http://trap.invalid/link">kept</a>`, traps: []string{"trap.invalid/link"}, click: true},
		"top link": {html: clickable + `<a class="big" target="_top" href="http://trap.invalid/top">kept</a>`, traps: []string{"trap.invalid/top"}, click: true},
		"ping": {html: clickable + `<a class="big" href="#x" ping="http://trap.invalid/ping">kept</a>`,
			traps: []string{"trap.invalid/ping"}, click: true},
		"form": {html: clickable + `<form action="http://trap.invalid/form"><button class="big">kept</button></form>`,
			traps: []string{"trap.invalid/form"}, click: true},
		"base": {html: `<base href="http://trap.invalid/"><p>kept<img src="based">`, traps: []string{"trap.invalid/based"}},
	}
}

// Every trap springs when the page is opened by itself, so that the silence
// in the viewer means something.
func TestChromiumDoesWhatHostilePagesSay(t *testing.T) {
	t.Parallel()
	browser := openTab(t, startScripted(t, Config{}, nothing))
	for name, page := range hostilePages() {
		b := newTab(browser.ctx, t, browser.net)
		b.forget()
		b.net.serve("hostile.invalid", "<!doctype html>"+page.html)
		b.open("http://hostile.invalid/")
		if page.click {
			b.clickInTheMiddle(`document.querySelector(".big")`)
		}
		b.untilSprung(name, page.traps)
	}
}

func TestChromiumDoesNothingForThemInTheViewer(t *testing.T) {
	t.Parallel()
	b, steps := openLive(t)
	number := 0
	for name, page := range hostilePages() {
		number++
		b.show(steps, number, page, name)
		if frame := b.frame(); !strings.Contains(frame, "kept") {
			t.Errorf("%s: the frame shows %s", name, frame)
		}
	}
	close(steps)
	b.until(`document.querySelector("#state.done")`)
}

// Should what cleans pages fail one day, the frame still holds them back: here
// it gets them as they are, below the server's own headers.
func TestChromiumHoldsThemBackInTheFrame(t *testing.T) {
	t.Parallel()
	b, steps := openLive(t)
	number := 0
	for name, page := range hostilePages() {
		number++
		b.net.setFrame("<!doctype html>" + page.html)
		b.show(steps, number, page, name)
	}
	close(steps)
	b.until(`document.querySelector("#state.done")`)
}

// What a page says reaches the viewer in many other places than its frame.
func TestChromiumTakesHostileTextAsText(t *testing.T) {
	t.Parallel()
	const text = `<img src="http://trap.invalid/x" onerror="console.log('x')"><script>console.log('y')</script>` +
		"![i](http://trap.invalid/image) [l](javascript:console.log('l')) </textarea></pre></details>"
	s, link, steps := liveRun(t, text)
	b := openTab(t, s)
	b.open(link)
	for _, step := range []agent.Step{
		agent.Thought{Text: text},
		agent.Call{ID: "a", Tool: text, Input: map[string]any{text: text}},
		agent.View{URL: "javascript:console.log('address')", Title: text, HTML: "<title>" + text + "</title>kept"},
		agent.Result{ID: "a", Tool: text, Content: strings.Repeat(text, 5)},
		agent.Speech{Text: text},
		agent.Saved{Function: agent.Function{ID: functionID, Name: text, Description: text}},
	} {
		steps <- step
	}
	b.until(`document.querySelector("#item-4.function")`)
	close(steps)
	b.until(`document.querySelector("#state.done")`)
	if strange := b.strange(); len(strange) > 0 {
		t.Errorf("it did %q", strange)
	}
	if title := js[string](b, `document.querySelector("h1").textContent`); title != text {
		t.Errorf("the task shows as %q", title)
	}
	if code := js[string](b, `document.querySelector("#item-2 code").textContent`); code != text {
		t.Errorf("the tool shows as %q", code)
	}
	if address := js[string](b, `document.querySelector(".address").innerHTML`); address != "javascript:console.log('address')" {
		t.Errorf("the address shows as %q, want its text alone", address)
	}
	if n := js[float64](b, `document.querySelectorAll("main img, main script, main a[href^='javascript']").length`); n > 0 {
		t.Errorf("%v elements of the text are in the page", n)
	}
}

// openLive opens the viewer of a run.
func openLive(t *testing.T) (*tab, chan<- agent.Step) {
	t.Helper()
	s, link, steps := liveRun(t, "look at hostile pages")
	b := openTab(t, s)
	b.open(link)
	b.until(`document.querySelector("#state.running")`)
	return b, steps
}

// show makes page the one in the viewer's frame, clicks on it, waits for one
// more update of the viewer, and expects that nothing has happened but that.
func (b *tab) show(steps chan<- agent.Step, number int, page hostilePage, name string) {
	b.t.Helper()
	b.forget()
	before := js[string](b, `location.href`)
	steps <- agent.View{URL: "http://hostile.invalid/", Title: "Hostile", HTML: page.html}
	b.until(loadedFrame(number))
	if page.click {
		b.clickInTheMiddle(`document.querySelector("iframe")`)
	}
	steps <- agent.Call{ID: name, Tool: name}
	b.until(`document.querySelectorAll("#items > .tool").length === ` + string(encode(number)))
	if strange := b.strange(); len(strange) > 0 {
		b.t.Errorf("%s did %q", name, strange)
	}
	if now := js[string](b, `location.href`); now != before {
		b.t.Errorf("%s went to %s", name, now)
	}
	if left := b.frameAddress(); left != "" {
		b.t.Errorf("%s made the frame go to %s", name, left)
	}
}

// clickInTheMiddle clicks with the mouse.
func (b *tab) clickInTheMiddle(element string) {
	b.t.Helper()
	at := js[[]float64](b, `(r => [r.x + r.width / 2, r.y + r.height / 2])(`+element+`.getBoundingClientRect())`)
	act(b, "click", chromedp.MouseClickXY(at[0], at[1]))
}

// untilSprung waits until all traps have sprung.
func (b *tab) untilSprung(name string, traps []string) {
	b.t.Helper()
	for {
		_, more := b.net.asked()
		sprung := b.strange()
		missing := slices.DeleteFunc(slices.Clone(traps), func(trap string) bool { return slices.Contains(sprung, trap) })
		if len(missing) == 0 {
			return
		}
		select {
		case <-more:
		case <-b.heard:
		case <-b.ctx.Done():
			b.t.Fatalf("%s: %q did not happen; %q did", name, missing, sprung)
		}
	}
}
