package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// program is the binary that the tests drive. TestMain builds it.
var program string

// patience is how long a test waits for something that takes a moment on an
// idle machine. It ends a test that has failed; it measures nothing.
const patience = 30 * time.Second

func TestMain(m *testing.M) { os.Exit(withProgram(m)) }

// withProgram builds the program, runs the tests and removes it.
func withProgram(m *testing.M) int {
	dir, err := os.MkdirTemp("", "notturno-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program = filepath.Join(dir, "notturno")
	args := []string{"build", "-o", program}
	if raceEnabled {
		args = append(args, "-race")
	}
	build := exec.CommandContext(context.Background(), "go", append(args, ".")...)
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintf(os.Stderr, "failed to build the program: %v\n", err)
		return 1
	}
	return m.Run()
}
