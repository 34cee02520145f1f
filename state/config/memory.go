package config

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"notturno/api"
	"notturno/state/options"
)

// Mode is what the prompt gives its task to.
type Mode string

// The modes.
const (
	Automate Mode = "automate"
	Agent    Mode = "agent"
)

// Preset are options with a name.
type Preset struct {
	Name   string         `json:"name"`
	Values options.Values `json:"values"`
}

// The bounds of what is remembered.
const (
	maxPresets    = 100
	maxPresetName = 60 // in characters
)

// Memory is what the program remembers about agents between two starts. What
// changes does so at once in memory; Save, which is I/O, then writes it. It may
// be used from several goroutines.
//
// Several programs share one file: each writes only what it has changed itself,
// so that the presets of all are kept. Of the mode and the options used last
// those of the last writer stay.
type Memory struct {
	dir    string     // the program's own, which has the file or a link to it
	path   string     // of the file; empty: nothing is written
	saving sync.Mutex // held while the file is read and written

	mu      sync.Mutex
	kept    content
	changes []change // not written yet
	sealed  error    // why the file is not written at all
}

// change is something that was changed.
type change func(*content)

// LoadMemory is what is remembered in a file. There always is a Memory; the
// error says why it begins empty, or cannot be written. A file that is damaged
// is kept under another name. A link is followed: it stays one. With an empty path
// nothing outlives the program.
func LoadMemory(path string) (*Memory, error) {
	m := &Memory{path: path, dir: filepath.Dir(path), kept: content{Version: contentVersion}}
	if path == "" {
		return m, nil
	}
	target, err := linkTarget(path)
	if err != nil {
		m.sealed = fmt.Errorf("failed to read %s: %s", path, reason(err))
		return m, m.sealed
	}
	m.path = target
	m.kept, err = readContent(target)
	if _, damaged := errors.AsType[*damagedError](err); damaged {
		m.kept, err = recovered(target)
	}
	if _, aside := errors.AsType[*damagedError](err); !aside {
		m.sealed = err
	}
	if m.kept.cleared {
		m.changes = []change{func(*content) {}} // so that the secret does not stay there
	}
	return m, err
}

// Last is the mode and the options that were used last.
func (m *Memory) Last() (Mode, options.Values) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.kept.mode(), maps.Clone(m.kept.Values)
}

// Presets are the presets in the order in which they were made.
func (m *Memory) Presets() []Preset {
	m.mu.Lock()
	defer m.mu.Unlock()
	presets := slices.Clone(m.kept.Presets)
	for i := range presets {
		presets[i].Values = maps.Clone(presets[i].Values)
	}
	return presets
}

// Remember takes over the mode and the options that were used last, without
// what may be a secret.
func (m *Memory) Remember(mode Mode, values options.Values) {
	public := values.Public()
	m.change(func(c *content) { c.Mode, c.Values = mode, public })
}

// Keep takes over a preset, without what may be a secret. It takes the place of
// one with the same name.
func (m *Memory) Keep(name string, values options.Values) error {
	name, err := presetName(name)
	if err != nil {
		return err
	}
	if presets := m.Presets(); len(presets) >= maxPresets && !slices.ContainsFunc(presets, named(name)) {
		return fmt.Errorf("there are %d presets already; delete one first", len(presets))
	}
	public := values.Public()
	m.change(func(c *content) { c.keep(Preset{Name: name, Values: public}) })
	return nil
}

// Forget deletes the preset with the name.
func (m *Memory) Forget(name string) {
	m.change(func(c *content) { c.Presets = slices.DeleteFunc(c.Presets, named(name)) })
}

// presetName is a name as it is kept: on one line, and not too long.
func presetName(name string) (string, error) {
	name = strings.TrimSpace(api.Clean(name).Line())
	switch {
	case name == "":
		return "", errors.New("a preset needs a name")
	case len([]rune(name)) > maxPresetName:
		return "", fmt.Errorf("the name of a preset has at most %d characters", maxPresetName)
	}
	return name, nil
}

func named(name string) func(Preset) bool {
	return func(p Preset) bool { return p.Name == name }
}

func (m *Memory) change(apply change) {
	m.mu.Lock()
	defer m.mu.Unlock()
	apply(&m.kept)
	m.changes = append(m.changes, apply)
}

// Save writes what has changed, if anything has. It takes over what other
// programs have written. What could not be written is tried again the next time.
func (m *Memory) Save() error {
	m.saving.Lock()
	defer m.saving.Unlock()
	m.mu.Lock()
	changes, sealed := m.changes, m.sealed
	m.mu.Unlock()
	if len(changes) == 0 || m.path == "" {
		return nil
	}
	if sealed != nil {
		return sealed
	}
	written, err := m.merge(changes)
	if written == nil {
		return fmt.Errorf("failed to remember the options: %w", err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.changes = m.changes[len(changes):]
	m.kept = *written
	for _, apply := range m.changes { // of the time since
		apply(&m.kept)
	}
	return err
}

// merge writes the file with the changes, and returns what it holds then. With
// that, an error says what was wrong with the file before.
func (m *Memory) merge(changes []change) (*content, error) {
	if err := privateDir(m.dir); err != nil {
		return nil, err
	}
	unlock, err := lock(m.path)
	if err != nil {
		return nil, err
	}
	defer unlock()
	latest, said := readContent(m.path)
	if broken, damaged := errors.AsType[*damagedError](said); damaged {
		// What other programs wrote cannot be read: what this one knows is kept.
		latest, said = m.snapshot(), broken.setAside()
	}
	if _, aside := errors.AsType[*damagedError](said); said != nil && !aside {
		return nil, said
	}
	for _, apply := range changes {
		apply(&latest)
	}
	if err := writeContent(m.path, latest); err != nil {
		return nil, err
	}
	return &latest, said
}

// snapshot is a copy of what is remembered.
func (m *Memory) snapshot() content {
	presets := m.Presets()
	m.mu.Lock()
	defer m.mu.Unlock()
	return content{Version: m.kept.Version, Mode: m.kept.Mode, Values: maps.Clone(m.kept.Values), Presets: presets}
}
