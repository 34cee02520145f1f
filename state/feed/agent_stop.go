package feed

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"notturno/api"
	"notturno/state"
)

// How long things may take after the person, or the program, wants to stop.
// The program ends within the first and the last together, and some patience:
// five seconds.
const (
	startWithin       = 10 * time.Second        // to learn what was started, while the program goes on
	stopAgentWithin   = 3 * time.Second         // to begin what was asked for before, or to see the agent's end
	graceWithin       = 500 * time.Millisecond  // to get an answer to the stop, for who has asked twice
	letGoWithin       = 500 * time.Millisecond  // for the watching to end when nobody wants to watch any more
	settleWithin      = 2 * time.Second         // for the watching to tell the end that a stop has confirmed
	stopSessionWithin = 10 * time.Second        // while the program goes on
	hurriedWithin     = 1500 * time.Millisecond // the same when it ends
)

// StopAgent asks an agent to stop, once, and waits until it has, or ctx ends.
// The change is for the run of that agent, if there is one.
func StopAgent(ctx context.Context, client *api.Client, agentID, sessionID string) state.AgentChange {
	_, err := client.StopAgent(ctx, agentID, sessionID)
	return stopNews(err)
}

// StopSession asks a session to stop, once, and with it the agent that is at
// work on it. The change is for the run of that session, if there is one.
func StopSession(ctx context.Context, client *api.Client, sessionID string) state.AgentChange {
	ctx, cancel := context.WithTimeout(ctx, stopSessionWithin)
	defer cancel()
	_, err := client.StopSession(ctx, sessionID)
	news := stopNews(err)
	return state.AgentChange{SessionStop: news.Stop, Why: news.Why}
}

// stopNews is what became of an agent that was asked to stop.
func stopNews(err error) state.AgentChange {
	switch {
	case err == nil:
		return state.AgentChange{Stop: state.StopConfirmed}
	case errors.Is(err, api.ErrNotConfirmed):
		return state.AgentChange{Stop: state.StopNotConfirmed, Why: api.Clean(err.Error())}
	}
	return state.AgentChange{Stop: state.StopRefused, Why: api.Clean(err.Error())}
}

// stopper stops an agent while it is watched.
type stopper struct {
	*agentSource
	feed           *Feed
	agent, session string

	asked atomic.Bool        // the agent is asked to stop, and has not refused
	leave context.CancelFunc // ends the watching
	over  chan struct{}      // closed when it has ended, or is not waited for any more
	ended context.Context    // is over when the agent has told its end itself
}

// run stops the agent when that is asked for. When the service refuses, the
// agent goes on, and so does the watching: it can be asked for again. It
// reports whether the watching has ended because of a stop.
func (s *stopper) run() bool {
	for attempt := 1; ; attempt++ {
		asked, insisted := s.asks.now()
		select {
		case <-asked.Done():
		case <-s.over:
		}
		if s.isOver() || s.left.Err() != nil {
			return false
		}
		s.asked.Store(true)
		s.feed.tell(state.AgentChange{Stop: state.StopAsked})
		news := s.ask(insisted)
		if news.Stop != state.StopRefused || s.isOver() || s.program.Err() != nil || s.left.Err() != nil {
			s.conclude(news)
			return news.Stop != state.StopRefused || s.program.Err() != nil
		}
		s.feed.tell(news)
		if s.own && (attempt > 1 || insisted.Err() != nil) && s.stopSession(s.feed, s.session) != state.StopRefused {
			s.conclude(state.AgentChange{})
			return true
		}
		s.asked.Store(false)
		s.asks.again()
	}
}

func (s *stopper) isOver() bool {
	select {
	case <-s.over:
		return true
	default:
		return false
	}
}

// ask asks the agent to stop, and waits for its end.
func (s *stopper) ask(insisted context.Context) state.AgentChange {
	patience, calm := outlive(s.program, stopAgentWithin)
	defer calm()
	grace, free := outlive(insisted, graceWithin)
	defer free()
	stopping, cancel := until(patience, grace, s.left, s.ended)
	defer cancel()
	news := StopAgent(stopping, s.client, s.agent, s.session)
	if news.Stop == state.StopConfirmed {
		s.settle(stopping)
	}
	return news
}

// settle lets the watching tell the end that was confirmed, for a moment.
func (s *stopper) settle(patience context.Context) {
	timer := time.NewTimer(settleWithin)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.over:
	case <-patience.Done():
	}
}

// conclude ends the watching and tells what became of the stop. The agent's own
// word that it has ended is worth more than the answer to the stop.
func (s *stopper) conclude(news state.AgentChange) {
	s.leave()
	<-s.over
	if s.ended.Err() != nil {
		news = state.AgentChange{Stop: state.StopConfirmed}
	}
	s.confirmed = news.Stop == state.StopConfirmed
	if news.Stop != state.StopNone {
		s.feed.tell(news)
	}
}

// stopSession stops the session of the run, and tells what became of it.
func (a *agentSource) stopSession(f *Feed, session string) state.Stop {
	f.tell(state.AgentChange{SessionStop: state.StopAsked})
	ctx, cancel := outlive(a.program, hurriedWithin)
	defer cancel()
	news := StopSession(ctx, a.client, session)
	a.sessionStop = news.SessionStop
	f.tell(news)
	return news.SessionStop
}
