package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/state"
	"notturno/ui/browse"
	"notturno/ui/part"
)

// listSize is how many sessions or agents are asked for at once.
const listSize = 50

// openBrowse shows the sessions and the agents of the service.
func (a *App) openBrowse() tea.Cmd {
	b := browse.New(a.theme, a.config.AgentBackend)
	b.Tick(a.config.Now())
	b.Mine(a.mine())
	a.open(b)
	return a.perform(b.Init())
}

// mine are the ids of the sessions and the agents of the runs here.
func (a *App) mine() (sessions, agents []string) {
	for _, t := range a.runs.tabs {
		if agent := t.run.Agent; agent != nil && !agent.Attached {
			sessions = append(sessions, string(agent.SessionID))
			agents = append(agents, string(agent.ID))
		}
	}
	return sessions, agents
}

// list asks the service for a page of a list.
func (a *App) list(intent part.List) tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(a.ctx, askWithin)
		defer cancel()
		active := !intent.All
		if intent.Agents {
			page, err := a.config.Client.Agents(ctx, api.AgentFilter{Page: intent.Page, PageSize: listSize, OnlyActive: &active})
			return browse.LoadedAgents{Asked: intent, Page: page, Err: err}
		}
		page, err := a.config.Client.Sessions(ctx, api.SessionFilter{Page: intent.Page, PageSize: listSize, OnlyActive: &active})
		return browse.LoadedSessions{Asked: intent, Page: page, Err: err}
	}
}

// toBrowse hands a message to the lists, if they are open.
func (a *App) toBrowse(msg tea.Msg) tea.Cmd {
	if b, ok := a.dialog.(*browse.Browse); ok {
		return a.tell(b, msg)
	}
	return nil
}

// stopSession stops the session of the run in view, and with it the agent that
// is at work on it.
func (a *App) stopSession(t *tab) tea.Cmd {
	agent := t.run.Agent
	switch {
	case agent == nil:
		a.say("the id of this session is not known: it ends with its run")
	case agent.SessionID == "":
		a.say("there is no session yet")
	case agent.SessionStop == state.StopAsked || agent.SessionStop == state.StopConfirmed:
		a.say("session " + agent.SessionID.Line() + ": the stop is " + agent.SessionStop.String())
	default:
		now := a.config.Now()
		t.take([]state.Arrival{{At: now, Agent: &state.AgentChange{SessionStop: state.StopAsked}}}, now)
		return a.endSession(string(agent.SessionID))
	}
	return nil
}
