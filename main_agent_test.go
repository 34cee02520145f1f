package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"notturno/state"
	agentoptions "notturno/state/options"
)

// asked is what the flags ask for.
func asked(args ...string) (*state.AgentOrder, error) {
	var f agentFlags
	flags := pflag.NewFlagSet("run", pflag.ContinueOnError)
	f.register(flags)
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	return f.order(flags, "find it", nil)
}

// sent is the request as the wire has it.
func sent(t *testing.T, request any) string {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal([]byte(encoded(t, request)), &fields); err != nil {
		t.Fatal(err)
	}
	return encoded(t, fields)
}

// Only what is set is sent.
func TestAgentFlagsAsRequests(t *testing.T) {
	t.Parallel()
	format := writeFile(t, "format.json", "\ufeff {\"type\":\"object\"}\n")
	notifier := writeFile(t, "notifier.json", `{"email":{"to":"a@b.example"}}`)
	list := writeFile(t, "proxies.json", `[{"type":"notte","country":"us"},{"type":"external","server":"http://p.example:1","username":"u","password":"p"}]`)
	const agent = `"session_id":"","task":"find it"`
	tests := []struct{ flags, agent, session string }{
		{"", `{` + agent + `}`, `{}`},
		{"--model a/b", `{"reasoning_model":"a/b",` + agent + `}`, `{}`},
		{"--max-steps 1", `{"max_steps":1,` + agent + `}`, `{}`},
		{"--max-steps 20", `{"max_steps":20,` + agent + `}`, `{}`},
		{"--max-steps 150", `{"max_steps":150,` + agent + `}`, `{}`},
		{"--vision", `{` + agent + `,"use_vision":true}`, `{}`},
		{"--vision=false", `{` + agent + `,"use_vision":false}`, `{}`},
		{"--no-vision", `{` + agent + `,"use_vision":false}`, `{}`},
		{"--no-vision=false", `{` + agent + `,"use_vision":true}`, `{}`},
		{"--url a.example", `{` + agent + `,"url":"a.example"}`, `{}`},
		{"--vault-id v --persona-id p", `{"persona_id":"p",` + agent + `,"vault_id":"v"}`, `{}`},
		{"--response-format " + format, `{"response_format":{"type":"object"},` + agent + `}`, `{}`},
		{"--notifier-config " + notifier, `{"notifier_config":{"email":{"to":"a@b.example"}},` + agent + `}`, `{}`},
		{"--session-offset 0", `{"session_id":"","session_offset":0,"task":"find it"}`, `{}`},
		{"--session s", `{"session_id":"s","task":"find it"}`, `{}`},
		{"--headless", `{` + agent + `}`, `{"headless":true}`},
		{"--headless=false --solve-captchas=false", `{` + agent + `}`, `{"headless":false,"solve_captchas":false}`},
		{"--max-duration 1m", `{` + agent + `}`, `{"max_duration_minutes":1}`},
		{"--max-duration 24h --idle-timeout 30m", `{` + agent + `}`, `{"idle_timeout_minutes":30,"max_duration_minutes":1440}`},
		{"--idle-timeout 1m", `{` + agent + `}`, `{"idle_timeout_minutes":1}`},
		{"--proxies on", `{` + agent + `}`, `{"proxies":true}`},
		{"--proxies off", `{` + agent + `}`, `{"proxies":false}`},
		{"--proxies " + list, `{` + agent + `}`, `{"proxies":[{"country":"us","type":"notte"},{"password":"p","server":"http://p.example:1","type":"external","username":"u"}]}`},
		{"--browser chrome --user-agent me", `{` + agent + `}`, `{"browser_type":"chrome","user_agent":"me"}`},
		{"--viewport 1280x800", `{` + agent + `}`, `{"viewport_height":800,"viewport_width":1280}`},
		{"--profile p", `{` + agent + `}`, `{"profile":{"id":"p"}}`},
		{"--profile p --profile-persist", `{` + agent + `}`, `{"profile":{"id":"p","persist":true}}`},
	}
	for _, test := range tests {
		order, err := asked(append([]string{"--agent"}, strings.Fields(test.flags)...)...)
		if err != nil {
			t.Errorf("%s: %v", test.flags, err)
			continue
		}
		if got := sent(t, order.Request); got != test.agent {
			t.Errorf("%s asks an agent for\n%s, want\n%s", test.flags, got, test.agent)
		}
		if got := sent(t, order.Session); got != test.session {
			t.Errorf("%s asks a session for\n%s, want\n%s", test.flags, got, test.session)
		}
	}
	if order, err := asked(); order != nil || err != nil {
		t.Errorf("without flags there is an order: %+v, %v", order, err)
	}
}

