package options_test

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"notturno/api"
	"notturno/state"
	"notturno/state/options"
)

// Only what is chosen is sent, as the API has it.
func TestOrder(t *testing.T) {
	t.Parallel()
	format := writeFile(t, "format.json", "\ufeff {\"type\":\"object\"}\n")
	list := writeFile(t, "proxies.json", proxyList)
	headers, cdp := writeFile(t, "headers.json", `{"X-A":"1"}`), writeFile(t, "cdp.json", `"wss://b.example/x"`)
	const agent = `"session_id":"","task":"find it"`
	for _, test := range []struct {
		values         options.Values
		agent, session string
	}{
		{nil, `{` + agent + `}`, `{}`},
		{options.Values{"": "x", "unknown": "x", options.URL: "  "}, `{` + agent + `}`, `{}`},
		{options.Values{options.Model: " a/b ", options.MaxSteps: "150"}, `{"max_steps":150,"reasoning_model":"a/b",` + agent + `}`, `{}`},
		{options.Values{options.Vision: "off", options.URL: "a.example"}, `{` + agent + `,"url":"a.example","use_vision":false}`, `{}`},
		{options.Values{"vault_id": "v", "persona_id": "p"}, `{"persona_id":"p",` + agent + `,"vault_id":"v"}`, `{}`},
		{options.Values{options.ResponseFormat: format}, `{"response_format":{"type":"object"},` + agent + `}`, `{}`},
		{options.Values{options.ResponseFormat: ` {"type":"object"} `}, `{"response_format":{"type":"object"},` + agent + `}`, `{}`},
		{options.Values{"notifier_config": `{"a":1}`}, `{"notifier_config":{"a":1},` + agent + `}`, `{}`},
		{options.Values{"session_offset": "-1"}, `{"session_id":"","session_offset":-1,"task":"find it"}`, `{}`},
		{options.Values{options.SessionID: "s", "session.headless": "on", "session.viewport": "?"}, `{"session_id":"s","task":"find it"}`, `{}`},
		{options.Values{"session.max_duration_minutes": "24h", "session.idle_timeout_minutes": "30"}, `{` + agent + `}`, `{"idle_timeout_minutes":30,"max_duration_minutes":1440}`},
		{options.Values{"session.headless": "on", "session.solve_captchas": "off"}, `{` + agent + `}`, `{"headless":true,"solve_captchas":false}`},
		{options.Values{"session.proxies": "On"}, `{` + agent + `}`, `{"proxies":true}`},
		{options.Values{"session.proxies": "off"}, `{` + agent + `}`, `{"proxies":false}`},
		{options.Values{"session.proxies": list}, `{` + agent + `}`, `{"proxies":[{"country":"us","type":"notte"},{"password":"p","server":"http://p.example:1","type":"external","username":"u"},{"oauth_client_id":"i","oauth_client_secret":"s","type":"tailnet"}]}`},
		{options.Values{"session.browser_type": "CHROME", "session.user_agent": "me"}, `{` + agent + `}`, `{"browser_type":"chrome","user_agent":"me"}`},
		{options.Values{"session.viewport": "1280x800"}, `{` + agent + `}`, `{"viewport_height":800,"viewport_width":1280}`},
		{options.Values{"session.aspect_ratio": "16:9", "session.screenshot_type": "raw"}, `{` + agent + `}`, `{"aspect_ratio":"16:9","screenshot_type":"raw"}`},
		{options.Values{"session.profile": "p", "session.profile_persist": "on"}, `{` + agent + `}`, `{"profile":{"id":"p","persist":true}}`},
		{options.Values{"session.extra_http_headers": headers, "session.cdp_url": cdp}, `{` + agent + `}`, `{"cdp_url":"wss://b.example/x","extra_http_headers":{"X-A":"1"}}`},
		{options.Values{"session.auth_ids": `["a"]`, "session.chrome_args": `["-x"]`}, `{` + agent + `}`, `{"auth_ids":["a"],"chrome_args":["-x"]}`},
		{options.Values{"session.vault_id": "v", "session.use_file_storage": "on", "session.web_bot_auth": "on", "session.wait_for_authentication": "off"},
			`{` + agent + `}`, `{"use_file_storage":true,"vault_id":"v","wait_for_authentication":false,"web_bot_auth":true}`},
	} {
		order, err := test.values.Order("find it")
		if err != nil {
			t.Errorf("%v: %v", test.values, err)
			continue
		}
		if got := encoded(t, members(t, order.Request)); got != test.agent {
			t.Errorf("%v ask an agent for\n%s, want\n%s", test.values, got, test.agent)
		}
		if got := encoded(t, members(t, order.Session)); got != test.session {
			t.Errorf("%v ask a session for\n%s, want\n%s", test.values, got, test.session)
		}
	}
}

