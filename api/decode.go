package api

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// doneFrame is what a stream of the second generation sends last. It is not
// JSON and says nothing.
const doneFrame = "[DONE]"

// Decoder turns wire objects into events, in the order of one run. The zero
// Decoder is ready to use; each run needs its own, because what the second
// generation says in passing (cost, functions, viewer links) is remembered.
//
// The two generations of the Anything stream share one type name only, error,
// and its fields tell them apart. So each object is read by its own type and a
// stream cannot be taken for the wrong generation.
type Decoder struct {
	thread   Text            // from the stream's header, for Done
	said     map[string]bool // what scan has told already
	function Text            // the last function that scan found
	cost     *float64        // the last cost that scan found
}

// Decode says what one wire object means: usually one event, none for empty
// data and the "[DONE]" frame, several when one object of the second
// generation says several things. The first event keeps raw, which the caller
// must not change afterwards. What cannot be read becomes a Notice; Decode
// never fails.
func (d *Decoder) Decode(raw json.RawMessage) []Event {
	if data := bytes.TrimSpace(raw); len(data) == 0 || string(data) == doneFrame {
		return nil
	}
	o, ok := parseObject(raw)
	if !ok {
		return []Event{unreadable(raw)}
	}
	name, ok := unquote(o.get("type"))
	if !ok || name == "" {
		return []Event{{Data: Notice{Text: "skipped an event without a type: " + excerpt(string(raw))}, Raw: raw}}
	}
	if data := d.decodeV1(name, o); data != nil {
		return []Event{{Data: data, Raw: raw}}
	}
	found := d.decodeV2(name, o)
	if len(found) == 0 {
		found = []Data{Unknown{Name: Text(Clean(name).Line())}}
	}
	events := make([]Event, len(found))
	for i, data := range found {
		events[i].Data = data
	}
	events[0].Raw = raw
	return events
}

// unreadable is the notice about data that is not a JSON object. Its Raw is
// JSON even if the data was not, and decodes to the same notice, so that a
// replayed recording says what was said live.
func unreadable(raw json.RawMessage) Event {
	text := string(raw)
	if !json.Valid(raw) {
		raw, _ = json.Marshal(text) // a string always marshals
	} else if s, ok := unquote(raw); ok {
		text = s
	}
	return Event{Data: Notice{Text: "skipped an event that is not a JSON object: " + excerpt(text)}, Raw: raw}
}

// excerptLimit is how many characters of unreadable data a notice quotes.
const excerptLimit = 80

// excerpt is the beginning of s on one line.
func excerpt(s string) Text {
	// No character is longer than four bytes; the rest need not be cleaned.
	return Text(clip(Clean(s[:min(len(s), 4*excerptLimit)]), excerptLimit).Line())
}

// clip cuts t off after limit characters.
func clip(t Text, limit int) Text {
	if len(t) <= limit {
		return t
	}
	count := 0
	for i := range string(t) {
		if count == limit {
			return t[:i] + "…"
		}
		count++
	}
	return t
}

// failure reads the error event of both generations: error and detail, or
// errorText.
func failure(o object) Failed {
	f := Failed{Error: o.text("error", "errorText"), Detail: o.text("detail")}
	if f.Error == "" && f.Detail == "" {
		f.Error = "the service gave no reason"
	}
	return f
}

// finished ends a run of the second generation by its finish reason.
func (d *Decoder) finished(reason Text) Data {
	if reason == "error" {
		return Failed{Error: Text(fmt.Sprintf("the run ended with finish reason %q", string(reason)))}
	}
	return Done{TotalCostUSD: d.cost, FunctionID: d.function, ThreadID: d.thread, FinishReason: reason}
}
