package config

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"notturno/state/options"
)

// content is what the file of a Memory holds.
type content struct {
	Version int            `json:"version"`
	Mode    Mode           `json:"mode,omitempty"`
	Values  options.Values `json:"values,omitempty"`
	Presets []Preset       `json:"presets,omitempty"`

	cleared bool // the file held what may be a secret, and this does not
}

// contentVersion is the version that this program writes.
const contentVersion = 1

// maxContent is the longest file of a Memory, in bytes.
const maxContent = 8 << 20

func (c *content) mode() Mode {
	if c.Mode == Agent {
		return Agent
	}
	return Automate
}

// keep takes over a preset, in the place of one with its name.
func (c *content) keep(p Preset) {
	if i := slices.IndexFunc(c.Presets, named(p.Name)); i >= 0 {
		c.Presets[i] = p
		return
	}
	c.Presets = append(c.Presets, p)
}

// damagedError says that a file does not hold what it should, and where it is
// kept now.
type damagedError struct {
	path, aside string
	reason      error
}

func (e *damagedError) Error() string {
	return fmt.Sprintf("%s is damaged: %v; it is kept as %s", e.path, e.reason, filepath.Base(e.aside))
}

func (e *damagedError) Unwrap() error { return e.reason }

// readContent is what a file holds; nothing when there is none. What is wrong
// with the text is told as a *damagedError.
func readContent(path string) (content, error) {
	none := content{Version: contentVersion}
	data, err := readFile(path, maxContent)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return none, nil
	case errors.Is(err, errTooLong):
		return none, &damagedError{path: path, reason: err}
	case err != nil:
		return none, fmt.Errorf("failed to read %s: %s", path, reason(err))
	}
	c, err := decoded(data)
	if c.Version > contentVersion {
		return none, fmt.Errorf("%s is of a newer version of this program; it is left as it is, and nothing new is remembered", path)
	}
	if err != nil {
		return none, &damagedError{path: path, reason: err}
	}
	var presets []Preset
	for _, preset := range c.Presets {
		if name, err := presetName(preset.Name); err == nil {
			presets = append(presets, Preset{Name: name, Values: c.public(preset.Values)})
		}
	}
	c.Presets = presets
	c.Values = c.public(c.Values)
	return c, nil
}

// public are values without what may be a secret. A program that knew less of
// secrets, or a person, may have written the file.
func (c *content) public(values options.Values) options.Values {
	public := values.Public()
	c.cleared = c.cleared || len(public) < len(values)
	return public
}

// decoded is the text of a file. The version comes with an error too: a newer
// one may say anything else.
func decoded(data []byte) (content, error) {
	var head struct {
		Version int `json:"version"`
	}
	err := json.Unmarshal(data, &head)
	c := content{Version: head.Version}
	if err == nil && c.Version == contentVersion {
		err = json.Unmarshal(data, &c)
	}
	if odd, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		err = fmt.Errorf("%s cannot be a JSON %s", cmp.Or(odd.Field, "it"), odd.Value)
	}
	if err == nil && c.Version < 1 {
		err = errors.New("it has no version")
	}
	return c, err
}

// recovered is what a file holds that was found damaged. Unless another program
// has mended it since, it gets another name.
func recovered(path string) (content, error) {
	unlock, err := lock(path)
	if err != nil {
		return content{Version: contentVersion}, err
	}
	defer unlock()
	c, err := readContent(path)
	if broken, ok := errors.AsType[*damagedError](err); ok {
		err = broken.setAside()
	}
	return c, err
}

// setAside gives the file another name, and returns e; or else why that could
// not be done. What is in the file is not known, so it becomes its owner's alone.
func (e *damagedError) setAside() error {
	e.aside = e.path + ".damaged-" + time.Now().UTC().Format("20060102T150405.000000000")
	err := os.Chmod(e.path, 0o600)
	if err == nil {
		err = os.Rename(e.path, e.aside)
	}
	if err != nil {
		return fmt.Errorf("%s is damaged: %w; it cannot be set aside: %s", e.path, e.reason, reason(err))
	}
	return e
}

// writeContent replaces the file: it writes beside it, to the disk, and then
// gives that the name.
func writeContent(path string, c content) (err error) {
	data, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	if len(data) >= maxContent {
		return fmt.Errorf("there would be more than %d bytes in %s; delete a preset", maxContent, path)
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	_, err = file.Write(append(data, '\n'))
	if err == nil {
		err = file.Chmod(0o600)
	}
	if err == nil {
		err = file.Sync()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// privateDir makes the directory of a file, for its owner alone.
func privateDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return os.Chmod(dir, 0o700)
}
