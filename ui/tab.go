package ui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/state"
	"notturno/state/feed"
	"notturno/state/options"
	"notturno/themes"
	"notturno/ui/agent"
	"notturno/ui/links"
	"notturno/ui/part"
	"notturno/ui/timeline"
	"notturno/ui/transcript"
)

// tab is one run on the screen: the run, where it comes from, and its panes.
type tab struct {
	run        *state.Run
	begin      start
	feed       *feed.Feed     // nil while the run is queued
	options    options.Values // of an agent that was started here, else nil
	transcript *transcript.Transcript
	agent      *agent.Agent // nil for an automation
	timeline   *timeline.Timeline
	links      *links.Links
}

// start sends a task, once, and feeds what comes back.
type start func(ctx context.Context, task string) *feed.Feed

func newTab(run *state.Run, begin start, theme *themes.Theme, mode transcript.Mode, hints transcript.Hints) *tab {
	t := &tab{run: run, begin: begin, timeline: timeline.New(run, theme), links: links.New(run, theme)}
	if run.Agent != nil {
		t.agent = agent.New(run, theme)
	}
	t.replace(theme, mode, hints)
	return t
}

// replace tells the run anew, because its task has changed.
func (t *tab) replace(theme *themes.Theme, mode transcript.Mode, hints transcript.Hints) {
	t.transcript = transcript.New(t.run, theme, hints)
	t.transcript.SetMode(mode)
}

// arrivedMsg says that a run has said something, or that nothing more will
// come. It does not hold what was said: a message of a screen that has ended is
// lost.
type arrivedMsg struct {
	run  string
	over bool
}

// next waits for the next batch. There is one such command per run at a time.
func (t *tab) next(ctx context.Context) tea.Cmd {
	return func() tea.Msg {
		return arrivedMsg{run: t.run.ID, over: !t.feed.Wait(ctx)}
	}
}

// take folds a batch into the run and tells the panes.
func (t *tab) take(arrivals []state.Arrival, now time.Time) {
	t.run.Apply(arrivals)
	if structural(arrivals) {
		t.sync(now)
		return
	}
	t.transcript.Sync()
}

// sync tells all panes that the run has changed.
func (t *tab) sync(now time.Time) {
	t.transcript.Sync()
	t.timeline.Sync(now)
	t.links.Sync()
	t.links.Tick(now)
	if t.agent != nil {
		t.agent.Sync()
		t.agent.Tick(now)
	}
}

// tick moves what shows time on.
func (t *tab) tick(now time.Time) {
	t.timeline.Sync(now)
	t.links.Tick(now)
	if t.agent != nil {
		t.agent.Tick(now)
	}
}

// structural reports whether a batch holds more than text, which is all that
// most batches hold.
func structural(arrivals []state.Arrival) bool {
	for _, a := range arrivals {
		if a.Agent != nil {
			return true
		}
		switch a.Event.Data.(type) {
		case api.TextDelta, api.ThinkingDelta, api.Comment:
		default:
			return true
		}
	}
	return false
}

// cancel closes the stream of an automation, and what arrives late is dropped.
// An agent is asked to stop, and goes on until it has; asked once more, its
// session is stopped too.
func (t *tab) cancel(now time.Time) {
	t.run.Cancel(now)
	if t.feed != nil {
		t.feed.Cancel()
	}
	t.sync(now)
}

func (t *tab) ended() bool  { return t.run.Phase.Ended() }
func (t *tab) queued() bool { return t.run.Phase == state.Queued }
func (t *tab) going() bool  { return !t.queued() && !t.ended() }

// summary is who got the task, on one line.
func (t *tab) summary() string {
	if t.run.Agent == nil {
		return "automate"
	}
	return t.options.Summary()
}

// counting reports whether a clock of its session is moving, also after its
// end.
func (t *tab) counting() bool { return t.agent != nil && t.agent.Counting() }

// working reports whether a run that was started here goes on. One that is
// only watched costs no place.
func (t *tab) working() bool { return t.going() && (t.run.Agent == nil || !t.run.Agent.Attached) }

// found reports whether places that were found are marked.
func (t *tab) found() bool {
	_, n := t.transcript.Matches()
	return n > 0
}

// panes are the pieces in the order of the tab key.
func (t *tab) panes() []part.Part {
	return []part.Part{t.transcript, t.timeline, t.links}
}

// pane is the piece that has a focus other than the prompt.
func (t *tab) pane(f focus) part.Part { return t.panes()[f-onTranscript] }

func (t *tab) setTheme(theme *themes.Theme) {
	t.transcript.SetTheme(theme)
	t.timeline.SetTheme(theme)
	t.links.SetTheme(theme)
	if t.agent != nil {
		t.agent.SetTheme(theme)
	}
}

// setFocus tells the panes which of them has the keyboard.
func (t *tab) setFocus(f focus) {
	t.transcript.Focus(f == onTranscript)
	t.timeline.Focus(f == onTimeline)
	t.links.Focus(f == onLinks)
}

// resize gives the panes their places: in a rail below each other, otherwise
// each the whole body. Where the agent stands is above the timeline and the
// links.
func (t *tab) resize(l layout) {
	t.transcript.Resize(l.main, l.body)
	w, h := l.rail, l.body
	if l.rail == 0 {
		w = l.main
	}
	if t.agent != nil {
		above := min(t.agent.Want(), l.body/3)
		t.agent.Resize(w, above)
		h -= above
	}
	if l.rail == 0 {
		t.timeline.Resize(w, h)
		t.links.Resize(w, h)
		return
	}
	want := min(t.links.Want(), h/2)
	t.links.Resize(w, want)
	t.timeline.Resize(w, h-want)
}

// agentRows say where the agent stands; none for an automation.
func (t *tab) agentRows() []string {
	if t.agent == nil {
		return nil
	}
	return t.agent.Rows()
}

// alone are the rows of a pane that has no neighbour.
func (t *tab) alone(f focus) []string {
	if f == onTranscript {
		return t.transcript.Rows()
	}
	return slices.Concat(t.agentRows(), t.pane(f).Rows())
}

// railRows are the panes of the rail below each other.
func (t *tab) railRows() []string {
	return slices.Concat(t.agentRows(), t.timeline.Rows(), t.links.Rows())
}
