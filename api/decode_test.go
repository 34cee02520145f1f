package api

import (
	"encoding/json"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
)

func number(f float64) *float64 { return &f }

// decodeAll is what a fresh decoder says about objects in a row.
func decodeAll(objects ...string) []Data {
	var d Decoder
	var said []Data
	for _, o := range objects {
		for _, event := range d.Decode([]byte(o)) {
			said = append(said, event.Data)
		}
	}
	return said
}

var decodeV1Tests = []struct {
	in   string
	want Data
}{
	{`{"type":"status","status":"starting"}`, Status{"starting"}},
	{`{"type":"thinking_delta","delta":"I need "}`, ThinkingDelta{"I need "}},
	{`{"type":"text_delta","delta":"a\r\nb\u001b[2J"}`, TextDelta{"a\nb␛[2J"}},
	{`{"type":"tool_start","name":"browser_session_start"}`, ToolStart{Name: "browser_session_start"}},
	{`{"type":"tool_start","name":"a\nb","id":7,"input":{ "x": 1 }}`, ToolStart{ID: "7", Name: "a b", Input: `{"x":1}`}},
	{`{"type":"tool_start","tool_name":"a","tool_call_id":"c","arguments":"{\"x\":1}"}`, ToolStart{ID: "c", Name: "a", Input: `{"x":1}`}},
	{`{"type":"tool_start","name":"a","toolCallId":"c","args":[1]}`, ToolStart{ID: "c", Name: "a", Input: `[1]`}},
	{`{"type":"tool_start","name":"a","id":null,"tool_use_id":"c"}`, ToolStart{ID: "c", Name: "a"}},
	{`{"type":"tool_start"}`, ToolStart{}},
	{`{"type":"tool_result","content":"ready"}`, ToolResult{Content: "ready"}},
	{`{"type":"tool_result","tool_use_id":"c","content":{"a": [1, null]}}`, ToolResult{ID: "c", Content: `{"a":[1,null]}`}},
	{`{"type":"tool_result","content":null}`, ToolResult{}},
	{`{"type":"message_complete","role":"assistant"}`, MessageComplete{"assistant"}},
	{`{"type":"notte_session_data","viewer_url":"https://a.example/v?x=1"}`, SessionData{"https://a.example/v?x=1"}},
	{`{"type":"function_uploaded","function_id":"f","function_name":"n","created_at":"2026-05-04T09:12:31.204Z"}`,
		FunctionUploaded{"f", "n", time.Date(2026, 5, 4, 9, 12, 31, 204e6, time.UTC)}},
	{`{"type":"function_uploaded","function_id":"f","created_at":"2026-05-04T09:12:31.204567"}`,
		FunctionUploaded{"f", "", time.Date(2026, 5, 4, 9, 12, 31, 204567e3, time.UTC)}},
	{`{"type":"function_uploaded","function_id":"f","created_at":"2026-05-04 11:12:31+02:00"}`,
		FunctionUploaded{"f", "", time.Date(2026, 5, 4, 9, 12, 31, 0, time.UTC)}},
	{`{"type":"function_uploaded","function_id":12,"created_at":1777885951}`, FunctionUploaded{FunctionID: "12"}},
	{`{"type":"done","total_cost_usd":0.0837,"function_id":"f","metadata":{"thread_id":"t"}}`, Done{TotalCostUSD: number(0.0837), FunctionID: "f", ThreadID: "t"}},
	{`{"type":"done","total_cost_usd":0,"function_id":null,"metadata":null}`, Done{TotalCostUSD: number(0)}},
	{`{"type":"done","total_cost_usd":3e-2}`, Done{TotalCostUSD: number(0.03)}},
	{`{"type":"done","total_cost_usd":"0.5"}`, Done{}},
	{`{"type":"done","total_cost_usd":-1}`, Done{}},
	{`{"type":"done","total_cost_usd":1e400}`, Done{}},
	{`{"type":"done","total_cost_usd":null,"metadata":"x"}`, Done{}},
	{`{"type":"done","total_cost_usd":true,"metadata":[{"thread_id":"t"}]}`, Done{}},
	{`{"type":"done","Total_Cost_USD":1,"FUNCTION_ID":"f"}`, Done{}},
	{`{"type":"error","error":"agent_failed","detail":"no browser"}`, Failed{"agent_failed", "no browser"}},
	{`{"type":"error","error":{"code":1},"detail":null}`, Failed{Error: `{"code":1}`}},
	{`{"type":"error"}`, Failed{Error: "the service gave no reason"}},
	{`{"type":"timeout","reason":"max_duration","detail":"too long"}`, TimedOut{"max_duration", "too long"}},
	{`{"type":"cancelled","reason":"user_requested"}`, Cancelled{"user_requested"}},
	{`{"type":"plan_update","plan":[]}`, Unknown{"plan_update"}},
	{`{"type":"a\nb\u009b"}`, Unknown{"a b<9B>"}},
	{`{"Type":"done","type":"status","status":"x"}`, Status{"x"}},
	{`{"\u0074ype":"status","status":"x"}`, Status{"x"}},
	{`{"type":"done","type":"status","status":1.50}`, Status{"1.50"}},
	{"  {\n\"type\" : \"status\" ,\n\"status\":\"x\"\n}\n", Status{"x"}},
	{"{\"type\":\"text_delta\",\"delta\":\"a\xff\"}", TextDelta{"a\ufffd"}},
}

