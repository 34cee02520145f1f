package options_test

import (
	"strings"
	"testing"

	"notturno/api"
	"notturno/state/options"
)

func TestSummary(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		values options.Values
		want   string
	}{
		{nil, "agent · 20 steps · vision"},
		{options.Values{options.Model: "gemini/gemini-2.5-flash"}, "agent · gemini-2.5-flash · 20 steps · vision"},
		{options.Values{options.Model: "together_ai/meta-llama/llama-3.3-70b-instruct", options.MaxSteps: " 1 ", options.Vision: "off"}, "agent · llama-3.3-70b-instruct · 1 step · no vision"},
		{options.Values{options.Model: "own/", options.MaxSteps: "150", options.Vision: "on"}, "agent · own/ · 150 steps · vision"},
		{options.Values{options.SessionID: "9b1f6a52-3c0d-4e77", options.AfterAgent: "keep", "session.headless": "on"}, "agent · 20 steps · vision · on session 9b1f…"},
		{options.Values{options.SessionID: "mine"}, "agent · 20 steps · vision · on session mine"},
		{options.Values{options.AfterAgent: "keep", options.ResponseFormat: "{}"}, "agent · 20 steps · vision · keeps its session · answer in a format"},
		{options.Values{options.AfterAgent: "stop", options.URL: "a.example", "vault_id": "v", "session.headless": "on", "session.profile": " "}, "agent · 20 steps · vision · 3 more"},
		{options.Values{options.Model: strings.Repeat("x", 50), options.MaxSteps: "a\x1bb\nc"}, "agent · " + strings.Repeat("x", 40) + "… · a␛b c steps · vision"},
	} {
		if got := test.values.Summary(); got != test.want {
			t.Errorf("%v are summed up as %q, want %q", test.values, got, test.want)
		}
	}
}

// Whatever was typed, the summary is one clean line that is not long.
func FuzzSummary(f *testing.F) {
	f.Add("a/b", "20", "off", "id")
	f.Add("\x1b]0;x\a", "\u202e", "\n", "\xff")
	f.Fuzz(func(t *testing.T, model, steps, vision, session string) {
		values := options.Values{options.Model: model, options.MaxSteps: steps, options.Vision: vision, options.SessionID: session}
		got := values.Summary()
		if string(api.Clean(got)) != got || strings.ContainsAny(got, "\n\t") || len([]rune(got)) > 200 {
			t.Errorf("%q are summed up as %q", values, got)
		}
	})
}
