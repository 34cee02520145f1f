// Package ui is the screen: App, the one tea.Model, lays the pieces out,
// routes messages to them and performs their intents.
//
// State lives in the pieces and in the fold of package state; App holds only
// which runs there are, which is in view and who has the keyboard. What a run
// says reaches App as batches, one command per run waiting for the next.
package ui

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/state"
	"notturno/state/config"
	"notturno/state/options"
	"notturno/themes"
	"notturno/ui/browse"
	"notturno/ui/find"
	"notturno/ui/form"
	"notturno/ui/home"
	"notturno/ui/part"
	"notturno/ui/prompt"
)

// Config is what the screen needs from the program.
type Config struct {
	Client        *api.Client
	Backend       string   // state.LocalBackend, or the service's host
	AgentBackend  string   // the same of the REST API, which runs the agents
	About         string   // one line about the backend, for the first screen
	Examples      []string // tasks to try
	MaxParallel   int      // how many runs go on at once; the others wait. 0 is 1
	ReducedMotion bool     // no spinner
	NoMouse       bool     // the mouse is the terminal's from the start
	SaveDir       string   // where files are saved
	ColorFGBG     string   // the environment variable, see themes.ForTerminal
	Multiplexer   Multiplexer
	// Theme is the theme to draw in; nil chooses one by the background.
	Theme *themes.Theme
	// OwnThemes reads the person's own themes, and says what is wrong with the
	// others.
	OwnThemes func() ([]*themes.Theme, []error)
	// Memory is what is remembered of the options of agents; nil remembers
	// nothing beyond the program.
	Memory *config.Memory
	// Options are those of an agent that the settings decide where nothing else
	// was chosen.
	Options options.Values
	// Problems with the settings, to be shown at the start.
	Problems []error
	Now      func() time.Time

	in, out *os.File // the terminal, for an editor; Run sets them
}

// App is the screen. Its methods are Bubble Tea's.
type App struct {
	look
	terminal

	config Config
	ctx    context.Context // of the runs; ends with the program
	// endRuns ends ctx, and with it what is watched and what was started here.
	endRuns context.CancelFunc
	// listening is of the commands that wait for the runs; it ends with the
	// screen.
	listening context.Context
	deafen    context.CancelFunc
	keys      *part.Keys
	w, h      int
	layout    layout
	home      *home.Home
	prompt    *prompt.Prompt
	agents    agents
	runs      runs
	focus     focus
	pane      focus       // the pane that shows where only one can
	dialog    part.Dialog // has the keyboard while it is open
	below     part.Dialog // comes back when that is closed; often nil
	find      *find.Bar   // has the keyboard too, in the place of the prompt

	feeds     sync.WaitGroup // of the runs that go on
	stops     stops
	clock     clock
	notice    notice
	leave     bool      // agents and sessions are left as they are at the end
	quitUntil time.Time // a second ctrl+c before this quits
}

// New is the screen before its first message. ctx ends all runs.
func New(ctx context.Context, c Config) *App {
	look := newLook(c)
	if c.Memory == nil {
		c.Memory, _ = config.LoadMemory("") // of nothing nothing goes wrong
	}
	ctx, endRuns := context.WithCancel(ctx)
	listening, deafen := context.WithCancel(ctx)
	return &App{
		config: c, ctx: ctx, endRuns: endRuns, listening: listening, deafen: deafen, keys: part.NewKeys(), pane: onTranscript,
		look: look, terminal: terminal{mouse: !c.NoMouse},
		runs: runs{current: -1, max: max(1, c.MaxParallel)},
		home: home.New(look.theme, c.About, c.Examples), prompt: prompt.New(look.theme),
		agents: newAgents(c.Memory, c.Options),
	}
}

