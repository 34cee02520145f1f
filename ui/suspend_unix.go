//go:build unix

package ui

import (
	"os"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/sys/unix"
)

// suspend stops the program for the shell. Where no shell would wake it (its
// process group is orphaned) that would hang for ever, so it says so instead.
func (a *App) suspend() tea.Cmd {
	if !resumable() {
		a.say("cannot suspend: no shell is waiting for this program")
		return nil
	}
	return tea.Suspend
}

func resumable() bool {
	parent := os.Getppid()
	parentSession, err := unix.Getsid(parent)
	if err != nil {
		return false
	}
	session, err := unix.Getsid(0)
	if err != nil || session != parentSession {
		return false
	}
	group, err := unix.Getpgid(parent)
	return err == nil && group != unix.Getpgrp()
}
