package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// The values of an agent's status.
const (
	AgentActive = "active"
	AgentClosed = "closed"
)

// Agent is an agent as a start answers with it and a list shows it. What the
// service left out, or sent as another type than documented, has its zero
// value.
type Agent struct {
	AgentID   Text
	SessionID Text
	Status    Text // AgentActive or AgentClosed
	CreatedAt time.Time
	ClosedAt  time.Time // zero while it is at work
	Saved     bool      // as a workflow
}

// Closed reports whether the agent has ended.
func (a Agent) Closed() bool { return a.Status == AgentClosed || !a.ClosedAt.IsZero() }

// AgentStatus is all that is known about one agent.
type AgentStatus struct {
	Agent
	Task    Text
	URL     Text
	Success *bool // nil while it is at work, and when it was stopped
	Answer  Text  // or, without what is secret in it, why there is none
	Steps   []AgentStep
}

// Code is the steps of an agent, to be done again without one. It is what the
// person asked for, so nothing in it is masked: it may hold what was typed.
type Code struct {
	PythonScript Text
	JSONActions  []Text // compact JSON
}

func agentOf(o object) Agent {
	return Agent{
		AgentID:   o.line("agent_id"),
		SessionID: o.line("session_id"),
		Status:    o.line("status"),
		CreatedAt: timeOf(o.text("created_at")),
		ClosedAt:  timeOf(o.text("closed_at")),
		Saved:     isTrue(o.get("saved")),
	}
}

// agentAnswer is an agent's status whose steps are not decoded yet.
type agentAnswer struct {
	AgentStatus
	steps []json.RawMessage
}

// succeeded reports whether the answer is one, rather than why there is none.
func (a agentAnswer) succeeded() bool { return a.Success != nil && *a.Success }

func agentAnswerOf(o object) agentAnswer {
	a := agentAnswer{AgentStatus: AgentStatus{
		Agent:   agentOf(o),
		Task:    o.text("task"),
		URL:     o.line("url"),
		Success: boolOf(o.get("success")),
		Answer:  o.text("answer"),
	}}
	if !a.succeeded() {
		a.Answer = Text(redactSaid(string(a.Answer)))
	}
	for _, step := range elements(o.get("steps")) {
		a.steps = append(a.steps, step)
	}
	return a
}

// agentStatusOf reads a status with its steps, which are masked; so are the
// texts that repeat what a step masked.
func (c *Client) agentStatusOf(raw json.RawMessage) AgentStatus {
	answer := agentAnswerOf(objectOf(raw))
	hide := newMask(c.config.Key)
	for _, step := range answer.steps {
		answer.Steps = append(answer.Steps, hide.agentStep(step))
	}
	answer.Answer = hide.text(answer.Answer)
	return answer.AgentStatus
}

// StartAgent starts an agent on an open session. It sends one POST, once,
// whatever happens; the run may be billed. WatchAgent tells what it does.
func (c *Client) StartAgent(ctx context.Context, r AgentRequest) (Agent, error) {
	raw, err := c.send(ctx, call{method: http.MethodPost, path: []string{"agents", "start"}, body: r})
	if err != nil {
		return Agent{}, err
	}
	return agentOf(objectOf(raw)), nil
}

// Agent asks for one agent.
func (c *Client) Agent(ctx context.Context, agentID string) (AgentStatus, error) {
	if err := needID("agent", agentID); err != nil {
		return AgentStatus{}, err
	}
	raw, err := c.get(ctx, nil, "agents", agentID)
	if err != nil {
		return AgentStatus{}, err
	}
	return c.agentStatusOf(raw), nil
}

// Agents asks for one page of the agents. What the service gives as an id and
// is none is left out; the agent stays.
func (c *Client) Agents(ctx context.Context, f AgentFilter) (Page[Agent], error) {
	q := query{}
	q.number("page", f.Page)
	q.number("page_size", f.PageSize)
	q.flag("only_active", f.OnlyActive)
	q.flag("only_saved", f.OnlySaved)
	q.flag("only_current_token", f.OnlyCurrentToken)
	raw, err := c.get(ctx, url.Values(q), "agents")
	if err != nil {
		return Page[Agent]{}, err
	}
	return pageOf(raw, paging{f.Page, f.PageSize}, func(o object) Agent {
		a := agentOf(o)
		a.AgentID, a.SessionID = listedID(a.AgentID), listedID(a.SessionID)
		return a
	}), nil
}

// AgentCode asks for the steps of an agent as code.
func (c *Client) AgentCode(ctx context.Context, agentID string, r CodeRequest) (Code, error) {
	if err := needID("agent", agentID); err != nil {
		return Code{}, err
	}
	q := query{}
	q.flag("as_workflow", &r.AsWorkflow)
	q.flag("infer_response_format", r.InferResponseFormat)
	raw, err := c.get(ctx, url.Values(q), "agents", agentID, "workflow", "code")
	if err != nil {
		return Code{}, err
	}
	o := objectOf(raw)
	code := Code{PythonScript: o.text("python_script")}
	for _, action := range elements(o.get("json_actions")) {
		code.JSONActions = append(code.JSONActions, TextOf(action))
	}
	return code, nil
}
