package local

import (
	"fmt"
	"slices"
	"sync"
)

// How many sessions there are at most: live ones, and ended ones whose viewer
// pages still work.
const (
	maxLive  = 64
	maxEnded = 64
)

// The reasons for which a session ends other than by its run.
const (
	reasonStopped  = "the session was stopped"
	reasonIdle     = "the session was idle for too long"
	reasonLifetime = "the session reached its maximum duration"
	reasonClosed   = "the local backend was closed"
)

// sessions are the sessions that can be watched. They are kept in memory only
// and are safe for use by several goroutines.
type sessions struct {
	mu     sync.Mutex
	live   map[string]*session
	ended  []*session     // the oldest first
	opened map[string]int // how many began in each month, as GET /usage names it
	closed bool
	runs   sync.WaitGroup // one for each live session
}

func newSessions() *sessions {
	return &sessions{live: map[string]*session{}, opened: map[string]int{}}
}

// open begins a session for one run, which the caller must end.
func (s *sessions) open(task string) (*session, error) {
	sess := newSession(task)
	if err := s.enter(sess); err != nil {
		return nil, err
	}
	return sess, nil
}

// hold begins a session that is open for any number of runs, until it is
// stopped or ends by itself.
func (s *sessions) hold(settings sessionSettings) (*session, error) {
	sess := newSession("Browser session")
	sess.settings, sess.held = settings, true
	if err := s.enter(sess); err != nil {
		return nil, err
	}
	sess.watch(func(reason string) {
		s.end(sess, outcome{state: stateCancelled, reason: reason})
	})
	return sess, nil
}

func (s *sessions) enter(sess *session) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errClosing
	}
	if len(s.live) >= maxLive {
		return fmt.Errorf("%d sessions are live; stop one or wait until one has ended, then try again", maxLive)
	}
	s.live[sess.id] = sess
	s.opened[sess.started.UTC().Format(monthFormat)]++
	s.runs.Add(1)
	return nil
}

// end ends a session, unless it is over, and forgets the oldest of those that
// ended before, when they are too many.
func (s *sessions) end(sess *session, end outcome) {
	if !sess.finish(end) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.live, sess.id)
	s.ended = append(s.ended, sess)
	if len(s.ended) > maxEnded {
		s.ended[0] = nil
		s.ended = s.ended[1:]
	}
	s.runs.Done()
}

// get is the session of that id, or nil when there is none or it is forgotten.
func (s *sessions) get(id string) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	if sess, ok := s.live[id]; ok {
		return sess
	}
	for _, sess := range s.ended {
		if sess.id == id {
			return sess
		}
	}
	return nil
}

// list is every session that is known, or every live one, the newest first.
func (s *sessions) list(onlyLive bool) []*session {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []*session
	for _, sess := range s.live {
		found = append(found, sess)
	}
	if !onlyLive {
		found = append(found, s.ended...)
	}
	slices.SortFunc(found, func(a, b *session) int { return b.started.Compare(a.started) })
	return found
}

// count is how many sessions began in a month.
func (s *sessions) count(month string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opened[month]
}

// close lets no further session begin.
func (s *sessions) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
}

// endHeld ends the sessions that no run ends.
func (s *sessions) endHeld() {
	for _, sess := range s.list(true) {
		if sess.held {
			s.end(sess, outcome{state: stateCancelled, reason: reasonClosed})
		}
	}
}
