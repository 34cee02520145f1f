package ui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"notturno/state"
	"notturno/state/config"
	"notturno/state/feed"
	"notturno/state/options"
	"notturno/themes"
	"notturno/ui/part"
)

// agents is what the person has chosen for tasks that are given to an agent.
type agents struct {
	on       bool           // tasks are for an agent, not for the Anything API
	options  options.Values // what was chosen
	settings options.Values // for what was not
	// refused are the options that were not accepted, with the reasons, until
	// the next task is sent.
	refused map[string]string
}

// newAgents is what was chosen the last time, but for the session: they do not
// last.
func newAgents(memory *config.Memory, settings options.Values) agents {
	mode, last := memory.Last()
	a := agents{on: mode == config.Agent, settings: settings}
	a.choose(last)
	delete(a.options, options.SessionID)
	return a
}

// choose takes over what was chosen. What is as the settings have it goes on
// following them.
func (a *agents) choose(chosen options.Values) {
	a.options = options.Values{}
	for name, value := range chosen {
		if value != a.settings[name] {
			a.options[name] = value
		}
	}
}

// inUse are the options as an agent gets them.
func (a *agents) inUse() options.Values { return a.options.Or(a.settings) }

// optionsStay is what a queued task that is being edited does not change.
const optionsStay = "a queued task keeps its mode and its options: drop it and start another to change them"

// switchMode gives the next task to an agent, or to the Anything API.
func (a *App) switchMode() tea.Cmd {
	if a.runs.editing != "" {
		a.say(optionsStay)
		return nil
	}
	a.agents.on = !a.agents.on
	if a.agents.on {
		a.say("tasks go to an agent on a browser session · " + a.keys.Label(part.Options) + " chooses its options")
	} else {
		a.say("tasks go to the Anything API")
	}
	return a.remember()
}

// modeWords say who gets the next task, the most important first.
func (a *App) modeWords() []string {
	key := func(action part.Action, short string) string {
		return themes.Paint(a.theme.Accent, a.keys.Label(action)) + " " + themes.Paint(a.theme.Muted, short)
	}
	if t := a.runs.byID(a.runs.editing); t != nil {
		return []string{themes.Bold(a.theme.Text, t.summary())}
	}
	if !a.agents.on {
		return []string{themes.Bold(a.theme.Text, "automate"), key(part.SwitchMode, "agent")}
	}
	words := strings.Split(a.agents.inUse().Summary(), " · ")
	words[0] = themes.Bold(a.theme.Text, words[0])
	if len(a.agents.refused) > 0 {
		words = append(words, themes.Paint(a.theme.Error, "✗ "+part.Count(len(a.agents.refused), "option")+" not accepted"))
	}
	return append(words, key(part.Options, "options"), key(part.SwitchMode, "automate"))
}

// remember keeps the mode and the options for the next start of the program.
func (a *App) remember() tea.Cmd {
	mode := config.Automate
	if a.agents.on {
		mode = config.Agent
	}
	a.config.Memory.Remember(mode, a.agents.options)
	return a.saveMemory
}

// saveMemory writes what was remembered.
func (a *App) saveMemory() tea.Msg {
	if err := a.config.Memory.Save(); err != nil {
		return saidMsg{text: err.Error()}
	}
	return nil
}

// orderedMsg is what an agent shall do, or which options are no good.
type orderedMsg struct {
	chosen options.Values
	task   string
	order  state.AgentOrder
	err    error
}

// submitAgent gives a task to an agent. The options may name files, which are
// read first.
func (a *App) submitAgent(task string) tea.Cmd {
	chosen := a.agents.inUse()
	return func() tea.Msg {
		order, err := chosen.Order(task)
		return orderedMsg{chosen: chosen, task: task, order: order, err: err}
	}
}

