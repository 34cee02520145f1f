package local

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"notturno/api/local/agent"
)

// store keeps functions, one JSON file each, that only their owner can read.
type store struct{ dir string }

// openStore uses dir, which it makes, with the directory around it, when it
// does not exist. Whatever the umask, dir belongs to its owner alone.
func openStore(dir string) (*store, error) {
	parent := filepath.Dir(dir)
	if _, err := os.Stat(parent); errors.Is(err, fs.ErrNotExist) {
		if err := privateDir(parent); err != nil {
			return nil, err
		}
	}
	if err := privateDir(dir); err != nil {
		return nil, err
	}
	return &store{dir}, nil
}

func privateDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("failed to make directory %q: %w", dir, err)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return fmt.Errorf("failed to make directory %q private: %w", dir, err)
	}
	return nil
}

// save keeps f under a new ID and returns it as kept. The file is either whole
// or not there, even when the machine stops in between.
func (s *store) save(ctx context.Context, f agent.Function) (agent.Function, error) {
	if err := ctx.Err(); err != nil {
		return agent.Function{}, err
	}
	f.ID = uuid.NewString()
	f.CreatedAt = time.Now().UTC()
	data, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return agent.Function{}, fmt.Errorf("failed to encode function %q: %w", f.Name, err)
	}
	path := filepath.Join(s.dir, f.ID+".json")
	if err := writeFile(path, append(data, '\n')); err != nil {
		return agent.Function{}, fmt.Errorf("failed to keep function %q: %w", f.Name, err)
	}
	return f, nil
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
