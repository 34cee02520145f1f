package feed

import (
	"context"
	"iter"
	"time"

	"notturno/api"
	"notturno/api/schema"
	"notturno/state"
)

// checkWithin is how long the check of an answer may take. What a response
// format asks for has no bound, and the agent's end waits for it.
const checkWithin = 3 * time.Second

// checked are the events of an agent. When its answer has to meet a response
// format, what the check of it has found is told before the agent's end.
func (a *agentSource) checked(ctx context.Context, f *Feed, events iter.Seq2[api.Event, error]) iter.Seq2[api.Event, error] {
	format := a.order.Request.ResponseFormat
	if format == nil {
		return events
	}
	return func(yield func(api.Event, error) bool) {
		parsed := parse(format)
		said := state.NewAgent("", "", state.AgentOrder{}, time.Time{}) // the same fold gives the same answer
		for event, err := range events {
			if _, done := event.Data.(api.Done); done {
				check := checkAnswer(ctx, parsed, said.Answer())
				f.tell(state.AgentChange{Check: &check})
			}
			said.Apply([]state.Arrival{{Event: event}})
			if !yield(event, err) {
				return
			}
		}
	}
}

// parsedFormat is a response format, or why it cannot be used.
type parsedFormat struct {
	schema *schema.Schema
	err    error
}

// parse reads a response format while the agent is at work: it can be large.
func parse(format []byte) <-chan parsedFormat {
	parsed := make(chan parsedFormat, 1)
	go func() {
		s, err := schema.Parse(format)
		parsed <- parsedFormat{s, err}
	}()
	return parsed
}

// checkAnswer checks an answer for as long as that may take.
func checkAnswer(ctx context.Context, parsed <-chan parsedFormat, answer string) state.AnswerCheck {
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	select {
	case format := <-parsed:
		if format.err != nil {
			return state.AnswerCheck{Why: api.Clean(format.err.Error())}
		}
		faults, err := format.schema.CheckContext(ctx, answer)
		if err != nil {
			return state.AnswerCheck{Why: api.Clean(err.Error())}
		}
		return state.AnswerCheck{Faults: faults}
	case <-ctx.Done():
		return state.AnswerCheck{Why: api.Clean(schema.ErrNotChecked.Error())}
	}
}
