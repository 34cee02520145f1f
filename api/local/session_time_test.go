package local

import (
	"context"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"notturno/api/local/agent"
)

// heldInBubble runs test with a session of the usual times, on a clock that
// jumps over every wait.
func heldInBubble(t *testing.T, test func(*testing.T, *Server, *session)) {
	t.Helper()
	inBubble(t, Config{}, nothing, func(t *testing.T, s *Server, _ net.Conn) {
		sess, err := s.sessions.hold(usualSettings())
		if err != nil {
			t.Fatal(err)
		}
		test(t, s, sess)
	})
}

// wantOver waits until the session has timed out, after the time and for the
// reason given.
func wantOver(t *testing.T, sess *session, after time.Duration, reason string) {
	t.Helper()
	for snap := sess.since(0); !snap.Ended; snap = sess.since(0) {
		<-snap.changed
	}
	if took := time.Since(sess.started); took != after {
		t.Errorf("it is over after %v, want %v", took, after)
	}
	if shown := sess.response(""); shown.Status != sessionTimedOut || shown.CloseReason == nil || *shown.CloseReason != reason {
		t.Errorf("it is over as %+v", shown)
	}
}

func TestIdleSessionsEnd(t *testing.T) {
	heldInBubble(t, func(t *testing.T, s *Server, sess *session) {
		wantOver(t, sess, 3*time.Minute, "idle_timeout")
		if shown := sess.response(""); shown.Duration != "PT3M" {
			t.Errorf("its duration is %s", shown.Duration)
		}
		if _, live := s.liveSession(sess.id); live || s.sessions.get(sess.id) == nil {
			t.Error("it is live, or forgotten")
		}
	})
}

// A run keeps its session from being idle, and the time begins anew after it.
func TestSessionsAtWorkAreNotIdle(t *testing.T) {
	heldInBubble(t, func(t *testing.T, s *Server, sess *session) {
		end := s.executeOn(t.Context(), sess, "slow", func(ctx context.Context, _ func(agent.Step)) error {
			select {
			case <-time.After(10 * time.Minute):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
		if end.state != stateDone {
			t.Errorf("the run ends as %+v", end)
		}
		if used := sess.response("").LastAccessedAt.Sub(sess.started); used.Round(time.Second) != 10*time.Minute {
			t.Errorf("it was used last after %v", used)
		}
		wantOver(t, sess, 13*time.Minute, "idle_timeout")
	})
}

// The maximum duration ends the session and the run that is at work on it.
func TestNoSessionLivesLonger(t *testing.T) {
	heldInBubble(t, func(t *testing.T, s *Server, sess *session) {
		end := s.executeOn(t.Context(), sess, "for ever", func(ctx context.Context, _ func(agent.Step)) error {
			<-ctx.Done()
			return ctx.Err()
		})
		if end.state != stateCancelled || end.reason != reasonLifetime {
			t.Errorf("the run ends as %+v", end)
		}
		wantOver(t, sess, 15*time.Minute, "max_duration")
	})
}

// A stopped session has no clocks left, and Close needs no time.
func TestStoppedSessionsStayStopped(t *testing.T) {
	heldInBubble(t, func(t *testing.T, s *Server, sess *session) {
		s.sessions.end(sess, sess.stopped())
		time.Sleep(time.Hour)
		synctest.Wait()
		if shown := sess.response(""); shown.Status != sessionClosed || shown.Duration != "PT0S" {
			t.Errorf("it is %+v", shown)
		}
	})
}

// The viewer of a held session says whether a run is at work, and how the
// session ended.
func TestHeldSessionsShowTheirState(t *testing.T) {
	heldInBubble(t, func(t *testing.T, s *Server, sess *session) {
		want := func(when, state, words string) {
			t.Helper()
			elements, err := viewed{sess.since(0), sess.id, sess.token}.elements()
			if err != nil {
				t.Fatal(err)
			}
			if snap := sess.since(0); snap.State != state || !strings.Contains(elements[0].HTML, words) {
				t.Errorf("%s the state is %q, shown as %s", when, snap.State, elements[0].HTML)
			}
		}
		want("before a run", stateOpen, "open, waiting for a task")
		s.executeOn(t.Context(), sess, "task", func(context.Context, func(agent.Step)) error {
			want("during a run", stateRunning, "running")
			return nil
		})
		want("after a run", stateOpen, "open, waiting for a task")
		wantOver(t, sess, 3*time.Minute, "idle_timeout")
		want("at the end", stateTimedOut, "timed out")
	})
}
