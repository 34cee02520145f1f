package local

import (
	"crypto/rand"
	"encoding/json"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"notturno/api/local/agent"
)

// What one session keeps at most, so that 128 of them stay small.
const (
	maxPage = 1 << 20  // bytes of the page as fetched
	maxText = 64 << 10 // bytes of one item's text
)

// session is a browser session and what the viewer shows of it: what its runs
// did and said, and the page in front of them. One that a run brought along
// ends with that run; one of the sessions API is held open for further runs.
// It is safe for use by several goroutines.
type session struct {
	id       string
	token    string // who has it may watch
	settings sessionSettings
	held     bool
	started  time.Time

	mu       sync.Mutex
	revision int           // counts changes
	changed  chan struct{} // closed at the next change
	task     string        // of the latest run
	items    []item
	page     page
	end      outcome
	ended    time.Time // zero while the session is live
	use      use
}

// item is one row of the viewer: a piece of reasoning or of the answer, a tool
// call with its result, or a function.
type item struct {
	Number   int
	Kind     string // task, thought, answer, tool, function, outcome
	Title    string
	Input    string // of a tool, as JSON
	Text     string
	At       time.Duration // since the session began
	Took     time.Duration // of a tool that has ended
	Open     bool          // a tool at work
	Failed   bool
	id       string // of a tool call
	revision int    // of the session when the item changed last
}

// page is the page that the run has in front of it.
type page struct {
	agent.View
	Number   int // 0 before the first one
	Cut      bool
	revision int
}

// Web reports an address that a browser may be sent to.
func (p page) Web() bool {
	u, err := url.Parse(p.URL)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https")
}

func newSession(task string) *session {
	now := time.Now()
	return &session{
		id:       uuid.NewString(),
		token:    rand.Text(),
		settings: usualSettings(),
		task:     task,
		started:  now,
		changed:  make(chan struct{}),
		end:      outcome{state: stateRunning},
		use:      use{last: now},
	}
}

// add keeps one step, unless the session is over.
func (s *session) add(step agent.Step) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended.IsZero() {
		return
	}
	s.change()
	switch step := step.(type) {
	case agent.Thought:
		s.say("thought", "Reasoning", step.Text)
	case agent.Speech:
		s.say("answer", "Answer", step.Text)
	case agent.Call:
		s.append(item{Kind: "tool", Title: step.Tool, Input: compactJSON(step.Input), Open: true, id: step.ID})
	case agent.Result:
		s.result(step)
	case agent.View:
		s.show(step)
	case agent.Saved:
		s.append(item{Kind: "function", Title: step.Function.Name, Text: step.Function.Description})
	}
}

// finish ends the session, and the run that is at work on it. It reports false
// when the session was over before, or is to end as idle and is at work.
func (s *session) finish(end outcome) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended.IsZero() || end.reason == reasonIdle && s.use.stop != nil {
		return false
	}
	s.change()
	s.end, s.ended = end, time.Now()
	s.use.end(end.reason)
	s.giveUpCalls()
	return true
}

// giveUpCalls ends the tool calls that are still open: no result will come.
func (s *session) giveUpCalls() {
	for i := range s.items {
		if it := &s.items[i]; it.Open {
			it.Open, it.Failed, it.Text, it.revision = false, true, "no result", s.revision
		}
	}
}

// change counts a change and wakes who waits for one.
func (s *session) change() {
	s.revision++
	close(s.changed)
	s.changed = make(chan struct{})
}

// say continues the last item when it is of that kind, or appends one.
func (s *session) say(kind, title, text string) {
	if n := len(s.items); n > 0 && s.items[n-1].Kind == kind {
		if last := &s.items[n-1]; len(last.Text) <= maxText { // else it is cut already
			last.Text, last.revision = cutText(last.Text+text), s.revision
		}
		return
	}
	s.append(item{Kind: kind, Title: title, Text: cutText(text)})
}

func (s *session) append(it item) {
	it.Number, it.At, it.revision = len(s.items)+1, time.Since(s.started), s.revision
	s.items = append(s.items, it)
}

// result ends the open call that it belongs to.
func (s *session) result(step agent.Result) {
	for i := range s.items {
		it := &s.items[i]
		if it.Open && it.id == step.ID {
			it.Open, it.Failed, it.Text, it.revision = false, step.Failed, cutText(step.Content), s.revision
			it.Took = time.Since(s.started) - it.At
			return
		}
	}
	s.append(item{Kind: "tool", Title: step.Tool, Text: cutText(step.Content), Failed: step.Failed})
}

func (s *session) show(view agent.View) {
	cut := len(view.HTML) > maxPage
	if cut {
		view.HTML = strings.Clone(strings.ToValidUTF8(view.HTML[:maxPage], ""))
	}
	s.page = page{View: view, Number: s.page.Number + 1, Cut: cut, revision: s.revision}
}

// snapshot is a session at one moment.
type snapshot struct {
	Revision int
	Task     string
	State    string
	Reason   string
	Detail   string
	Took     time.Duration // of a run that has ended
	Page     page
	NewPage  bool   // the page changed since the revision asked for
	Items    []item // those that changed since then
	Ended    bool
	changed  <-chan struct{} // closed at the next change
}

// endedAt is when the session ended, if it has.
func (s *session) endedAt() (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended, !s.ended.IsZero()
}

// since is the session as it is now, with what changed after a revision; 0
// asks for everything.
func (s *session) since(revision int) snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	snap := snapshot{
		Revision: s.revision,
		Task:     s.task,
		State:    s.shownState(),
		Reason:   s.end.reason,
		Detail:   s.end.detail,
		Page:     s.page,
		NewPage:  s.page.revision > revision,
		Ended:    !s.ended.IsZero(),
		changed:  s.changed,
	}
	if snap.Ended {
		snap.Took = s.ended.Sub(s.started)
	}
	for _, it := range s.items {
		if it.revision > revision {
			snap.Items = append(snap.Items, it)
		}
	}
	return snap
}

// The states that only a held session shows; the others are those of a run.
const (
	stateOpen     = "open" // no run is at work
	stateTimedOut = "timed out"
)

// shownState is the state of the session as its viewer shows it.
func (s *session) shownState() string {
	switch {
	case s.held && s.ended.IsZero() && s.use.stop == nil:
		return stateOpen
	case s.end.reason == reasonIdle || s.end.reason == reasonLifetime:
		return stateTimedOut
	}
	return s.end.state
}

// cutText bounds a text, and says so in it.
func cutText(text string) string {
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(text[:maxText], "") + "\n… (the rest is not kept here)"
}

func compactJSON(value map[string]any) string {
	if len(value) == 0 {
		return ""
	}
	text, err := json.Marshal(value)
	if err != nil {
		return "the input cannot be shown: " + err.Error()
	}
	return string(text)
}
