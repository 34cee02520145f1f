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

	"notturno/api"
	"notturno/ui/form"
	"notturno/ui/part"
)

// maxEdited is the longest task, in bytes, that is taken back from the editor.
const maxEdited = 4 << 20

// editedMsg is what the person has saved in the editor.
type editedMsg struct {
	text string
	err  error
}

// edit hands the task to the person's editor.
func (a *App) edit(text string) tea.Cmd {
	return a.editFile("task.md", text, func(msg editedMsg) tea.Msg { return msg })
}

// editOption hands an option of the agent to the person's editor.
func (a *App) editOption(o part.EditOption) tea.Cmd {
	return a.editFile("option."+o.Ext, o.Text, func(msg editedMsg) tea.Msg {
		edited := form.Edited{Field: o.Field, Text: strings.TrimSpace(msg.text)}
		if msg.err != nil {
			edited.Err = api.Clean(msg.err.Error()).Line()
		}
		return edited
	})
}

// editFile hands text to the person's editor, in a file that only they can
// read and that is gone afterwards, and makes a message of what was saved.
func (a *App) editFile(name, text string, done func(editedMsg) tea.Msg) tea.Cmd {
	dir, err := os.MkdirTemp("", "notturno-")
	if err != nil {
		a.say(fmt.Sprintf("failed to make a file for the editor: %v", err))
		return nil
	}
	path := filepath.Join(dir, name)
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
			return done(editedMsg{err: fmt.Errorf("the editor %q failed: %w; $EDITOR names another", cmd.Path, err)})
		}
		return done(readEdited(path))
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
