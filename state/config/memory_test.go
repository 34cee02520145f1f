package config_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"notturno/state/config"
	"notturno/state/options"
)

// load is the memory in a file that is all right.
func load(t *testing.T, path string) *config.Memory {
	t.Helper()
	m, err := config.LoadMemory(path)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func save(t *testing.T, m *config.Memory) {
	t.Helper()
	if err := m.Save(); err != nil {
		t.Fatal(err)
	}
}

func keep(t *testing.T, m *config.Memory, name string, values options.Values) {
	t.Helper()
	if err := m.Keep(name, values); err != nil {
		t.Fatal(err)
	}
}

// memoryPath is a place in a directory that is not there yet.
func memoryPath(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "state", "notturno", "agent.json")
}

func names(m *config.Memory) string {
	var all []string
	for _, preset := range m.Presets() {
		all = append(all, preset.Name)
	}
	return strings.Join(all, " ")
}

func contents(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What was remembered is there the next time.
func TestMemory(t *testing.T) {
	t.Parallel()
	path := memoryPath(t)
	m := load(t, path)
	if mode, values := m.Last(); mode != config.Automate || len(values) != 0 || len(m.Presets()) != 0 {
		t.Errorf("it begins with %s, %v, %v", mode, values, m.Presets())
	}
	save(t, m)
	if _, err := os.Stat(filepath.Dir(path)); err == nil {
		t.Error("something was written although nothing has changed")
	}
	m.Remember(config.Agent, options.Values{options.MaxSteps: "5", "vault_id": " "})
	keep(t, m, " first\tone ", options.Values{options.Model: "a"})
	keep(t, m, "second", options.Values{options.Model: "b"})
	keep(t, m, "third", nil)
	keep(t, m, "first one", options.Values{options.Model: "c"})
	m.Forget("second")
	m.Forget("never")
	expect := func(m *config.Memory) {
		t.Helper()
		mode, values := m.Last()
		if want := (options.Values{options.MaxSteps: "5"}); mode != config.Agent || !maps.Equal(values, want) {
			t.Errorf("last there were %s, %v", mode, values)
		}
		want := []config.Preset{{Name: "first one", Values: options.Values{options.Model: "c"}}, {Name: "third", Values: options.Values{}}}
		if got := m.Presets(); !reflect.DeepEqual(got, want) {
			t.Errorf("the presets are %v, want %v", got, want)
		}
	}
	expect(m)
	save(t, m)
	expect(m)
	expect(load(t, path))
}

// What is handed out and taken in belongs to the caller.
func TestMemoryIsNotShared(t *testing.T) {
	t.Parallel()
	m, values := load(t, ""), options.Values{options.Model: "a"}
	m.Remember(config.Agent, values)
	keep(t, m, "p", values)
	values[options.Model] = "b"
	_, last := m.Last()
	last[options.Model] = "c"
	m.Presets()[0].Values[options.Model] = "d"
	m.Presets()[0].Name = "q"
	if _, last := m.Last(); last[options.Model] != "a" || m.Presets()[0].Values[options.Model] != "a" || names(m) != "p" {
		t.Errorf("it holds %v, %v", last, m.Presets())
	}
	save(t, m) // nowhere
}

// No secret reaches the disk.
func TestMemoryHasNoSecrets(t *testing.T) {
	t.Parallel()
	path := memoryPath(t)
	m, values := load(t, path), options.Values{}
	for _, field := range options.Fields() {
		values[field.Name] = "word"
		if field.Secret {
			values[field.Name] = "secret"
		}
	}
	values["session.proxies"], values[options.URL] = `[{"password":"secret"}]`, "https://me:secret@a.example"
	m.Remember(config.Agent, values)
	keep(t, m, "p", values)
	save(t, m)
	if text := contents(t, path); strings.Contains(text, "secret") || !strings.Contains(text, "word") {
		t.Errorf("the file is\n%s", text)
	}
}

func TestPresetNames(t *testing.T) {
	t.Parallel()
	m := load(t, "")
	for name, says := range map[string]string{"": "needs a name", " \n\t": "needs a name", strings.Repeat("ü", 61): "at most 60 characters"} {
		if err := m.Keep(name, nil); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", name, err)
		}
	}
	keep(t, m, strings.Repeat("ü", 60), nil)
	m.Forget(strings.Repeat("ü", 60))
	keep(t, m, "a\x1b[31m", nil)
	if names(m) != "a␛[31m" {
		t.Errorf("the names are %q", names(m))
	}
	for i := range 99 {
		keep(t, m, fmt.Sprint(i), nil)
	}
	keep(t, m, "7", nil)
	if err := m.Keep("one more", nil); err == nil || !strings.Contains(err.Error(), "there are 100 presets already; delete one first") {
		t.Errorf("one preset too many: %v", err)
	}
}

