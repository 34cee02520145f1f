package options_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"notturno/api"
	"notturno/state/options"
)

// writeFile is the path of a new file with the text.
func writeFile(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// encoded is a value as JSON.
func encoded(t *testing.T, value any) string {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// members are the fields of a request as it is sent.
func members(t *testing.T, request any) map[string]any {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal([]byte(encoded(t, request)), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

const (
	answerSchema = `{"type":"object","properties":{"a":{"type":["string","null"]}}}`
	proxyList    = `[{"type":"notte","country":"us"},{"type":"external","server":"http://p.example:1","username":"u","password":"p"},{"type":"tailnet","oauth_client_id":"i","oauth_client_secret":"s"}]`
)

// samples are values that are right, for every field but the session.
func samples(t testing.TB) map[string][]string {
	t.Helper()
	return map[string][]string{
		options.Model:                     append(api.Models(), "own/model", "ü 漢"),
		options.MaxSteps:                  {"1", " 20 ", "150"},
		options.Vision:                    {options.On, options.Off, "TRUE", "no"},
		options.URL:                       {"a.example", "https://a.example/?q=ä b"},
		options.ResponseFormat:            {answerSchema, " {} ", "true", writeFile(t, "format.json", "\ufeff\n"+answerSchema+"\n")},
		options.AfterAgent:                {options.StopAfter, options.KeepAfter},
		"vault_id":                        {"v"},
		"persona_id":                      {"p"},
		"notifier_config":                 {`{"a":[1,{"b":null}]}`, "{}", writeFile(t, "notifier.json", `{"email":{"to":"a@b.example"}}`)},
		"session_offset":                  {"-1", "0", "7"},
		"session.headless":                {options.On, options.Off},
		"session.solve_captchas":          {options.On, options.Off},
		"session.max_duration_minutes":    {"30", "30m", "1h30m", "24h", "90m", "1.5h"},
		"session.idle_timeout_minutes":    {"1", "1m", "30m", "60s"},
		"session.proxies":                 {options.On, options.Off, writeFile(t, "proxies.json", proxyList)},
		"session.browser_type":            {"chromium", "chrome", "chrome-nightly", "Chrome-Turbo"},
		"session.viewport":                {"1x1", "1280x800", "1280 X 800"},
		"session.aspect_ratio":            {"5:4", "16:9"},
		"session.user_agent":              {"me/1.0"},
		"session.profile":                 {"p"},
		"session.profile_persist":         {options.On, options.Off},
		"session.vault_id":                {"v"},
		"session.use_file_storage":        {options.On, options.Off},
		"session.screenshot_type":         {"raw", "full", "last_action"},
		"session.chrome_args":             {`["--mute-audio"]`, "[]", writeFile(t, "args.json", `["-a","-b"]`)},
		"session.cdp_url":                 {writeFile(t, "cdp.json", `"wss://b.example/x"`)},
		"session.extra_http_headers":      {writeFile(t, "headers.json", `{"X-A":"1","X-B":""}`), writeFile(t, "none.json", `{}`)},
		"session.auth_ids":                {`["a","b"]`, "[]", `["0","1","2","3","4","5","6","7","8","9"]`},
		"session.wait_for_authentication": {options.On, options.Off},
		"session.web_bot_auth":            {options.On, options.Off},
	}
}

// randomValues are some of the samples that go together.
func randomValues(r *rand.Rand, all map[string][]string) options.Values {
	values := options.Values{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if r.IntN(2) == 0 {
			values[name] = all[name][r.IntN(len(all[name]))]
		}
	}
	if values["session.idle_timeout_minutes"] != "" && values["session.max_duration_minutes"] == "" {
		values["session.max_duration_minutes"] = "30" // the service's own may be shorter
	}
	if values["session.viewport"] != "" {
		delete(values, "session.aspect_ratio")
	}
	if values["session.profile"] == "" {
		delete(values, "session.profile_persist")
	}
	if r.IntN(4) == 0 {
		values[options.SessionID] = "s"
	}
	return values
}

func generator(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

// The samples are for every field.
func TestSamples(t *testing.T) {
	t.Parallel()
	all := samples(t)
	for _, field := range options.Fields() {
		if len(all[field.Name]) == 0 && field.Name != options.SessionID {
			t.Errorf("%s has no sample", field.Name)
		}
	}
	if want := len(options.Fields()) - 1; len(all) != want {
		t.Errorf("there are samples for %d fields, not %d", len(all), want)
	}
}
