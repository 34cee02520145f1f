package options_test

import (
	"maps"
	"strings"
	"testing"

	"notturno/state/options"
)

// withheld are values that may hold a secret, by their fields.
func withheld() map[string][]string {
	return map[string][]string{
		options.URL: {
			"https://user:hunter2@example.org", "https://hunter2@example.org", "https://user:hun%ter2@example.org", "user:hunter2@example.org",
			"http://user:12#34@example.org", "http://user:12/@example.org", "http://user%3Ahunter2%40example.org", "https://a.example,http://user:hunter2@b.example",
			"https://example.org/?access_key=hunter2", "https://example.org/?key=hunter2", "https://example.org/?sig=hunter2", "https://example.org/?pwd=hunter2&passwd=hunter2",
			"https://example.org/#id_token=hunter2", "https://example.org/?code=hunter2&session=abc", "https://x.org/?auth=hunter2", "https://x.org/?token%3Dhunter2",
			`https://x.org/\u0074oken=hunter2`, "https://x.org/?X-Amz-Signature=1", "https://x.org/?accessToken=1", "https://x.org/?a=1;API-KEY=2", "https://x.org/?jwt=1", "https://x.org/?sid=1",
			"https://x.org/?otp=1", "https://x.org/?client_secret=1", "https://x.org/?PHPSESSID=1&sessionid=2", "https://x.org/;jsessionid=1", "https://x.org/?credential=1", "https://x.org/?authorization=1",
			"https://x.org/?q=0123456789abcdefghijk", "https://x.org/?0123456789abcdefghijk", "https://x.org/#0123456789abcdefghijk", "x.org?a=b#q=0123456789abcdefghijk", "https://x.org/?q=%", "https://x.org/?%256bey=1",
			"https://x.org/?pass=1", "https://x.org/?password=1", "https://x.org/?secret=1", "https://x.org/?signature=1", "https://x.org/?api_key=1", "https://x.org/?apikey=1", "https://x.org/?token=1", "https://x.org/?login[password]=1",
			"https://x.org/?q=%2525252525", strings.Repeat("x", 1<<20),
		},
		"session.proxies": {
			"http://user:hunter2@proxy:3128", "http://user:hun#ter2@proxy:3128", "http://user:hunter2%@proxy:3128", "http://user:hunter2@proxy:3128,http://b", "user:hun ter2@proxy", "http://proxy:3128", "proxy:3128",
			`{"x":"hunter2"}`, `"hunter2"`, `[{"type":"external","password":"hunter2"`, `[{"password":"secret"}]`, "type: external, password: hunter2", "type=external password=hunter2", "//hunter2",
		},
		"session.chrome_args": {`["--proxy-server=http://user:hunter2@proxy:3128"]`, `["--host-rules=x","--proxy-auth=user:hunter2"]`, `["--api-key=hunter2","--load-extension=x"]`, `["--mute-audio"]`, "/home/me/args.json"},
		"session.cdp_url":     {"wss://x?apikey=hunter2", "/home/me/cdp.json"}, "session.extra_http_headers": {`{"a":"b"}`}, "notifier_config": {"{}"},
		"session.user_agent":   {"Bearer hunter2", "me (a@b.example)", "me token=hunter2", "me X-Token: hunter2"},
		options.ResponseFormat: {`{"type":"object","description":"password: hunter2"}`, `{"default":["https://user:hunter2@a.example"]}`, `{"default":"user:hunter2@a.example"}`, "https://user:hunter2@a.example/schema.json"},
		"vault_id":             {"token=hunter2"}, "of another version": {"password=hunter2"},
	}
}

// kept are values without a secret in them, by their fields.
func kept() map[string][]string {
	return map[string][]string{
		options.URL: {
			"a.example", "https://a.example/?q=ä b", "https://a.example:8080/x?page=2&sort=price#top", "https://a.example/@me/1", "localhost:3000", "https://a.example/?keyword=x&tokyo=1&passenger=2", "https://a.example/#/one/way/through/the/shop",
		},
		"session.proxies":      {options.On, options.Off, "/home/me/proxies.json", "~/proxies.json", "proxies.json"},
		"session.user_agent":   {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)", "me (+https://a.example/bot)"},
		options.ResponseFormat: {`{"type":"object","properties":{"password":{"type":"string"},"key":{"$ref":"#/$defs/one-of-the-longer-names"}},"$schema":"https://json-schema.org/draft/2020-12/schema"}`, `{"pattern":"^[^@]+@b$"}`, "/home/me/schema.json", "{\n \"title\": \"100%\"\n}"},
		options.Model:          {"gemini/gemini-2.5-flash", "ü 漢"}, options.SessionID: {"9b1f2c44-0001"}, "of another version": {"x"}, "session.viewport": {"1280x800"}, "session.auth_ids": {`["a","b"]`},
	}
}

// What may be secret is not kept, nothing else is lost, and what is left out
// can be told.
func TestPublicHasNoSecrets(t *testing.T) {
	t.Parallel()
	for name, values := range withheld() {
		for _, text := range values {
			v := options.Values{name: text, options.MaxSteps: "5", "vault_id ": " "}
			if got := v.Public(); !maps.Equal(got, options.Values{options.MaxSteps: "5"}) {
				t.Errorf("of %s %q %v is kept", name, text, got)
			}
			left := v.Withheld()
			if _, known := options.Lookup(name); known && (len(left) != 1 || left[0].Name != name) || !known && len(left) != 0 {
				t.Errorf("of %s %q it is told that %v are left out", name, text, left)
			}
		}
	}
	for name, values := range kept() {
		for _, text := range values {
			v := options.Values{name: text}
			if got := v.Public(); !maps.Equal(got, v) || len(v.Withheld()) != 0 {
				t.Errorf("%s %q is not kept", name, text)
			}
		}
	}
}

// What is kept of any text is that text, and a password in an address is never
// in it.
func FuzzPublic(f *testing.F) {
	f.Add("https://a.example/?q=%41")
	f.Add("%25%25")
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{options.URL, "session.proxies", options.ResponseFormat, "session.user_agent"} {
			for value, secret := range map[string]bool{text: false, "https://u:" + text + "@a.example": true, text + "://u:p@a.example": true, text + "&password=hunter2": true} {
				got, held := (options.Values{name: value}).Public()[name]
				if held && (got != value || secret) {
					t.Errorf("of %s %q %q is kept", name, value, got)
				}
			}
		}
	})
}

// The error about a file does not repeat what may be a secret instead.
func TestErrorsHaveNoSecrets(t *testing.T) {
	t.Parallel()
	for name, values := range withheld() {
		for _, text := range values {
			field, known := options.Lookup(name)
			if !known || field.Kind != options.File && field.Kind != options.Document {
				continue
			}
			_, err := options.Values{name: text}.Order("t")
			if err != nil && (strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "hun")) {
				t.Errorf("%s %q is refused for %v", name, text, err)
			}
			if name == "session.proxies" && !strings.HasPrefix(text, "[") && !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, `"`) &&
				(err == nil || !strings.Contains(err.Error(), "write the proxies into a JSON file and name that")) {
				t.Errorf("%s %q is refused for %v", name, text, err)
			}
		}
	}
}