// What is wrong is refused by the flag's name, before anything is sent.
func TestAgentFlagsRefuse(t *testing.T) {
	t.Parallel()
	file := func(text string) string { return writeFile(t, "x.json", text) }
	tests := []struct {
		flags []string
		says  string
	}{
		{[]string{"--agent", "--max-steps", "0"}, "--max-steps 0 is out of bounds; use 1 to 150"},
		{[]string{"--agent", "--max-steps", "151"}, "--max-steps 151 is out of bounds"},
		{[]string{"--agent", "--max-steps", "-1"}, "--max-steps -1 is out of bounds"},
		{[]string{"--agent", "--max-steps", "many"}, "--max-steps"},
		{[]string{"--agent", "--session-offset", "x"}, "--session-offset"},
		{[]string{"--agent", "--vision", "--no-vision"}, "--vision and --no-vision exclude each other"},
		{[]string{"--agent", "--max-duration", "59s"}, "--max-duration 59s is out of bounds; use 1m"},
		{[]string{"--agent", "--max-duration", "24h1m"}, "--max-duration 24h1m is out of bounds"},
		{[]string{"--agent", "--max-duration", "90s"}, "--max-duration 90s is not a number of whole minutes; use 1m"},
		{[]string{"--agent", "--idle-timeout", "0"}, "--idle-timeout 0 is out of bounds"},
		{[]string{"--agent", "--idle-timeout", "31m"}, "--idle-timeout 31m is out of bounds; use 1m to 30m"},
		{[]string{"--agent", "--idle-timeout", "10m", "--max-duration", "9m"}, "--idle-timeout 10m is longer than the max duration, 9m"},
		{[]string{"--agent", "--viewport", "1280"}, "--viewport \"1280\" is not a size"},
		{[]string{"--agent", "--viewport", "ax800"}, "write it as 1280x800"},
		{[]string{"--agent", "--viewport", "0x800"}, "--viewport \"0x800\" is out of bounds"},
		{[]string{"--agent", "--viewport", "1280x100001"}, "is out of bounds"},
		{[]string{"--agent", "--profile-persist"}, "--profile-persist needs a profile"},
		{[]string{"--agent", "--proxies", "/none/such"}, "--proxies /none/such cannot be read"},
		{[]string{"--agent", "--proxies", "http://user:hunter2@proxy:3128"}, "--proxies cannot be read: no such file or directory; write the proxies into a JSON file and name that"},
		{[]string{"--agent", "--proxies", file(`{}`)}, "is not a JSON list; put the proxies between brackets"},
		{[]string{"--agent", "--proxies", file(`[]`)}, "holds no proxy"},
		{[]string{"--agent", "--proxies", file(`[{"type":"tor"}]`)}, `number 1, of the type "tor"; use notte, external or tailnet`},
		{[]string{"--agent", "--proxies", file(`[{"type":"notte","contry":"us"}]`)}, "contry"},
		{[]string{"--agent", "--response-format", "/none/such"}, "--response-format /none/such cannot be read"},
		{[]string{"--agent", "--response-format", file(`{`)}, "is not JSON"},
		{[]string{"--agent", "--response-format", file(``)}, "is not JSON"},
		{[]string{"--agent", "--response-format", file(`{"type":"strin"}`)}, `type: "strin" is not a type`},
		{[]string{"--agent", "--response-format", file(strings.Repeat(" ", 1<<20) + "{}")}, "make it shorter"},
		{[]string{"--agent", "--notifier-config", file(`[1]`)}, "is not a JSON object"},
		{[]string{"--agent", "--notifier-config", file(`{} x`)}, "is not JSON"},
		{[]string{"--agent", "--session", "s", "--headless"}, "--headless is for a new session, and --session names one"},
		{[]string{"--agent", "--session", "s", "--viewport", "1x1"}, "--viewport is for a new session"},
		{[]string{"--agent", "--session", "s", "--after-agent", "stop"}, "--after-agent stop is for a new session, and --session names one"},
		{[]string{"--agent", "--after-agent", "burn"}, "--after-agent \"burn\" does not exist; use stop or keep"},
		{[]string{"--agent", "--headless=maybe"}, "--headless \"maybe\" is neither on nor off"},
		{[]string{"--agent", "--no-vision=maybe"}, "use it without a value"},
		{[]string{"--agent", "--browser", "lynx"}, "--browser \"lynx\" does not exist; use chromium, chrome"},
		{[]string{"--agent", "--viewport", "1x1", "--aspect-ratio", "5:4"}, "--aspect-ratio does not go with a viewport"},
		{[]string{"--agent", "--max-steps", "0", "--headless=2"}, "--max-steps 0 is out of bounds; use 1 to 150\n--headless \"2\" is neither on nor off"},
	}
	var all agentFlags
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	all.register(flags)
	flags.VisitAll(func(f *pflag.Flag) {
		value := map[string]string{"int": "3", "bool": "true", "duration": "1m", "string": "x"}[f.Value.Type()]
		if f.Name != "agent" {
			tests = append(tests, struct {
				flags []string
				says  string
			}{[]string{"--" + f.Name + "=" + value}, "--" + f.Name + " is for agents only; add --agent"})
		}
		if f.Name != "agent" && f.Name != "no-vision" {
			tests = append(tests, struct {
				flags []string
				says  string
			}{[]string{"--agent", "--" + f.Name + "= "}, "--" + f.Name + " is empty"})
		}
	})
	for _, test := range tests {
		if order, err := asked(test.flags...); err == nil || order != nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q gives %v, want %q", test.flags, err, test.says)
		}
	}
}

