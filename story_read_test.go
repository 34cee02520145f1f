//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// longRun is a run whose result and reasoning are longer than what shows of
// them.
func longRun() []string {
	result := `{"rows":[` + strings.TrimSuffix(strings.Repeat(`{"name":"haystack"},`, 200), ",") + `,{"name":"needle"}]}`
	return []string{
		object("thinking_delta", "delta", "A thought that is folded.\n\nIt ends with a needle."),
		object("tool_start", "tool_name", "extract"),
		object("tool_result", "content", result),
		delta("# The answer\n\nOne needle was found."),
		`{"type":"done"}`,
	}
}

// Finding goes through all of the run, also what is folded, and an item is
// read on the whole screen and saved.
func TestFindAndRead(t *testing.T) {
	t.Parallel()
	s := newService(t, says(longRun()...))
	x := startTerminal(t, 120, 36, s.env())
	x.submit("find the needle")
	x.waitText("✓ done")
	x.send(ctrl('f'))
	x.waitText("find ›")
	x.send("needle")
	x.waitText("of 4") // the task, the reasoning, the result, the answer
	x.send("\r")
	x.waitText("2 of 4")
	x.send(escape)
	x.waitText("next found")
	x.send(escape)
	x.waitFor("the marks to go", func(s screen) bool { return !s.has("next found") })
	x.send("J\r") // what was found is selected, the reasoning; the call is next
	x.waitText("extract · done", "Result", `"name": "haystack"`)
	x.send("/")
	x.send("needle")
	x.waitText(`"name": "needle"`, "1 of 1")
	x.send(escape)
	x.waitText("s save")
	x.send("s")
	x.waitText("saved the tool result as " + x.home[:10])
	text, err := os.ReadFile(savedFiles(t, x.home)[0])
	if err != nil || !strings.Contains(string(text), `{"name":"needle"}`) {
		t.Errorf("the file holds %d bytes (%v)", len(text), err)
	}
	x.send("q")
	x.waitText("Describe a task")
	x.quit()
	wantOneStart(t, s, "find the needle")
}

func savedFiles(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "notturno-tool-result-*.json"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A command is found by a few of its letters, from an empty prompt too.
func TestPalette(t *testing.T) {
	t.Parallel()
	x := startTerminal(t, 100, 30, nil)
	x.waitText("Try")
	x.send("/")
	x.waitText("Commands", "ctrl+f")
	x.send("draw anew\r")
	x.waitFor("the palette to close", func(s screen) bool { return !s.has("Commands") && s.has("Try") })
	x.send(ctrl('p'))
	x.send("board\r")
	x.waitText("No runs yet")
	x.send(escape)
	x.waitText("Try")
	x.quit()
}
