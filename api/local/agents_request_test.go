package local

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

const models = `'openai/gpt-4o', 'gemini/gemini-2.5-flash', 'vertex_ai/gemini-2.5-flash', 'openrouter/google/gemma-3-27b-it', ` +
	`'cerebras/gpt-oss-120b', 'groq/gpt-oss-120b', 'perplexity/sonar-pro', 'deepseek/deepseek-r1', ` +
	`'together_ai/meta-llama/llama-3.3-70b-instruct', 'anthropic/claude-sonnet-4-5-20250929', 'moonshot/kimi-k2.5', ` +
	`'xai/grok-4-1-fast-non-reasoning' or 'minimax/minimax-m2.5'`

func TestStartsThatAreNotValid(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(nil, "{}"))
	field := func(member, errors string) [2]string {
		return [2]string{`{"task":"x","session_id":"s",` + member + `}`, errors}
	}
	for _, test := range [][2]string{
		{`{"session_id":"s"}`, `{"type":"missing","loc":["body","task"],"msg":"Field required","input":{"session_id":"s"}}`},
		{`{"task":"x"}`, `{"type":"missing","loc":["body","session_id"],"msg":"Field required","input":{"task":"x"}}`},
		{`{"task":5,"session_id":null}`, `{"type":"string_type","loc":["body","task"],"msg":"Input should be a valid string","input":5},` +
			`{"type":"string_type","loc":["body","session_id"],"msg":"Input should be a valid string","input":null}`},
		field(`"max_steps":0`, `{"type":"greater_than_equal","loc":["body","max_steps"],"msg":"Input should be greater than or equal to 1","input":0,"ctx":{"ge":1}}`),
		field(`"max_steps":"151"`, `{"type":"less_than_equal","loc":["body","max_steps"],"msg":"Input should be less than or equal to 150","input":"151","ctx":{"le":150}}`),
		field(`"max_steps":null`, `{"type":"int_type","loc":["body","max_steps"],"msg":"Input should be a valid integer","input":null}`),
		field(`"max_steps":3.5`, `{"type":"int_from_float","loc":["body","max_steps"],"msg":"Input should be a valid integer, got a number with a fractional part","input":3.5}`),
		field(`"use_vision":2`, `{"type":"bool_parsing","loc":["body","use_vision"],"msg":"Input should be a valid boolean, unable to interpret input","input":2}`),
		field(`"use_vision":null`, `{"type":"bool_type","loc":["body","use_vision"],"msg":"Input should be a valid boolean","input":null}`),
		field(`"notifier_config":[1]`, `{"type":"dict_type","loc":["body","notifier_config"],"msg":"Input should be a valid dictionary","input":[1]}`),
		field(`"url":1,"vault_id":2,"persona_id":3`, `{"type":"string_type","loc":["body","url"],"msg":"Input should be a valid string","input":1},`+
			`{"type":"string_type","loc":["body","vault_id"],"msg":"Input should be a valid string","input":2},`+
			`{"type":"string_type","loc":["body","persona_id"],"msg":"Input should be a valid string","input":3}`),
		field(`"reasoning_model":5`, `{"type":"enum","loc":["body","reasoning_model","str-enum[LlmModel]"],"msg":"Input should be `+models+`","input":5,"ctx":{"expected":"`+models+`"}},`+
			`{"type":"string_type","loc":["body","reasoning_model","str"],"msg":"Input should be a valid string","input":5}`),
		field(`"response_format":{"type":"banana"}`, `{"type":"value_error","loc":["body","response_format"],"msg":"Value error, response_format: it is not a valid JSON schema: type: `),
		field(`"response_format":"Post"`, `{"type":"value_error","loc":["body","response_format"],"msg":"Value error, response_format: it is not a valid JSON schema: `),
		{`{"foo":1,"max_steps":0,"use_vision":"x","session_id":"s"}`,
			`{"type":"missing","loc":["body","task"],"msg":"Field required","input":{"foo":1,"max_steps":0,"use_vision":"x","session_id":"s"}},` +
				`{"type":"bool_parsing","loc":["body","use_vision"],"msg":"Input should be a valid boolean, unable to interpret input","input":"x"},` +
				`{"type":"greater_than_equal","loc":["body","max_steps"],"msg":"Input should be greater than or equal to 1","input":0,"ctx":{"ge":1}},` +
				`{"type":"extra_forbidden","loc":["body","foo"],"msg":"Extra inputs are not permitted","input":1}`},
		{`[1]`, `{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":[1]}`},
		{``, `{"type":"missing","loc":["body"],"msg":"Field required","input":null}`},
		{`{"a":1,}`, `{"type":"json_invalid","loc":["body",7],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting property name enclosed in double quotes"}}`},
	} {
		body, want := test[0], `{"detail":[`+test[1]
		got := string(encode(call[json.RawMessage](t, s, http.MethodPost, "/agents/start", body, 422)))
		whole := got == want+"]}"
		if strings.Contains(want, `"value_error"`) { // the rest is the schema library's
			whole = strings.HasPrefix(got, want) && strings.HasSuffix(got, `,"ctx":{"error":{}}}]}`)
		}
		if !whole {
			t.Errorf("%s gets\n%s\nwant\n%s", body, got, want)
		}
	}
}

