package local

import (
	"context"
	"errors"
	"time"
)

var (
	errSessionOver = errors.New("the session is over")
	errSessionBusy = errors.New("the session is at work on another task")
)

// sessionOver ends the run of a session that ended, and says why it did.
type sessionOver string

func (o sessionOver) Error() string { return string(o) }

// use is the run that a session is at work on, and the times after which a
// held session ends by itself. The session's lock guards it.
type use struct {
	last     time.Time
	stop     context.CancelCauseFunc // of the run at work, or nil
	idle     *time.Timer             // runs while no run is at work
	lifetime *time.Timer
}

// begin notes that a run is at work, which stop ends.
func (s *session) begin(task string, stop context.CancelCauseFunc) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case !s.ended.IsZero():
		return errSessionOver
	case s.use.stop != nil:
		return errSessionBusy
	}
	s.change()
	s.use.last, s.use.stop = time.Now(), stop
	if s.use.idle != nil {
		s.use.idle.Stop()
	}
	s.task = task
	if s.held {
		s.append(item{Kind: "task", Title: "Task", Text: cutText(task)})
	}
	return nil
}

// rest notes that the run at work has ended.
func (s *session) rest(end outcome) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.use.last, s.use.stop = time.Now(), nil
	if !s.ended.IsZero() {
		return
	}
	s.change()
	s.giveUpCalls()
	if s.use.idle != nil {
		s.use.idle.Reset(s.settings.idleTimeout())
	}
	if s.held && end.state != stateDone {
		s.append(item{Kind: "outcome", Title: "The task " + endedAs(end.state), Text: cutText(end.text())})
	}
}

func endedAs(state string) string {
	if state == stateCancelled {
		return "was cancelled"
	}
	return "failed"
}

// watch ends a held session by itself, through expire.
func (s *session) watch(expire func(reason string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.use.idle = time.AfterFunc(s.settings.idleTimeout(), func() { expire(reasonIdle) })
	s.use.lifetime = time.AfterFunc(s.settings.lifetime(), func() { expire(reasonLifetime) })
}

// end stops the run at work and the clocks.
func (u *use) end(reason string) {
	if u.stop != nil {
		u.stop(sessionOver(reason))
	}
	if u.idle != nil {
		u.idle.Stop()
		u.lifetime.Stop()
	}
}

// stopped is how the session ends when it is stopped now: a run at work is
// cancelled, otherwise all is done.
func (s *session) stopped() outcome {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.use.stop != nil || !s.held {
		return outcome{state: stateCancelled, reason: reasonStopped}
	}
	return outcome{state: stateDone}
}
