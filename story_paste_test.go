//go:build unix

package main

import (
	"strings"
	"testing"
)

// A paste is text, whatever line breaks it holds.
func TestPasteNeverSubmits(t *testing.T) {
	t.Parallel()
	s := newService(t, says(delta("Read."), doneEvent))
	x := startTerminal(t, 100, 30, s.env())
	x.waitText("Try")
	if !strings.Contains(x.output(), "\x1b[?2004h") {
		t.Error("the program did not ask the terminal to mark pastes")
	}
	x.send(pasteOn + "first line\rsecond line\r\nthird line\n" + pasteOff)
	x.waitFor("the pasted lines", func(s screen) bool {
		p := s.prompt()
		return strings.Contains(p, "first line") && strings.Contains(p, "second line") && strings.Contains(p, "third line")
	})
	x.send("Z")
	x.waitFor("the next key", func(s screen) bool { return strings.Contains(s.prompt(), "Z") })
	if asked := s.asked(); len(asked) != 0 {
		t.Fatalf("the paste started %q", asked)
	}
	x.send(enter)
	x.waitText("done", "Read.")
	if asked := s.asked(); len(asked) != 1 || asked[0] != "first line\nsecond line\nthird line\nZ" {
		t.Errorf("the task arrived as %q", asked)
	}
	x.quit()
}

// What pretends to be the end of a paste inside of it starts nothing.
func TestPasteCannotEscape(t *testing.T) {
	t.Parallel()
	s := newService(t, says(delta("Read."), doneEvent))
	x := startTerminal(t, 100, 30, s.env())
	x.waitText("Try")
	x.send(pasteOn + "\x1b]0;pwned\x07text\x1b[2J\u009b2Jmore\u202e" + pasteOff)
	x.waitFor("the pasted text", func(s screen) bool { return strings.Contains(s.prompt(), "more") })
	x.send(enter)
	x.waitText("done", "Read.")
	for _, fault := range foreign(x.output(), func(string) bool { return false }) {
		t.Errorf("the paste brought %s to the terminal", fault)
	}
	x.quit()
}

// A paste of a megabyte is no reason to stand still, and arrives whole.
func TestLargePaste(t *testing.T) {
	t.Parallel()
	s := newService(t, says(delta("Read."), doneEvent))
	x := startTerminal(t, 100, 30, s.env())
	x.waitText("Try")
	paste := strings.Repeat("All work and no play makes a 長い paste. 🙂\n", 1<<20/47)
	x.send(pasteOn + paste + pasteOff)
	x.send("Q7")
	x.waitFor("the next keys", func(s screen) bool { return strings.Contains(s.prompt(), "Q7") })
	x.send(enter)
	x.waitText("done", "Read.")
	asked := s.asked()
	if len(asked) != 1 {
		t.Fatalf("%d tasks arrived, want one", len(asked))
	}
	if !strings.Contains(asked[0], strings.TrimSpace(paste)) || !strings.Contains(asked[0], "Q7") {
		t.Errorf("the task arrived with %d bytes, %d were pasted", len(asked[0]), len(paste))
	}
	x.quit()
}
