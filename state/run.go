package state

import (
	"time"

	"notturno/api"
)

// Kind says what is being executed.
type Kind string

// The kinds of runs.
const (
	Automation Kind = "automation" // a task for the Anything API
	AgentRun   Kind = "agent"      // an agent of the Agents API on a browser session
)

// Arrival is one thing that reached this program about a run.
type Arrival struct {
	Seq   int       // 1, 2, 3, … within the run
	At    time.Time // when it arrived here
	Event api.Event
	// Agent is what this program learned of an agent by what it did itself; it
	// comes instead of an Event, and after the agent's end as well.
	Agent *AgentChange
	// End marks the last arrival of a run: the connection is closed. Err says
	// why, and is nil after a terminal event. Event is empty.
	End bool
	Err error
}

// Run is one execution of a task, as far as it is known. Only its methods
// change it; everybody may read it.
type Run struct {
	ID        string
	Kind      Kind
	Backend   string // what the person calls the service: "local" or a host
	Task      string
	Phase     Phase
	StartedAt time.Time
	EndedAt   time.Time // zero until Phase.Ended

	Items     []*Item // what the transcript shows, in order
	Tools     []*Tool // the calls among Items, in order
	Sessions  []Session
	Functions []Function
	Cost      *float64 // US dollars; nil when the wire gave none
	Thread    api.Text // thread id, or empty
	Failure   *Failure // why the run did not end as Done, else nil
	Agent     *Agent   // for an AgentRun, else nil

	Status     api.Text       // the service's last word about its state
	ByteAt     time.Time      // last life on the wire, comments included
	ProgressAt time.Time      // last event
	Events     int            // events so far
	Unknown    map[string]int // events of unknown types, by type
	Closed     bool           // the connection is closed, or will never be made

	firstOpen int // no call in Tools before this one is open
	answered  bool
	unsent    bool // cancelled while it was queued
	rate      rate
}

// New is an automation of task that has not been sent yet.
func New(id, backend, task string, at time.Time) *Run {
	r := &Run{ID: id, Kind: Automation, Backend: backend, Task: task, Phase: Queued, StartedAt: at, ByteAt: at, ProgressAt: at}
	r.Items = []*Item{taskItem(task, at)}
	return r
}

// NewAgent is a run of an agent that has not been sent yet.
func NewAgent(id, backend string, order AgentOrder, at time.Time) *Run {
	r := New(id, backend, order.Request.Task, at)
	r.Kind, r.Agent = AgentRun, newAgent(order)
	return r
}

// NewWatch is a run of an agent that was started elsewhere, to be watched from
// now on. An empty session or task is learned.
func NewWatch(id, backend, agentID, sessionID, task string, at time.Time) *Run {
	r := New(id, backend, task, at)
	r.Kind = AgentRun
	r.Agent = &Agent{
		ID: api.Clean(agentID), SessionID: api.Clean(sessionID),
		Attached: true, Keep: true, given: true, unread: true,
	}
	return r
}

func taskItem(task string, at time.Time) *Item {
	item := &Item{Kind: TaskItem, StartedAt: at, EndedAt: at}
	item.text.WriteString(string(api.Clean(task)))
	return item
}

// Rewrite changes the task of a run that still waits for its turn. Its task
// item is replaced by a new one: an item that has ended never changes.
func (r *Run) Rewrite(task string) {
	if r.Phase == Queued {
		r.Task, r.Items[0] = task, taskItem(task, r.StartedAt)
	}
}

// Connect says that the request is being sent.
func (r *Run) Connect(at time.Time) {
	if r.Phase == Queued {
		r.Phase, r.StartedAt, r.ByteAt, r.ProgressAt = Connecting, at, at, at
	}
}

// Cancel ends the run because the person asked for it. What arrives later is
// dropped, except for the news that the connection is closed. A queued run has
// none: it was never sent. An agent goes on until it has stopped: see Stopping
// and CanCancel.
func (r *Run) Cancel(at time.Time) {
	if r.Phase.Ended() {
		return
	}
	if r.Phase == Queued {
		r.unsent, r.Closed = true, true
	} else if r.Agent != nil {
		r.Agent.ask()
		return
	}
	r.end(Cancelled, at, nil)
}

// Elapsed is how long the run has taken, up to now while it goes on.
func (r *Run) Elapsed(now time.Time) time.Duration {
	if r.Phase.Ended() {
		now = r.EndedAt
	}
	return max(0, now.Sub(r.StartedAt))
}

// OpenTool is the oldest call that waits for its result, or nil.
func (r *Run) OpenTool() *Tool {
	return r.oldestOpen("")
}

// LastTool is the newest call, or nil.
func (r *Run) LastTool() *Tool {
	if len(r.Tools) == 0 {
		return nil
	}
	return r.Tools[len(r.Tools)-1]
}

// Starting reports whether the session or the agent of a run may be being
// started: its requests are sent, and the service has not named the agent.
func (r *Run) Starting() bool {
	return r.Agent != nil && r.Agent.ID == "" && r.Phase != Queued && !r.Phase.Ended()
}

// Started reports whether the service has accepted the run.
func (r *Run) Started() bool { return r.Phase == Running || r.Events > 0 }

// HasAnswer reports whether there is any text of an answer.
func (r *Run) HasAnswer() bool { return r.answered }

// Answer is the whole answer as Markdown: the answer blocks, in order.
func (r *Run) Answer() string {
	var blocks []byte
	for _, item := range r.Items {
		if item.Kind != AnswerItem {
			continue
		}
		if len(blocks) > 0 {
			blocks = append(blocks, "\n\n"...)
		}
		blocks = append(blocks, item.Text()...)
	}
	return string(blocks)
}
