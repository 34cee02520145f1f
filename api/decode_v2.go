package api

import (
	"encoding/json"
	"strings"
)

// decodeV2 reads the chunk types of the AI SDK's UI message stream, which the
// second generation is. It is empty for a type that it does not know.
func (d *Decoder) decodeV2(name string, o object) []Data {
	switch name {
	case "text-delta":
		return []Data{TextDelta{Delta: o.text("delta")}}
	case "reasoning-delta":
		return []Data{ThinkingDelta{Delta: o.text("delta")}}
	case "tool-input-start", "tool-input-available", "tool-input-error",
		"tool-output-available", "tool-output-error", "tool-output-denied":
		return d.toolV2(name, o)
	case "finish":
		return append(d.scan(o.get("messageMetadata")), d.finished(o.line("finishReason")))
	case "abort":
		return []Data{Cancelled{Reason: o.text("reason")}}
	case "start", "start-step", "finish-step", "text-start", "text-end",
		"reasoning-start", "reasoning-end", "tool-input-delta", "message-metadata":
		return append([]Data{Mark{Name: Text(name)}}, d.scan(o.get("messageMetadata"))...)
	}
	if strings.HasPrefix(name, "data-") {
		return d.dataV2(name, o.get("data"))
	}
	return nil
}

// toolV2 reads the life of one tool call.
func (d *Decoder) toolV2(name string, o object) []Data {
	id := o.line("toolCallId")
	start := ToolStart{ID: id, Name: o.line("toolName"), Input: o.text("input")}
	failed := ToolResult{ID: id, Content: o.text("errorText"), Failed: true}
	switch name {
	case "tool-input-start", "tool-input-available":
		return []Data{start}
	case "tool-input-error":
		return []Data{start, failed}
	case "tool-output-error":
		return []Data{failed}
	case "tool-output-denied":
		if failed.Content == "" {
			failed.Content = "denied"
		}
		return []Data{failed}
	}
	output := o.get("output")
	result := ToolResult{ID: id, Content: TextOf(output), Preliminary: string(o.get("preliminary")) == "true"}
	return append([]Data{result}, d.scan(output)...)
}

// dataV2 reads a data part. Which ones Notte sends is not documented, so one
// that holds none of the names that scan knows stays unknown.
func (d *Decoder) dataV2(name string, value json.RawMessage) []Data {
	found := d.scan(value)
	if len(found) == 0 && holdsKnown(value, scanDepth) {
		return []Data{Mark{Name: Text(Clean(name).Line())}}
	}
	return found
}

// scanDepth is how deep scan looks into nested objects and arrays.
const scanDepth = 6

// scanLength is the longest value, in bytes, that scan takes for an address or
// an id.
const scanLength = 8 << 10

// scan looks for viewer links, functions and costs in a value of the second
// generation, which has no events of their own for them. Each link and each
// function is told once; a cost is kept for Done.
func (d *Decoder) scan(value json.RawMessage) []Data {
	return d.scanInto(nil, value, scanDepth)
}

func (d *Decoder) scanInto(found []Data, value json.RawMessage, depth int) []Data {
	if depth == 0 {
		return found
	}
	o := objectOf(value)
	if url := viewerIn(o); url != "" && d.first("viewer", url) {
		found = append(found, SessionData{ViewerURL: url})
	}
	if id := functionIn(o); id != "" {
		d.function = id
		if d.first("function", id) {
			found = append(found, functionOf(o))
		}
	}
	if cost := costIn(o); cost != nil {
		d.cost = cost
	}
	for _, child := range children(value) {
		found = d.scanInto(found, child, depth-1)
	}
	return found
}

func viewerIn(o object) Text   { return identifier(o.get("viewer_url", "viewerUrl")) }
func functionIn(o object) Text { return identifier(o.get("function_id", "functionId")) }
func costIn(o object) *float64 { return costOf(o.get("total_cost_usd", "totalCostUsd")) }

// first reports whether a value of this kind was not told before.
func (d *Decoder) first(kind string, value Text) bool {
	key := kind + " " + string(value)
	if d.said[key] {
		return false
	}
	if d.said == nil {
		d.said = make(map[string]bool)
	}
	d.said[key] = true
	return true
}

// identifier is the string that value holds, if it can be an address or an id.
func identifier(value json.RawMessage) Text {
	if len(value) > scanLength {
		return ""
	}
	s, _ := unquote(value)
	return Text(Clean(s).Line())
}

// holdsKnown reports whether scan finds something in value, told or not.
func holdsKnown(value json.RawMessage, depth int) bool {
	if depth == 0 {
		return false
	}
	o := objectOf(value)
	if viewerIn(o) != "" || functionIn(o) != "" || costIn(o) != nil {
		return true
	}
	for _, child := range children(value) {
		if holdsKnown(child, depth-1) {
			return true
		}
	}
	return false
}
