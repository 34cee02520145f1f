package options_test

import (
	"maps"
	"testing"

	"notturno/state/options"
)

// The values themselves stay as they are.
func TestPublicIsACopy(t *testing.T) {
	t.Parallel()
	values := options.Values{options.Model: "m", "vault_id": "  ", "notifier_config": "{}"}
	if got := values.Public(); !maps.Equal(got, options.Values{options.Model: "m"}) || values["notifier_config"] == "" {
		t.Errorf("of %v %v are kept", values, got)
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
