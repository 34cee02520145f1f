//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// ownTheme writes a theme file below a configuration directory.
func ownTheme(t *testing.T, config, name, text string) {
	t.Helper()
	dir := filepath.Join(config, "notturno", "themes")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A person's own theme is offered beside the built-in ones, and what is wrong
// with another says where.
func TestThemes(t *testing.T) {
	t.Parallel()
	config := t.TempDir()
	ownTheme(t, config, "sera.toml", "extends = \"notte\"\n[colors]\naccent = \"#ff8800\"\n")
	ownTheme(t, config, "broken.toml", "extends = \"notte\"\n[colors]\naccent = \"orange\"\n")
	x := startTerminal(t, 120, 30, []string{"XDG_CONFIG_HOME=" + config})
	x.waitText("Try")
	x.send(alt("t"))
	x.waitText("automatic", "giorno", "contrast", "mono", "sera", "broken.toml:3", "colors.accent")
	x.send("sera")
	x.waitFor("its accent", func(screen) bool { return strings.Contains(x.output(), "38;2;255;136;0") })
	x.send("\r")
	x.waitFor("the list to close", func(s screen) bool { return !s.has("automatic") && s.has("Try") })
	x.quit()
}

func TestThemeFlag(t *testing.T) {
	t.Parallel()
	x := startTerminal(t, 100, 30, nil, "--theme", "mono")
	x.waitText("Try")
	x.quit()
	if strings.Contains(x.output(), "38;") {
		t.Error("the theme without colours has colours")
	}
	out, err := exec.CommandContext(t.Context(), program, "--theme", "aurora").CombinedOutput()
	if err == nil || !strings.Contains(string(out), `--theme "aurora" does not exist; there are auto, notte, giorno, terminal, contrast, mono`) {
		t.Errorf("a theme that is not there: %v %q", err, out)
	}
}