func TestQueriesThatAreNotValid(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(nil, "{}"))
	for _, test := range []struct{ method, path, want string }{
		{"DELETE", "/agents/x/stop", `{"type":"missing","loc":["query","session_id"],"msg":"Field required","input":null}`},
		{"GET", "/agents/x/workflow/code", `{"type":"missing","loc":["query","as_workflow"],"msg":"Field required","input":null}`},
		{"GET", "/agents/x/workflow/code?as_workflow=maybe", `{"type":"bool_parsing","loc":["query","as_workflow"],"msg":"Input should be a valid boolean, unable to interpret input","input":"maybe"}`},
		{"GET", "/agents?page=0", `{"type":"greater_than_equal","loc":["query","page"],"msg":"Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}}`},
		{"GET", "/agents?page_size=101", `{"type":"less_than_equal","loc":["query","page_size"],"msg":"Input should be less than or equal to 100","input":"101","ctx":{"le":100}}`},
		{"GET", "/agents?only_saved=x", `{"type":"bool_parsing","loc":["query","only_saved"],"msg":"Input should be a valid boolean, unable to interpret input","input":"x"}`},
		{"GET", "/agents/x/debug/logs", `{"type":"missing","loc":["query","token"],"msg":"Field required","input":null},{"type":"missing","loc":["query","session_id"],"msg":"Field required","input":null}`},
	} {
		got := string(encode(call[json.RawMessage](t, s, test.method, test.path, "", 422)))
		if want := `{"detail":[` + test.want + `]}`; got != want {
			t.Errorf("%s %s gets\n%s\nwant\n%s", test.method, test.path, got, want)
		}
	}
}

func TestStartsThatAreLenientlyRead(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(nil, "{}"))
	session := openSession(t, s)
	for _, fields := range []string{
		`,"max_steps":" 20 "`, `,"max_steps":"1_0"`, `,"max_steps":true`, `,"max_steps":20.0`, `,"use_vision":"off"`, `,"use_vision":0.0`,
		`,"session_offset":"-1"`, `,"reasoning_model":"anything at all"`, `,"response_format":null`, `,"response_format":true`,
		`,"url":null,"session_offset":null,"vault_id":null,"persona_id":null,"notifier_config":null`, `,"max_steps":0,"max_steps":1`,
	} {
		started := beginOn(t, s, session, fields)
		ended(t, s, started.AgentID)
	}
	if got := beginOn(t, s, session, `,"task":""`); ended(t, s, got.AgentID).Task != "" {
		t.Error("an empty task is not taken")
	}
}
