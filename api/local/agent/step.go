package agent

import (
	"time"
)

// Step is one thing that the agent did or said, in order. It is one of
// Thought, Speech, Call, Result, View and Saved.
type Step interface{ step() }

// Thought is a piece of reasoning in Markdown. Pieces that follow each other
// belong together.
type Thought struct{ Text string }

// Speech is a piece of the answer in Markdown.
type Speech struct{ Text string }

// Call says that an operation begins now.
type Call struct {
	ID    string         // unique within the run
	Tool  string         // open_page, read_page, extract, save_function
	Input map[string]any // JSON values
}

// Result says that the operation of the Call with the same ID has ended.
type Result struct {
	ID      string
	Tool    string
	Content string
	Failed  bool
}

// View is the page that the agent has in front of it from now on.
type View struct {
	URL   string
	Title string
	HTML  string // as fetched, decoded to UTF-8; not sanitised
}

// Saved is the function that the run left behind.
type Saved struct{ Function Function }

func (Thought) step() {}
func (Speech) step()  {}
func (Call) step()    {}
func (Result) step()  {}
func (View) step()    {}
func (Saved) step()   {}

// Function is a plan that can be run again: which skill, on which page, with
// which variables.
type Function struct {
	ID          string     `json:"function_id"` // empty until saved
	Name        string     `json:"name"`
	Description string     `json:"description"`
	Skill       string     `json:"skill"`          // list, read, table, links, find or compare
	What        string     `json:"what,omitempty"` // list, compare: the task's own word for the items
	Variables   []Variable `json:"variables"`
	CreatedAt   time.Time  `json:"created_at"` // UTC; zero until saved
}

// Variable is one value of a Function that another run may change. Default is
// always text, as in Notte's own functions ("5").
type Variable struct {
	Name    string `json:"name"`
	Type    string `json:"type"` // url, int or string
	Default string `json:"default"`
}
