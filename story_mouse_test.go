//go:build unix

package main

import (
	"fmt"
	"strings"
	"testing"
)

// mouse is what a terminal sends for a button at a cell, counted from 1.
func mouse(button, x, y int) string { return fmt.Sprintf("\x1b[<%d;%d;%dM", button, x, y) }

const (
	leftButton = 0
	wheelUp    = 64
	wheelDown  = 65
)

// The mouse scrolls and clicks, until it is given back to the terminal.
func TestMouse(t *testing.T) {
	t.Parallel()
	s := newService(t, says(delta(strings.Repeat("a paragraph\n\n", 80)+"the last one"), doneEvent))
	x := startTerminal(t, 120, 30, s.env())
	x.submit("say a lot")
	x.waitText("✓ done", "the last one")
	x.send(mouse(wheelUp, 20, 10))
	x.waitText("▼ 3 rows")
	x.send(mouse(wheelDown, 20, 10))
	x.waitFor("the end", func(s screen) bool { return !s.has("▼") })
	x.send(ctrl('n'))
	x.waitText("Describe a task")
	x.send(mouse(leftButton, 20, 1)) // its name in the run bar
	x.waitText("the last one")
	x.send(mouse(leftButton, 90, 3)) // the timeline
	x.waitText("enter read")
	if !strings.Contains(x.output(), "\x1b[?1002h") {
		t.Error("the mouse was not asked for")
	}
	x.send(ctrl('\\'))
	x.waitText("mouse released")
	x.waitFor("the mouse to be given back", func(screen) bool { return strings.Contains(x.output(), "\x1b[?1002l") })
	x.quit()
}

func TestNoMouse(t *testing.T) {
	t.Parallel()
	x := startTerminal(t, 100, 30, nil, "--no-mouse")
	x.waitText("Try", "mouse released")
	x.quit()
	for _, mode := range []string{"1000", "1002", "1003", "1006"} {
		if strings.Contains(x.output(), "\x1b[?"+mode+"h") {
			t.Errorf("the mouse mode %s was asked for", mode)
		}
	}
}
