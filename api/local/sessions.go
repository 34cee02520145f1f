package local

import (
	"fmt"
	"sync"
)

// How many sessions there are at most: runs at once, and ended ones whose
// viewer pages still work.
const (
	maxLive  = 64
	maxEnded = 64
)

// sessions are the runs that can be watched. They are kept in memory only and
// are safe for use by several goroutines.
type sessions struct {
	mu     sync.Mutex
	live   map[string]*session
	ended  []*session // the oldest first
	closed bool
	runs   sync.WaitGroup // one for each live session
}

func newSessions() *sessions {
	return &sessions{live: map[string]*session{}}
}

// open begins a session, which the caller must end.
func (s *sessions) open(task string) (*session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errClosing
	}
	if len(s.live) >= maxLive {
		return nil, fmt.Errorf("%d runs are live; wait until one has ended, then send the task again", maxLive)
	}
	sess := newSession(task)
	s.live[sess.id] = sess
	s.runs.Add(1)
	return sess, nil
}

// end ends a session and forgets the oldest of those that ended before, when
// they are too many.
func (s *sessions) end(sess *session, end outcome) {
	sess.finish(end)
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

// close lets no further session begin.
func (s *sessions) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
}
