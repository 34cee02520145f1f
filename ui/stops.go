package ui

import (
	"context"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/state"
	"notturno/state/feed"
	"notturno/ui/browse"
	"notturno/ui/part"
)

// stoppedMsg is what became of an agent or a session that was asked to stop
// from a list, or by a key after its run had ended.
type stoppedMsg struct {
	agent   string // empty when a session was asked
	session string
	change  state.AgentChange
}

// what names what was asked to stop.
func (m stoppedMsg) what() string {
	if m.agent != "" {
		return "agent " + m.agent
	}
	return "session " + m.session
}

// words tell how the stop stands.
func (m stoppedMsg) words() string {
	stop := m.change.SessionStop
	if m.agent != "" {
		stop = m.change.Stop
	}
	words := m.what() + ": the stop is " + stop.String()
	if stop == state.StopConfirmed {
		words = m.what() + " was stopped: confirmed"
	}
	if why := m.change.Why; why != "" {
		words += " (" + why.Line() + ")"
	}
	return words
}

// isOf reports whether it is about an agent of a run, or its session.
func (m stoppedMsg) isOf(agent *state.Agent) bool {
	if m.agent != "" {
		return string(agent.ID) == m.agent
	}
	return string(agent.SessionID) == m.session
}

// stops are those that were asked for by a key and have no answer yet. They
// outlive the screen: what was asked is told.
type stops struct{ pending []*pendingStop }

type pendingStop struct {
	msg  stoppedMsg
	done chan struct{} // closed when msg has the answer
}

// ask asks in a command of its own.
func (s *stops) ask(of stoppedMsg, ask func() state.AgentChange) tea.Cmd {
	p := &pendingStop{msg: of, done: make(chan struct{})}
	s.pending = append(s.pending, p)
	return func() tea.Msg {
		defer close(p.done)
		p.msg.change = ask()
		return p.msg
	}
}

// answered forgets the stops that have their answer.
func (s *stops) answered() {
	var pending []*pendingStop
	for _, p := range s.pending {
		select {
		case <-p.done:
		default:
			pending = append(pending, p)
		}
	}
	s.pending = pending
}

// settle waits for the answers, and tells them.
func (s *stops) settle(ctx context.Context, out io.Writer) {
	for _, p := range s.pending {
		select {
		case <-p.done:
			_, _ = fmt.Fprintln(out, api.Clean(p.msg.words()).Line())
		case <-ctx.Done():
			_, _ = fmt.Fprintln(out, api.Clean(p.msg.what()).Line()+" was asked to stop: not confirmed; it may be going on, and may be billed")
		}
	}
}

func (a *App) endSession(id string) tea.Cmd {
	return a.stops.ask(stoppedMsg{session: id}, func() state.AgentChange {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(a.ctx), askWithin)
		defer cancel()
		return feed.StopSession(ctx, a.config.Client, id)
	})
}

func (a *App) endAgent(intent part.EndAgent) tea.Cmd {
	return a.stops.ask(stoppedMsg{agent: intent.Agent, session: intent.Session}, func() state.AgentChange {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(a.ctx), askWithin)
		defer cancel()
		return feed.StopAgent(ctx, a.config.Client, intent.Agent, intent.Session)
	})
}

// stopped tells the list, and the run that is about it.
func (a *App) stopped(msg stoppedMsg) tea.Cmd {
	a.stops.answered()
	now := a.config.Now()
	for _, t := range a.runs.tabs {
		if agent := t.run.Agent; agent != nil && msg.isOf(agent) {
			t.take([]state.Arrival{{At: now, Agent: &msg.change}}, now)
		}
	}
	if b, ok := a.dialog.(*browse.Browse); ok {
		stop := msg.change.SessionStop
		if msg.agent != "" {
			stop = msg.change.Stop
		}
		return a.tell(b, browse.Stopped{Agent: msg.agent, Session: msg.session, Stop: stop, Why: msg.change.Why})
	}
	a.say(msg.words())
	return nil
}
