package ui

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// terminalGets is what a command writes to the terminal, through batches.
func terminalGets(t *testing.T, cmd tea.Cmd) string {
	t.Helper()
	if cmd == nil {
		return ""
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		return terminalGets(t, msg[0]) // the rest is for the native clipboard
	case tea.RawMsg:
		text, _ := msg.Msg.(string)
		return text
	}
	return ""
}

// converted is cmd, or what follows when that turned a text into another format
// first.
func (s *screen) converted(cmd tea.Cmd) tea.Cmd {
	msg := cmd()
	if batch, ok := msg.(tea.BatchMsg); ok {
		msg = batch[0]()
	}
	if text, ok := msg.(convertedMsg); ok {
		return s.send(text)
	}
	return cmd
}

// An answer that is JSON is copied indented, as rows, or as it came.
func TestCopyingAnAnswerThatIsJSON(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 40, waiting)
	run := s.start("the task")
	s.hear(run, api.TextDelta{Delta: `[{"a":1,"b":"=x"}]`})
	for query, want := range map[string]string{
		"as json": "[\n  {\n    \"a\": 1,\n    \"b\": \"=x\"\n  }\n]", "csv": "a,b\n1,'=x\n", "as it came": `[{"a":1,"b":"=x"}]`,
	} {
		s.press("ctrl+y")
		s.hides("plain text")
		s.write(query)
		if got, want := terminalGets(t, s.converted(s.press("enter"))), ansi.SetSystemClipboard(want); got != want {
			t.Errorf("%q copies %q, want %q", query, got, want)
		}
	}
	s.hear(run, api.TextDelta{Delta: "and more"})
	s.press("ctrl+y")
	s.write("csv")
	if msg, ok := s.press("enter")().(saidMsg); !ok || !strings.Contains(msg.text, "no rows") {
		t.Errorf("what is no JSON is copied as rows: %v", msg)
	}
}

func TestCopyMenu(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 40, waiting)
	run := s.start("the task")
	s.press("ctrl+y")
	s.shows("Copy", "Task", "Whole run as Markdown")
	s.hides("Answer as Markdown", "Viewer link")
	s.press("esc")
	s.hear(run, api.SessionData{ViewerURL: "https://viewer.example/1?token=secret"}, api.ToolStart{Name: "extract"},
		api.ToolResult{Content: `{"a":1}`}, api.TextDelta{Delta: "**the** answer"}, api.FunctionUploaded{FunctionID: "f-1", FunctionName: "top"})
	for query, want := range map[string]string{
		"markdown": "**the** answer", "plain": "the answer", "result of": `{"a":1}`, "viewer": "https://viewer.example/1?token=secret",
		"function": "f-1", "task": "the task",
	} {
		s.press("ctrl+y")
		s.shows("Answer as Markdown", "Answer as plain text", "Result of extract", "Viewer link", "Function id")
		s.write(query)
		got := terminalGets(t, s.converted(s.press("enter")))
		if want := ansi.SetSystemClipboard(want); got != want {
			t.Errorf("%q copies %q, want %q", query, got, want)
		}
		s.shows("copied the ")
		s.hides("Answer as Markdown", "token=secret")
	}
}

// The whole run can be handed on: the link that lets others watch is not in it.
func TestTheWholeRunHasNoSecrets(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 40, waiting)
	run := s.start("the task")
	s.hear(run, api.SessionData{ViewerURL: "https://viewer.example/1?token=secret"}, api.TextDelta{Delta: "the answer"})
	s.press("ctrl+y")
	s.write("whole")
	sequence := terminalGets(t, s.press("enter"))
	encoded := strings.TrimSuffix(strings.TrimPrefix(sequence, "\x1b]52;c;"), "\a")
	text, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || !strings.Contains(string(text), "the task") || !strings.Contains(string(text), "the answer") || strings.Contains(string(text), "secret") {
		t.Errorf("the run is copied as %q (%v)", text, err)
	}
}

func TestMultiplexersHandOnTheClipboard(t *testing.T) {
	t.Parallel()
	set := ansi.SetSystemClipboard("text")
	for m, want := range map[Multiplexer]string{
		NoMultiplexer: set,
		Tmux:          set + "\x1bPtmux;\x1b" + set + "\x1b\\",
		Screen:        "\x1bP" + set + "\x1b\\",
	} {
		if got := osc52("text", m); got != want {
			t.Errorf("multiplexer %d gets %q, want %q", m, got, want)
		}
	}
	long := osc52(strings.Repeat("x", 5000), Screen)
	for piece := range strings.SplitSeq(long, "\x1b\\") {
		if len(piece) > 768 {
			t.Errorf("GNU Screen gets %d bytes at once", len(piece))
		}
	}
}

func TestTooLargeForTheClipboard(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := newScreen(t, 120, 40, waiting, func(c *Config) { c.SaveDir = dir })
	text := strings.Repeat("a line of it\n", 20_000)
	cmd := s.copy(part.Copy{What: "tool result", Text: text})
	batch, ok := cmd().(tea.BatchMsg)
	if !ok || len(batch) != 2 {
		t.Fatalf("copying is %v", batch)
	}
	s.send(batch[1]())
	files, err := filepath.Glob(filepath.Join(dir, "notturno-tool-result-*.txt"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the files are %q (%v)", files, err)
	}
	got, err := os.ReadFile(files[0])
	if err != nil || string(got) != text {
		t.Errorf("the file has %d bytes (%v), want %d", len(got), err, len(text))
	}
	s.shows("saved the tool result as")
}

func TestSaveNeverOverwrites(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for n, want := range []string{"notturno-answer-20260102-030405.md", "notturno-answer-20260102-030405-2.md"} {
		path, err := saveNew(dir, part.Save{What: "answer", Ext: "md", Text: "text\x1b[2J"}, parttest.Start())
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("file %d is readable by others: %v (%v)", n, info.Mode(), err)
		}
		if !strings.HasPrefix(filepath.Base(path), "notturno-answer-") || (n == 1) != strings.HasSuffix(path, "-2.md") {
			t.Errorf("file %d is %q, want one like %q", n, path, want)
		}
		if text, _ := os.ReadFile(path); strings.ContainsRune(string(text), '\x1b') {
			t.Errorf("the file holds a control character: %q", text)
		}
	}
	if _, err := saveNew(filepath.Join(dir, "missing"), part.Save{What: "answer", Ext: "md", Text: "text"}, parttest.Start()); err == nil {
		t.Error("saving into a directory that is not there works")
	}
}
