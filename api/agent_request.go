package api

import "encoding/json"

// AgentRequest is what an agent shall do, field by field as POST /agents/start
// has it. Only Task and SessionID are always sent, the rest only when it is
// set. The service checks the values; its *Error names the fields.
type AgentRequest struct {
	Task           string          `json:"task"`
	URL            string          `json:"url,omitzero"`             // where to begin
	ResponseFormat json.RawMessage `json:"response_format,omitzero"` // a JSON schema for the answer
	SessionOffset  *int            `json:"session_offset,omitzero"`  // experimental: the step of the session to remember from
	ReasoningModel string          `json:"reasoning_model,omitzero"` // one of Models, or any other
	UseVision      *bool           `json:"use_vision,omitzero"`      // the service's default is true
	MaxSteps       *int            `json:"max_steps,omitzero"`       // 1 to 150; the service's default is DefaultMaxSteps
	VaultID        string          `json:"vault_id,omitzero"`        //
	PersonaID      string          `json:"persona_id,omitzero"`      //
	NotifierConfig json.RawMessage `json:"notifier_config,omitzero"` // a JSON object
	SessionID      string          `json:"session_id"`               // an open session
}

// DefaultMaxSteps is how many steps an agent takes at most when its request
// does not say.
const DefaultMaxSteps = 20

// Models are the names of the models that are documented. They are
// suggestions: the service takes any name.
func Models() []string {
	return []string{
		"openai/gpt-4o",
		"gemini/gemini-2.5-flash",
		"vertex_ai/gemini-2.5-flash",
		"openrouter/google/gemma-3-27b-it",
		"cerebras/gpt-oss-120b",
		"groq/gpt-oss-120b",
		"perplexity/sonar-pro",
		"deepseek/deepseek-r1",
		"together_ai/meta-llama/llama-3.3-70b-instruct",
		"anthropic/claude-sonnet-4-5-20250929",
		"moonshot/kimi-k2.5",
		"xai/grok-4-1-fast-non-reasoning",
		"minimax/minimax-m2.5",
	}
}

// AgentFilter says which agents a list shows. What is not set is up to the
// service: the first page, of 10, with only what is active.
type AgentFilter struct {
	Page             int // from 1
	PageSize         int // 1 to 100
	OnlyActive       *bool
	OnlySaved        *bool
	OnlyCurrentToken *bool // those that this key has started
}

// CodeRequest says in which form an agent's steps shall be written down.
type CodeRequest struct {
	AsWorkflow          bool  // with a run function, to be uploaded; else a script
	InferResponseFormat *bool // work out a format for the result
}
