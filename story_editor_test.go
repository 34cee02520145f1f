//go:build unix

package main

import (
	"os"
	"path/filepath"
	"testing"
)

// The task can be written in the person's own editor, which does not get the
// key; an editor that fails loses nothing.
func TestEditor(t *testing.T) {
	t.Parallel()
	s := newService(t, says(`{"type":"done"}`))
	editor := filepath.Join(t.TempDir(), "editor")
	script := "#!/bin/sh\nif grep -q fail \"$1\"; then exit 3; fi\nenv | grep -c NOTTE_API_KEY > \"$0.keys\"\nprintf ' and more\\n' >> \"$1\"\n"
	if err := os.WriteFile(editor, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	x := startTerminal(t, 100, 30, append(s.env(), "EDITOR="+editor))
	x.waitText("Try")
	x.send("fail here" + ctrl('g'))
	x.waitText("exit status 3", "fail here")
	x.send(ctrl('c'))
	x.waitText("cleared")
	x.send("one task" + ctrl('g'))
	x.waitFor("what the editor saved", func(s screen) bool { return s.has("one task and more") })
	x.send("\r")
	x.waitText("✓ done")
	x.quit()
	wantOneStart(t, s, "one task and more")
	if keys, err := os.ReadFile(editor + ".keys"); err != nil || string(keys) != "0\n" {
		t.Errorf("the editor's environment holds the key %q times (%v)", keys, err)
	}
}
