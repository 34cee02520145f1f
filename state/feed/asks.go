package feed

import (
	"context"
	"sync"
)

// asks are what is asked of the run of an agent: that the agent stops, and once
// more. The end of the program asks as well.
type asks struct {
	program context.Context

	mu       sync.Mutex
	asked    context.Context // ends when the agent shall stop
	insisted context.Context // ends when that was asked for once more
	ask      context.CancelFunc
	insist   context.CancelFunc
	twice    bool // it was, ever
}

func newAsks(program context.Context) *asks {
	a := &asks{program: program}
	a.again()
	return a
}

// cancel asks, or asks once more.
func (a *asks) cancel() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.asked.Err() == nil {
		a.ask()
		return
	}
	a.twice = true
	a.insist()
}

// now are the contexts that end with what is asked next.
func (a *asks) now() (asked, insisted context.Context) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.asked, a.insisted
}

// again takes back what was asked, because it was refused.
func (a *asks) again() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.ask != nil {
		a.ask()
		a.insist()
	}
	a.asked, a.ask = context.WithCancel(a.program)
	a.insisted, a.insist = context.WithCancel(context.WithoutCancel(a.program))
}

// wasTwice reports whether anybody has asked once more.
func (a *asks) wasTwice() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.twice
}

// close frees the contexts.
func (a *asks) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ask()
	a.insist()
}
