package local

import (
	"strconv"
	"strings"
	"testing"

	"notturno/api/local/agent"
)

func TestTurnsReferToTheOneBefore(t *testing.T) {
	t.Parallel()
	last := thread{page: "http://a.example/2", list: "http://a.example/news", links: []string{
		"http://a.example/1", "http://a.example/2", "", "http://127.0.0.1/admin", "https://a.example/5", "http://a.example/6",
	}}
	same := func(task string) agent.Request { return agent.Request{Task: task, URL: last.page} }
	for task, want := range map[string]agent.Request{
		"read the second one":          {Task: "read http://a.example/2"},
		"Now open number 1":            {Task: "read http://a.example/1"},
		"please read #6":               {Task: "read http://a.example/6"},
		"show me the last item.":       {Task: "read http://a.example/6"},
		"read the 2nd post":            {Task: "read http://a.example/2"},
		"read the 3rd":                 same("read the 3rd"),
		"read the fourth one":          same("read the fourth one"),
		"read the fifth one":           same("read the fifth one"),
		"read the seventh one":         same("read the seventh one"),
		"read 0":                       same("read 0"),
		"read the first 2 of x.org":    same("read the first 2 of x.org"),
		"now the first 10":             same("now the first 10"),
		"list the second page's links": same("list the second page's links"),
	} {
		if got := last.next(task); got != want {
			t.Errorf("%q becomes %+v, want %+v", task, got, want)
		}
	}
}

func TestThreadsAreForgottenInTheEnd(t *testing.T) {
	t.Parallel()
	all := newThreads()
	for i := range maxThreads + 1 {
		all.keep(strconv.Itoa(i), thread{page: "p"})
		all.keep("1", thread{page: "q"})
	}
	if all.get("0").page != "" || all.get("1").page != "q" || len(all.known) != maxThreads || len(all.order) != maxThreads {
		t.Errorf("%d threads are known", len(all.known))
	}
}

// A follow-up turn of the second generation knows the page and the list of
// the turn before; the same words in a new thread do not.
func TestFollowUpTurns(t *testing.T) {
	t.Parallel()
	s := startReal(t, Config{Generation: 2})
	turn := func(query, thread string) (string, string) {
		t.Helper()
		body := `{"query":"` + query + `"`
		if thread != "" {
			body += `,"thread_id":"` + thread + `"`
		}
		resp := startTask(t.Context(), t, s, body+`}`)
		return readBody(t, resp), resp.Header.Get("X-Thread-Id")
	}
	first, id := turn("list the top 3 posts of the news section", "")
	if !strings.Contains(first, `"finishReason":"stop"`) || id == "" {
		t.Fatalf("the first turn is %s", first)
	}
	more, same := turn("now the first 10", id)
	if same != id || !strings.Contains(more, `"finishReason":"stop"`) || !strings.Contains(more, "/news") || strings.Count(more, `\"url\"`) <= strings.Count(first, `\"url\"`) {
		t.Errorf("more items give, in thread %s,\n%s", same, more)
	}
	if one, _ := turn("read the second one", id); !strings.Contains(one, `"finishReason":"stop"`) || !strings.Contains(one, s.URL()) {
		t.Errorf("the second one is\n%s", one)
	}
	// The list is remembered over what was read since.
	if one, _ := turn("open number 3", id); !strings.Contains(one, `"finishReason":"stop"`) {
		t.Errorf("the third one is\n%s", one)
	}
	if alone, other := turn("list the top 10 posts", ""); other == id || !strings.Contains(alone, `"type":"error"`) {
		t.Errorf("without a thread it gives\n%s", alone)
	}
}
