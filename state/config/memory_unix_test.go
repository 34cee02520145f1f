//go:build unix

package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sys/unix"

	"notturno/state/config"
)

// The umask belongs to the process, so this test runs beside no other.
func TestMemoryIsItsOwnersAloneWhateverTheUmask(t *testing.T) {
	for _, umask := range []int{0, 0o022, 0o077} {
		path := memoryPath(t)
		old := syscall.Umask(umask)
		m := load(t, path)
		keep(t, m, "p", nil)
		err := m.Save()
		syscall.Umask(old)
		if err != nil {
			t.Fatalf("umask %03o: %v", umask, err)
		}
		expectMode(t, filepath.Dir(path), 0o700)
		expectMode(t, path, 0o600)
		expectMode(t, path+".lock", 0o600)
		for wide, mode := range map[string]os.FileMode{filepath.Dir(path): 0o777, path: 0o666} {
			if err := os.Chmod(wide, mode); err != nil {
				t.Fatal(err)
			}
		}
		keep(t, m, "q", nil)
		save(t, m)
		expectMode(t, filepath.Dir(path), 0o700)
		expectMode(t, path, 0o600)
	}
}

// locked holds the lock of a memory until it is closed.
func locked(t *testing.T, path string) *os.File {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(path + ".lock")
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	return file
}

// A memory that another program is writing waits for it, but not for ever.
func TestLockedMemory(t *testing.T) {
	t.Parallel()
	path := memoryPath(t)
	other := locked(t, path)
	synctest.Test(t, func(t *testing.T) {
		m := load(t, path)
		keep(t, m, "p", nil)
		if err := m.Save(); err == nil || !strings.Contains(err.Error(), "another program is writing it") {
			t.Errorf("while it is locked: %v", err)
		}
		time.AfterFunc(time.Second, func() { _ = other.Close() })
		save(t, m)
	})
	if got := names(load(t, path)); got != "p" {
		t.Errorf("the presets are %q", got)
	}
}

// A pipe is not waited for.
func TestMemoryIsAPipe(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "agent.json")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	m, err := config.LoadMemory(path)
	if keep(t, m, "p", nil); err == nil || m.Save() == nil {
		t.Errorf("a pipe is read: %v", err)
	}
}
