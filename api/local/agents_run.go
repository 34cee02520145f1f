package local

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"
)

// The values of an agent's status.
const (
	agentActive = "active"
	agentClosed = "closed"
)

// agentResponse is an agent as POST /agents/start and GET /agents show it.
type agentResponse struct {
	AgentID   string     `json:"agent_id"`
	CreatedAt time.Time  `json:"created_at"`
	SessionID string     `json:"session_id"`
	Status    string     `json:"status"`
	ClosedAt  *time.Time `json:"closed_at"`
	Saved     bool       `json:"saved"`
}

// agentStatus is an agent as GET /agents/{agent_id} shows it.
type agentStatus struct {
	agentResponse
	Task    string      `json:"task"`
	URL     *string     `json:"url"`
	Success *bool       `json:"success"`
	Answer  *string     `json:"answer"`
	Steps   []agentStep `json:"steps"`
}

// agentRun is one agent: its request, what it did, and the messages of its
// log. It is safe for use by several goroutines.
type agentRun struct {
	id      string
	request agentRequest
	session *session
	created time.Time
	cancel  context.CancelCauseFunc // ends the work at once

	mu       sync.Mutex
	steps    []agentStep
	messages []event       // every message of the log so far
	changed  chan struct{} // closed at the next change
	working  bool          // a step is in progress
	stopping bool          // ends after the step in progress
	saved    bool
	closed   time.Time // zero while it is active
	success  *bool
	answer   *string
}

func newAgentRun(request agentRequest, sess *session, cancel context.CancelCauseFunc) *agentRun {
	return &agentRun{
		id:      uuid.NewString(),
		request: request,
		session: sess,
		created: apiTime(time.Now()),
		cancel:  cancel,
		changed: make(chan struct{}),
	}
}

// begin notes that a step begins. It reports false when the agent was stopped:
// the step must not begin.
func (a *agentRun) begin() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.working = !a.stopping
	return a.working
}

// rest notes that the step in progress has ended. It reports false when the
// agent was stopped meanwhile.
func (a *agentRun) rest() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.working = false
	return !a.stopping
}

// stop ends the agent after the step in progress, at once when there is none.
// Once is enough; an agent that has ended stays as it is.
func (a *agentRun) stop() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.stopping = true
	if !a.working {
		a.cancel(errAgentStopped)
	}
}

// add keeps a step and tells it to the log.
func (a *agentRun) add(step agentStep) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.steps = append(a.steps, step)
	a.tell(encode(step))
}

// validated tells the log what checking the answer found.
func (a *agentRun) validated(finding string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tell(encode(struct {
		Validation string `json:"validation"`
	}{finding}))
}

func (a *agentRun) save() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.saved = true
}

// close ends the agent and its log.
func (a *agentRun) close(end agentEnd) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed, a.success, a.answer = apiTime(time.Now()), end.success, &end.answer
	a.tell(encode(struct {
		Status string      `json:"status"`
		Agent  agentStatus `json:"agent"`
	}{"agent_stop", a.statusLocked()}))
}

// tell appends a message to the log and wakes who waits for one.
func (a *agentRun) tell(message event) {
	a.messages = append(a.messages, message)
	close(a.changed)
	a.changed = make(chan struct{})
}

// log is the messages after the first few, whether they are the last ones, and
// what is closed when there are more.
func (a *agentRun) log(after int) (messages []event, last bool, changed <-chan struct{}) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.messages[after:len(a.messages):len(a.messages)], !a.closed.IsZero(), a.changed
}

func (a *agentRun) active() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.closed.IsZero()
}

func (a *agentRun) response() agentResponse {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.responseLocked()
}

func (a *agentRun) status() agentStatus {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.statusLocked()
}

func (a *agentRun) responseLocked() agentResponse {
	shown := agentResponse{
		AgentID:   a.id,
		CreatedAt: a.created,
		SessionID: a.session.id,
		Status:    agentActive,
		Saved:     a.saved,
	}
	if !a.closed.IsZero() {
		closed := a.closed
		shown.Status, shown.ClosedAt = agentClosed, &closed
	}
	return shown
}

func (a *agentRun) statusLocked() agentStatus {
	return agentStatus{
		agentResponse: a.responseLocked(),
		Task:          a.request.task,
		URL:           a.request.url,
		Success:       a.success,
		Answer:        a.answer,
		Steps:         append([]agentStep{}, a.steps...),
	}
}
