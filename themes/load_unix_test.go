//go:build unix

package themes

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

func TestPipesAndLinks(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{"kept": "dark = true"})
	if err := syscall.Mkfifo(filepath.Join(dir, "a.toml"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string]string{"b.toml": "kept", "c.toml": "gone", "d.toml": "d.toml", "e.toml": os.DevNull} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	themes, errs := LoadDir(dir)
	if got := names(themes); !slices.Equal(got, []string{"b"}) {
		t.Errorf("the themes are %q", got)
	}
	want := []string{
		"a.toml: it is not a regular file; move it away, or rename it",
		"c.toml: failed to read it: no such file or directory; make it a file that you may read",
		"d.toml: failed to read it: too many levels of symbolic links; make it a file that you may read",
		"e.toml: it is not a regular file; move it away, or rename it",
	}
	if got := messages(dir, errs); !slices.Equal(got, want) {
		t.Fatalf("the errors are %q, want %q", got, want)
	}
	if !errors.Is(errs[1], fs.ErrNotExist) {
		t.Errorf("the cause of %v is lost", errs[1])
	}
}

func TestFilesWithHostileNames(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{"a\x1b]0;b\a\u202e.toml": "dark = true", "c\n.toml": "name = \"c\"\ndark = true"})
	themes, errs := LoadDir(dir)
	if got := names(themes); !slices.Equal(got, []string{"c"}) {
		t.Errorf("the themes are %q", got)
	}
	for _, err := range errs {
		if unshowable(err.Error()) {
			t.Errorf("%q may not reach the screen", err)
		}
	}
	if len(errs) != 1 {
		t.Errorf("the errors are %q", errs)
	}
}