// Init asks the terminal for its background; an answer may never come.
func (a *App) Init() tea.Cmd {
	a.home.SetNumbered(true)
	if err := errors.Join(a.config.Problems...); err != nil {
		a.say(err.Error())
	}
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
		cmd = a.paste(msg)
	case tea.MouseClickMsg:
		cmd = a.click(msg.Mouse())
	case tea.MouseWheelMsg:
		cmd = a.wheel(msg.Mouse())
	case arrivedMsg:
		cmd = a.arrived(msg)
	case tickMsg:
		a.tick()
	case convertedMsg:
		cmd = a.copy(msg.Copy)
	case saidMsg:
		a.say(msg.text)
	case editedMsg:
		a.edited(msg)
	case orderedMsg:
		cmd = a.ordered(msg)
	case stoppedMsg:
		cmd = a.stopped(msg)
	case browse.LoadedSessions, browse.LoadedAgents:
		cmd = a.toBrowse(msg)
	case form.Sessions, form.Edited, form.Checked:
		cmd = a.toForm(msg)
	case ownThemesMsg:
		a.chooseTheme(msg)
	default:
		a.learn(msg)
	}
	a.arrange()
	return a, tea.Batch(cmd, a.wind())
}

// learn takes in what the terminal tells about itself.
func (a *App) learn(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.BackgroundColorMsg:
		a.setBackground(msg.IsDark())
	case tea.KeyboardEnhancementsMsg:
		a.enhanced = msg.SupportsKeyDisambiguation()
	case tea.ModeReportMsg:
		a.countsClusters(msg)
	case tea.FocusMsg:
		a.unfocused = false
	case tea.BlurMsg:
		a.unfocused = true
	}
}

// arrived takes what a run has said. What one says that is not there any more
// is dropped, and when the program ends it is left to settle, which tells it.
func (a *App) arrived(msg arrivedMsg) tea.Cmd {
	t := a.runs.byID(msg.run)
	if t == nil || msg.over || a.ctx.Err() != nil {
		return nil
	}
	return a.fold(t, t.feed.Take())
}

// fold folds a batch into its run and waits for the next one.
func (a *App) fold(t *tab, arrivals []state.Arrival) tea.Cmd {
	was, task := t.going(), t.run.Task
	t.take(arrivals, a.config.Now())
	a.sayRefusals(arrivals)
	if t.run.Task != task { // of an agent that was started elsewhere
		t.replace(a.theme, a.mode, a.outcomeHints)
	}
	a.move()
	if was && t.ended() {
		return tea.Batch(t.next(a.listening), a.ended(t), a.advance())
	}
	return t.next(a.listening)
}

// ended gives the text back when the run never began, and calls the person
// back to a window that is not in front.
func (a *App) ended(t *tab) tea.Cmd {
	watched := t.run.Agent != nil && t.run.Agent.Attached
	if t.run.Events == 0 && t.run.Failure != nil && a.prompt.Empty() && !watched {
		a.prompt.SetText(t.run.Task)
		a.agents.refused = refusedOptions(t.run)
	}
	if a.unfocused && t.run.Elapsed(t.run.EndedAt) >= notifyAfter {
		return notify(t.run)
	}
	return nil
}

// show puts a run in view; -1 is the home pane. A word about what was there
// before goes.
func (a *App) show(i int) {
	a.closeFind()
	a.notice = notice{}
	a.runs.current = i
	if t := a.runs.tab(); t != nil {
		t.tick(a.config.Now())
	}
	a.home.SetNumbered(len(a.runs.tabs) == 0)
	a.setFocus(onPrompt)
	a.pane = onTranscript
}

// arrange gives every piece that shows its place.
func (a *App) arrange() {
	a.prompt.Limit(a.w, promptLimit(a.w, a.h))
	want := a.prompt.Want()
	if a.find != nil {
		want = 1
	}
	t := a.runs.tab()
	a.layout = arrange(a.w, a.h, want, t != nil, a.hideRail)
	a.refocus()
	l := a.layout
	a.prompt.Resize(l.w, l.prompt)
	a.home.Resize(l.w, l.body)
	if t != nil {
		t.resize(l)
	}
	a.arrangeFind(t)
	a.arrangeDialog()
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