func TestOrderKeepsTheSession(t *testing.T) {
	t.Parallel()
	for value, keep := range map[string]bool{"": false, "stop": false, "keep": true, " Keep ": true} {
		if order, err := (options.Values{options.AfterAgent: value}).Order("t"); err != nil || order.KeepSession != keep {
			t.Errorf("%q keeps the session: %v, %v", value, order.KeepSession, err)
		}
	}
}

// wrong are values that cannot be sent, with what is said of them.
func wrong(t *testing.T) []struct{ field, value, reason string } {
	file := func(text string) string { return writeFile(t, "x.json", text) }
	eleven := `["0","1","2","3","4","5","6","7","8","9","10"]`
	return []struct{ field, value, reason string }{
		{options.MaxSteps, "0", "0 is out of bounds; use 1 to 150"},
		{options.MaxSteps, "151", "151 is out of bounds; use 1 to 150"},
		{options.MaxSteps, "-1", "-1 is out of bounds; use 1 to 150"},
		{options.MaxSteps, "many", `"many" is not a whole number; use 1 to 150`},
		{options.MaxSteps, "9999999999999999999999", "is not a whole number"},
		{"session_offset", "1.5", `"1.5" is not a whole number`},
		{options.Vision, "maybe", `"maybe" is neither on nor off`},
		{options.URL, "a\nb", "has a line break or a control character in it"},
		{options.Model, "a\x1b[31m", "has a line break or a control character in it"},
		{options.AfterAgent, "burn", `"burn" does not exist; use stop or keep`},
		{"session.max_duration_minutes", "59s", "59s is out of bounds; use 1m to 24h"},
		{"session.max_duration_minutes", "0", "0 is out of bounds; use 1m to 24h"},
		{"session.max_duration_minutes", "24h1s", "24h1s is out of bounds"},
		{"session.max_duration_minutes", "-5m", "-5m is out of bounds"},
		{"session.max_duration_minutes", "999999999999", "is out of bounds"},
		{"session.max_duration_minutes", "90s", "90s is not a number of whole minutes; use 1m"},
		{"session.max_duration_minutes", "61m1s", "use 1h1m"},
		{"session.max_duration_minutes", "soon", `"soon" is not a duration; write it as 15m or 1h30m`},
		{"session.idle_timeout_minutes", "31m", "31m is out of bounds; use 1m to 30m"},
		{"session.browser_type", "lynx", `"lynx" does not exist; use chromium, chrome, chrome-nightly or chrome-turbo`},
		{"session.viewport", "1280", `"1280" is not a size; write it as 1280x800`},
		{"session.viewport", "ax800", "is not a size"},
		{"session.viewport", "0x800", "is out of bounds; use 1 to 100000 for each side"},
		{"session.viewport", "1280x100001", "is out of bounds"},
		{"session.proxies", "/none/such", "/none/such cannot be read: no such file or directory"},
		{"session.proxies", t.TempDir(), "it is not a regular file"},
		{"session.proxies", "[]", "has to be the name of a file"},
		{"session.proxies", file(`{}`), "is not a JSON list; put the proxies between brackets"},
		{"session.proxies", file(`[]`), "holds no proxy; use off for none"},
		{"session.proxies", file(`[{"type":"notte"},{"type":"tor"}]`), `number 2, of the type "tor"; use notte, external or tailnet`},
		{"session.proxies", file(`[{"type":"notte","contry":"us"}]`), "contry"},
		{"session.proxies", file(`[1]`), "is not a JSON list of proxies"},
		{options.ResponseFormat, "/none/such", "cannot be read"},
		{options.ResponseFormat, "~/none/such", "~/none/such cannot be read"},
		{options.ResponseFormat, file("{"), "is not JSON: unexpected end"},
		{options.ResponseFormat, "{", "is not JSON: unexpected end"},
		{options.ResponseFormat, file(""), "is not JSON"},
		{options.ResponseFormat, `{"type":"strin"}`, `type: "strin" is not a type`},
		{options.ResponseFormat, "null", "cannot be used"},
		{options.ResponseFormat, file(strings.Repeat(" ", 1<<20) + "{}"), "it is longer than 1048576 bytes; make it shorter"},
		{options.ResponseFormat, `{"title":"` + strings.Repeat("x", 1<<20) + `"}`, "is longer than 1048576 bytes"},
		{"notifier_config", "[1]", "is not a JSON object; put the settings between braces"},
		{"notifier_config", file("{} x"), "is not JSON"},
		{"session.chrome_args", `{"a":1}`, "is not a JSON list of strings"},
		{"session.chrome_args", `["a",null]`, "is not a JSON list of strings: number 2 is null"},
		{"session.chrome_args", "null", "is not a JSON list of strings"},
		{"session.cdp_url", "wss://b.example/?token=secret", "cannot be read"},
		{"session.cdp_url", `"wss://b.example/?token=secret"`, "has to be the name of a file"},
		{"session.cdp_url", file(`["secret"]`), "is not a JSON string"},
		{"session.cdp_url", file(`""`), "is not a JSON string"},
		{"session.extra_http_headers", `{"a":"secret"}`, "has to be the name of a file"},
		{"session.extra_http_headers", file(`{"a":1}`), "is not a JSON object of strings"},
		{"session.extra_http_headers", file(`{"a":null}`), `is not a JSON object of strings: "a" is null`},
		{"session.extra_http_headers", file(`null`), "is not a JSON object of strings"},
		{"session.auth_ids", `["a","b","a"]`, `has "a" more than once`},
		{"session.auth_ids", eleven, "has 11 ids; use at most 10"},
	}
}

