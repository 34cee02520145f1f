package ui

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/ui/part"
)

// save writes text to a new file, which only this person can read, and says
// where it is.
func (a *App) save(s part.Save) tea.Cmd {
	if s.Text == "" {
		a.say("there is no " + s.What + " to save yet")
		return nil
	}
	now := a.config.Now()
	return func() tea.Msg {
		path, err := saveNew(a.config.SaveDir, s, now)
		if err != nil {
			return saidMsg{text: fmt.Sprintf("failed to save the %s: %v", s.What, err)}
		}
		return saidMsg{text: "saved the " + s.What + " as " + path}
	}
}

// saveNew writes a file of a name that is not taken.
func saveNew(dir string, s part.Save, now time.Time) (path string, err error) {
	name := "notturno-" + strings.ReplaceAll(s.What, " ", "-") + now.Format("-20060102-150405")
	for n := 1; ; n++ {
		path = filepath.Join(dir, fmt.Sprintf("%s.%s", name, s.Ext))
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s-%d.%s", name, n, s.Ext))
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = f.WriteString(string(api.Clean(s.Text)))
		return path, errors.Join(err, f.Close())
	}
}
