package local

import (
	"notturno/api/local/agent"
	"notturno/api/local/validate"
)

// maxAgentBody is how large the body of an agent's start may be: response
// formats can be long.
const maxAgentBody = 1 << 20

// agentRequest is what a start asks for. The fields that it leaves out are
// about a model, a vault, a persona, notifications or memory, none of which
// this agent has: they are checked, and have no effect.
type agentRequest struct {
	task      string
	url       *string
	maxSteps  int
	format    *responseFormat // nil when any answer will do
	sessionID string
}

// agentStartModel is the body of POST /agents/start.
func agentStartModel() validate.Model {
	return validate.Model{Extra: validate.Forbid, Fields: []validate.Field{
		{Name: "task", Type: validate.String, Required: true},
		{Name: "url", Type: validate.String, Nullable: true},
		{Name: "response_format", Type: validate.Any, Nullable: true},
		{Name: "session_offset", Type: validate.Int, Nullable: true},
		{Name: "reasoning_model", Type: validate.EnumOrString, EnumName: "LlmModel", Choices: []string{
			"openai/gpt-4o", "gemini/gemini-2.5-flash", "vertex_ai/gemini-2.5-flash",
			"openrouter/google/gemma-3-27b-it", "cerebras/gpt-oss-120b", "groq/gpt-oss-120b",
			"perplexity/sonar-pro", "deepseek/deepseek-r1", "together_ai/meta-llama/llama-3.3-70b-instruct",
			"anthropic/claude-sonnet-4-5-20250929", "moonshot/kimi-k2.5", "xai/grok-4-1-fast-non-reasoning",
			"minimax/minimax-m2.5",
		}},
		{Name: "use_vision", Type: validate.Bool, Default: true},
		{Name: "max_steps", Type: validate.Int, Min: new(1), Max: new(150), Default: 20},
		{Name: "vault_id", Type: validate.String, Nullable: true},
		{Name: "persona_id", Type: validate.String, Nullable: true},
		{Name: "notifier_config", Type: validate.Dict, Nullable: true},
		{Name: "session_id", Type: validate.String, Required: true},
	}}
}

// parseAgentStart reads the body of a start.
func parseAgentStart(body []byte, contentType string) (agentRequest, validate.Errors) {
	values, errs := agentStartModel().Body(body, contentType)
	if errs != nil {
		return agentRequest{}, errs
	}
	format, err := newResponseFormat(values.Raw("response_format"))
	if err != nil {
		return agentRequest{}, values.FieldError("response_format", err.Error())
	}
	request := agentRequest{
		task:      values.String("task"),
		url:       optional(values, "url", values.String),
		maxSteps:  values.Int("max_steps"),
		format:    format,
		sessionID: values.String("session_id"),
	}
	return request, nil
}

// agents is the request in the agent's own terms.
func (r agentRequest) agents() agent.Request {
	asked := agent.Request{Task: r.task, MaxCalls: r.maxSteps}
	if r.url != nil {
		asked.URL = *r.url
	}
	return asked
}

// agentListQuery is the query of GET /agents.
func agentListQuery() validate.Model {
	return validate.Model{Fields: []validate.Field{
		{Name: "page", Type: validate.Int, Min: new(1), Default: 1},
		{Name: "page_size", Type: validate.Int, Min: new(1), Max: new(100), Default: 10},
		{Name: "only_active", Type: validate.Bool, Default: true},
		{Name: "only_saved", Type: validate.Bool},
		{Name: "only_current_token", Type: validate.Bool},
	}}
}

// agentStopQuery is the query of DELETE /agents/{agent_id}/stop.
func agentStopQuery() validate.Model {
	return validate.Model{Fields: []validate.Field{
		{Name: "session_id", Type: validate.String, Required: true},
	}}
}

// agentCodeQuery is the query of GET /agents/{agent_id}/workflow/code. The
// format of a response cannot be inferred without a model.
func agentCodeQuery() validate.Model {
	return validate.Model{Fields: []validate.Field{
		{Name: "as_workflow", Type: validate.Bool, Required: true},
		{Name: "infer_response_format", Type: validate.Bool},
	}}
}

// agentLogQuery is the query of an agent's log.
func agentLogQuery() validate.Model {
	return validate.Model{Fields: []validate.Field{
		{Name: "token", Type: validate.String, Required: true},
		{Name: "session_id", Type: validate.String, Required: true},
	}}
}
