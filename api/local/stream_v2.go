package local

import (
	"fmt"
	"net/http"
	"time"

	"notturno/api/local/agent"
)

// encoderV2 is the second generation: an AI SDK UI message stream. The names
// of its data parts, data-notte-session and data-notte-function, are ours:
// Notte documents none.
type encoderV2 struct {
	threadID string
	blocks   int
	kind     string // of the open block: reasoning, text, or empty
	block    string // the id of the open block
}

type (
	v2Start struct {
		Type      string `json:"type"`
		MessageID string `json:"messageId"`
	}
	v2Mark struct {
		Type string `json:"type"`
	}
	v2Block struct { // the start or the end of a block
		Type string `json:"type"`
		ID   string `json:"id"`
	}
	v2Delta struct {
		Type  string `json:"type"`
		ID    string `json:"id"`
		Delta string `json:"delta"`
	}
	v2ToolStart struct {
		Type       string `json:"type"`
		ToolCallID string `json:"toolCallId"`
		ToolName   string `json:"toolName"`
	}
	v2ToolInput struct {
		Type       string         `json:"type"`
		ToolCallID string         `json:"toolCallId"`
		ToolName   string         `json:"toolName"`
		Input      map[string]any `json:"input"`
	}
	v2ToolOutput struct {
		Type       string `json:"type"`
		ToolCallID string `json:"toolCallId"`
		Output     string `json:"output"`
	}
	v2ToolError struct {
		Type       string `json:"type"`
		ToolCallID string `json:"toolCallId"`
		ErrorText  string `json:"errorText"`
	}
	v2Data struct {
		Type string `json:"type"`
		Data any    `json:"data"`
	}
	v2Session struct {
		ViewerURL string `json:"viewer_url"`
	}
	v2Function struct {
		FunctionID   string    `json:"function_id"`
		FunctionName string    `json:"function_name"`
		CreatedAt    time.Time `json:"created_at"`
	}
	v2Finish struct {
		Type            string     `json:"type"`
		FinishReason    string     `json:"finishReason"`
		MessageMetadata v2Metadata `json:"messageMetadata"`
	}
	v2Metadata struct {
		ThreadID     string  `json:"thread_id"`
		FunctionID   *string `json:"function_id"` // null without a function
		TotalCostUSD float64 `json:"total_cost_usd"`
	}
	v2Error struct {
		Type      string `json:"type"`
		ErrorText string `json:"errorText"`
	}
	v2Abort struct {
		Type   string `json:"type"`
		Reason string `json:"reason"`
	}
)

// v2Last is the last event of every stream.
const v2Last = "[DONE]"

func (e *encoderV2) header(h http.Header) {
	h.Set("X-Thread-Id", e.threadID)
	h.Set("X-Vercel-Ai-Ui-Message-Stream", "v1")
}

func (e *encoderV2) begin(viewerURL string) []event {
	return []event{
		encode(v2Start{"start", "msg_" + e.threadID}),
		encode(v2Data{"data-notte-session", v2Session{viewerURL}}),
		encode(v2Mark{"start-step"}),
	}
}

func (e *encoderV2) step(step agent.Step) []event {
	switch step := step.(type) {
	case agent.Thought:
		return e.delta("reasoning", step.Text)
	case agent.Speech:
		return e.delta("text", step.Text)
	case agent.Call:
		return append(e.closeBlock(),
			encode(v2ToolStart{"tool-input-start", step.ID, step.Tool}),
			encode(v2ToolInput{"tool-input-available", step.ID, step.Tool, step.Input}))
	case agent.Result:
		if step.Failed {
			return append(e.closeBlock(), encode(v2ToolError{"tool-output-error", step.ID, step.Content}))
		}
		return append(e.closeBlock(), encode(v2ToolOutput{"tool-output-available", step.ID, step.Content}))
	case agent.Saved:
		f := step.Function
		return append(e.closeBlock(), encode(v2Data{"data-notte-function", v2Function{f.ID, f.Name, f.CreatedAt.UTC()}}))
	default: // a View is shown by the viewer page
		return nil
	}
}

// delta continues the open block, or begins one of that kind.
func (e *encoderV2) delta(kind, text string) []event {
	var events []event
	if e.kind != kind {
		events = e.closeBlock()
		e.blocks++
		e.kind, e.block = kind, fmt.Sprintf("%s_%d", kind, e.blocks)
		events = append(events, encode(v2Block{kind + "-start", e.block}))
	}
	return append(events, encode(v2Delta{kind + "-delta", e.block, text}))
}

func (e *encoderV2) closeBlock() []event {
	if e.kind == "" {
		return nil
	}
	closed := encode(v2Block{e.kind + "-end", e.block})
	e.kind = ""
	return []event{closed}
}

func (e *encoderV2) end(end outcome) []event {
	events := e.closeBlock()
	switch end.state {
	case stateDone:
		meta := v2Metadata{ThreadID: e.threadID}
		if end.functionID != "" {
			meta.FunctionID = &end.functionID
		}
		events = append(events, encode(v2Mark{"finish-step"}), encode(v2Finish{"finish", "stop", meta}))
	case stateCancelled:
		events = append(events, encode(v2Abort{"abort", end.reason}))
	default:
		events = append(events, encode(v2Error{"error", end.text()}))
	}
	return append(events, event(v2Last))
}
