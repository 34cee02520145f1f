package local

import (
	"slices"
	"sync"
)

// maxClosedAgents is how many agents are kept after their end.
const maxClosedAgents = 64

// agentRuns are the agents of the Agents API. They are kept in memory only and
// are safe for use by several goroutines.
type agentRuns struct {
	mu   sync.Mutex
	runs []*agentRun // the oldest first
}

// add keeps an agent, unless another one is active on its session: that one
// comes back then. A page can be in front of one agent only, and each active
// agent having a live session of its own bounds their number.
func (a *agentRuns) add(run *agentRun) (busy *agentRun) {
	a.mu.Lock()
	defer a.mu.Unlock()
	closed := 0
	for _, kept := range a.runs {
		switch {
		case !kept.active():
			closed++
		case kept.session == run.session:
			return kept
		}
	}
	// The oldest closed ones are forgotten when they are too many.
	a.runs = append(slices.DeleteFunc(a.runs, func(kept *agentRun) bool {
		forget := closed > maxClosedAgents && !kept.active()
		if forget {
			closed--
		}
		return forget
	}), run)
	return nil
}

// get is the agent of that id, or nil when there is none or it is forgotten.
func (a *agentRuns) get(id string) *agentRun {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, run := range a.runs {
		if run.id == id {
			return run
		}
	}
	return nil
}

// newest is the agent that began last on a session, or nil.
func (a *agentRuns) newest(sessionID string) *agentRun {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i := len(a.runs) - 1; i >= 0; i-- {
		if a.runs[i].session.id == sessionID {
			return a.runs[i]
		}
	}
	return nil
}

// list is the agents that want lets through, the newest first.
func (a *agentRuns) list(want func(agentResponse) bool) []agentResponse {
	a.mu.Lock()
	defer a.mu.Unlock()
	found := []agentResponse{}
	for i := len(a.runs) - 1; i >= 0; i-- {
		if shown := a.runs[i].response(); want(shown) {
			found = append(found, shown)
		}
	}
	return found
}