// ordered starts the agent, or shows which option it cannot be started with.
func (a *App) ordered(msg orderedMsg) tea.Cmd {
	if msg.err != nil {
		a.agents.refused = options.Errors(msg.err)
		if a.prompt.Empty() {
			a.prompt.SetText(msg.task)
		} else {
			a.say("the task was not sent: up in the prompt brings it back")
		}
		return a.openOptions()
	}
	a.agents.refused = nil
	run := state.NewAgent(a.nextID(), a.config.AgentBackend, msg.order, a.config.Now())
	t := a.newTab(run, func(ctx context.Context, task string) *feed.Feed {
		msg.order.Request.Task = task // it may have been edited in the queue
		return feed.StartAgent(ctx, a.config.Client, msg.order)
	})
	t.options = msg.chosen
	return a.enqueue(t)
}

// watch watches an agent that was started elsewhere. It costs nothing, so it
// waits for no place.
func (a *App) watch(intent part.Watch) tea.Cmd {
	a.dialog = nil
	for i, t := range a.runs.tabs {
		if t.run.Agent != nil && string(t.run.Agent.ID) == intent.Agent && !t.ended() {
			a.show(i)
			return nil
		}
	}
	run := state.NewWatch(a.nextID(), a.config.AgentBackend, intent.Agent, intent.Session, "", a.config.Now())
	t := a.newTab(run, func(ctx context.Context, _ string) *feed.Feed {
		return feed.WatchAgent(ctx, a.config.Client, intent.Agent, intent.Session)
	})
	a.runs.tabs = append(a.runs.tabs, t)
	a.show(len(a.runs.tabs) - 1)
	return a.send(t)
}

// useSession gives the next task to an agent on an open session.
func (a *App) useSession(id string) {
	a.dialog = nil
	a.agents.on = true
	a.agents.options[options.SessionID] = id
	a.setFocus(onPrompt)
	a.say("type a task: an agent does it on this session")
}

// runAgain puts the task of a run back into the prompt, with the mode and the
// options that it had. After a failure the options that are worth changing
// show.
func (a *App) runAgain(t *tab) tea.Cmd {
	if !a.prompt.Empty() {
		a.say("the prompt is not empty: ctrl+c clears it")
		return nil
	}
	a.prompt.SetText(t.run.Task)
	a.setFocus(onPrompt)
	a.agents.on = t.run.Agent != nil
	if t.options == nil {
		a.say("enter starts it again; it may cost again")
		return nil
	}
	a.agents.choose(t.options)
	a.agents.refused = refusedOptions(t.run)
	if worth := worthChanging(t.run); worth != "" {
		return a.openOptionsAt(worth)
	}
	a.say("enter starts it again; it may cost again")
	return nil
}

// refusedOptions are the options that a run has ended for, with the reasons.
func refusedOptions(run *state.Run) map[string]string {
	if run.Failure == nil {
		return nil
	}
	refused := options.Refused(run.Failure.Fields, run.Failure.OfSession)
	delete(refused, "") // the task, or nothing that can be chosen
	if run.StepLimit() {
		refused[options.MaxSteps] = "the agent has used them all: allow more, or make the task smaller"
	}
	return refused
}

// worthChanging is the first option that is worth changing before a run is
// started again, or empty.
func worthChanging(run *state.Run) string {
	if run.Failure == nil {
		return ""
	}
	for _, field := range run.Failure.Options() {
		if name := options.FieldOf(field, run.Failure.OfSession); name != "" {
			return name
		}
	}
	return ""
}

// sayRefusals says why an agent or a session was not stopped: their state says
// that it was refused, and has no room for the reason.
func (a *App) sayRefusals(arrivals []state.Arrival) {
	for _, arrival := range arrivals {
		switch change := arrival.Agent; {
		case change == nil:
		case change.Stop == state.StopRefused:
			a.say("the agent was not stopped, and goes on: " + change.Why.Line())
		case change.SessionStop == state.StopRefused:
			a.say("the session was not stopped: " + change.Why.Line())
		}
	}
}

// keptOpen reports whether a run has ended and its session may be open.
func keptOpen(run *state.Run) bool {
	left := run.Left()
	return run.Closed && left.Agent == "" && left.Session != "" && run.Agent.SessionStop == state.StopNone
}
