//go:build unix

package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// opener stands for the system's program that opens addresses. It tells what
// it was called with through a named pipe.
type opener struct {
	dir  string // of the fake programs
	pipe *os.File
	told *bufio.Reader
}

// call is one call of the opener.
type call struct {
	args []string
	env  []string
}

func newOpener(t *testing.T) *opener {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	pipe, err := os.OpenFile(path, os.O_RDWR, 0) // for writing too, so that it has no end
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pipe.Close() })
	script := fmt.Sprintf("#!/bin/sh\n{ echo $#; printf '%%s\\n' \"$@\"; env; echo end; } > %q\n", path)
	for _, name := range []string{"xdg-open", "open"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil { //nolint:gosec // a program
			t.Fatal(err)
		}
	}
	return &opener{dir: dir, pipe: pipe, told: bufio.NewReader(pipe)}
}

// wait is the next call.
func (o *opener) wait(t *testing.T) call {
	t.Helper()
	if err := o.pipe.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	line := func() string {
		text, err := o.told.ReadString('\n')
		if err != nil {
			t.Fatalf("the opener was not called: %v", err)
		}
		return text[:len(text)-1]
	}
	var c call
	var n int
	if _, err := fmt.Sscan(line(), &n); err != nil {
		t.Fatal(err)
	}
	for range n {
		c.args = append(c.args, line())
	}
	for text := line(); text != "end"; text = line() {
		c.env = append(c.env, text)
	}
	return c
}