// The program sends nothing when a flag is wrong.
func TestRunAgentRefusesFlags(t *testing.T) {
	t.Parallel()
	s := newAgentService(t, &agentService{statuses: []string{"{}"}})
	for says, flags := range map[string][]string{
		"--max-steps 0 is out of bounds":     {"--agent", "--max-steps", "0"},
		"--max-steps is for agents only":     {"--max-steps", "3"},
		"--url is empty":                     {"--agent", "--url="},
		"--response-format":                  {"--agent", "--response-format", writeFile(t, "x.json", `{"type":1}`)},
		"--idle-timeout 1h is out of bounds": {"--agent", "--idle-timeout", "1h"},
	} {
		got := runProgram(t, "", s.env(), append(append([]string{"run"}, flags...), "find it")...)
		if got.code != 1 || got.out != "" || !strings.Contains(got.err, says) {
			t.Errorf("%q: exit code %d, standard error %q", flags, got.code, got.err)
		}
	}
	if text := s.requests(); text != "" {
		t.Errorf("the service was asked %s", text)
	}
	got := runProgram(t, "", []string{"NOTTE_API_URL=" + s.URL}, "run", "--agent", "find it")
	if got.code != 1 || !strings.Contains(got.err, "NOTTE_API_URL is set but NOTTE_API_KEY is not") {
		t.Errorf("an address without a key: exit code %d, standard error %q", got.code, got.err)
	}
}