// Of two programs each writes what it has changed, and takes over the rest.
func TestTwoMemories(t *testing.T) {
	t.Parallel()
	path := memoryPath(t)
	old := load(t, path)
	keep(t, old, "gone", nil)
	keep(t, old, "old", nil)
	save(t, old)
	a, b := load(t, path), load(t, path)
	keep(t, a, "a", nil)
	a.Remember(config.Agent, options.Values{options.Model: "a"})
	a.Forget("gone")
	save(t, a)
	keep(t, b, "b", nil)
	save(t, b)
	keep(t, a, "old", options.Values{options.Model: "new"})
	save(t, a)
	for _, m := range []*config.Memory{a, load(t, path)} {
		mode, values := m.Last()
		if names(m) != "old a b" || mode != config.Agent || values[options.Model] != "a" || m.Presets()[0].Values[options.Model] != "new" {
			t.Errorf("it holds %s, %v, %v", mode, values, m.Presets())
		}
	}
}

// Nothing is lost when many write at once, from one program or several.
func TestManyMemories(t *testing.T) {
	t.Parallel()
	path := memoryPath(t)
	var all sync.WaitGroup
	var want []string
	for i := range 4 {
		m := load(t, path)
		for j := range 4 {
			name := fmt.Sprintf("%d-%d", i, j)
			want = append(want, name)
			all.Go(func() {
				if err := m.Keep(name, nil); err != nil {
					t.Error(err)
				}
				if err := m.Save(); err != nil {
					t.Error(err)
				}
				m.Last()
				m.Presets()
			})
		}
	}
	all.Wait()
	got := strings.Fields(names(load(t, path)))
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the presets are %q, want %q", got, want)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 2 {
		t.Errorf("there are %v beside the lock, %v", entries, err)
	}
}

// A damaged file is kept under another name, at the start and later.
func TestDamagedMemory(t *testing.T) {
	t.Parallel()
	for _, damage := range []string{"", "{", "[]", `{"version":"1"}`, `{"version":-1}`, `{"version":1,"presets":{}}`, `{"version":1,"values":{"a":1}}`, `{}`, "null", strings.Repeat(" ", 8<<20+1)} {
		path := memoryPath(t)
		before := load(t, path)
		keep(t, before, "p", nil)
		save(t, before)
		if err := os.WriteFile(path, []byte(damage), 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := config.LoadMemory(path)
		if err == nil || !strings.Contains(err.Error(), path+" is damaged: ") || !strings.Contains(err.Error(), "; it is kept as agent.json.damaged-") || len(m.Presets()) != 0 {
			t.Errorf("%.40q: %v, %v", damage, m.Presets(), err)
		}
		keep(t, m, "new", nil)
		save(t, m)
		if err := os.WriteFile(path, []byte(damage), 0o600); err != nil {
			t.Fatal(err)
		}
		keep(t, m, "newer", nil)
		if err := m.Save(); err == nil || !strings.Contains(err.Error(), "it is kept as") {
			t.Errorf("%.40q, found when saving: %v", damage, err)
		}
		save(t, m)
		if got := names(load(t, path)); got != "new newer" {
			t.Errorf("%.40q: the presets are %q", damage, got)
		}
		aside, err := filepath.Glob(path + ".damaged-*")
		if err != nil || len(aside) != 2 || contents(t, aside[0]) != damage || contents(t, aside[1]) != damage {
			t.Errorf("%.40q is kept as %q, %v", damage, aside, err)
		}
	}
}

// What a newer program wrote is left as it is.
func TestNewerMemory(t *testing.T) {
	t.Parallel()
	path := memoryPath(t)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	const newer = `{"version":2,"presets":"elsewhere"}`
	if err := os.WriteFile(path, []byte(newer), 0o600); err != nil {
		t.Fatal(err)
	}
	m, err := config.LoadMemory(path)
	if err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("it is read: %v", err)
	}
	keep(t, m, "p", nil)
	if err := m.Save(); err == nil || names(m) != "p" || contents(t, path) != newer {
		t.Errorf("%v, %q, and the file is %s", err, names(m), contents(t, path))
	}
}

// A place that cannot be written costs what is remembered, and no more.
func TestUnwritableMemory(t *testing.T) {
	t.Parallel()
	file := writeFile(t, "a file")
	m, _ := config.LoadMemory(filepath.Join(file, "notturno", "agent.json"))
	keep(t, m, "p", nil)
	for range 2 {
		if err := m.Save(); err == nil || names(m) != "p" {
			t.Errorf("%v, %q", err, names(m))
		}
	}
	dir := t.TempDir()
	m, err := config.LoadMemory(dir)
	if keep(t, m, "p", nil); err == nil || m.Save() == nil || names(m) != "p" {
		t.Errorf("a directory: %v, %q", err, names(m))
	}
}

// What could not be written is written the next time.
func TestMemoryIsSavedLater(t *testing.T) {
	t.Parallel()
	path := memoryPath(t)
	parent := filepath.Dir(filepath.Dir(path))
	m := load(t, path)
	if err := os.WriteFile(parent, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	keep(t, m, "a", nil)
	if m.Save() == nil {
		t.Error("it is saved below a file")
	}
	if err := os.Remove(parent); err != nil {
		t.Fatal(err)
	}
	keep(t, m, "b", nil)
	save(t, m)
	if got := names(load(t, path)); got != "a b" {
		t.Errorf("the presets are %q", got)
	}
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
