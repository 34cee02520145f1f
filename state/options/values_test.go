package options_test

import (
	"maps"
	"testing"

	"notturno/state/options"
)

// What may be secret is not kept, and nothing else is lost.
func TestPublic(t *testing.T) {
	t.Parallel()
	kept := options.Values{
		options.Model: "m", options.URL: "https://me@a.example/", options.ResponseFormat: "{}", "session.proxies": "/p.json",
		"session.user_agent": "me (a@b.example)", "of another version": "x",
	}
	values := maps.Clone(kept)
	maps.Copy(values, options.Values{
		"vault_id": "  ", "notifier_config": "{}", "session.cdp_url": "/c.json", "session.extra_http_headers": `{"a":"b"}`,
	})
	if got := values.Public(); !maps.Equal(got, kept) {
		t.Errorf("%v are kept, want %v", got, kept)
	}
	for _, secret := range []options.Values{
		{options.URL: "https://me:secret@a.example/"},
		{options.URL: "me:secret@a.example"},
		{options.URL: "https://a.example/?Token=secret"},
		{"session.chrome_args": `["--password=secret"]`},
		{"session.proxies": `[{"password":"secret"}]`},
	} {
		if got := secret.Public(); len(got) != 0 {
			t.Errorf("%v are kept", got)
		}
	}
	if values["notifier_config"] == "" {
		t.Error("the values themselves were changed")
	}
}

func TestOr(t *testing.T) {
	t.Parallel()
	values, others := options.Values{"a": "1", "b": " "}, options.Values{"a": "2", "b": "3", "c": "4"}
	if got, want := values.Or(others), (options.Values{"a": "1", "b": "3", "c": "4"}); !maps.Equal(got, want) {
		t.Errorf("together they are %v, want %v", got, want)
	}
	if got := options.Values(nil).Or(nil); len(got) != 0 {
		t.Errorf("nothing is %v", got)
	}
}

func TestUnsent(t *testing.T) {
	t.Parallel()
	values := options.Values{"session.viewport": "1x1", "session.headless": "on", "session.profile": " ", options.URL: "u"}
	if got := values.Unsent(); len(got) != 0 {
		t.Errorf("a new session is not sent %v", got)
	}
	values[options.SessionID] = "s"
	if got := values.Unsent(); len(got) != 2 || got[0].Name != "session.headless" || got[1].Name != "session.viewport" {
		t.Errorf("on an open session it is not sent %v", got)
	}
}
