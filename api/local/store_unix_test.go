//go:build unix

package local

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"notturno/api/local/agent"
)

// The umask belongs to the process, so this test runs beside no other.
func TestFunctionsAreTheirOwnersAloneWhateverTheUmask(t *testing.T) {
	for _, umask := range []int{0, 0o022, 0o077, 0o177} {
		dir := filepath.Join(t.TempDir(), "functions")
		old := syscall.Umask(umask)
		s, err := openStore(dir)
		var kept agent.Function
		if err == nil {
			kept, err = s.save(t.Context(), agent.Function{Name: "f"})
		}
		syscall.Umask(old)
		if err != nil {
			t.Fatalf("umask %03o: %v", umask, err)
		}
		expectMode(t, dir, 0o700)
		expectMode(t, filepath.Join(dir, kept.ID+".json"), 0o600)
	}
}

func TestAWiderDirectoryIsTightened(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	dir := filepath.Join(parent, "functions")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for path, mode := range map[string]fs.FileMode{parent: 0o755, dir: 0o777} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := openStore(dir); err != nil {
		t.Fatal(err)
	}
	expectMode(t, dir, 0o700)
	expectMode(t, parent, 0o755) // it was there before, and may hold more
}

func expectMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want {
		t.Errorf("%s has mode %o, want %o", filepath.Base(path), got, want)
	}
}
