package local

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

func privateDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("failed to make directory %q: %w", dir, err)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return fmt.Errorf("failed to make directory %q private: %w", dir, err)
	}
	return nil
}

// damaged says that a file does not hold what it should, and where it is kept
// now.
type damaged struct {
	path, aside string
	reason      error
}

func (e *damaged) Error() string {
	return fmt.Sprintf("file %q is damaged: %v; it is kept as %q", e.path, e.reason, e.aside)
}

func (e *damaged) Unwrap() error { return e.reason }

// readKept decodes the JSON file at path, whose name is the ID of what it
// holds. A file that is damaged gets another name: it is out of the way then,
// and whoever knows better can mend it.
func readKept(path string, value any, id func() string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	reason := json.Unmarshal(data, value)
	if reason == nil && id()+".json" != filepath.Base(path) {
		reason = fmt.Errorf("it holds the ID %q", id())
	}
	if reason == nil {
		return nil
	}
	aside := path + ".damaged-" + time.Now().UTC().Format("20060102T150405.000000000")
	if err := os.Rename(path, aside); err != nil {
		return fmt.Errorf("file %q is damaged: %w; it cannot be set aside: %w", path, reason, err)
	}
	return &damaged{path, aside, reason}
}

// writeKept replaces the file at path by value as JSON.
func writeKept(path string, value any) error {
	data, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Errorf("failed to encode: %w", err)
	}
	return writeFile(path, append(data, '\n'))
}

// writeFile writes data beside path, to the disk, and then gives it its name.
func writeFile(path string, data []byte) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	_, err = file.Write(data)
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
