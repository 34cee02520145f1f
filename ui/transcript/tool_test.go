package transcript

import (
	"fmt"
	"strings"
	"testing"

	"notturno/api"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/part/parttest"
)

func toolRun(content string) *state.Run {
	return parttest.Run("task", api.ToolStart{Name: "read_page"}, api.ToolResult{Content: api.Text(content)})
}

func TestToolResultFolds(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		lines int
		more  string
	}{
		{0, ""}, {1, ""}, {10, ""}, {11, "… 1 line more"}, {224, "… 214 lines more"},
	} {
		var content strings.Builder
		for i := range test.lines {
			fmt.Fprintf(&content, "line %d.\n", i+1)
		}
		text := parttest.Text(newTranscript(toolRun(content.String()), 80, 30).Rows())
		for i := range test.lines {
			if shown := strings.Contains(text, fmt.Sprintf("line %d.", i+1)); shown != (i < 10) {
				t.Errorf("of %d lines, line %d shows: %v", test.lines, i+1, shown)
			}
		}
		if strings.Contains(text, "more") != (test.more != "") || !strings.Contains(text, test.more) {
			t.Errorf("%d lines end with %q, want %q", test.lines, text, test.more)
		}
	}
}

// A call's state stays on its line, however long its name and input are, where
// there is room for it.
func TestToolStateIsOnItsLine(t *testing.T) {
	t.Parallel()
	long := `{"url":"https://example.com/` + strings.Repeat("a/", 200) + `"}`
	for _, name := range []api.Text{"click", "browser_navigate_to_the_page"} {
		for _, input := range []api.Text{"", `{"a":1}`, api.Text(long)} {
			run := parttest.Run("task", api.ToolStart{Name: name, Input: input}, api.ToolResult{Content: "no", Failed: true})
			for _, w := range []int{60, 80, 102} {
				if text := parttest.Text(newTranscript(run, w, 10).Rows()); !strings.Contains(text, string(name)) || !strings.Contains(text, "failed · 0.2s") {
					t.Errorf("at %d with %.20q: %q", w, input, text)
				}
			}
		}
	}
}

func TestArguments(t *testing.T) {
	t.Parallel()
	for input, want := range map[string]string{
		`{}`:                                   "",
		`{"url":"https://a.example","n":3}`:    "n 3 · url https://a.example",
		`{"b":true,"a":"x","none":null}`:       "a x · b true",
		`{"a":"two\nlines\tand"}`:              "a two lines and",
		`{"nested":{"a":1}}`:                   `{"nested":{"a":1}}`,
		`[1]`:                                  `[1]`,
		`not json`:                             `not json`,
		`{"escape":"\u001b[31m","\u0007":"b"}`: "␇ b · escape ␛[31m",
	} {
		if got := arguments(input); got != want {
			t.Errorf("%s reads %q, want %q", input, got, want)
		}
	}
}

// Of a call that was made before the run was watched nobody knows how long it
// took.
func TestACallOfThePastHasNoDuration(t *testing.T) {
	t.Parallel()
	run := state.NewWatch("1", "api.example", "a", "s", "task", parttest.Start())
	run.Connect(parttest.Start())
	run.Apply([]state.Arrival{{At: parttest.Start(), Agent: &state.AgentChange{Past: 1}}})
	run.Apply(parttest.Arrivals(run, api.ToolStart{Name: "old"}, api.ToolResult{}, api.ToolStart{Name: "new"}, api.ToolResult{}))
	tr := New(run, themes.Notte(), hints)
	tr.Resize(60, 20)
	for line := range strings.Lines(parttest.Text(tr.Rows())) {
		if timed := strings.HasSuffix(strings.TrimSpace(line), "s"); strings.Contains(line, "✓ old") && timed || strings.Contains(line, "✓ new") && !timed {
			t.Errorf("it shows %q", line)
		}
	}
}
