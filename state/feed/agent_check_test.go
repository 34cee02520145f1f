package feed

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"notturno/api"
	"notturno/api/schema"
	"notturno/state"
)

// formatted is an order for an answer in a format.
func formatted(format string) state.AgentOrder {
	return state.AgentOrder{Request: api.AgentRequest{ResponseFormat: json.RawMessage(format)}}
}

// endless is a format that asks for more than anybody can wait for.
func endless() string {
	var b strings.Builder
	b.WriteString(`{"$ref":"#/$defs/0","$defs":{`)
	for i := range 60 {
		fmt.Fprintf(&b, `"%d":{"allOf":[{"$ref":"#/$defs/%d"},{"$ref":"#/$defs/%d"}]},`, i, i+1, i+1)
	}
	return b.String() + `"60":{}}}`
}

// The check of an answer is told before the agent's end, and decides it.
func TestAnswersAreChecked(t *testing.T) {
	t.Parallel()
	for format, want := range map[string]struct {
		phase  state.Phase
		faults []schema.Fault
		says   string
	}{
		`{"type":"integer"}`: {state.Done, nil, ""},
		`{"type":"string"}`:  {state.Failed, []schema.Fault{{Reason: "it is number, and should be string"}}, ""},
		`{"type":"strin"}`:   {state.Done, nil, "not checked against the response format (it is not a valid JSON schema"},
		endless():            {state.Done, nil, "not checked against the response format (checking it takes too long)"},
	} {
		s := &agentService{closed: true, success: "true"}
		run := runAgent(t.Context(), t, s, formatted(format))
		run.toEnd(t)
		if run.Phase != want.phase || !slices.Equal(run.Agent.Faults, want.faults) || !strings.Contains(run.Agent.UncheckedText(), want.says) || (want.says == "") != (run.Agent.Unchecked == "") {
			t.Errorf("%.60s: %s with %v, %q", format, run.Phase, run.Agent.Faults, run.Agent.UncheckedText())
		}
		if s.asked() != stopsOnly {
			t.Errorf("%.60s: asked %s", format, s.asked())
		}
	}
}

// The answer that is checked is the one that the run has: all of its parts.
func TestAllPartsOfAnAnswerAreChecked(t *testing.T) {
	t.Parallel()
	a := &agentSource{order: formatted(`{"items":{"type":"integer"}}`)}
	for name, parts := range map[string][]api.Data{
		"one text":  {api.TextDelta{Delta: "[1,"}, api.TextDelta{Delta: `"x"]`}},
		"two parts": {api.TextDelta{Delta: "[1,"}, api.Notice{Text: "n"}, api.TextDelta{Delta: `"x"]`}},
	} {
		run := state.NewAgent("1", "api.example", a.order, time.Now())
		f := follow(source{stop: func() {}, leave: func() {}, read: func(f *Feed) error {
			return f.take(t.Context(), a.checked(t.Context(), f, sequence(append(parts, api.Done{})...)))
		}})
		for _, batch := range all(t.Context(), f) {
			run.Apply(batch)
		}
		if want := []schema.Fault{{Path: "[1]", Reason: "it is string, and should be integer"}}; run.Phase != state.Failed || !slices.Equal(run.Agent.Faults, want) {
			t.Errorf("%s: %s with %v", name, run.Phase, run.Agent.Faults)
		}
	}
}

func sequence(data ...api.Data) iter.Seq2[api.Event, error] {
	return func(yield func(api.Event, error) bool) {
		for _, d := range data {
			if !yield(api.Event{Data: d}, nil) {
				return
			}
		}
	}
}

// A format that takes long to be read is not waited for, beyond a moment.
func TestCheckIsNotWaitedForLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		check := checkAnswer(t.Context(), make(chan parsedFormat), "1")
		if !strings.Contains(string(check.Why), schema.ErrNotChecked.Error()) || check.Faults != nil || time.Since(begun) != checkWithin {
			t.Errorf("after %s: %+v", time.Since(begun), check)
		}
	})
}

// An agent that was asked to stop and is done at the same moment does not hold
// up who leaves.
func TestLeaveEndsTheCheck(t *testing.T) {
	t.Parallel()
	s := &agentService{closed: true, success: "true"}
	run := runAgent(t.Context(), t, s, formatted(endless()))
	run.until(t, "the agent", func() bool { return run.Agent.ID != "" })
	run.feed.Leave()
	run.toEnd(t)
	if !run.Phase.Ended() || run.Agent.Faults != nil {
		t.Errorf("%s with %v", run.Phase, run.Agent.Faults)
	}
}

// An agent that only is watched has no format, and nothing is checked.
func TestNothingToCheck(t *testing.T) {
	t.Parallel()
	events := sequence(api.Done{})
	f := &Feed{buffer: newBuffer()}
	for event, err := range (&agentSource{}).checked(t.Context(), f, events) {
		if _, done := event.Data.(api.Done); !done || err != nil {
			t.Errorf("%v, %v", event, err)
		}
	}
	if got := f.buffer.take(); len(got) != 0 {
		t.Errorf("%v was told", got)
	}
}
