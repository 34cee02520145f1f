package ui

import (
	"context"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"notturno/state"
	"notturno/state/feed"
	"notturno/ui/part"
)

// submit takes a task from the prompt: it starts a run, or queues one where
// enough go on, or is the new task of the queued run that is being edited.
func (a *App) submit(task string) tea.Cmd {
	if t := a.runs.byID(a.runs.editing); t != nil {
		a.leaveEditing()
		if t.queued() {
			t.run.Rewrite(task)
			t.replace(a.theme, a.mode, a.outcomeHints)
			a.show(a.runs.index(t.run.ID))
			return a.advance()
		}
	}
	if a.agents.on {
		return a.submitAgent(task)
	}
	run := state.New(a.nextID(), a.config.Backend, task, a.config.Now())
	return a.enqueue(a.newTab(run, func(ctx context.Context, task string) *feed.Feed {
		return feed.Start(ctx, a.config.Client, task)
	}))
}

// nextID is the id of the next run.
func (a *App) nextID() string {
	a.runs.started++
	return strconv.Itoa(a.runs.started)
}

func (a *App) newTab(run *state.Run, begin start) *tab {
	return newTab(run, begin, a.theme, a.mode, a.outcomeHints)
}

// enqueue shows a new run and sends it when there is a place for it.
func (a *App) enqueue(t *tab) tea.Cmd {
	a.runs.tabs = append(a.runs.tabs, t)
	a.show(len(a.runs.tabs) - 1)
	cmd := a.advance()
	if t.queued() {
		a.say(fmt.Sprintf("queued: %s at once · %s shows the queue", part.Count(a.runs.max, "run"), a.keys.Label(part.Board)))
	}
	return cmd
}

// advance sends queued runs while there are free places. Each is sent once, and
// none while the person is asked whether to quit: what the question says holds.
func (a *App) advance() tea.Cmd {
	if a.asksToQuit() {
		return nil
	}
	var cmds []tea.Cmd
	for t := a.runs.nextQueued(); t != nil; t = a.runs.nextQueued() {
		cmds = append(cmds, a.send(t))
	}
	return tea.Batch(cmds...)
}

// send begins a run.
func (a *App) send(t *tab) tea.Cmd {
	t.run.Connect(a.config.Now())
	t.feed = t.begin(a.ctx, t.run.Task)
	t.sync(a.config.Now())
	a.feeds.Go(func() { <-t.feed.Ended() })
	return t.next(a.listening)
}

// cancel ends a run because the person asked for it; its place is free then.
// An agent is only asked to stop: its run ends when it has.
func (a *App) cancel(t *tab) tea.Cmd {
	if t == nil || t.ended() {
		return nil
	}
	if !t.run.CanCancel() {
		a.say("it is being stopped already · " + a.keys.Label(part.QuitNow) + " quits")
		return nil
	}
	t.cancel(a.config.Now())
	a.notice = notice{} // the state says it
	if t.run.ID == a.runs.editing {
		a.leaveEditing()
	}
	return a.advance()
}

// cancelAll cancels what goes on and what waits.
func (a *App) cancelAll() {
	cancelled, asked := 0, 0
	for _, t := range a.runs.tabs {
		if !t.run.CanCancel() {
			continue
		}
		t.cancel(a.config.Now())
		if t.ended() {
			cancelled++
		} else {
			asked++
		}
	}
	a.leaveEditing()
	words := "cancelled " + part.Count(cancelled, "run")
	if asked > 0 {
		words = "asked " + part.Count(asked, "agent") + " to stop"
		if cancelled > 0 {
			words += ", and cancelled " + part.Count(cancelled, "run")
		}
	}
	a.say(words)
}

// rewrite puts the task of a queued run into the prompt. While it is there the
// run is not sent.
func (a *App) rewrite(id string) {
	t := a.runs.byID(id)
	switch {
	case t == nil || !t.queued():
		a.say("only a queued run can be edited: this one has been sent")
	case !a.prompt.Empty():
		a.say("the prompt is not empty: ctrl+c clears it")
	default:
		a.dialog = nil
		a.show(a.runs.index(id))
		a.runs.editing = id
		a.prompt.SetText(t.run.Task)
		a.prompt.SetHint("editing a queued task · enter keeps it · esc leaves it as it was")
	}
}

// leaveEditing lets go of the queued run whose task is in the prompt.
func (a *App) leaveEditing() {
	if a.runs.editing != "" {
		a.runs.editing = ""
		a.prompt.SetHint("")
	}
}
