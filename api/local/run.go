package local

import (
	"context"
	"errors"
	"fmt"

	"notturno/api/local/agent"
)

// The ways in which a run ends; they are the states of its session too.
const (
	stateRunning   = "running"
	stateDone      = "done"
	stateFailed    = "failed"
	stateCancelled = "cancelled"
)

// outcome is how a run ended.
type outcome struct {
	state      string
	reason     string // what failed, or why it was cancelled; empty when done
	detail     string // what to do about it
	functionID string // of the function that the run left behind, or empty
}

// work is what executes on a session: it tells its steps and ends with ctx.
type work func(ctx context.Context, tell func(agent.Step)) error

// execute does the one run of a session that it brought along, tells every
// step to hear as well, and ends the session before it returns.
func (s *Server) execute(ctx context.Context, sess *session, work work, hear func(context.Context, agent.Step)) outcome {
	end := s.executeOn(ctx, sess, sess.since(0).Task, func(ctx context.Context, tell func(agent.Step)) error {
		return work(ctx, func(step agent.Step) {
			tell(step)
			if ctx.Err() == nil {
				hear(ctx, step)
			}
		})
	})
	s.sessions.end(sess, end)
	return end
}

// executeOn does one more run on a session and keeps every step in it. The
// session stays open. The end of ctx, and of the session, cancel the run. A
// session does one run at a time: during another one it fails at once.
func (s *Server) executeOn(ctx context.Context, sess *session, task string, work work) outcome {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if err := sess.begin(task, cancel); err != nil {
		return outcome{state: stateFailed, reason: err.Error(), detail: "Wait until it is free, or start another session."}
	}
	var end outcome
	last := ""
	err := runSafely(ctx, work, func(step agent.Step) {
		if ctx.Err() != nil {
			return
		}
		switch step := step.(type) {
		case agent.Saved:
			end.functionID = step.Function.ID
		case agent.Call:
			last = step.Tool
		}
		sess.add(step)
	})
	s.settle(ctx, &end, err, last)
	sess.rest(end)
	return end
}

// runSafely turns a panic of the agent into an error: what it reads was
// written by strangers, and a page that breaks it must not take the program
// and its terminal along.
func runSafely(ctx context.Context, work work, tell func(agent.Step)) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("failed to run the task: the agent broke: %v", broken)
		}
	}()
	return work(ctx, tell)
}

// settle says in end what the agent's err means; last is the tool that it
// called last.
func (s *Server) settle(ctx context.Context, end *outcome, err error, last string) {
	cannot, over := (*agent.CannotDo)(nil), sessionOver("")
	switch {
	case ctx.Err() != nil && s.life.Err() != nil:
		end.state, end.reason = stateCancelled, reasonClosed
	case ctx.Err() != nil && errors.As(context.Cause(ctx), &over):
		end.state, end.reason = stateCancelled, string(over)
	case ctx.Err() != nil:
		end.state, end.reason = stateCancelled, "the client left"
	case err == nil:
		end.state = stateDone
	case errors.As(err, &cannot):
		end.state, end.reason, end.detail = stateFailed, cannot.Error(), cannot.Detail()
	case last == "":
		end.state, end.reason, end.detail = stateFailed, err.Error(), "The run ended before its first tool call."
	default:
		end.state, end.reason, end.detail = stateFailed, err.Error(), "The run ended in "+last+"."
	}
}
