package validate

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// agentStart is the request of POST /agents/start.
func agentStart() Model {
	return Model{Extra: Forbid, Fields: []Field{
		{Name: "task", Type: String, Required: true},
		{Name: "url", Type: String, Nullable: true},
		{Name: "response_format", Type: Any},
		{Name: "session_offset", Type: Int, Nullable: true},
		{Name: "reasoning_model", Type: EnumOrString, EnumName: "LlmModel", Choices: []string{"openai/gpt-4o", "gemini/gemini-2.5-flash", "minimax/minimax-m2.5"}},
		{Name: "use_vision", Type: Bool, Default: true},
		{Name: "max_steps", Type: Int, Min: new(1), Max: new(150), Default: 20},
		{Name: "vault_id", Type: String, Nullable: true},
		{Name: "persona_id", Type: String, Nullable: true},
		{Name: "notifier_config", Type: Dict, Nullable: true},
		{Name: "session_id", Type: String, Required: true},
	}}
}

func details(t *testing.T, errs Errors) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(errs); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(b.String()), `{"detail":[`), `]}`)
}

// intType and others are the errors of one kind, without their input.
const (
	intType    = `"type":"int_type","loc":["body","max_steps"],"msg":"Input should be a valid integer"`
	intParsing = `"type":"int_parsing","loc":["body","max_steps"],"msg":"Input should be a valid integer, unable to parse string as an integer"`
	boolType   = `"type":"bool_type","loc":["body","use_vision"],"msg":"Input should be a valid boolean"`
	boolParse  = `"type":"bool_parsing","loc":["body","use_vision"],"msg":"Input should be a valid boolean, unable to interpret input"`
	notObject  = `"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from"`
)