// A field that the service refuses is told by the flag that sets it.
func TestRunAgentNamesRefusedFields(t *testing.T) {
	t.Parallel()
	type refused struct{ field, path string }
	fields := map[refused]string{}
	for _, option := range agentoptions.Fields() {
		path := "POST /agents/start"
		if option.Group == agentoptions.NewGroup {
			path = "POST /sessions/start"
		}
		for _, field := range option.Sets() {
			if whole, _, part := strings.Cut(field, "."); part {
				fields[refused{whole, path}] = "--" + whole
			} else {
				fields[refused{field, path}] = agentFlagNames()[field]
			}
		}
	}
	for refused, flag := range fields {
		t.Run(refused.path+" "+refused.field, func(t *testing.T) {
			t.Parallel()
			field, path := refused.field, refused.path
			s := newAgentService(t, &agentService{
				statuses: []string{"{}"},
				answers:  map[string]http.HandlerFunc{path: refuses(422, "application/json", fmt.Sprintf(`{"detail":[{"type":"x","loc":["body",%q,0],"msg":"Input is odd"}]}`, field))},
			})
			got := runProgram(t, "", s.env(), "run", "--agent", "find it")
			if got.code != 1 || !strings.Contains(got.err, "  "+flag+": Input is odd\n") {
				t.Errorf("exit code %d, standard error:\n%s", got.code, got.err)
			}
		})
	}
}

// The fields of both requests have the name of the flag that sets them.
func TestAgentFlagNames(t *testing.T) {
	t.Parallel()
	names := agentFlagNames()
	for field, want := range map[string]string{
		"task": "TASK", "reasoning_model": "--model", "max_steps": "--max-steps", "use_vision": "--vision", "session_id": "--session",
		"viewport_width": "--viewport", "viewport_height": "--viewport", "timeout_minutes": "--idle-timeout", "profile": "--profile",
		"vault_id": "--vault-id or --session-vault-id", "after_agent": "",
	} {
		if names[field] != want {
			t.Errorf("%s is set by %q, want %q", field, names[field], want)
		}
	}
}

// What the person's settings say counts where no flag does.
func TestRunAgentSettings(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		settings string
		flags    []string
		asked    string
		says     string
	}{
		{`after_agent = "keep"`, nil, agentStarts, "session s was left open"},
		{`after_agent = "keep"`, []string{"--after-agent=stop"}, sessionStopped, "session s was stopped: confirmed"},
		{`after_agent = "burn"`, nil, sessionStopped, "config.toml:1: after_agent: it cannot be"},
	} {
		s := newAgentService(t, &agentService{statuses: []string{agentStatus("closed", "true", "42")}})
		dir := filepath.Dir(writeFile(t, "x", ""))
		if err := os.Mkdir(filepath.Join(dir, "notturno"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "notturno", "config.toml"), []byte(test.settings), 0o600); err != nil {
			t.Fatal(err)
		}
		got := runProgram(t, "", append(s.env(), "XDG_CONFIG_HOME="+dir), append(append([]string{"run", "--agent"}, test.flags...), "find it")...)
		if got.code != 0 || s.requests() != test.asked || !strings.Contains(got.err, test.says) {
			t.Errorf("%s %q: exit code %d, asked %s, standard error:\n%s", test.settings, test.flags, got.code, s.requests(), got.err)
		}
	}
}

// The shell completes flags that have choices.
func TestChoicesAreCompleted(t *testing.T) {
	t.Parallel()
	for _, field := range agentoptions.Fields() {
		if len(field.Choices) == 0 {
			continue
		}
		root := newRoot(environment{})
		var out strings.Builder
		root.SetOut(&out)
		root.SetArgs([]string{"__complete", "run", "--" + field.Flag, ""})
		if err := root.ExecuteContext(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, choice := range field.Choices {
			if !strings.Contains(out.String(), choice+"\n") {
				t.Errorf("--%s: %s is not offered: %q", field.Flag, choice, out.String())
			}
		}
	}
}
