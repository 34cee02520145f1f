package api

import (
	"encoding/json"
	"time"
)

// Event is one thing that a run said: what it means and the bytes it came as.
type Event struct {
	// Data is one of the types below.
	Data Data
	// Raw is the wire's own object, untouched, for recordings and JSON output.
	// It is nil for what the client says by itself (Connected, Comment) and for
	// every event but the first that one wire object gave.
	Raw json.RawMessage
}

// Data is the meaning of an event. Its twelve documented kinds are those of
// the Anything API's first stream generation; the second generation is told
// in the same ones. Type is the wire name.
type Data interface {
	Type() string
}

// Status is a note about the agent's life cycle. Its vocabulary is not
// documented.
type Status struct{ Status Text }

// ThinkingDelta continues the current block of reasoning.
type ThinkingDelta struct{ Delta Text }

// TextDelta continues the current block of the answer.
type TextDelta struct{ Delta Text }

// ToolStart says that the agent calls a tool. The first generation documents
// only the name. A second ToolStart with the ID of an open call adds what it
// brings (usually Input) to that call.
type ToolStart struct {
	ID    Text // empty when the wire gave none
	Name  Text
	Input Text // the arguments as compact JSON, or empty
}

// ToolResult is what a tool gave back.
type ToolResult struct {
	ID          Text // empty when the wire gave none
	Content     Text // compact JSON when it was not a string
	Failed      bool // the second generation's tool-output-error and -denied
	Preliminary bool // more of this result follows; the call stays open
}

// MessageComplete says that a message was stored; it ends the current block.
type MessageComplete struct{ Role Text }

// SessionData carries the viewer link of a browser session. The link is a
// bearer secret: whoever has it can watch.
type SessionData struct{ ViewerURL Text }

// FunctionUploaded says that the run left a function behind.
type FunctionUploaded struct {
	FunctionID   Text
	FunctionName Text
	CreatedAt    time.Time // zero when absent or unreadable; UTC
}

// Done ends a run that finished.
type Done struct {
	TotalCostUSD *float64 // nil when the wire gave no usable number
	FunctionID   Text
	ThreadID     Text
	FinishReason Text // second generation only
}

// Failed ends a run with the wire's "error" event.
type Failed struct {
	Error  Text
	Detail Text
}

// TimedOut ends a run with the wire's "timeout" event.
type TimedOut struct {
	Reason Text
	Detail Text
}

// Cancelled ends a run that the service cancelled.
type Cancelled struct{ Reason Text }

// Unknown is an event of a type that this program does not know. It is kept
// and counted, never an error.
type Unknown struct{ Name Text }

// Mark is framing of the second generation (start, start-step, text-start,
// text-end, …) that says nothing by itself but separates blocks.
type Mark struct{ Name Text }

// Connected is said once by the client when the service has accepted the run
// and its stream has begun.
type Connected struct {
	ThreadID Text // from the x-thread-id header, or empty
}

// Comment is said by the client when an SSE comment line came: life on the
// wire, but no progress.
type Comment struct{}

// Notice is said by the client about something that the person should see:
// an event that could not be read, or one that was too large and skipped.
type Notice struct{ Text Text }

// The wire names of the events. The first twelve are the documented ones.
const (
	TypeStatus           = "status"
	TypeThinkingDelta    = "thinking_delta"
	TypeTextDelta        = "text_delta"
	TypeToolStart        = "tool_start"
	TypeToolResult       = "tool_result"
	TypeMessageComplete  = "message_complete"
	TypeSessionData      = "notte_session_data"
	TypeFunctionUploaded = "function_uploaded"
	TypeDone             = "done"
	TypeError            = "error"
	TypeTimeout          = "timeout"
	TypeCancelled        = "cancelled"
)

func (Status) Type() string           { return TypeStatus }
func (ThinkingDelta) Type() string    { return TypeThinkingDelta }
func (TextDelta) Type() string        { return TypeTextDelta }
func (ToolStart) Type() string        { return TypeToolStart }
func (ToolResult) Type() string       { return TypeToolResult }
func (MessageComplete) Type() string  { return TypeMessageComplete }
func (SessionData) Type() string      { return TypeSessionData }
func (FunctionUploaded) Type() string { return TypeFunctionUploaded }
func (Done) Type() string             { return TypeDone }
func (Failed) Type() string           { return TypeError }
func (TimedOut) Type() string         { return TypeTimeout }
func (Cancelled) Type() string        { return TypeCancelled }
func (u Unknown) Type() string        { return string(u.Name) }
func (m Mark) Type() string           { return string(m.Name) }
func (Connected) Type() string        { return "connected" }
func (Comment) Type() string          { return "comment" }
func (Notice) Type() string           { return "notice" }

// Terminal reports whether d ends a run. Nothing after it counts.
func Terminal(d Data) bool {
	switch d.(type) {
	case Done, Failed, TimedOut, Cancelled:
		return true
	}
	return false
}
