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

// execute runs the task of sess, keeps every step in it and tells it to hear,
// and ends sess before it returns. The end of ctx cancels the run.
func (s *Server) execute(ctx context.Context, sess *session, hear func(agent.Step)) outcome {
	var end outcome
	last := ""
	err := s.runSafely(ctx, sess.task, func(step agent.Step) {
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
		hear(step)
	})
	s.settle(ctx, &end, err, last)
	s.sessions.end(sess, end)
	return end
}

// runSafely turns a panic of the agent into an error: what it reads was
// written by strangers, and a page that breaks it must not take the program
// and its terminal along.
func (s *Server) runSafely(ctx context.Context, task string, tell func(agent.Step)) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("failed to run the task: the agent broke: %v", broken)
		}
	}()
	return s.run(ctx, task, tell)
}

// settle says in end what the agent's err means; last is the tool that it
// called last.
func (s *Server) settle(ctx context.Context, end *outcome, err error, last string) {
	cannot := (*agent.CannotDo)(nil)
	switch {
	case ctx.Err() != nil && s.life.Err() != nil:
		end.state, end.reason = stateCancelled, "the local backend was closed"
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
