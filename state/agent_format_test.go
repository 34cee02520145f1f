package state

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"notturno/api"
	"notturno/api/schema"
)

// formatted asks for an answer in a format.
func formatted(o *AgentOrder) { o.Request.ResponseFormat = json.RawMessage(`{"type":"object"}`) }

func TestFormatted(t *testing.T) {
	t.Parallel()
	if !begunAgent(formatted).Agent.Formatted() || begunAgent(nil).Agent.Formatted() {
		t.Error("it is not known whether the answer has to meet a format")
	}
}

// What the check of the answer has found decides how the run ends.
func TestAnswerMeetsTheFormat(t *testing.T) {
	t.Parallel()
	hostile := schema.Fault{Path: "a\x1b[2J\nb", Reason: "it is\u202e missing"}
	for name, test := range map[string]struct {
		check  *AnswerCheck
		phase  Phase
		faults []schema.Fault
		says   string
	}{
		"meets it": {&AnswerCheck{}, Done, nil, ""},
		"does not": {&AnswerCheck{Faults: []schema.Fault{{Path: "posts", Reason: "it is missing"}}}, Failed,
			[]schema.Fault{{Path: "posts", Reason: "it is missing"}}, "posts: it is missing"},
		"hostile":      {&AnswerCheck{Faults: []schema.Fault{hostile}}, Failed, []schema.Fault{{Path: "a␛[2J b", Reason: "it is<202E> missing"}}, "a␛[2J b"},
		"takes long":   {&AnswerCheck{Why: "it takes too long"}, Done, nil, "not checked against the response format (it takes too long)"},
		"nothing told": {nil, Done, nil, "not checked against the response format"},
	} {
		r := begunAgent(formatted)
		r.Apply(append(atWork(), arrivals(api.TextDelta{Delta: "{}"})...))
		if test.check != nil {
			r.Apply([]Arrival{news(AgentChange{Check: test.check})})
		}
		r.Apply(arrivals(api.Done{}))
		said := strings.Join(r.OutcomeLines(), "\n") + r.Agent.UncheckedText()
		if r.Phase != test.phase || !reflect.DeepEqual(r.Agent.Faults, test.faults) || !strings.Contains(said, test.says) {
			t.Errorf("%s: %s with %+v: %q", name, r.Phase, r.Agent.Faults, said)
		}
		if r.Phase == Failed && !slices.Contains(r.Failure.Options(), "response_format") {
			t.Errorf("%s: the options worth changing are %q", name, r.Failure.Options())
		}
		noticed := slices.ContainsFunc(r.Items, func(i *Item) bool { return i.Kind == NoticeItem && i.Text() == r.Agent.UncheckedText() })
		if noticed != (r.Agent.Unchecked != "") {
			t.Errorf("%s: a notice is there: %v, for %q", name, noticed, r.Agent.Unchecked)
		}
	}
}

// A check that nobody asked for, or that comes after the end, changes nothing.
func TestChecksThatComeAtTheWrongTime(t *testing.T) {
	t.Parallel()
	wrong := news(AgentChange{Check: &AnswerCheck{Faults: []schema.Fault{{Reason: "it is missing"}}}})
	r := begunAgent(nil)
	r.Apply(append(atWork(), append([]Arrival{wrong}, arrivals(api.Done{})...)...))
	late := begunAgent(formatted)
	late.Apply(append(atWork(), append([]Arrival{news(AgentChange{Check: &AnswerCheck{}})}, arrivals(api.Done{})...)...))
	late.Apply([]Arrival{wrong})
	for _, r := range []*Run{r, late} {
		if r.Phase != Done || r.Agent.Faults != nil || r.Agent.Unchecked != "" {
			t.Errorf("%s with %+v, %q", r.Phase, r.Agent.Faults, r.Agent.Unchecked)
		}
	}
}
