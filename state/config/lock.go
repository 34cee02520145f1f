package config

import (
	"errors"
	"fmt"
	"os"
	"time"
)

// How long another program may hold the lock, and how often it is tried.
const (
	lockPatience = 2 * time.Second
	lockPause    = 10 * time.Millisecond
)

// errLocked says that another program holds the lock.
var errLocked = errors.New("another program is writing it")

// lock keeps other programs from writing the file at path until unlock. The
// lock is on a file beside it, for that one is replaced; it ends with the
// program at the latest.
func lock(path string) (unlock func(), err error) {
	file, err := os.OpenFile(path+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	for until := time.Now().Add(lockPatience); ; time.Sleep(lockPause) {
		err = tryLock(file)
		if err == nil {
			return func() { _ = file.Close() }, nil // which unlocks it
		}
		if !errors.Is(err, errLocked) || time.Now().After(until) {
			_ = file.Close()
			return nil, fmt.Errorf("failed to lock %s: %w", path, err)
		}
	}
}