// What is wrong is said of its field, and nothing of it is sent.
func TestOrderRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range wrong(t) {
		values := options.Values{test.field: test.value}
		_, err := values.Order("t")
		reasons := options.Errors(err)
		if len(reasons) != 1 || !strings.Contains(reasons[test.field], test.reason) {
			t.Errorf("%s %.60q is refused for %q, want %q", test.field, test.value, reasons, test.reason)
		}
		if strings.Contains(fmt.Sprint(err), "token=") {
			t.Errorf("the secret of %s is in %v", test.field, err)
		}
		if checked := options.Errors(values.Check(test.field)); !maps.Equal(checked, reasons) {
			t.Errorf("%s alone is refused for %q, together for %q", test.field, checked, reasons)
		}
		field, _ := options.Lookup(test.field)
		if one, ok := errors.AsType[*options.Error](err); !ok || one.Error() != field.Label+" "+one.Reason {
			t.Errorf("the error of %s is %v", test.field, err)
		}
	}
}

// What does not go together is said of one of the fields.
func TestOrderRefusesTogether(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		values        options.Values
		field, reason string
	}{
		{options.Values{"session.max_duration_minutes": "9", "session.idle_timeout_minutes": "10m"}, "session.idle_timeout_minutes", "10m is longer than the max duration, 9m; make it shorter"},
		{options.Values{"session.viewport": "1x1", "session.aspect_ratio": "5:4"}, "session.aspect_ratio", "does not go with a viewport; leave one of them out"},
		{options.Values{"session.profile_persist": "off"}, "session.profile_persist", "needs a profile; name one, or leave it out"},
	} {
		_, err := test.values.Order("t")
		if want := map[string]string{test.field: test.reason}; !maps.Equal(options.Errors(err), want) {
			t.Errorf("%v are refused for %v, want %q", test.values, err, test.reason)
		}
		if err := test.values.Check(test.field); options.Errors(err)[test.field] != test.reason {
			t.Errorf("%s of %v is refused for %v", test.field, test.values, err)
		}
		test.values[options.SessionID] = "s"
		if _, err := test.values.Order("t"); err != nil {
			t.Errorf("on an open session %v are refused: %v", test.values, err)
		}
	}
}

// All that is wrong is told at once, in the order of the table.
func TestOrderTellsAll(t *testing.T) {
	t.Parallel()
	_, err := options.Values{"session.headless": "x", options.MaxSteps: "x", options.Vision: "x", "session.viewport": "x"}.Order("t")
	var fields []string
	for _, one := range options.Split(err) {
		fields = append(fields, one.Field)
	}
	if want := []string{options.MaxSteps, options.Vision, "session.headless", "session.viewport"}; !reflect.DeepEqual(fields, want) {
		t.Errorf("the errors are about %q, want %q", fields, want)
	}
	if reasons := options.Errors(errors.New("other")); len(reasons) != 0 || len(options.Errors(nil)) != 0 {
		t.Errorf("other errors are about %v", reasons)
	}
}

// A home directory is meant by ~/. It changes the environment, so it runs
// alone.
func TestFilesAtHome(t *testing.T) {
	path := writeFile(t, "format.json", `{"type":"object"}`)
	home := strings.TrimSuffix(path, "/format.json")
	t.Setenv("HOME", home)
	order, err := options.Values{options.ResponseFormat: "~/format.json"}.Order("t")
	if want := (state.AgentOrder{Request: api.AgentRequest{Task: "t", ResponseFormat: []byte(`{"type":"object"}`)}}); err != nil || !reflect.DeepEqual(order, want) {
		t.Errorf("the order is %+v, %v", order, err)
	}
}
