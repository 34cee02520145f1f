package feed

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"time"

	"notturno/api"
	"notturno/state"
)

// How long things may take after the person, or the program, wants to stop.
// The program ends within the first and the last together: five seconds.
const (
	stopAgentWithin   = 3 * time.Second  // to begin what was asked for before, or to see the agent's end
	settleWithin      = 2 * time.Second  // for the watching to tell the end that a stop has confirmed
	stopSessionWithin = 10 * time.Second // while the program goes on
	hurriedWithin     = 2 * time.Second  // the same when it ends
)

// StartAgent starts a session, if the order names none, and an agent on it,
// each with one request, and tells what the agent does until it has ended. It
// does not block. After the agent's end its session is stopped, unless it was
// there before or is to be kept.
//
// Cancel asks the agent to stop, which it does after the action in progress;
// Cancel once more waits no longer and stops the session, if it is the run's
// own. The end of ctx does both, within five seconds: whoever ends it goes on
// to take what arrives, up to the End. What was asked and what was confirmed
// arrives as state.AgentChange. When the agent only cannot be watched any more,
// nothing is stopped.
func StartAgent(ctx context.Context, client *api.Client, order state.AgentOrder) *Feed {
	asked, ask := context.WithCancel(ctx)
	patience, giveUp := outlive(ctx, stopAgentWithin)
	a := &agentSource{client: client, order: order, program: ctx, asked: asked, patience: patience}
	return follow(source{
		stop: func() {
			if asked.Err() != nil {
				giveUp()
			}
			ask()
		},
		read: func(f *Feed) error {
			defer ask()
			defer giveUp()
			return a.read(f)
		},
	})
}

// agentSource is one run of an agent.
type agentSource struct {
	client  *api.Client
	order   state.AgentOrder
	program context.Context // ends when the program does
	asked   context.Context // ends when the agent shall stop
	// patience ends when its stop is not waited for any longer.
	patience context.Context
}

func (a *agentSource) read(f *Feed) error {
	session, own := a.order.Request.SessionID, false
	if session == "" {
		var err error
		if session, err = a.startSession(f); err != nil {
			return err
		}
		own = true
	}
	started, err := a.runAgent(f, session)
	if own && !a.order.KeepSession && !a.outOfSight(started, err) {
		a.stopSession(f, session)
	}
	return err
}

// outOfSight reports whether a started agent may be at work although its run
// is over here.
func (a *agentSource) outOfSight(started bool, err error) bool {
	var answer *api.Error
	gone := errors.As(err, &answer) && answer.Status == http.StatusNotFound
	return started && err != nil && !gone && a.asked.Err() == nil
}

// startSession starts a session. When somebody wants to stop meanwhile, its
// answer is waited for a little, for without it the session cannot be stopped.
func (a *agentSource) startSession(f *Feed) (string, error) {
	if err := a.asked.Err(); err != nil {
		return "", err
	}
	ctx, cancel := outlive(a.asked, stopAgentWithin)
	defer cancel()
	session, err := a.client.StartSession(ctx, a.order.Session)
	if err != nil {
		return "", err
	}
	if session.SessionID == "" {
		return "", errors.New("the service started a session and did not say which: look for it in the Notte console")
	}
	f.tell(state.AgentChange{SessionID: session.SessionID})
	return string(session.SessionID), nil
}

// runAgent starts the agent and watches it to its end.
func (a *agentSource) runAgent(f *Feed, session string) (started bool, err error) {
	if err := a.asked.Err(); err != nil {
		return false, err
	}
	ctx, cancel := outlive(a.asked, stopAgentWithin)
	defer cancel()
	request := a.order.Request
	request.SessionID = session
	agent, err := a.client.StartAgent(ctx, request)
	if err != nil {
		return false, err
	}
	if agent.AgentID == "" {
		return false, errors.New("the service started an agent and did not say which: look for it in the Notte console")
	}
	f.tell(state.AgentChange{AgentID: agent.AgentID})
	return true, a.watch(f, string(agent.AgentID), session)
}

// watch tells what the agent does, and stops it when it shall stop.
func (a *agentSource) watch(f *Feed, agent, session string) error {
	watching, leave := context.WithCancel(context.WithoutCancel(a.asked))
	defer leave()
	stopping, enough := context.WithCancel(a.patience)
	defer enough()
	var asked atomic.Bool
	stopped := make(chan error, 1)
	nobody := context.AfterFunc(a.asked, func() {
		asked.Store(true)
		f.tell(state.AgentChange{Stop: state.StopAsked})
		_, err := a.client.StopAgent(stopping, agent, session)
		stopped <- err
		if err == nil {
			settle(watching, a.patience)
		}
		leave()
	})
	err := f.take(watching, a.client.WatchAgent(watching, api.AgentWatch{
		AgentID: agent, SessionID: session, MaxSteps: a.order.MaxSteps(), Stopping: asked.Load,
	}))
	if nobody() {
		return err
	}
	ended := err == nil
	if ended {
		enough()
	}
	f.tell(stopNews(ended, <-stopped))
	if ended {
		return nil
	}
	return context.Canceled
}

// settle waits for the end of the watching, for a moment.
func settle(watching, patience context.Context) {
	timer := time.NewTimer(settleWithin)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-watching.Done():
	case <-patience.Done():
	}
}

// stopNews is what became of the agent that was asked to stop. Its own word
// that it has ended is worth more than the answer to the stop.
func stopNews(ended bool, err error) state.AgentChange {
	switch {
	case ended || err == nil:
		return state.AgentChange{Stop: state.StopConfirmed}
	case errors.Is(err, api.ErrNotConfirmed):
		return state.AgentChange{Stop: state.StopNotConfirmed, Why: api.Clean(err.Error())}
	}
	return state.AgentChange{Stop: state.StopRefused, Why: api.Clean(err.Error())}
}

func (a *agentSource) stopSession(f *Feed, session string) {
	f.tell(state.AgentChange{SessionStop: state.StopAsked})
	ctx, cancel := outlive(a.program, hurriedWithin)
	defer cancel()
	ctx, late := context.WithTimeout(ctx, stopSessionWithin)
	defer late()
	_, err := a.client.StopSession(ctx, session)
	news := stopNews(false, err)
	f.tell(state.AgentChange{SessionStop: news.Stop, Why: news.Why})
}

// outlive is a context that ends some time after ctx has.
func outlive(ctx context.Context, by time.Duration) (context.Context, context.CancelFunc) {
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	nobody := context.AfterFunc(ctx, func() {
		timer := time.NewTimer(by)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel()
		case <-late.Done():
		}
	})
	return late, func() {
		nobody()
		cancel()
	}
}
