package api

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// manySecrets is a step that types n secrets, and says one of them elsewhere.
func manySecrets(n int) json.RawMessage {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"pw-%06d",`, i)
	}
	return json.RawMessage(act("go on with pw-"+fmt.Sprintf("%06d", n-1), `{"type":"form_fill","value":{"city":"Rome","password":[`+b.String()+`"x"]}}`))
}

// A step with more secrets than are remembered says nothing but its type, and
// neither does what comes after it: it may repeat any of them.
func TestMoreSecretsThanAreRemembered(t *testing.T) {
	t.Parallel()
	m := newMask(testKey)
	for _, raw := range []json.RawMessage{
		manySecrets(20_000),
		json.RawMessage(act("pw-019998", `{"type":"goto","url":"https://a.example/?p=pw-019997"}`)),
	} {
		step := m.agentStep(raw)
		if shown := fmt.Sprint(step); strings.Contains(shown, "pw-") || strings.Contains(shown, "Rome") {
			t.Errorf("the step shows %.300s", shown)
		}
		if step.Action != "form_fill" && step.Action != "goto" {
			t.Errorf("the action is %q", step.Action)
		}
	}
	if got := m.text("the password is pw-019996"); got != masked {
		t.Errorf("the answer is %q", got)
	}
	if got := m.text(testKey); got != masked {
		t.Errorf("the key is %q", got)
	}
	if len(m.secrets) > maxSecrets {
		t.Errorf("%d secrets are remembered", len(m.secrets))
	}
}

// As many as are remembered cost nothing else.
func TestAsManySecretsAsAreRemembered(t *testing.T) {
	t.Parallel()
	m := newMask("")
	step := m.agentStep(manySecrets(maxSecrets))
	if !strings.Contains(string(step.Input), `"city":"Rome"`) || step.NextGoal != "go on with "+masked {
		t.Errorf("the step is %.300s", fmt.Sprint(step))
	}
	again := m.agentStep(manySecrets(maxSecrets))
	if m.full || again.NextGoal != step.NextGoal {
		t.Errorf("the same step again is %.300s", fmt.Sprint(again))
	}
}

// A longer secret leaves nothing of itself, whichever was learnt first.
func TestSecretsWithinSecrets(t *testing.T) {
	t.Parallel()
	for _, secrets := range []string{`"hunter2","hunter2-and-more"`, `"hunter2-and-more","hunter2"`} {
		m := newMask("")
		step := m.agentStep(json.RawMessage(act("type hunter2-and-more, then hunter2", `{"type":"x","password":[`+secrets+`]}`)))
		if step.NextGoal != "type "+masked+", then "+masked {
			t.Errorf("%s leaves %q", secrets, step.NextGoal)
		}
	}
}

// The ids of what a step is about can be any JSON.
func TestIDsOfAnyType(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]Text{`[1]`: "cats", `{"a":1}`: "cats", `7`: masked, `"I"`: masked, `null`: masked} {
		step := newMask("").agentStep(json.RawMessage(fmt.Sprintf(
			`{"state":{"relevant_interactions":[{"id":%s,"reason":"the password"},5]},"action":{"type":"fill","id":%[1]s,"value":"cats"}}`, id)))
		if !strings.Contains(string(step.Input), `"value":"`+string(want)+`"`) {
			t.Errorf("with the id %s the input is %s", id, step.Input)
		}
	}
}

// What a field is said to keep may stand beside it or a little deeper.
func TestHintsWithinActions(t *testing.T) {
	t.Parallel()
	for action, hides := range map[string]bool{
		`{"type":"fill","selector":{"css":["input[name=PASSWD]"]},"value":"cats"}`: true,
		`{"type":"fill","text_label":"Search","value":"cats","n":5}`:               false,
		`{"type":"fill","value":"cats","otp":null}`:                                true,
		`{"type":"fill","value":{"type":"fill","label":"cvv","value":"cats"}}`:     true,
	} {
		step := newMask("").agentStep(json.RawMessage(act("", action)))
		if got := !strings.Contains(string(step.Input), "cats"); got != hides {
			t.Errorf("%s is %s", action, step.Input)
		}
	}
}

// The cost of each is in proportion to the length of the step.
func BenchmarkMaskedSteps(b *testing.B) {
	nested := func(n int) json.RawMessage {
		return json.RawMessage(act("", strings.Repeat(`{"type":"fill","a":`, n)+"1"+strings.Repeat("}", n)))
	}
	goals := func(n int) json.RawMessage {
		return json.RawMessage(act(strings.Repeat("word ", n), `{"type":"x","a":[`+strings.Repeat(`{"type":"fill"},`, n)+`1]}`))
	}
	reasons := func(n int) json.RawMessage {
		return json.RawMessage(`{"state":{"relevant_interactions":[` + strings.Repeat(`{"reason":"search"},`, n) + `1]},"action":{"type":"fill"}}`)
	}
	for name, step := range map[string]func(int) json.RawMessage{"secrets": manySecrets, "nested": nested, "goals": goals, "reasons": reasons} {
		for _, n := range []int{500, 2000, 8000} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				raw := step(n)
				b.SetBytes(int64(len(raw)))
				b.ReportAllocs()
				for b.Loop() {
					newMask(testKey).agentStep(raw)
				}
			})
		}
	}
}
