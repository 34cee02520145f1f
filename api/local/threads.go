package local

import (
	"cmp"
	"context"
	"encoding/json"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"notturno/api/local/agent"
)

// maxThreads is how many threads are remembered.
const maxThreads = 64

// thread is what a further turn may refer to. That is all which is remembered:
// a task that refers to anything else is done as if it stood alone.
type thread struct {
	page  string          // that the last turn was about
	left  *agent.Function // that the last turn left behind, or nil
	list  string          // the page of the last list
	links []string        // of the items of that list
}

// threads remember the last turn of each thread. They are kept in memory only
// and are safe for use by several goroutines.
type threads struct {
	mu    sync.Mutex
	known map[string]thread
	order []string // the IDs, the oldest first
}

func newThreads() *threads { return &threads{known: map[string]thread{}} }

// get is what is remembered of a thread: of a new one, nothing.
func (t *threads) get(id string) thread {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.known[id]
}

func (t *threads) keep(id string, last thread) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.known[id]; !ok {
		t.order = append(t.order, id)
	}
	t.known[id] = last
	if len(t.order) > maxThreads {
		delete(t.known, t.order[0])
		t.order = t.order[1:]
	}
}

// turn is the work of one request: its task, which may refer to the turn
// before it in the thread.
func (s *Server) turn(req startRequest) work {
	return func(ctx context.Context, tell func(agent.Step)) error {
		last := s.threads.get(req.threadID)
		asked := last.next(req.query)
		now := last
		now.page, now.left = "", nil
		found, err := s.answer(ctx, asked, func(step agent.Step) {
			switch step := step.(type) {
			case agent.View:
				now.page = cmp.Or(now.page, step.URL) // those that follow it are parts of it
			case agent.Saved:
				now.left = &step.Function
			}
			tell(step)
		})
		if err != nil || now.page == "" {
			return err
		}
		if links := itemLinks(found); links != nil {
			now.list, now.links = now.page, links
		}
		s.threads.keep(req.threadID, now)
		return nil
	}
}

// oneItem matches a task that is about one item of the list before it.
var oneItem = regexp.MustCompile(`(?i)^\s*(?:please\s+|now\s+|and\s+|then\s+)*(?:read|open|show)(?:\s+me)?\s+(?:the\s+)?` +
	`(?:(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)|(\d{1,4})(?:st|nd|rd|th)?|(?:number\s+|#)(\d{1,4}))` +
	`(?:\s+(?:one|item|post|story|result|entry|article|link))?\s*[.!]?\s*$`)

// next is a task in a thread after its last turn. One item of that turn's list
// is read; any other task that names no page is about the same page, and may
// change what was done there.
func (t thread) next(task string) agent.Request {
	if link := t.link(task); link != "" {
		return agent.Request{Task: "read " + link}
	}
	return agent.Request{Task: task, URL: t.page, Earlier: t.left}
}

// link is the link of the item that a task is about, or empty. It must lead to
// the site that the person named: where else a page sends us is not the
// person's wish.
func (t thread) link(task string) string {
	match := oneItem.FindStringSubmatch(task)
	if match == nil {
		return ""
	}
	number := ordinal(strings.ToLower(match[1]), len(t.links))
	if digits := match[2] + match[3]; digits != "" {
		number, _ = strconv.Atoi(digits) // at most four digits
	}
	if number < 1 || number > len(t.links) || !sameHost(t.links[number-1], t.list) {
		return ""
	}
	return t.links[number-1]
}

func ordinal(word string, last int) int {
	if word == "last" {
		return last
	}
	for i, name := range []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"} {
		if name == word {
			return i + 1
		}
	}
	return 0
}

func sameHost(link, page string) bool {
	a, errA := url.Parse(link)
	b, errB := url.Parse(page)
	return errA == nil && errB == nil && a.Host != "" && a.Scheme == b.Scheme && a.Host == b.Host
}

// itemLinks are the links of a list that the agent found, or nil.
func itemLinks(found json.RawMessage) []string {
	var list struct {
		Items []map[string]any `json:"items"`
	}
	if json.Unmarshal(found, &list) != nil {
		return nil // what was found is no list
	}
	var links []string
	for _, it := range list.Items {
		link, _ := it["url"].(string)
		links = append(links, link)
	}
	return links
}
