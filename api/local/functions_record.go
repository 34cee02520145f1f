package local

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"syscall"
	"time"

	"github.com/google/uuid"
)

// The states of a function's run. A run that waits for its start is told as
// active, since the protocol has no word for it there.
const (
	runCreated = "created"
	runActive  = "active"
	runClosed  = "closed"
	runFailed  = "failed"
	runStopped = "stopped"
)

// What a run is limited to, and what is kept of it.
const (
	maxRunTime  = 5 * time.Minute
	maxLogLines = 200
	maxLogLine  = 1000 // bytes
)

// runIDs name a run by its new names and its old ones.
type runIDs struct {
	FunctionID    string `json:"function_id"`
	RunID         string `json:"function_run_id"`
	WorkflowID    string `json:"workflow_id"`
	WorkflowRunID string `json:"workflow_run_id"`
}

// runObject is a run as the API tells it.
type runObject struct {
	runIDs
	CreatedAt time.Time                  `json:"created_at"`
	UpdatedAt time.Time                  `json:"updated_at"`
	Status    string                     `json:"status"`
	SessionID *string                    `json:"session_id"`
	Logs      []string                   `json:"logs"`
	Variables map[string]json.RawMessage `json:"variables"`
	Result    *string                    `json:"result"` // JSON text
	Local     bool                       `json:"local"`
}

// record is a run as kept.
type record struct {
	runObject
	Owner *owner `json:"owner,omitempty"` // who runs it; nobody when it is not running here
}

// owner is a program that runs a function. Process numbers come again, after
// a restart and in every container, so a random name goes with it.
type owner struct {
	Process int    `json:"process"`
	Name    string `json:"name"`
}

func newOwner() owner { return owner{os.Getpid(), uuid.NewString()} }

func newRecord(functionID string) record {
	id, now := uuid.NewString(), time.Now().UTC()
	return record{runObject: runObject{
		runIDs:    runIDs{functionID, id, functionID, id},
		CreatedAt: now,
		UpdatedAt: now,
		Status:    runCreated,
		Logs:      []string{},
	}}
}

// log appends a line, which is cut when it is long; after too many lines it
// says so once.
func (r *record) log(line string) {
	switch n := len(r.Logs); {
	case n < maxLogLines:
		r.Logs = append(r.Logs, cutLine(line))
	case n == maxLogLines:
		r.Logs = append(r.Logs, "further lines are not kept")
	}
}

// shown is the record as the API tells it to me: a run whose program has
// ended without a word has failed.
func (r *record) shown(me owner) runObject {
	run := r.runObject
	switch {
	case run.Status == runCreated:
		run.Status = runActive
	case run.Status == runActive && r.Owner != nil && r.Owner.gone(me, run.UpdatedAt):
		run.Status = runFailed
		run.Logs = append(run.Logs[:len(run.Logs):len(run.Logs)], "the program that ran the function ended before the run did")
	}
	return run
}

// gone reports whether an owner that wrote its record at that time has ended.
// I ask only about runs that are not mine any more.
func (o owner) gone(me owner, written time.Time) bool {
	return o.Process == me.Process || overdue(written) || !processLives(o.Process)
}

// overdue reports whether no run that began at that time can be going on.
func overdue(began time.Time) bool { return time.Since(began) > maxRunTime+time.Minute }

func processLives(id int) bool {
	process, err := os.FindProcess(id)
	if err != nil {
		return false
	}
	defer func() { _ = process.Release() }() // it frees a handle and cannot fail
	if runtime.GOOS == "windows" {
		return true // there FindProcess finds only what lives
	}
	err = process.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, fs.ErrPermission)
}
