//go:build unix

package main

import (
	"strings"
	"testing"
)

// Under a shell ctrl+z suspends the program, with the terminal as the shell
// needs it, and fg brings the screen back.
func TestSuspend(t *testing.T) {
	t.Parallel()
	x := startCommand(t, 100, 30, []string{"PS1=shell> ", "ENV="}, "/bin/sh", "-i")
	x.waitText("shell>")
	x.send(program + "\r")
	x.waitText("Describe a task")
	x.send("half a ta")
	x.waitText("half a ta")
	x.send(ctrl('z'))
	x.waitText("Stopped")
	x.waitFor("the shell's prompt", shellAsks)
	if left := unrestored(x.output()); len(left) > 0 {
		t.Errorf("the shell got a terminal that is not restored: %q", left)
	}
	x.send("fg\r")
	x.waitText("half a ta", "local")
	x.send("sk")
	x.waitText("half a task")
	x.send(ctrl('c') + ctrl('c') + ctrl('c'))
	x.waitFor("the shell's prompt", shellAsks)
	x.send("exit\r")
	if err := x.wait(); err != nil {
		t.Errorf("the shell ended with %v", err)
	}
}

// shellAsks reports whether the prompt of the shell is the last thing on the
// screen: before that the terminal is still the program's, and what is typed
// can be lost.
func shellAsks(s screen) bool {
	rows := strings.Fields(s.String())
	return len(rows) > 0 && rows[len(rows)-1] == "shell>"
}

// Where no shell would wake the program, ctrl+z does not put it to sleep.
func TestNoSuspendWithoutAShell(t *testing.T) {
	t.Parallel()
	x := startTerminal(t, 100, 30, nil)
	x.waitText("Describe a task")
	x.send(ctrl('z'))
	x.waitText("cannot suspend")
	x.send("awake")
	x.waitText("awake")
	x.quit()
}
