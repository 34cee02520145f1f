package local

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"notturno/api/local/agent"
)

// answerFunc is the part of an agent that the Agents API needs: see
// [agent.Agent.Answer].
type answerFunc func(context.Context, agent.Request, func(agent.Step)) (json.RawMessage, error)

// maxAnswer is how many bytes of an answer are kept. It stands in a message of
// the log three times, and clients read messages of 5 MiB.
const maxAnswer = 512 << 10

// errAgentStopped ends the work of an agent that was stopped; the viewer shows
// it.
const errAgentStopped = sessionOver("the agent was stopped")

// agentEnd is how an agent ended.
type agentEnd struct {
	success *bool // nil when it was ended from outside
	answer  string
}

// serveAgent does the task of run on its session, and ends run when the session
// is free again, so that whoever sees the end can start the next agent.
func (s *Server) serveAgent(ctx context.Context, run *agentRun) {
	var end agentEnd
	done := s.executeOn(ctx, run.session, run.request.task, func(ctx context.Context, tell func(agent.Step)) (err error) {
		end, err = s.answerOf(ctx, run, tell)
		return err
	})
	if end.answer == "" && end.success == nil { // the session was busy or over
		end = agentEnd{new(false), done.reason}
	}
	run.close(end)
}

// answerOf does the task of run. Every step of the agent is kept in run as a
// step of the API, and told to hear. The end of ctx, or a stop, ends the work.
func (s *Server) answerOf(ctx context.Context, run *agentRun, hear func(agent.Step)) (agentEnd, error) {
	steps := &agentSteps{}
	var found json.RawMessage
	work := func(ctx context.Context, tell func(agent.Step)) (err error) {
		found, err = s.answer(ctx, run.request.agents(), tell)
		return err
	}
	err := runSafely(ctx, work, func(step agent.Step) {
		if _, call := step.(agent.Call); call && !run.begin() {
			run.cancel(errAgentStopped)
		}
		if ctx.Err() != nil {
			return
		}
		hear(step)
		if thought, ok := step.(agent.Thought); ok {
			for _, piece := range pieces(thought) {
				s.pace(ctx, piece)
			}
		}
		if done, ok := steps.add(step, apiTime(time.Now())); ok {
			run.add(done)
		}
		switch step.(type) {
		case agent.Saved:
			run.save()
		case agent.Result:
			if !run.rest() {
				run.cancel(errAgentStopped)
			}
		}
	})
	return s.conclude(ctx, run, steps, found, err)
}

// conclude says how run ended, from what became of the work. A run that ended
// by itself has a completion as its last step, which counts as one: there are
// never more steps than max_steps. The error is nil when the task is done.
func (s *Server) conclude(ctx context.Context, run *agentRun, steps *agentSteps, found json.RawMessage, err error) (agentEnd, error) {
	switch {
	case ctx.Err() != nil:
		return agentEnd{nil, s.whyEnded(ctx)}, ctx.Err()
	case errors.Is(err, agent.ErrMaxCalls), err == nil && steps.count >= run.request.maxSteps:
		err = fmt.Errorf("the agent took %d steps, with max_steps %d, and was not done; start it again with a larger max_steps", steps.count, run.request.maxSteps)
		return agentEnd{new(false), err.Error()}, err
	case err != nil:
		return complete(run, steps, failureText(err)), err
	}
	answer, err := run.request.format.orText(steps.said(), found)
	if err != nil {
		end := complete(run, steps, err.Error())
		run.validated(err.Error())
		return end, err
	}
	run.add(steps.complete(true, answer, apiTime(time.Now())))
	if run.request.format == nil {
		run.validated("No response_format was asked for, so the answer was not checked against one.")
	} else {
		run.validated("The answer meets response_format.")
	}
	return agentEnd{new(true), answer}, nil
}

// complete is the end of a run that failed by itself: its last step says so,
// if there is room for one.
func complete(run *agentRun, steps *agentSteps, why string) agentEnd {
	if steps.count < run.request.maxSteps {
		run.add(steps.complete(false, why, apiTime(time.Now())))
	}
	return agentEnd{new(false), why}
}

// whyEnded is the answer of an agent whose work was ended from outside.
func (s *Server) whyEnded(ctx context.Context) string {
	why := context.Cause(ctx).Error()
	if s.life.Err() != nil {
		why = reasonClosed
	}
	return "The task was not done: " + why + "."
}

// failureText is an error with what to do about it.
func failureText(err error) string {
	if cannot := (*agent.CannotDo)(nil); errors.As(err, &cannot) {
		return strings.TrimSpace(cannot.Error() + "\n" + cannot.Detail())
	}
	return err.Error()
}

// orText is the answer in the format, or as the agent said it when f is nil.
func (f *responseFormat) orText(said string, found json.RawMessage) (string, error) {
	if f == nil {
		if len(said) > maxAnswer {
			said = firstBytes(said, maxAnswer) + "\n(the rest is not kept here)"
		}
		return said, nil
	}
	answer, err := f.answer(found)
	if err == nil && len(answer) > maxAnswer {
		return "", fmt.Errorf("the answer has %d bytes as JSON, and at most %d are kept; ask for less", len(answer), maxAnswer)
	}
	return answer, err
}
