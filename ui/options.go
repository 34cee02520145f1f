package ui

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/state/options"
	"notturno/ui/form"
	"notturno/ui/part"
)

// openOptions shows the options of the agent, with what was not accepted at
// its fields, and asks for the sessions that an agent could work on.
func (a *App) openOptions() tea.Cmd { return a.openOptionsAt("") }

// openOptionsAt does so with the keyboard on a field; empty is the first that
// was not accepted, if there is one.
func (a *App) openOptionsAt(field string) tea.Cmd {
	if a.runs.editing != "" {
		a.say(optionsStay)
		return nil
	}
	a.open(form.New(a.theme, form.Config{
		Values: a.agents.inUse(), Presets: a.presets(), Errors: a.agents.refused, Focus: field,
	}))
	return a.openSessions()
}

func (a *App) presets() []form.Preset {
	var presets []form.Preset
	for _, p := range a.config.Memory.Presets() {
		presets = append(presets, form.Preset(p))
	}
	return presets
}

// useOptions takes what was chosen.
func (a *App) useOptions(chosen options.Values) tea.Cmd {
	a.dialog = nil
	a.agents.on = true
	a.agents.choose(chosen)
	a.agents.refused = nil
	a.setFocus(onPrompt)
	return a.remember()
}

func (a *App) keepPreset(intent part.KeepPreset) tea.Cmd {
	if err := a.config.Memory.Keep(intent.Name, intent.Values); err != nil {
		a.say(fmt.Sprintf("failed to save the preset %q: %v", intent.Name, err))
		return nil
	}
	a.say(fmt.Sprintf("saved the preset %q", intent.Name))
	return a.saveMemory
}

func (a *App) forgetPreset(name string) tea.Cmd {
	a.config.Memory.Forget(name)
	a.say(fmt.Sprintf("deleted the preset %q", name))
	return a.saveMemory
}

// maxOffered is how many open sessions the options offer.
const maxOffered = 50

// askWithin is how long a list or a stop may take, retries included.
const askWithin = 30 * time.Second

// openSessions asks for the sessions that an agent could work on.
func (a *App) openSessions() tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(a.ctx, askWithin)
		defer cancel()
		page, err := a.config.Client.Sessions(ctx, api.SessionFilter{OnlyActive: new(true), PageSize: maxOffered})
		if err != nil {
			return form.Sessions{Err: api.Clean(err.Error()).Line()}
		}
		var offered form.Sessions
		for _, s := range page.Items {
			if s.Open() && (s.SystemHidden == nil || !*s.SystemHidden) {
				offered.Open = append(offered.Open, form.Session{ID: string(s.SessionID), Label: sessionLabel(s)})
			}
		}
		return offered
	}
}

// sessionLabel says which session it is, beside its id.
func sessionLabel(s api.Session) string {
	label := s.Status.Line()
	if !s.CreatedAt.IsZero() {
		label += " since " + s.CreatedAt.Local().Format("15:04")
	}
	return label
}

// toForm hands a message to the options, if they are open.
func (a *App) toForm(msg tea.Msg) tea.Cmd {
	if f, ok := a.dialog.(*form.Form); ok {
		return a.tell(f, msg)
	}
	return nil
}
