//go:build chromium

package local

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"notturno/api/local/agent"
)

// liveRun starts a run that does the steps which it is sent, and returns the
// link of its viewer. The run ends when steps is closed.
func liveRun(t *testing.T, task string) (s *Server, link string, steps chan<- agent.Step) {
	t.Helper()
	sent := make(chan agent.Step)
	s = startScripted(t, Config{}, func(ctx context.Context, _ string, tell func(agent.Step)) error {
		for {
			select {
			case step, more := <-sent:
				if !more {
					return nil
				}
				tell(step)
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	})
	startTask(t.Context(), t, s, string(encode(map[string]string{"query": task})))
	return s, s.viewerURL(liveSessions(s)[0]), sent
}

func TestChromiumShowsARunLive(t *testing.T) {
	t.Parallel()
	s, link, steps := liveRun(t, "the task")
	b := openTab(t, s)
	b.open(link)
	js[bool](b, `window.kept = true`) // a reload would lose it
	b.until(`document.querySelector("#state.running")`)
	for _, step := range []struct {
		step agent.Step
		show string
	}{
		{agent.Thought{Text: "Open *it*."}, `document.querySelector("#item-1.thought em").textContent === "it"`},
		{agent.Call{ID: "a", Tool: "open_page"}, `document.querySelector("#item-2.open code").textContent === "open_page"`},
		{agent.View{URL: "http://x.example/", HTML: "<h1>As fetched</h1>"}, loadedFrame(1)},
		{agent.Result{ID: "a", Tool: "open_page", Content: "<b>found</b>"}, `document.querySelector("#item-2:not(.open) pre").textContent === "<b>found</b>"`},
		{agent.Speech{Text: "The "}, `document.querySelector("#item-3.answer").innerText.includes("The")`},
		{agent.Speech{Text: "answer."}, `document.querySelector("#item-3.answer").innerText.includes("The answer.")`},
	} {
		steps <- step.step
		b.until(step.show)
	}
	if page := b.frame(); !strings.Contains(page, "<h1>As fetched</h1>") {
		t.Errorf("the frame shows %s", page)
	}
	close(steps)
	b.until(`document.querySelector("#state.done") && !document.querySelector("#outcome").hidden`)
	if !js[bool](b, `window.kept === true`) {
		t.Error("the page was loaded again")
	}
	ended := js[string](b, `document.querySelector("#items").innerText`)
	b.open(link)
	if after := js[string](b, `document.querySelector("#items").innerText`); after != ended || !strings.Contains(after, "The answer.") {
		t.Errorf("opened after the end it shows %q, not %q", after, ended)
	}
	if strange := b.strange(); len(strange) > 0 {
		t.Errorf("it did %q", strange)
	}
}

// loadedFrame is true when the viewer's frame has loaded page number.
func loadedFrame(number int) string {
	return fmt.Sprintf(`(f => f.src.endsWith("page=%d") && performance.getEntriesByName(f.src).length > 0)(document.querySelector("iframe"))`, number)
}

func TestChromiumShowsWhyALinkIsRefused(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, errand)
	link := viewerOfRun(t, s)
	b := openTab(t, s)
	for address, want := range map[string]string{
		s.URL() + link.Path + "?token=wrong":           "This link is not whole",
		s.URL() + "/view/nobody?" + link.RawQuery:      "This session is not here",
		s.URL() + link.Path + "/page?token=wrong":      "This link is not whole",
		s.URL() + "/view/nobody/page?" + link.RawQuery: "This session is not here",
	} {
		b.open(address)
		if title := js[string](b, `document.querySelector("h1").textContent`); title != want {
			t.Errorf("%s says %q, want %q", address, title, want)
		}
		if text := js[string](b, `document.body.innerText`); strings.Contains(text, "<b>the task") || strings.Contains(text, "open_page") {
			t.Errorf("%s gives away %s", address, text)
		}
	}
}

// The steps follow the run while their end is in view, and else leave the
// reader alone.
func TestChromiumFollowsTheStepsAtTheirEnd(t *testing.T) {
	t.Parallel()
	s, link, steps := liveRun(t, "the task")
	b := openTab(t, s)
	b.open(link)
	work := func(first, last int) {
		t.Helper()
		for i := first; i <= last; i++ {
			id := fmt.Sprint(i)
			steps <- agent.Call{ID: id, Tool: "open_page"}
			steps <- agent.Result{ID: id, Tool: "open_page", Content: "found"}
		}
		b.until(fmt.Sprintf(`document.querySelector("#item-%d:not(.open)")`, last))
	}
	const hidden = `(s => s.scrollHeight - s.clientHeight - s.scrollTop)(document.querySelector("#steps"))`
	work(1, 40)
	if below := js[float64](b, hidden); below > 1 {
		t.Errorf("%v pixels of the steps are below the window", below)
	}
	if above := js[float64](b, `document.querySelector("#steps").scrollTop`); above <= 0 {
		t.Error("forty steps fit the window, so this test shows nothing")
	}
	js[float64](b, `document.querySelector("#steps").scrollTop = 10`)
	work(41, 80)
	if at := js[float64](b, `document.querySelector("#steps").scrollTop`); at != 10 {
		t.Errorf("the reader was at 10 and is now at %v", at)
	}
	close(steps)
	b.until(`document.querySelector("#state.done")`)
}
