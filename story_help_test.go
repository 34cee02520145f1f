//go:build unix

package main

import (
	"strings"
	"testing"
)

// The help lists the keys, over a run too, and goes away again.
func TestHelp(t *testing.T) {
	t.Parallel()
	x := startTerminal(t, 120, 60, nil)
	x.waitText("Try")
	keys := []string{"enter", "ctrl+n", "ctrl+o", "ctrl+c", "ctrl+q", "cancel the run in view", "open the viewer"}
	x.send(f1)
	x.waitText(keys...)
	x.send(escape)
	x.waitText("Try")
	x.send("?")
	x.waitText(keys...)
	x.send(escape)
	x.waitText("Try")
	x.send("what?")
	x.waitFor("the question mark", func(s screen) bool { return strings.Contains(s.prompt(), "what?") && s.has("Try") })
	x.quit()
}

// The help is not lost where it is larger than the screen.
func TestHelpScrolls(t *testing.T) {
	t.Parallel()
	x := startTerminal(t, 60, 12, nil)
	x.waitText("local")
	x.send(f1)
	x.waitText("Keys", "start the task")
	for range 20 {
		x.send("\x1b[6~") // page down
	}
	x.waitFor("the last key", func(s screen) bool { return s.has("no") && !s.has("start the task") })
	x.send(escape)
	x.waitText("Type a task")
	x.quit()
}
