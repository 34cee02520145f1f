package local

import (
	"context"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"notturno/api/local/agent"
)

// replaceByFile puts a file where a directory was, so that nothing can be kept
// in it any more.
func replaceByFile(t *testing.T, dir string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestADiskThatFailsIsSaid(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "f")
	replaceByFile(t, s.functions.records.dir)
	for _, call := range [][3]string{
		{"GET", "/runs", ""}, {"POST", "/runs/start", `{}`}, {"POST", "/runs/create", `{}`}, {"GET", "/runs/" + functionID, ""},
	} {
		got := expect(t, s, 500, call[0], "/functions/"+f.ID+call[1], call[2])
		if detail, _ := got["detail"].(string); !strings.Contains(detail, s.functions.records.dir) || !strings.HasPrefix(detail, "failed to ") {
			t.Errorf("%s %s answers %v", call[0], call[1], got)
		}
	}
	replaceByFile(t, s.functions.store.dir)
	for _, path := range []string{"", "/" + f.ID} {
		if got := expect(t, s, 500, "GET", "/functions"+path, ""); !strings.Contains(got["detail"].(string), s.functions.store.dir) {
			t.Errorf("GET /functions%s answers %v", path, got)
		}
	}
}

// The answer of a run is its client's even when its record cannot be kept.
func TestARunThatCannotBeKeptIsAnswered(t *testing.T) {
	t.Parallel()
	var s *Server
	s = startFunctions(t, t.TempDir(), func(context.Context, agent.Function, map[string]string, func(agent.Step)) (json.RawMessage, error) {
		replaceByFile(t, s.functions.records.dir)
		return json.RawMessage(`[1]`), nil
	})
	f := keepFunction(t, s, "f")
	got := expect(t, s, 200, "POST", "/functions/"+f.ID+"/runs/start", `{}`)
	if got["status"] != "closed" || !reflect.DeepEqual(got["result"], []any{1.0}) {
		t.Errorf("it is answered with %v", got)
	}
}

func TestARunThatEndedInBetweenIsToldAsItEnded(t *testing.T) {
	t.Parallel()
	f := openFunctions(t, t.TempDir(), nil)
	ended := newRecord(functionID)
	ended.Status = runClosed
	lost := newRecord(functionID)
	lost.Status, lost.Owner = runActive, &f.me
	for _, r := range []record{ended, lost} {
		if err := f.records.add(r); err != nil {
			t.Fatal(err)
		}
	}
	read := ended
	read.Status, read.Owner = runActive, &f.me
	if got := f.shown(read); got.Status != runClosed {
		t.Errorf("it is %s", got.Status)
	}
	if got := f.shown(lost); got.Status != runFailed {
		t.Errorf("a run that nobody does is %s", got.Status)
	}
}

func TestLogLines(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		step agent.Step
		want []string
	}{
		{agent.Thought{Text: "\n one \r\n\n\ttwo\n"}, []string{"one", "two"}},
		{agent.Thought{Text: " \n"}, nil},
		{agent.Call{Tool: "extract"}, []string{"extract"}},
		{agent.Result{Tool: "extract", Content: "3 items\nmore"}, []string{"extract: 3 items"}},
		{agent.Result{Tool: "extract", Content: "nothing repeats", Failed: true}, []string{"extract failed: nothing repeats"}},
		{agent.Result{Tool: "extract", Content: " "}, []string{"extract: nothing"}},
		{agent.Speech{Text: "the answer"}, nil},
		{agent.View{Title: "x"}, nil},
		{agent.Saved{}, nil},
	} {
		if got := logLines(test.step); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%#v is logged as %q, want %q", test.step, got, test.want)
		}
	}
}
