package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// act is a step with an action, and a goal.
func act(goal, action string) string {
	return fmt.Sprintf(`{"state":{"previous_goal_status":"success","previous_goal_eval":"","memory":"","next_goal":%q,"relevant_interactions":[{"id":"I1","reason":"the one-time code"},{"id":"I2","reason":"search"}]},"action":%s}`, goal, action)
}

// What is typed into fields that keep secrets is masked, and nothing else is.
func TestMaskedActions(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ step, want string }{
		{act("", `{"type":"form_fill","value":{"email":"e@x.example","password":"hunter2","new_password":"h3","current_password":5,"cc_number":"4111","cc_cvv":"1","cc_exp":"","totp":"123","city":"Rome"}}`),
			`{"value":{"cc_cvv":"••••••","cc_exp":"","cc_number":"••••••","city":"Rome","current_password":"••••••","email":"e@x.example","new_password":"••••••","password":"••••••","totp":"••••••"}}`},
		{act("", `{"type":"multi_factor_fill","id":"I2","value":"771199"}`), `{"id":"I2","value":"••••••"}`},
		{act("", `{"type":"fill","id":"I2","value":"cats","press_enter":true}`), `{"id":"I2","press_enter":true,"value":"cats"}`},
		{act("", `{"type":"fill","id":"I1","value":"cats"}`), `{"id":"I1","value":"••••••"}`},
		{act("Enter the Password.", `{"type":"fill","id":"I2","value":"cats"}`), `{"id":"I2","value":"••••••"}`},
		{act("", `{"type":"fill","id":"I2","selector":{"css":"input[name=passwd]"},"value":"cats"}`), `{"id":"I2","selector":{"css":"input[name=passwd]"},"value":"••••••"}`},
		{act("", `{"type":"fallback_fill","text_label":"Card number","value":"4111"}`), `{"text_label":"Card number","value":"••••••"}`},
		{act("", `{"type":"click","value":"cats"}`), `{"value":"cats"}`},
		{act("Enter the password.", `{"type":"goto","url":"https://a.example/password"}`), `{"url":"https://a.example/password"}`},
		{act("", `{"type":"x","deep":[{"password":{"a":["hunter2",null,true]}}]}`), `{"deep":[{"password":{"a":["••••••",null,true]}}]}`},
		{`{"type":"agent_completion","value":` + act("the totp", `{"type":"fill","value":"123456"}`) + `}`, `{"value":"••••••"}`},
		{`{"type":"other","password":"hunter2"}`, `{"password":"••••••"}`},
		{act("", `{"type":"go_back"}`), ``},
		{act("", `{"type":"wait","time_ms":1e3,"n":12345678901234567890}`), `{"n":12345678901234567890,"time_ms":1e3}`},
	} {
		if got := newMask("").agentStep(json.RawMessage(test.step)); string(got.Input) != test.want {
			t.Errorf("%s\nhas the input %s\nnot            %s", test.step, got.Input, test.want)
		}
	}
}

// What was masked once is masked wherever it is repeated: in the same step, in
// later ones, in the answer, and in the raw bytes of all of them.
func TestSecretsAreMaskedEverywhere(t *testing.T) {
	t.Parallel()
	const secret = `hun"ter\é2`
	quoted, err := json.Marshal(secret)
	if err != nil {
		t.Fatal(err)
	}
	repeated := `"I typed ` + string(quoted[1:])
	steps := []string{
		`{"state":{"memory":` + repeated + `,"page_summary":` + repeated + `},"action":{"type":"form_fill","value":{"password":` + string(quoted) + `}}}`,
		`{"state":{"previous_goal_eval":` + repeated + `,"next_goal":` + repeated + `},"action":{"type":"evaluate_js","code":` + repeated + `}}`,
		`{"state":{},"action":{"type":"completion","success":true,"answer":` + repeated + `}}`,
	}
	end := `{"agent_id":"a","session_id":"s","status":"closed","success":true,"answer":` + repeated + `,"steps":[` + strings.Join(steps, ",") + `]}`
	for name, script := range map[string]*agentScript{
		"live":   {statuses: []string{active()}, log: said(waits, append(steps, `{"validation":`+repeated+`}`, stopOf(end))...)},
		"polled": {statuses: []string{end}},
	} {
		inBubble(t, func(*testing.T) http.Handler { return script }, func(t *testing.T, client *Client) {
			masks := 0
			for event, err := range client.WatchAgent(t.Context(), AgentWatch{AgentID: "a", SessionID: "s"}) {
				shown := fmt.Sprintf("%v %s", event.Data, event.Raw)
				if err != nil || strings.Contains(shown, "hun") || strings.Contains(shown, "ter") && strings.Contains(shown, "2") && strings.Contains(shown, "é") {
					t.Errorf("%s: %s, %v", name, shown, err)
				}
				masks += strings.Count(shown, masked)
			}
			if masks < 10 {
				t.Errorf("%s: %d masks", name, masks)
			}
			status, err := client.Agent(t.Context(), "a")
			if shown := fmt.Sprint(status); err != nil || strings.Contains(shown, "hun") {
				t.Errorf("%s: the status is %s, %v", name, shown, err)
			}
		})
	}
}

// FuzzAgentSteps reads any bytes as a status with a step: what comes out is
// clean, decodes to itself, and holds no secret.
func FuzzAgentSteps(f *testing.F) {
	for _, seed := range []string{timed(0), completion, act("g", `{"type":"fill","value":"x"}`), `{"type":"x","value":{"action":{"type":"y"}}}`, `[]`, `null`, `{"action":{"type":"\u001b[31m"},"message":"\u202e"}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, step string) {
		if !json.Valid([]byte(step)) {
			step = string(encode(step))
		}
		const secret = "correct horse battery"
		teller := agentTeller{mask: newMask(testKey)}
		var events []Event
		for _, raw := range []string{act("", `{"type":"multi_factor_fill","value":"`+secret+`"}`), step, `{"state":{"memory":"` + secret + `"},"action":{"type":"x"}}`} {
			events = append(events, teller.step(teller.mask.agentStep(json.RawMessage(raw)))...)
		}
		events = append(events, teller.end(agentAnswerOf(objectOf(json.RawMessage(`{"answer":"`+secret+`","success":true}`))), 3, false)...)
		var replay Decoder
		for _, event := range events {
			again := replay.Decode(event.Raw)
			if len(again) != 1 || fmt.Sprint(again[0].Data) != fmt.Sprint(event.Data) {
				t.Errorf("%s is %+v, not %+v", event.Raw, again, event.Data)
			}
			shown := fmt.Sprint(event.Data)
			if r, found := hostile(shown); found {
				t.Errorf("%q holds %U", shown, r)
			}
			if strings.Contains(shown+string(event.Raw), secret) {
				t.Errorf("%s holds the secret", event.Raw)
			}
		}
	})
}
