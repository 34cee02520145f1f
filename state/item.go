package state

import (
	"strings"
	"time"

	"notturno/api"
)

// ItemKind says what an item of the transcript is.
type ItemKind int

// The kinds of items.
const (
	TaskItem      ItemKind = iota // what the person typed
	ReasoningItem                 // a block of reasoning
	AnswerItem                    // a block of the answer
	ToolItem                      // a tool call or a result without one
	NoticeItem                    // something that the person should know
	OutcomeItem                   // how the run ended; always the last
)

// Item is one entry of the transcript. Its place in Run.Items is its identity;
// its text only ever grows, and not after EndedAt is set.
type Item struct {
	Kind      ItemKind
	StartedAt time.Time
	EndedAt   time.Time // zero while the item is open
	Tool      *Tool     // for a ToolItem, else nil
	text      strings.Builder
}

// Text is what the item says: Markdown for reasoning and answers, plain text
// otherwise. It does not copy.
func (i *Item) Text() string { return i.text.String() }

// Open reports whether more may come.
func (i *Item) Open() bool { return i.EndedAt.IsZero() }

// ToolState is how a tool call stands.
type ToolState int

// The states of a tool call.
const (
	ToolOpen       ToolState = iota // called, no result yet
	ToolEnded                       // has its result
	ToolFailed                      // has a result that says it failed
	ToolUnfinished                  // the run ended without its result
)

// String is the word that people see.
func (s ToolState) String() string {
	switch s {
	case ToolOpen:
		return "running"
	case ToolEnded:
		return "done"
	case ToolFailed:
		return "failed"
	case ToolUnfinished:
		return "unfinished"
	}
	return "unknown"
}

// Tool is one call of a tool, paired with its result.
type Tool struct {
	ID        api.Text // empty when the wire gave none
	Name      api.Text // empty for a result that came without a call
	Input     api.Text
	Result    api.Text
	State     ToolState
	StartedAt time.Time // arrival of the call; of the result when there was no call
	EndedAt   time.Time // arrival of the result; zero while open or unfinished
	Item      int       // index of its item in Run.Items
	// Past says that the call was made before the run was watched: it is not
	// known when, nor how long it took.
	Past bool
}

// Duration is how long the call took, up to now while it is open. A result
// without a call has none, and neither has a call that never got its result, or
// one that is Past.
func (t *Tool) Duration(now time.Time) time.Duration {
	switch {
	case t.Past:
		return 0
	case t.State == ToolOpen:
		return max(0, now.Sub(t.StartedAt))
	case t.EndedAt.IsZero():
		return 0
	}
	return t.EndedAt.Sub(t.StartedAt)
}

// Session is a browser session that the run uses.
type Session struct {
	// ViewerURL is a bearer secret: show it shortened, open or copy it on
	// demand, keep it out of logs and exports.
	ViewerURL api.Text
	At        time.Time
}

// Function is what an automation left behind.
type Function struct {
	ID        api.Text
	Name      api.Text // empty when only the id is known
	CreatedAt time.Time
}
