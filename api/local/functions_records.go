package local

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// maxRuns is how many runs of one function are kept.
const maxRuns = 100

var errNoRun = errors.New("run not found")

// records keeps the runs of functions: a directory for each function, in it a
// JSON file for each run. Like a store, several programs can share it.
type records struct {
	dir string
	mu  sync.Mutex // held from reading a record until its change is written
}

func openRecords(dir string) (*records, error) {
	if err := privateDir(dir); err != nil {
		return nil, err
	}
	return &records{dir: dir}, nil
}

// write keeps r as it is now.
func (s *records) write(r record) error {
	path, ok := s.path(r.FunctionID, r.RunID)
	if !ok {
		return errNoRun
	}
	if err := writeKept(path, r); err != nil {
		return fmt.Errorf("failed to keep run %q: %w", r.RunID, err)
	}
	return nil
}

// add keeps a new record and drops the oldest runs of its function, except
// those that have not ended.
func (s *records) add(r record) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	path, ok := s.path(r.FunctionID, r.RunID)
	if !ok {
		return errNoRun
	}
	if err := privateDir(filepath.Dir(path)); err != nil {
		return err
	}
	if err := s.write(r); err != nil {
		return err
	}
	all, _, err := s.list(r.FunctionID)
	if err != nil {
		return err
	}
	for _, old := range all[min(maxRuns, len(all)):] {
		if old.Status == runActive && !overdue(old.UpdatedAt) {
			continue
		}
		if err := s.remove(old); err != nil {
			return err
		}
	}
	return nil
}

// remove forgets a run.
func (s *records) remove(r record) error {
	path, ok := s.path(r.FunctionID, r.RunID)
	if !ok {
		return errNoRun
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("failed to forget run %q: %w", r.RunID, err)
	}
	return nil
}

// get is the record of a run.
func (s *records) get(functionID, runID string) (record, error) {
	path, ok := s.path(functionID, runID)
	if !ok {
		return record{}, errNoRun
	}
	var r record
	err := readKept(path, &r, func() string { return r.RunID })
	if errors.Is(err, fs.ErrNotExist) {
		return record{}, errNoRun
	}
	if err != nil {
		return record{}, fmt.Errorf("failed to read a run: %w", err)
	}
	return r, nil
}

// change edits the record of a run and keeps it.
func (s *records) change(functionID, runID string, edit func(*record) error) (record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, err := s.get(functionID, runID)
	if err != nil {
		return record{}, err
	}
	if err := edit(&r); err != nil {
		return record{}, err
	}
	return r, s.write(r)
}

// list is every run of a function that can be read, the newest first, and a
// warning for every file that cannot.
func (s *records) list(functionID string) (all []record, warnings []string, err error) {
	dir, ok := fileID(functionID)
	if !ok {
		return nil, nil, errNoFunction
	}
	names, err := os.ReadDir(filepath.Join(s.dir, dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("failed to list the runs: %w", err)
	}
	for _, name := range names {
		id, ok := strings.CutSuffix(name.Name(), ".json")
		if !ok {
			continue
		}
		switch r, err := s.get(functionID, id); {
		case err == nil:
			all = append(all, r)
		case !errors.Is(err, errNoRun):
			warnings = append(warnings, err.Error())
		}
	}
	slices.SortFunc(all, func(a, b record) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), strings.Compare(a.RunID, b.RunID))
	})
	return all, warnings, nil
}

// path is the file of a run.
func (s *records) path(functionID, runID string) (string, bool) {
	dir, known := fileID(functionID)
	name, ok := fileID(runID)
	return filepath.Join(s.dir, dir, name+".json"), known && ok
}
