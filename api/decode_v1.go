package api

import (
	"encoding/json"
	"math"
	"strconv"
	"time"
)

// typeNotice is not one of the service's types: recordings of agents keep the
// client's own notices so.
const typeNotice = "notice"

// decodeV1 reads the twelve documented types of the first generation, and
// typeNotice. It is nil for any other.
func (d *Decoder) decodeV1(name string, o object) Data {
	switch name {
	case TypeStatus:
		return Status{Status: o.text("status")}
	case TypeThinkingDelta:
		return ThinkingDelta{Delta: o.text("delta")}
	case TypeTextDelta:
		return TextDelta{Delta: o.text("delta")}
	case TypeToolStart:
		return ToolStart{ID: callID(o), Name: o.line("name", "tool_name"), Input: o.text("input", "arguments", "args")}
	case TypeToolResult:
		return ToolResult{ID: callID(o), Content: o.text("content")}
	case TypeMessageComplete:
		return MessageComplete{Role: o.line("role")}
	case TypeSessionData:
		return SessionData{ViewerURL: o.line("viewer_url")}
	case TypeFunctionUploaded:
		return functionOf(o)
	case TypeDone:
		return d.doneV1(o)
	case TypeError:
		return failure(o)
	case TypeTimeout:
		return TimedOut{Reason: o.text("reason"), Detail: o.text("detail")}
	case TypeCancelled:
		return Cancelled{Reason: o.text("reason")}
	case typeNotice:
		return Notice{Text: o.text("text")}
	}
	return nil
}

// callID is the id of a tool call. The first generation documents neither ids
// nor arguments; servers that send them anyway use one of these names.
func callID(o object) Text {
	return o.line("id", "tool_call_id", "toolCallId", "tool_use_id")
}

func (d *Decoder) doneV1(o object) Done {
	done := Done{
		TotalCostUSD: costOf(o.get("total_cost_usd")),
		FunctionID:   o.line("function_id"),
		ThreadID:     objectOf(o.get("metadata")).line("thread_id"),
	}
	if done.ThreadID == "" {
		done.ThreadID = d.thread
	}
	return done
}

// functionOf reads the names of both generations.
func functionOf(o object) FunctionUploaded {
	return FunctionUploaded{
		FunctionID:   o.line("function_id", "functionId"),
		FunctionName: o.line("function_name", "functionName"),
		CreatedAt:    timeOf(o.text("created_at", "createdAt")),
	}
}

// costOf is a cost in US dollars, or nil for anything but a finite number that
// is not negative: an odd cost is unknown, not free.
func costOf(value json.RawMessage) *float64 {
	if len(value) == 0 || (value[0] != '-' && (value[0] < '0' || value[0] > '9')) {
		return nil
	}
	cost, err := strconv.ParseFloat(string(value), 64)
	if err != nil || cost < 0 || math.IsInf(cost, 0) || math.IsNaN(cost) {
		return nil
	}
	cost = math.Abs(cost) // "-0" is 0
	return &cost
}

// timeOf reads the time stamps that FastAPI writes: with or without a zone
// (which then is UTC). Anything else is the zero time.
func timeOf(t Text) time.Time {
	for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", time.DateTime, time.DateOnly} {
		if at, err := time.Parse(layout, string(t)); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}
