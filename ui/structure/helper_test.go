package structure_test

import (
	"encoding/json"
	"testing"

	"notturno/api"
	"notturno/api/schema"
	"notturno/state"
	"notturno/ui/part/parttest"
	"notturno/ui/structure"
)

// agentRun is the run of an agent that has answered and ended. Without a format
// any answer will do.
func agentRun(answer, format string) *state.Run {
	order := state.AgentOrder{Request: api.AgentRequest{Task: "list the posts"}}
	if format != "" {
		order.Request.ResponseFormat = json.RawMessage(format)
	}
	run := state.NewAgent("1", state.LocalBackend, order, parttest.Start())
	run.Connect(parttest.Start())
	run.Apply(parttest.Arrivals(run, api.TextDelta{Delta: api.Clean(answer)}))
	if format != "" {
		run.Apply([]state.Arrival{{At: parttest.Start(), Agent: &state.AgentChange{Check: checked(format, answer)}}})
	}
	run.Apply(parttest.Arrivals(run, api.Done{}))
	return run
}

// checked is what the check of an answer finds.
func checked(format, answer string) *state.AnswerCheck {
	s, err := schema.Parse([]byte(format))
	if err != nil {
		panic(err)
	}
	return &state.AnswerCheck{Faults: s.Check(answer)}
}

// of is the structure of an answer.
func of(t testing.TB, answer, format string) *structure.Structure {
	t.Helper()
	s, ok := structure.Of(agentRun(answer, format))
	if !ok {
		t.Fatalf("%.100q is not taken for JSON", answer)
	}
	return s
}

// quote is a text as a JSON string, with escapes for what is not printable.
func quote(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(quoted)
}