func TestErrorsAreTheService(t *testing.T) {
	t.Parallel()
	// field is a body that is valid but for one field.
	field := func(member string) string { return `{"task":"t",` + member + `,"session_id":"s"}` }
	for _, test := range []struct{ name, body, want string }{
		{"no task", `{"session_id":"s"}`, `{"type":"missing","loc":["body","task"],"msg":"Field required","input":{"session_id":"s"}}`},
		{"0 steps", field(`"max_steps":0`), `{"type":"greater_than_equal","loc":["body","max_steps"],"msg":"Input should be greater than or equal to 1","input":0,"ctx":{"ge":1}}`},
		{"151 steps", field(`"max_steps":151`), `{"type":"less_than_equal","loc":["body","max_steps"],"msg":"Input should be less than or equal to 150","input":151,"ctx":{"le":150}}`},
		{"huge steps", field(`"max_steps":99999999999999999999`), `{"type":"less_than_equal","loc":["body","max_steps"],"msg":"Input should be less than or equal to 150","input":99999999999999999999,"ctx":{"le":150}}`},
		{"0 as a string", field(`"max_steps":"0"`), `{"type":"greater_than_equal","loc":["body","max_steps"],"msg":"Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}}`},
		{"false steps", field(`"max_steps":false`), `{"type":"greater_than_equal","loc":["body","max_steps"],"msg":"Input should be greater than or equal to 1","input":false,"ctx":{"ge":1}}`},
		{"extra", field(`"foo":1`), `{"type":"extra_forbidden","loc":["body","foo"],"msg":"Extra inputs are not permitted","input":1}`},
		{"other case", field(`"Task":"x"`), `{"type":"extra_forbidden","loc":["body","Task"],"msg":"Extra inputs are not permitted","input":"x"}`},
		{"word as steps", field(`"max_steps":"abc"`), `{` + intParsing + `,"input":"abc"}`},
		{"hex", field(`"max_steps":"0x10"`), `{` + intParsing + `,"input":"0x10"}`},
		{"exponent", field(`"max_steps":"1e1"`), `{` + intParsing + `,"input":"1e1"}`},
		{"fraction in a string", field(`"max_steps":"20.5"`), `{` + intParsing + `,"input":"20.5"}`},
		{"empty steps", field(`"max_steps":""`), `{` + intParsing + `,"input":""}`},
		{"True", field(`"max_steps":"True"`), `{` + intParsing + `,"input":"True"}`},
		{"two underscores", field(`"max_steps":"1__0"`), `{` + intParsing + `,"input":"1__0"}`},
		{"bare point", field(`"max_steps":"20."`), `{` + intParsing + `,"input":"20."}`},
		{"two signs", field(`"max_steps":"+-1"`), `{` + intParsing + `,"input":"+-1"}`},
		{"fraction", field(`"max_steps":3.5`), `{"type":"int_from_float","loc":["body","max_steps"],"msg":"Input should be a valid integer, got a number with a fractional part","input":3.5}`},
		{"null steps", field(`"max_steps":null`), `{` + intType + `,"input":null}`},
		{"list of steps", field(`"max_steps":[]`), `{` + intType + `,"input":[]}`},
		{"object of steps", field(`"max_steps":{}`), `{` + intType + `,"input":{}}`},
		{"infinite steps", field(`"max_steps":1e999`), `{"type":"finite_number","loc":["body","max_steps"],"msg":"Input should be a finite number","input":null}`},
		{"no number", field(`"max_steps":NaN`), `{"type":"finite_number","loc":["body","max_steps"],"msg":"Input should be a finite number","input":null}`},
		{"large float", field(`"max_steps":1e30`), `{"type":"int_parsing_size","loc":["body","max_steps"],"msg":"Unable to parse input string as an integer, exceeded maximum size","input":1e30}`},
		{"maybe", field(`"use_vision":"maybe"`), `{` + boolParse + `,"input":"maybe"}`},
		{"2", field(`"use_vision":2`), `{` + boolParse + `,"input":2}`},
		{"-1", field(`"use_vision":-1`), `{` + boolParse + `,"input":-1}`},
		{"blank before true", field(`"use_vision":" true"`), `{` + boolParse + `,"input":" true"}`},
		{"null vision", field(`"use_vision":null`), `{` + boolType + `,"input":null}`},
		{"list of vision", field(`"use_vision":[]`), `{` + boolType + `,"input":[]}`},
		{"half", field(`"use_vision":0.5`), `{` + boolType + `,"input":0.5}`},
		{"huge vision", field(`"use_vision":1e300`), `{` + boolType + `,"input":1e300}`},
		{"number as task", `{"task":5,"session_id":"s"}`, `{"type":"string_type","loc":["body","task"],"msg":"Input should be a valid string","input":5}`},
		{"null task", `{"task":null,"session_id":"s"}`, `{"type":"string_type","loc":["body","task"],"msg":"Input should be a valid string","input":null}`},
		{"last task wins", `{"task":"t","session_id":"s","task":5}`, `{"type":"string_type","loc":["body","task"],"msg":"Input should be a valid string","input":5}`},
		{"text as config", field(`"notifier_config":"x"`), `{"type":"dict_type","loc":["body","notifier_config"],"msg":"Input should be a valid dictionary","input":"x"}`},
		{"list as config", field(`"notifier_config":[1]`), `{"type":"dict_type","loc":["body","notifier_config"],"msg":"Input should be a valid dictionary","input":[1]}`},
		{"number as model", field(`"reasoning_model":5`), `{"type":"enum","loc":["body","reasoning_model","str-enum[LlmModel]"],"msg":"Input should be 'openai/gpt-4o', 'gemini/gemini-2.5-flash' or 'minimax/minimax-m2.5'","input":5,"ctx":{"expected":"'openai/gpt-4o', 'gemini/gemini-2.5-flash' or 'minimax/minimax-m2.5'"}},{"type":"string_type","loc":["body","reasoning_model","str"],"msg":"Input should be a valid string","input":5}`},
		{"list", `[1]`, `{` + notObject + `,"input":[1]}`},
		{"string", `"é<"`, `{` + notObject + `,"input":"é<"}`},
		{"number", `7`, `{` + notObject + `,"input":7}`},
		{"null", `null`, `{"type":"missing","loc":["body"],"msg":"Field required","input":null}`},
		{"nothing", ``, `{"type":"missing","loc":["body"],"msg":"Field required","input":null}`},
		{"three at once", `{"foo":1,"max_steps":0,"use_vision":"x","session_id":"s"}`,
			`{"type":"missing","loc":["body","task"],"msg":"Field required","input":{"foo":1,"max_steps":0,"use_vision":"x","session_id":"s"}},` +
				`{` + boolParse + `,"input":"x"},` +
				`{"type":"greater_than_equal","loc":["body","max_steps"],"msg":"Input should be greater than or equal to 1","input":0,"ctx":{"ge":1}},` +
				`{"type":"extra_forbidden","loc":["body","foo"],"msg":"Extra inputs are not permitted","input":1}`},
		{"extras in their order", `{"z":[1, {"b" : "\u00e9"}],"task":"t","a":{},"session_id":"s"}`,
			`{"type":"extra_forbidden","loc":["body","z"],"msg":"Extra inputs are not permitted","input":[1,{"b":"é"}]},` +
				`{"type":"extra_forbidden","loc":["body","a"],"msg":"Extra inputs are not permitted","input":{}}`},
	} {
		_, errs := agentStart().Body([]byte(test.body), "application/json")
		if got := details(t, errs); got != test.want {
			t.Errorf("%s gives\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

func TestLenientCoercions(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		json string
		want int
	}{
		{`20`, 20}, {`"20"`, 20}, {`" 20 "`, 20}, {`"+5"`, 5}, {`"1_0"`, 10}, {`"20.0"`, 20}, {`20.0`, 20}, {`true`, 1},
		{`2e1`, 20}, {`"007"`, 7}, {`"1_0.00"`, 10}, {`"\u00a020\u2003"`, 20}, {`"20\n"`, 20},
	} {
		values, errs := agentStart().Body([]byte(`{"task":"t","session_id":"s","max_steps":`+test.json+`}`), "application/json")
		if got := values.Int("max_steps"); errs != nil || got != test.want {
			t.Errorf("%s is %d, want %d: %s", test.json, got, test.want, details(t, errs))
		}
	}
	for want, texts := range map[bool][]string{
		true:  {`true`, `1`, `1.0`, `"true"`, `"T"`, `"Yes"`, `"y"`, `"ON"`, `"1"`},
		false: {`false`, `0`, `0.0`, `-0.0`, `"false"`, `"F"`, `"No"`, `"n"`, `"oFF"`, `"0"`},
	} {
		for _, text := range texts {
			values, errs := agentStart().Body([]byte(`{"task":"t","session_id":"s","use_vision":`+text+`}`), "application/json")
			if got := values.Bool("use_vision"); errs != nil || got != want {
				t.Errorf("%s is %v, want %v: %s", text, got, want, details(t, errs))
			}
		}
	}
}

func TestValuesHoldWhatWasSentOrTheDefault(t *testing.T) {
	t.Parallel()
	values, errs := agentStart().Body([]byte("\uFEFF"+`{"task":"","url":null,"response_format":{"type": "object"},"reasoning_model":"own/model","session_offset":-1,"session_id":"\ud83d\ude00"}`), "application/json")
	if errs != nil {
		t.Fatal(details(t, errs))
	}
	if !values.Has("task") || values.Has("url") || values.Has("max_steps") || values.Has("nothing") {
		t.Error("Has is wrong about what was sent")
	}
	if values.Int("max_steps") != 20 || !values.Bool("use_vision") || values.String("url") != "" || values.Raw("url") != nil {
		t.Error("a default is wrong")
	}
	if values.Int("session_offset") != -1 || values.String("reasoning_model") != "own/model" || values.String("session_id") != "😀" {
		t.Error("a value is wrong")
	}
	if got := string(values.Raw("response_format")); got != `{"type":"object"}` {
		t.Errorf("the format is %s", got)
	}
}

func TestContentTypes(t *testing.T) {
	t.Parallel()
	for kind, json := range map[string]bool{
		"application/json": true, "Application/JSON; charset=utf-8": true, "application/problem+json": true, "": true,
		"text/plain": false, "application/x-www-form-urlencoded": false, "text/json": false, ";": false,
	} {
		_, errs := agentStart().Body([]byte(`{"task":"t","session_id":"s"}`), kind)
		if json && errs != nil {
			t.Errorf("a body of type %q gives %s", kind, details(t, errs))
		}
		if want := `{` + notObject + `,"input":"{\"task\":\"t\",\"session_id\":\"s\"}"}`; !json && details(t, errs) != want {
			t.Errorf("a body of type %q gives %s", kind, details(t, errs))
		}
	}
}

func TestParameters(t *testing.T) {
	t.Parallel()
	model := Model{Fields: []Field{
		{Name: "page", Type: Int, Min: new(1), Default: 1},
		{Name: "only_active", Type: Bool, Default: true},
		{Name: "session_id", Type: String, Required: true},
	}}
	for query, want := range map[string]string{
		"page=0&session_id=s": `{"type":"greater_than_equal","loc":["query","page"],"msg":"Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}}`,
		"page=2":              `{"type":"missing","loc":["query","session_id"],"msg":"Field required","input":null}`,
		"session_id=s&only_active=maybe&other=%FF": `{"type":"bool_parsing","loc":["query","only_active"],"msg":"Input should be a valid boolean, unable to interpret input","input":"maybe"}`,
		"session_id=s&page=":                       `{"type":"int_parsing","loc":["query","page"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":""}`,
	} {
		parsed, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		if _, errs := model.Query(parsed); details(t, errs) != want {
			t.Errorf("%s gives %s", query, details(t, errs))
		}
	}
	values, errs := model.Query(url.Values{"session_id": {"a", "b"}, "page": {"3"}, "only_active": {"no"}})
	if errs != nil || values.Int("page") != 3 || values.Bool("only_active") || values.String("session_id") != "b" {
		t.Errorf("a good query gives %+v %s", values, details(t, errs))
	}
	keyed := Model{Fields: []Field{{Name: "x-notte-api-key", Type: String, Required: true}}}
	if _, errs := keyed.Header(http.Header{}); details(t, errs) != `{"type":"missing","loc":["header","x-notte-api-key"],"msg":"Field required","input":null}` {
		t.Errorf("no header gives %s", details(t, errs))
	}
	if values, errs := keyed.Header(http.Header{"X-Notte-Api-Key": {"k"}}); errs != nil || values.String("x-notte-api-key") != "k" {
		t.Errorf("a header gives %s", details(t, errs))
	}
}

func FuzzBody(f *testing.F) {
	for _, seed := range []string{`{"task":"t","session_id":"s","max_steps":"1_0"}`, `{"a":1} x`, `"\ud800`, `[1e999,NaN]`, `{"task":"a","task":1}`, "{\"\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		values, errs := agentStart().Body(body, "application/json")
		if errs != nil {
			if text := details(t, errs); !json.Valid([]byte("[" + text + "]")) {
				t.Errorf("the errors are %s", text)
			}
			return
		}
		if steps := values.Int("max_steps"); steps < 1 || steps > 150 || !values.Has("task") || !values.Has("session_id") {
			t.Errorf("%q is valid with %d steps", body, steps)
		}
		for _, field := range agentStart().Fields {
			if raw := values.Raw(field.Name); raw != nil && !json.Valid(raw) {
				t.Errorf("%s is %s", field.Name, raw)
			}
		}
	})
}
