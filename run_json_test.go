package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// jsonLines are the lines of a JSON report, each checked for what all have.
func jsonLines(t *testing.T, out string) []map[string]any {
	t.Helper()
	var lines []map[string]any
	for i, text := range strings.Split(strings.TrimSuffix(out, "\n"), "\n") {
		var line map[string]any
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatalf("line %d is not JSON: %v: %q", i+1, err, text)
		}
		at, _ := line["at"].(string)
		if _, err := time.Parse(time.RFC3339Nano, at); err != nil || line["seq"] != float64(i+1) || line["type"] == nil {
			t.Errorf("line %d is %q", i+1, text)
		}
		lines = append(lines, line)
	}
	return lines
}

func lastLine(t *testing.T, out string) map[string]any {
	t.Helper()
	lines := jsonLines(t, out)
	return lines[len(lines)-1]
}

// With --json every event of the wire is a line, as it was, and the outcome is
// the last.
func TestRunJSON(t *testing.T) {
	t.Parallel()
	events := []string{
		object("status", "status", "starting"),
		`{"type":"tool_start","name":"open_page","extra":{"b":[1,2.50,null],"a":"é"}}`,
		object("tool_result", "content", "ok"),
		`{"type":"news_of_tomorrow","x":1}`,
		delta("An answer\x1b[2J\u009b1m\u202e."),
		`{"type":"done","total_cost_usd":0.0837,"function_id":"f-1","metadata":{"thread_id":"t-1"}}`,
	}
	s := newService(t, says(events...))
	got := runProgram(t, "", s.env(), "run", "--json", "find the library")
	if got.code != 0 || got.err != "" {
		t.Errorf("exit code %d, standard error %q", got.code, got.err)
	}
	lines := jsonLines(t, got.out)
	if len(lines) != len(events)+1 {
		t.Fatalf("%d lines, want %d:\n%s", len(lines), len(events)+1, got.out)
	}
	for i, event := range events {
		var want map[string]any
		if err := json.Unmarshal([]byte(event), &want); err != nil {
			t.Fatal(err)
		}
		if encoded(t, lines[i]["event"]) != encoded(t, want) || lines[i]["type"] != want["type"] {
			t.Errorf("line %d is %v, want the event %s", i+1, lines[i], event)
		}
	}
	for _, r := range got.out {
		if steers(r) {
			t.Errorf("%U is in the output unescaped", r)
		}
	}
	if !containsAll(got.out, `\u001b[2J`, `\u009b1m`, `\u202e`) {
		t.Errorf("the controls are not escaped as they were:\n%s", got.out)
	}
	last := lines[len(events)]
	if last["type"] != "outcome" || last["phase"] != "done" || last["cost_usd"] != 0.0837 || last["thread_id"] != "t-1" ||
		encoded(t, last["function_ids"]) != `["f-1"]` || !strings.HasPrefix(last["answer"].(string), "An answer") {
		t.Errorf("the outcome is %v", last)
	}
}

// encoded is a decoded JSON value in one spelling, to compare values by.
func encoded(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
