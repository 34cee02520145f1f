package local

import (
	"net/http"
	"time"

	"notturno/api/local/agent"
)

// encoderV1 is the first generation: the twelve event types of the Anything
// API's page. Beyond the documented fields a tool call carries its id and its
// input, and a result the id of its call.
type encoderV1 struct {
	threadID string
	speaking bool // an answer has begun that is not yet complete
}

type (
	v1Status struct {
		Type   string `json:"type"`
		Status string `json:"status"`
	}
	v1Delta struct {
		Type  string `json:"type"`
		Delta string `json:"delta"`
	}
	v1ToolStart struct {
		Type  string         `json:"type"`
		Name  string         `json:"name"`
		ID    string         `json:"id"`
		Input map[string]any `json:"input"`
	}
	v1ToolResult struct {
		Type    string `json:"type"`
		Content string `json:"content"`
		ID      string `json:"id"`
	}
	v1MessageComplete struct {
		Type string `json:"type"`
		Role string `json:"role"`
	}
	v1SessionData struct {
		Type      string `json:"type"`
		ViewerURL string `json:"viewer_url"`
	}
	v1FunctionUploaded struct {
		Type         string    `json:"type"`
		FunctionID   string    `json:"function_id"`
		FunctionName string    `json:"function_name"`
		CreatedAt    time.Time `json:"created_at"`
	}
	v1Done struct {
		Type         string     `json:"type"`
		TotalCostUSD float64    `json:"total_cost_usd"`
		FunctionID   *string    `json:"function_id"` // null without a function
		Metadata     v1Metadata `json:"metadata"`
	}
	v1Metadata struct {
		ThreadID string `json:"thread_id"`
	}
	v1Error struct {
		Type   string `json:"type"`
		Error  string `json:"error"`
		Detail string `json:"detail"`
	}
	v1Cancelled struct {
		Type   string `json:"type"`
		Reason string `json:"reason"`
	}
)

func (e *encoderV1) header(http.Header) {}

func (e *encoderV1) begin(viewerURL string) []event {
	return []event{
		encode(v1Status{"status", "starting"}),
		encode(v1SessionData{"notte_session_data", viewerURL}),
		encode(v1Status{"status", "running"}),
	}
}

func (e *encoderV1) step(step agent.Step) []event {
	if speech, ok := step.(agent.Speech); ok {
		e.speaking = true
		return []event{encode(v1Delta{"text_delta", speech.Text})}
	}
	events := e.completeMessage()
	switch step := step.(type) {
	case agent.Thought:
		events = append(events, encode(v1Delta{"thinking_delta", step.Text}))
	case agent.Call:
		events = append(events, encode(v1ToolStart{"tool_start", step.Tool, step.ID, step.Input}))
	case agent.Result:
		events = append(events, encode(v1ToolResult{"tool_result", step.Content, step.ID}))
	case agent.Saved:
		f := step.Function
		events = append(events, encode(v1FunctionUploaded{"function_uploaded", f.ID, f.Name, f.CreatedAt.UTC()}))
	default: // a View is shown by the viewer page
	}
	return events
}

// completeMessage ends an answer that has begun.
func (e *encoderV1) completeMessage() []event {
	if !e.speaking {
		return nil
	}
	e.speaking = false
	return []event{encode(v1MessageComplete{"message_complete", "assistant"})}
}

func (e *encoderV1) end(end outcome) []event {
	switch end.state {
	case stateDone:
		done := v1Done{Type: "done", Metadata: v1Metadata{e.threadID}}
		if end.functionID != "" {
			done.FunctionID = &end.functionID
		}
		return append(e.completeMessage(), encode(done))
	case stateCancelled:
		return []event{encode(v1Cancelled{"cancelled", end.reason})}
	default:
		return append(e.completeMessage(), encode(v1Error{"error", end.reason, end.detail}))
	}
}
