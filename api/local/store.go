package local

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"notturno/api/local/agent"
)

// The states of a function. A deleted one stays on the disk.
const (
	functionActive  = "active"
	functionDeleted = "deleted"
)

var errNoFunction = errors.New("function not found")

// function is a function as kept: its latest plan, and what is known around
// it. A file with a plan alone is a function too.
type function struct {
	agent.Function
	UpdatedAt time.Time        `json:"updated_at"`
	Status    string           `json:"status"`
	Earlier   []agent.Function `json:"earlier,omitempty"` // plans, v1 first
	Schedule  *schedule        `json:"schedule,omitempty"`
}

// schedule is when a function would run by itself.
type schedule struct {
	Cron      string                     `json:"cron"`
	Variables map[string]json.RawMessage `json:"variables"`
}

// latest is the name of the newest version.
func (f *function) latest() string { return versionName(len(f.Earlier)) }

// plan is the plan of a version; the empty name means the newest one.
func (f *function) plan(version string) (agent.Function, bool) {
	if version == "" || version == f.latest() {
		return f.Function, true
	}
	for i, plan := range f.Earlier {
		if versionName(i) == version {
			return plan, true
		}
	}
	return agent.Function{}, false
}

func versionName(index int) string { return "v" + strconv.Itoa(index+1) }

// store keeps functions, one JSON file each, that only their owner can read.
// Every file is replaced as a whole and read anew each time, so several
// programs can share a store: of two changes to one function at the same
// moment the later one stays.
type store struct {
	dir string
	mu  sync.Mutex // held from reading a function until its change is written
}

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
	return &store{dir: dir}, nil
}

// save keeps f and returns it as kept: as a new version of the function with
// its ID, or under a new ID when it has none that is known. A plan that did
// not change makes no version. The file is either whole or not there, even
// when the machine stops in between.
func (s *store) save(ctx context.Context, f agent.Function) (agent.Function, error) {
	if err := ctx.Err(); err != nil {
		return agent.Function{}, err
	}
	kept, err := s.change(f.ID, func(known *function) error {
		f.ID, f.CreatedAt = known.ID, known.CreatedAt
		if samePlan(f, known.Function) {
			return nil
		}
		known.Earlier = append(known.Earlier, known.Function)
		known.Function = f
		return nil
	})
	if !errors.Is(err, errNoFunction) {
		return kept.Function, err
	}
	f.ID = uuid.NewString()
	f.CreatedAt = time.Now().UTC()
	return f, s.write(function{Function: f, UpdatedAt: f.CreatedAt, Status: functionActive})
}

// samePlan compares what is kept of two plans.
func samePlan(a, b agent.Function) bool {
	left, errA := json.Marshal(a)
	right, errB := json.Marshal(b)
	return errA == nil && errB == nil && bytes.Equal(left, right)
}

// get is the function of that ID, deleted or not.
func (s *store) get(id string) (function, error) {
	path, ok := s.path(id)
	if !ok {
		return function{}, errNoFunction
	}
	var f function
	err := readKept(path, &f, func() string { return f.ID })
	if errors.Is(err, fs.ErrNotExist) {
		return function{}, errNoFunction
	}
	if err != nil {
		return function{}, fmt.Errorf("failed to read a function: %w", err)
	}
	if f.Status == "" { // the file holds a plan alone
		f.Status, f.UpdatedAt = functionActive, f.CreatedAt
	}
	return f, nil
}

// active is the function of that ID, unless it is deleted.
func (s *store) active(id string) (function, error) {
	f, err := s.get(id)
	if err == nil && f.Status != functionActive {
		return function{}, errNoFunction
	}
	return f, err
}

// list is every function that can be read, the newest first, and a warning
// for every file that cannot.
func (s *store) list() (all []function, warnings []string, err error) {
	names, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, nil, fmt.Errorf("failed to list the functions: %w", err)
	}
	for _, name := range names {
		id, ok := strings.CutSuffix(name.Name(), ".json")
		if _, known := s.path(id); !ok || !known {
			continue
		}
		switch f, err := s.get(id); {
		case err == nil:
			all = append(all, f)
		case !errors.Is(err, errNoFunction):
			warnings = append(warnings, err.Error())
		}
	}
	slices.SortFunc(all, func(a, b function) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), strings.Compare(a.ID, b.ID))
	})
	return all, warnings, nil
}

// change edits the active function of that ID, keeps it, and returns it as
// kept.
func (s *store) change(id string, edit func(*function) error) (function, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, err := s.active(id)
	if err != nil {
		return function{}, err
	}
	if err := edit(&f); err != nil {
		return function{}, err
	}
	f.UpdatedAt = time.Now().UTC()
	return f, s.write(f)
}

func (s *store) write(f function) error {
	if err := writeKept(filepath.Join(s.dir, f.ID+".json"), f); err != nil {
		return fmt.Errorf("failed to keep function %q: %w", f.Name, err)
	}
	return nil
}

// path is the file of a function. Its name is the ID in its one spelling, so
// that no ID leads out of the directory.
func (s *store) path(id string) (string, bool) {
	name, ok := fileID(id)
	return filepath.Join(s.dir, name+".json"), ok
}

// fileID is an ID as the name of a file.
func fileID(id string) (string, bool) {
	if len(id) != len(uuid.Nil.String()) {
		return "", false
	}
	parsed, err := uuid.Parse(id)
	return parsed.String(), err == nil
}
