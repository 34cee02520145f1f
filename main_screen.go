package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/adrg/xdg"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/pflag"

	"notturno/state/config"
	"notturno/themes"
	"notturno/ui"
)

// screenOptions are the flags that only the screen has.
type screenOptions struct {
	reducedMotion bool
	noMouse       bool
	maxParallel   int
	theme         string
}

// usualParallel is how many runs go on at once.
const usualParallel = 4

func screenFlags(flags *pflag.FlagSet, opts *options) {
	flags.BoolVar(&opts.screen.reducedMotion, "reduced-motion", false, "no spinner")
	flags.BoolVar(&opts.screen.noMouse, "no-mouse", false, "leave the mouse to the terminal")
	flags.IntVar(&opts.screen.maxParallel, "max-parallel", usualParallel, "how many runs go on at once; the others wait in a queue")
	flags.StringVar(&opts.screen.theme, "theme", themes.Auto, "the colours to draw in; auto goes by the terminal's background")
}

func showScreen(ctx context.Context, env environment, opts options) error {
	if opts.screen.maxParallel < 1 {
		return fmt.Errorf("--max-parallel %d is too low; use 1 or more", opts.screen.maxParallel)
	}
	theme, err := chosenTheme(opts.screen.theme)
	if err != nil {
		return err
	}
	if err := needTerminal(); err != nil {
		return err
	}
	saveDir, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("failed to find the current directory, where files are saved: %w", err)
	}
	// The local backend has to answer while what runs on it is being stopped.
	b, err := connect(context.WithoutCancel(ctx), env, opts)
	if err != nil {
		return err
	}
	defer b.close()
	settings, problems := config.Load(settingsFile())
	memory, err := config.LoadMemory(filepath.Join(xdg.StateHome, "notturno", "agent.json"))
	if err != nil {
		problems = append(problems, err)
	}
	return ui.Run(ctx, ui.Config{
		Client: b.client, Backend: b.name, AgentBackend: b.agents(), About: b.about, Examples: b.examples,
		Memory: memory, Options: settings.Options(), Problems: problems,
		MaxParallel: opts.screen.maxParallel, ReducedMotion: opts.screen.reducedMotion, NoMouse: opts.screen.noMouse,
		SaveDir: saveDir, ColorFGBG: os.Getenv("COLORFGBG"), Multiplexer: multiplexer(),
		Theme: theme, OwnThemes: ownThemes, Now: time.Now,
	}, os.Stdin, os.Stdout, os.Stderr)
}

// needTerminal says what to do where the screen cannot be shown.
func needTerminal() error {
	const instead = "run a task without the screen: notturno run 'TASK'"
	if !term.IsTerminal(os.Stdin.Fd()) || !term.IsTerminal(os.Stdout.Fd()) {
		return errors.New("the screen needs a terminal; " + instead)
	}
	if kind := os.Getenv("TERM"); kind == "" || kind == "dumb" {
		return fmt.Errorf("this terminal (TERM=%q) cannot show the screen; %s", kind, instead)
	}
	return nil
}

// multiplexer is what stands between this program and the terminal.
func multiplexer() ui.Multiplexer {
	switch {
	case os.Getenv("TMUX") != "":
		return ui.Tmux
	case os.Getenv("STY") != "":
		return ui.Screen
	}
	return ui.NoMultiplexer
}

// themesDir is where a person's own themes are.
func themesDir() string { return filepath.Join(xdg.ConfigHome, "notturno", "themes") }

// ownThemes are the person's own themes, and what is wrong with the others.
func ownThemes() ([]*themes.Theme, []error) { return themes.LoadDir(themesDir()) }

// chosenTheme is the theme of a name; nil for what the background decides.
func chosenTheme(name string) (*themes.Theme, error) {
	if name == "" || name == themes.Auto {
		return nil, nil
	}
	own, problems := ownThemes()
	if theme, ok := themes.ByName(name, own...); ok {
		return theme, nil
	}
	names := []string{themes.Auto}
	for _, theme := range append(themes.Builtin(), own...) {
		names = append(names, theme.Name)
	}
	missing := fmt.Errorf("--theme %q does not exist; there are %s", name, strings.Join(names, ", "))
	return nil, errors.Join(append([]error{missing}, problems...)...)
}
