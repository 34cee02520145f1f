//go:build unix

package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"notturno/state/config"
	"notturno/state/options"
)

// linked is the place of a memory that is a link, and what that leads to: a
// file in a directory that others may read. Between them is another link.
func linked(t *testing.T) (path, target string) {
	t.Helper()
	path = memoryPath(t)
	target = filepath.Join(t.TempDir(), "kept.json")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	between := filepath.Join(t.TempDir(), "between.json")
	for link, to := range map[string]string{path: between, between: target} {
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Dir(target), 0o755); err != nil {
		t.Fatal(err)
	}
	return path, target
}

// A link stays one: what it leads to is written, also when that is not there
// yet, and the directory there stays as it is.
func TestMemoryIsALink(t *testing.T) {
	t.Parallel()
	path, target := linked(t)
	for _, name := range []string{"a", "b"} {
		m := load(t, path)
		keep(t, m, name, nil)
		save(t, m)
		if info, err := os.Lstat(path); err != nil || info.Mode().Type() != os.ModeSymlink {
			t.Fatalf("the link is %v, %v", info, err)
		}
	}
	if got := names(load(t, target)); got != "a b" {
		t.Errorf("the presets are %q", got)
	}
	expectMode(t, target, 0o600)
	expectMode(t, filepath.Dir(target), 0o755)
	expectMode(t, filepath.Dir(path), 0o700)
}

// A link that leads nowhere is told, and stays.
func TestMemoryIsALoop(t *testing.T) {
	t.Parallel()
	path := memoryPath(t)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Base(path), path); err != nil {
		t.Fatal(err)
	}
	m, err := config.LoadMemory(path)
	keep(t, m, "a", nil)
	if err == nil || !strings.Contains(err.Error(), path) || m.Save() == nil || names(m) != "a" {
		t.Errorf("%v, %q", err, names(m))
	}
	if info, err := os.Lstat(path); err != nil || info.Mode().Type() != os.ModeSymlink {
		t.Errorf("the link is %v, %v", info, err)
	}
}

// What was damaged may hold anything, so it becomes its owner's alone.
func TestDamagedMemoryIsItsOwnersAlone(t *testing.T) {
	t.Parallel()
	path := memoryPath(t)
	m := load(t, path)
	keep(t, m, "a", nil)
	save(t, m)
	damage := func() {
		t.Helper()
		if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	damage()
	if _, err := config.LoadMemory(path); err == nil {
		t.Error("the damage is not told")
	}
	damage()
	keep(t, m, "b", nil)
	if err := m.Save(); err == nil {
		t.Error("the damage is not told")
	}
	aside, err := filepath.Glob(path + ".damaged-*")
	if err != nil || len(aside) != 2 {
		t.Fatalf("it is kept as %q, %v", aside, err)
	}
	for _, path := range aside {
		expectMode(t, path, 0o600)
	}
}

// Secrets that are in a file already are not handed out, and are gone when it
// is written again.
func TestMemoryLosesSecrets(t *testing.T) {
	t.Parallel()
	path := memoryPath(t)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	const old = `{"version":1,"values":{"url":"https://a.example/?key=hunter2","max_steps":"5"},"presets":[{"name":"p","values":{"session.chrome_args":"[\"--password=hunter2\"]","use_vision":"on"}}]}`
	if err := os.WriteFile(path, []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	m := load(t, path)
	if _, last := m.Last(); len(last) != 1 || last[options.MaxSteps] != "5" {
		t.Errorf("last there were %v", last)
	}
	if values := m.Presets()[0].Values; len(values) != 1 || values[options.Vision] != "on" {
		t.Errorf("the preset is %v", values)
	}
	save(t, m)
	if text := contents(t, path); strings.Contains(text, "hunter2") || !strings.Contains(text, "max_steps") {
		t.Errorf("the file is\n%s", text)
	}
}
