package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/ui/browse"
)

// The spinner's clock: one for the whole screen, stopped while nothing moves.
const (
	frameTime     = 120 * time.Millisecond
	slowFrameTime = time.Second // with reduced motion: only the seconds move
	noticeTime    = 4 * time.Second
)

// clock is the spinner's. It moves once between two ticks: with the first batch
// that comes, which has the screen painted anyway, else with the tick.
type clock struct {
	ticking bool
	moved   bool
	frame   int
}

type tickMsg struct{}

// notice is a short word in the footer.
type notice struct {
	text  string
	until time.Time
}

// saidMsg is the outcome of a command, for the footer.
type saidMsg struct{ text string }

// say shows a word in the footer. It may hold text from outside, such as that
// of an error.
func (a *App) say(text string) {
	a.notice = notice{text: api.Clean(text).Line(), until: a.config.Now().Add(noticeTime)}
}

func (a *App) tick() {
	a.clock.ticking = false
	a.move()
	a.clock.moved = false
}

// move moves the spinner and whatever shows time.
func (a *App) move() {
	if a.clock.moved {
		return
	}
	now := a.config.Now()
	a.clock.moved = true
	a.clock.frame++
	if a.notice.text != "" && now.After(a.notice.until) {
		a.notice = notice{}
	}
	if t := a.runs.tab(); t != nil && (t.going() || t.counting()) {
		t.tick(now)
	}
	a.syncBoard()
	if b, ok := a.dialog.(*browse.Browse); ok {
		b.Mine(a.mine())
		b.Tick(now)
	}
}

// countsDown reports whether a clock of a session shows.
func (a *App) countsDown() bool {
	if _, lists := a.dialog.(*browse.Browse); lists {
		return true
	}
	t := a.runs.tab()
	return t != nil && t.counting()
}

// wind keeps the clock going while something moves.
func (a *App) wind() tea.Cmd {
	spins := a.runs.going() > 0 || a.notice.text != ""
	if a.clock.ticking || (!spins && !a.countsDown()) {
		return nil
	}
	a.clock.ticking = true
	every := frameTime
	if a.config.ReducedMotion || !spins {
		every = slowFrameTime
	}
	return tea.Tick(every, func(time.Time) tea.Msg { return tickMsg{} })
}

// spinner is the moving glyph of what goes on.
func (a *App) spinner() string {
	if a.config.ReducedMotion {
		return "●"
	}
	frames := []rune("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
	return string(frames[a.clock.frame%len(frames)])
}
