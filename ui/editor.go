package ui

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/editor"
)

// maxEdited is the longest task, in bytes, that is taken back from the editor.
const maxEdited = 4 << 20

// editedMsg is what the person has saved in the editor.
type editedMsg struct {
	text string
	err  error
}

// edit hands text to the person's editor, in a file that only they can read
// and that is gone afterwards.
func (a *App) edit(text string) tea.Cmd {
	dir, err := os.MkdirTemp("", "notturno-")
	if err != nil {
		a.say(fmt.Sprintf("failed to make a file for the editor: %v", err))
		return nil
	}
	path := filepath.Join(dir, "task.md")
	cmd, err := editor.CommandContext(a.ctx, "notturno", path)
	if err == nil {
		err = os.WriteFile(path, []byte(text), 0o600)
	}
	if err != nil {
		a.say(fmt.Sprintf("failed to open the editor: %v", err))
		_ = os.RemoveAll(dir)
		return nil
	}
	// The terminal itself: what wraps it would go on reading after the editor.
	cmd.Stdin, cmd.Stdout, cmd.Stderr = a.config.in, a.config.out, a.config.out
	return tea.ExecProcess(cmd, func(err error) tea.Msg {
		defer func() { _ = os.RemoveAll(dir) }()
		if err != nil {
			return editedMsg{err: fmt.Errorf("the editor %q failed: %w; $EDITOR names another", cmd.Path, err)}
		}
		return readEdited(path)
	})
}

func readEdited(path string) editedMsg {
	f, err := os.Open(path)
	if err != nil {
		return editedMsg{err: fmt.Errorf("failed to read what the editor saved: %w", err)}
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxEdited+1))
	if err == nil && len(text) > maxEdited {
		err = errors.New("it is longer than 4 MiB")
	}
	if err != nil {
		return editedMsg{err: fmt.Errorf("failed to read what the editor saved: %w", err)}
	}
	return editedMsg{text: string(text)}
}

// edited puts what was saved into the prompt. On an error the prompt stays as
// it was.
func (a *App) edited(msg editedMsg) {
	if msg.err != nil {
		a.say(msg.err.Error())
		return
	}
	a.setFocus(onPrompt)
	a.prompt.SetText(strings.TrimRight(msg.text, "\n"))
}
