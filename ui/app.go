// Package ui is the screen: App, the one tea.Model, lays the pieces out,
// routes messages to them and performs their intents.
//
// State lives in the pieces and in the fold of package state; App holds only
// which run is in view and who has the keyboard. What a run says reaches App
// as batches, one command per run waiting for the next.
package ui

import (
	"context"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/state"
	"notturno/state/feed"
	"notturno/themes"
	"notturno/ui/home"
	"notturno/ui/part"
	"notturno/ui/prompt"
	"notturno/ui/transcript"
)

// Config is what the screen needs from the program.
type Config struct {
	Client        *api.Client
	Backend       string   // state.LocalBackend, or the service's host
	About         string   // one line about the backend, for the first screen
	Examples      []string // tasks to try
	ReducedMotion bool     // no spinner
	ColorFGBG     string   // the environment variable, see themes.ForTerminal
	Now           func() time.Time
}

// App is the screen. Its methods are Bubble Tea's.
type App struct {
	config  Config
	ctx     context.Context // of the runs; ends with the program
	keys    *part.Keys
	theme   *themes.Theme
	w, h    int
	layout  layout
	home    *home.Home
	prompt  *prompt.Prompt
	tabs    []*tab
	current int // index into tabs; -1: the home pane
	focus   focus
	pane    focus // the pane that shows where only one can
	dialog  part.Part

	clock     clock
	notice    notice
	quitUntil time.Time // a second ctrl+c before this quits
	mode      transcript.Mode
	hideRail  bool
	clusters  bool // the terminal counts cells by grapheme clusters
	enhanced  bool // the terminal reports keys such as shift+enter
	unfocused bool // the terminal's window is not in front
	runs      int  // started so far, for their ids
}

// New is the screen before its first message. ctx ends all runs.
func New(ctx context.Context, config Config) *App {
	theme := themes.ForTerminal(config.ColorFGBG)
	return &App{
		config: config, ctx: ctx, keys: part.NewKeys(), theme: theme, current: -1, pane: onTranscript,
		home: home.New(theme, config.About, config.Examples), prompt: prompt.New(theme),
	}
}

// Init asks the terminal for its background; an answer may never come.
func (a *App) Init() tea.Cmd {
	a.home.SetNumbered(true)
	return tea.RequestBackgroundColor
}

// Update handles a message.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
	case tea.KeyPressMsg:
		cmd = a.press(msg)
	case tea.PasteMsg:
		cmd = a.toPrompt(msg)
	case arrivedMsg:
		cmd = a.arrived(msg)
	case tickMsg:
		a.clock.ticking = false
		a.tick()
	case saidMsg:
		a.say(msg.text)
	case tea.BackgroundColorMsg:
		a.setTheme(themes.For(msg.IsDark()))
	case tea.KeyboardEnhancementsMsg:
		a.enhanced = msg.SupportsKeyDisambiguation()
	case tea.ModeReportMsg:
		a.countsClusters(msg)
	case tea.FocusMsg:
		a.unfocused = false
	case tea.BlurMsg:
		a.unfocused = true
	}
	a.arrange()
	return a, tea.Batch(cmd, a.wind())
}

// start sends a task, once.
func (a *App) start(task string) tea.Cmd {
	now := a.config.Now()
	a.runs++
	run := state.New(strconv.Itoa(a.runs), a.config.Backend, task, now)
	run.Connect(now)
	t := newTab(run, feed.Start(a.ctx, a.config.Client, task), a.theme, a.outcomeHints)
	t.transcript.SetMode(a.mode)
	a.tabs = append(a.tabs, t)
	a.show(len(a.tabs) - 1)
	return t.next(a.ctx)
}

// arrived folds a batch into its run and asks for the next one. A batch of a
// run that is not there any more is dropped.
func (a *App) arrived(msg arrivedMsg) tea.Cmd {
	t := a.byID(msg.run)
	if t == nil || msg.arrivals == nil {
		return nil
	}
	was := t.live()
	t.take(msg.arrivals, a.config.Now())
	if was && !t.live() {
		return tea.Batch(t.next(a.ctx), a.ended(t))
	}
	return t.next(a.ctx)
}

// ended gives the text back when the run never began, and calls the person
// back to a window that is not in front.
func (a *App) ended(t *tab) tea.Cmd {
	if t.run.Events == 0 && t.run.Failure != nil && a.prompt.Empty() {
		a.prompt.SetText(t.run.Task)
	}
	if a.unfocused && t.run.Elapsed(t.run.EndedAt) >= notifyAfter {
		return notify(t.run)
	}
	return nil
}

// show puts a run in view; -1 is the home pane.
func (a *App) show(i int) {
	a.current = i
	a.home.SetNumbered(len(a.tabs) == 0)
	a.setFocus(onPrompt)
	a.pane = onTranscript
}

// tab is the run in view, or nil.
func (a *App) tab() *tab {
	if a.current < 0 || a.current >= len(a.tabs) {
		return nil
	}
	return a.tabs[a.current]
}

func (a *App) byID(id string) *tab {
	for _, t := range a.tabs {
		if t.run.ID == id {
			return t
		}
	}
	return nil
}

// live is how many runs go on.
func (a *App) live() int {
	n := 0
	for _, t := range a.tabs {
		if t.live() {
			n++
		}
	}
	return n
}

func (a *App) setTheme(theme *themes.Theme) {
	if theme.Name == a.theme.Name {
		return
	}
	a.theme = theme
	a.home.SetTheme(theme)
	a.prompt.SetTheme(theme)
	for _, t := range a.tabs {
		t.setTheme(theme)
	}
	if d, ok := a.dialog.(part.Themed); ok {
		d.SetTheme(theme)
	}
}

// arrange gives every piece that shows its place.
func (a *App) arrange() {
	a.prompt.Limit(a.w, promptLimit(a.w, a.h))
	a.layout = arrange(a.w, a.h, a.prompt.Want(), a.tab() != nil, a.hideRail)
	a.refocus()
	l := a.layout
	a.prompt.Resize(l.w, l.prompt)
	a.home.Resize(l.w, l.body)
	if t := a.tab(); t != nil {
		t.resize(l)
	}
	if a.dialog != nil {
		a.dialog.Resize(l.w, a.dialogHeight())
	}
}

// refocus takes the keyboard from a pane that does not show any more.
func (a *App) refocus() {
	switch {
	case a.layout.shape == card && a.focus != onPrompt:
		a.setFocus(onPrompt)
	case a.layout.shape == rail && a.layout.rail == 0 && a.focus > onTranscript:
		a.setFocus(onTranscript)
	}
}