func TestDecodeV1(t *testing.T) {
	t.Parallel()
	for _, tt := range decodeV1Tests {
		var d Decoder
		got := d.Decode([]byte(tt.in))
		if len(got) != 1 || !reflect.DeepEqual(got[0].Data, tt.want) {
			t.Errorf("%s: %+v, want %+v", tt.in, got, tt.want)
		} else if string(got[0].Raw) != tt.in {
			t.Errorf("%s: raw is %s", tt.in, got[0].Raw)
		}
	}
}

func TestDecodeV2(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		in   []string
		want []Data
	}{
		{"deltas", []string{`{"type":"reasoning-delta","id":"r","delta":"a"}`, `{"type":"text-delta","id":"t","delta":"b"}`},
			[]Data{ThinkingDelta{"a"}, TextDelta{"b"}}},
		{"tool", []string{
			`{"type":"tool-input-start","toolCallId":"c","toolName":"n"}`,
			`{"type":"tool-input-delta","toolCallId":"c","inputTextDelta":"{"}`,
			`{"type":"tool-input-available","toolCallId":"c","toolName":"n","input":{"a": 1}}`,
			`{"type":"tool-output-available","toolCallId":"c","output":{"b":2},"preliminary":true}`,
			`{"type":"tool-output-available","toolCallId":"c","output":"x"}`,
		}, []Data{ToolStart{ID: "c", Name: "n"}, Mark{"tool-input-delta"}, ToolStart{ID: "c", Name: "n", Input: `{"a":1}`},
			ToolResult{ID: "c", Content: `{"b":2}`, Preliminary: true}, ToolResult{ID: "c", Content: "x"}}},
		{"failed tools", []string{
			`{"type":"tool-input-error","toolCallId":"c","toolName":"n","input":"?","errorText":"bad"}`,
			`{"type":"tool-output-error","toolCallId":"d","errorText":"worse"}`,
			`{"type":"tool-output-denied","toolCallId":"e"}`,
		}, []Data{ToolStart{ID: "c", Name: "n", Input: "?"}, ToolResult{ID: "c", Content: "bad", Failed: true},
			ToolResult{ID: "d", Content: "worse", Failed: true}, ToolResult{ID: "e", Content: "denied", Failed: true}}},
		{"viewer links once each", []string{
			`{"type":"data-notte-session","data":{"viewer_url":"https://a.example"}}`,
			`{"type":"data-notte-session","data":{"viewer_url":"https://a.example"}}`,
			`{"type":"tool-output-available","toolCallId":"c","output":[{"s":{"viewerUrl":"https://b.example"}},{"viewer_url":"https://a.example"}]}`,
		}, []Data{SessionData{"https://a.example"}, Mark{"data-notte-session"},
			ToolResult{ID: "c", Content: `[{"s":{"viewerUrl":"https://b.example"}},{"viewer_url":"https://a.example"}]`}, SessionData{"https://b.example"}}},
		{"function and cost", []string{
			`{"type":"data-f","data":{"functionId":"f","functionName":"n","createdAt":"2026-05-04"}}`,
			`{"type":"message-metadata","messageMetadata":{"usage":{"totalCostUsd":0.5}}}`,
			`{"type":"finish","finishReason":"stop"}`,
		}, []Data{FunctionUploaded{"f", "n", time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)}, Mark{"message-metadata"},
			Done{TotalCostUSD: number(0.5), FunctionID: "f", FinishReason: "stop"}}},
		{"all in finish", []string{`{"type":"finish","messageMetadata":{"total_cost_usd":1,"function_id":"f","viewer_url":"https://a.example"}}`},
			[]Data{SessionData{"https://a.example"}, FunctionUploaded{FunctionID: "f"}, Done{TotalCostUSD: number(1), FunctionID: "f"}}},
		{"not what it looks like", []string{
			`{"type":"data-x","data":{"viewer_url":7,"function_id":null,"total_cost_usd":"1","VIEWER_URL":"https://a.example"}}`,
			`{"type":"data-x","data":{"viewer_url":"` + strings.Repeat("x", scanLength) + `"}}`,
			`{"type":"data-x","data":[[[[[[{"viewer_url":"https://a.example"}]]]]]]}`,
			`{"type":"data-x"}`,
		}, []Data{Unknown{"data-x"}, Unknown{"data-x"}, Unknown{"data-x"}, Unknown{"data-x"}}},
		{"cost only", []string{`{"type":"data-cost","data":{"total_cost_usd":0.25}}`, `{"type":"finish"}`},
			[]Data{Mark{"data-cost"}, Done{TotalCostUSD: number(0.25)}}},
		{"ends", []string{
			`{"type":"error","errorText":"boom"}`, `{"type":"abort","reason":"stop"}`, `{"type":"abort"}`,
			`{"type":"finish","finishReason":"error"}`, `{"type":"finish","finishReason":"length"}`,
		}, []Data{Failed{Error: "boom"}, Cancelled{"stop"}, Cancelled{}, Failed{Error: `the run ended with finish reason "error"`}, Done{FinishReason: "length"}}},
		{"framing", []string{`{"type":"start","messageId":"m"}`, `{"type":"start-step"}`, `{"type":"text-start","id":"t"}`, `{"type":"text-end","id":"t"}`,
			`{"type":"reasoning-start","id":"r"}`, `{"type":"reasoning-end","id":"r"}`, `{"type":"finish-step"}`},
			[]Data{Mark{"start"}, Mark{"start-step"}, Mark{"text-start"}, Mark{"text-end"}, Mark{"reasoning-start"}, Mark{"reasoning-end"}, Mark{"finish-step"}}},
		{"others", []string{`{"type":"source-url","url":"https://a.example"}`, `{"type":"file","url":"x"}`, `{"type":"tool-approval-request"}`},
			[]Data{Unknown{"source-url"}, Unknown{"file"}, Unknown{"tool-approval-request"}}},
		{"an odd first type decides nothing", []string{`{"type":"keep-alive"}`, `{"type":"done","total_cost_usd":1}`},
			[]Data{Unknown{"keep-alive"}, Done{TotalCostUSD: number(1)}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := decodeAll(tt.in...); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got  %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

func TestDecodeKeepsRawOncePerObject(t *testing.T) {
	t.Parallel()
	var d Decoder
	raw := `{"type":"tool-output-available","output":{"viewer_url":"https://a.example","function_id":"f"}}`
	events := d.Decode([]byte(raw))
	if len(events) != 3 || string(events[0].Raw) != raw || events[1].Raw != nil || events[2].Raw != nil {
		t.Errorf("%+v", events)
	}
}

func TestDecodeSkipsWhatSaysNothing(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"", " \n", "[DONE]", " [DONE]\n"} {
		if got := decodeAll(in); got != nil {
			t.Errorf("%q: %+v", in, got)
		}
	}
}

// What cannot be read is said in a few words, and a recording of it says the
// same when it is decoded again.
func TestDecodeNotices(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want, raw string }{
		{`{"type":"done"`, `skipped an event that is not a JSON object: {"type":"done"`, `"{\"type\":\"done\""`},
		{`hello`, `skipped an event that is not a JSON object: hello`, `"hello"`},
		{`"hello"`, `skipped an event that is not a JSON object: hello`, `"hello"`},
		{`[1, 2]`, `skipped an event that is not a JSON object: [1, 2]`, `[1, 2]`},
		{`null`, `skipped an event that is not a JSON object: null`, `null`},
		{`{}{}`, `skipped an event that is not a JSON object: {}{}`, `"{}{}"`},
		{`{"a":1}`, `skipped an event without a type: {"a":1}`, `{"a":1}`},
		{`{"type":null}`, `skipped an event without a type: {"type":null}`, `{"type":null}`},
		{`{"type":""}`, `skipped an event without a type: {"type":""}`, `{"type":""}`},
		{`{"type":["done"]}`, `skipped an event without a type: {"type":["done"]}`, `{"type":["done"]}`},
		{`{"Type":"done"}`, `skipped an event without a type: {"Type":"done"}`, `{"Type":"done"}`},
		{"\x1b]0;x\a\n" + strings.Repeat("é", 100), "skipped an event that is not a JSON object: ␛]0;x␇ " + strings.Repeat("é", 73) + "…", ""},
		{strings.Repeat("[", 20_000), "skipped an event that is not a JSON object: " + strings.Repeat("[", 80) + "…", ""},
	}
	for _, tt := range tests {
		var d Decoder
		got := d.Decode([]byte(tt.in))
		if len(got) != 1 || got[0].Data != (Notice{Text(tt.want)}) {
			t.Errorf("%.90q: %.300q", tt.in, got)
			continue
		}
		if !json.Valid(got[0].Raw) || (tt.raw != "" && string(got[0].Raw) != tt.raw) {
			t.Errorf("%.90q: raw is %.200s", tt.in, got[0].Raw)
		}
		if again := d.Decode(got[0].Raw); len(again) != 1 || again[0].Data != got[0].Data {
			t.Errorf("%.90q: decoded again %.300q", tt.in, again)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, tt := range decodeV1Tests {
		f.Add([]byte(tt.in))
	}
	f.Add([]byte(`{"type":"finish","finishReason":"error","messageMetadata":[{"viewer_url":"\u202e","function_id":"\u0000"}]}`))
	f.Add([]byte(`{"type":"tool-input-error","errorText":{"a":"\u009b"}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var d Decoder
		for i, event := range d.Decode(raw) {
			if event.Data == nil {
				t.Fatalf("%q: event %d has no data", raw, i)
			}
			if (i == 0) != (event.Raw != nil) || (i == 0 && !json.Valid(event.Raw)) {
				t.Errorf("%q: raw of event %d is %q", raw, i, event.Raw)
			}
			checkTexts(t, event.Data)
		}
	})
}

// checkTexts fails if a field of an event is not safe to show.
func checkTexts(t *testing.T, data Data) {
	t.Helper()
	v := reflect.ValueOf(data)
	for i := range v.NumField() {
		switch field := v.Field(i).Interface().(type) {
		case Text:
			if r, found := hostile(string(field)); found {
				t.Errorf("%T.%s holds %U", data, v.Type().Field(i).Name, r)
			}
		case *float64:
			if field != nil && (*field < 0 || math.IsInf(*field, 0) || math.IsNaN(*field)) {
				t.Errorf("cost is %v", *field)
			}
		}
	}
}

// No field of another JSON type ends an event or shows Go's own notation.
func TestDecodeOddTypes(t *testing.T) {
	t.Parallel()
	values := []string{`null`, `true`, `1e99`, `"s"`, `[]`, `[{"a":null}]`, `{}`, `{"a":{"b":[null]}}`, `"map[%!"`}
	names := []string{"status", "delta", "name", "id", "input", "content", "role", "viewer_url", "function_id", "function_name",
		"created_at", "total_cost_usd", "metadata", "error", "detail", "reason", "toolCallId", "toolName", "output", "errorText",
		"data", "messageMetadata", "finishReason", "preliminary"}
	types := []string{"status", "thinking_delta", "text_delta", "tool_start", "tool_result", "message_complete", "notte_session_data",
		"function_uploaded", "done", "error", "timeout", "cancelled", "text-delta", "tool-input-error", "tool-output-available",
		"tool-output-denied", "finish", "abort", "start", "data-x"}
	for _, name := range types {
		for _, value := range values {
			var o strings.Builder
			o.WriteString(`{"type":"` + name + `"`)
			for _, field := range names {
				o.WriteString(`,"` + field + `":` + value)
			}
			o.WriteString(`}`)
			for _, data := range decodeAll(o.String()) {
				checkTexts(t, data)
				shown := strings.Join(textsOf(data), " ")
				if value != `"map[%!"` && (strings.Contains(shown, "map[") || strings.Contains(shown, "<nil>") || strings.Contains(shown, "%!")) {
					t.Errorf("%s with %s shows %s", name, value, shown)
				}
			}
		}
	}
}

func textsOf(data Data) []string {
	var texts []string
	v := reflect.ValueOf(data)
	for i := range v.NumField() {
		if text, ok := v.Field(i).Interface().(Text); ok {
			texts = append(texts, string(text))
		}
	}
	return texts
}

func TestTerminal(t *testing.T) {
	t.Parallel()
	for _, data := range []Data{Done{}, Failed{}, TimedOut{}, Cancelled{}} {
		if !Terminal(data) {
			t.Errorf("%s is not terminal", data.Type())
		}
	}
	for _, data := range []Data{Status{}, ToolResult{}, Unknown{"done"}, Mark{"finish"}, Connected{}, Comment{}, Notice{}} {
		if Terminal(data) {
			t.Errorf("%T is terminal", data)
		}
	}
}

// A whole stream of the second generation, told in the first one's events.
func TestDecodeWholeStream(t *testing.T) {
	t.Parallel()
	body, err := os.ReadFile("testdata/v2.sse")
	if err != nil {
		t.Fatal(err)
	}
	var d Decoder
	var kinds []string
	for it, err := range readItems(strings.NewReader(string(body)), maxEventSize) {
		if err != nil {
			t.Fatal(err)
		}
		for _, event := range d.Decode([]byte(it.data)) {
			if _, framing := event.Data.(Mark); !framing {
				kinds = append(kinds, event.Data.Type())
			}
		}
	}
	want := "thinking_delta tool_start tool_start notte_session_data tool_result text_delta function_uploaded done"
	if got := strings.Join(kinds, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
