package api

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// answering is a client of a service that gives one answer.
func answering(t *testing.T, answer string) *Client {
	t.Helper()
	return restClient(t, serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, answer) }))
}

// Every field of a session, and what is not documented.
func TestSessionFields(t *testing.T) {
	t.Parallel()
	at := func(second int) time.Time { return time.Date(2026, 8, 20, 10, 0, second, 0, time.UTC) }
	got, err := answering(t, ` {"session_id":"s","status":"timed_out","created_at":"2026-08-20T10:00:01Z","last_accessed_at":"2026-08-20T10:00:02","closed_at":"2026-08-20T12:00:03+02:00",
		"idle_timeout_minutes":3,"timeout_minutes":9,"max_duration_minutes":15,"duration":"PT1H1M41.286072S","close_reason":"idle_timeout","error":"e\u001b","steps":[{"type":"observation","value":{"password":"hunter2"}},5],
		"headless":false,"solve_captchas":null,"proxies":true,"use_file_storage":true,"web_bot_auth":false,"system_hidden":true,"browser_type":"chrome","user_agent":"u\na","viewport_width":1280,"viewport_height":1080.0,
		"network_request_bytes":1e3,"network_response_bytes":7,"auth_ids":["x","y"],"viewer_url":"https://v.example/?jwt=x","cdp_url":"wss://c","new":{"a":1}}`).Session(t.Context(), "s")
	want := Session{
		SessionID: "s", Status: SessionTimedOut, CreatedAt: at(1), LastAccessedAt: at(2), ClosedAt: at(3),
		IdleTimeout: 3 * time.Minute, MaxDuration: 15 * time.Minute, Duration: time.Hour + 101286072*time.Microsecond,
		CloseReason: "idle_timeout", Error: "e␛", Steps: []SessionStep{{"observation", `{"password":"••••••"}`}, {}},
		Headless: new(false), Proxies: new(true), UseFileStorage: new(true), WebBotAuth: new(false), SystemHidden: new(true),
		BrowserType: "chrome", UserAgent: "u a", ViewportWidth: 1280, ViewportHeight: 1080, NetworkRequestBytes: 1000, NetworkResponseBytes: 7,
		AuthIDs: []Text{"x", "y"}, ViewerURL: "https://v.example/?jwt=x", CDPURL: "wss://c",
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
	}
}

// A wrong type costs the field and nothing else.
func TestFieldsOfWrongTypes(t *testing.T) {
	t.Parallel()
	got, err := answering(t, `{"session_id":"s","status":"active","created_at":5,"closed_at":"soon","idle_timeout_minutes":"3","max_duration_minutes":[],"duration":"long","steps":{"a":1},
		"headless":"yes","viewport_width":{},"network_request_bytes":1e999,"network_response_bytes":true,"auth_ids":"x","viewer_url":null}`).Session(t.Context(), "s")
	if want := (Session{SessionID: "s", Status: SessionActive}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
	}
	if !got.Open() || (Session{Status: SessionError}).Open() || (Session{Status: "else", ClosedAt: time.Now()}).Open() {
		t.Error("open is not what it should be")
	}
	status, err := answering(t, `{"agent_id":5,"status":"active","saved":"x","success":1,"answer":{"a": null},"steps":5,"task":["t"]}`).Agent(t.Context(), "a")
	if want := (AgentStatus{Agent: Agent{AgentID: "5", Status: AgentActive}, Task: `["t"]`, Answer: `{"a":null}`}); err != nil || !reflect.DeepEqual(status, want) {
		t.Errorf("got  %+v, %v\nwant %+v", status, err, want)
	}
}

func TestAgentFields(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 8, 20, 10, 0, 0, 118e6, time.UTC)
	agent := `"agent_id":"a","session_id":"s","status":"closed","created_at":"2026-08-20T10:00:00.118Z","closed_at":"2026-08-20T10:00:00.118","saved":true`
	wantAgent := Agent{AgentID: "a", SessionID: "s", Status: AgentClosed, CreatedAt: at, ClosedAt: at, Saved: true}
	got, err := answering(t, `{`+agent+`,"task":"t","url":"u","success":false,"answer":"why","steps":[
		{"state":{"previous_goal_status":"failure","previous_goal_eval":"e","page_summary":"p","relevant_interactions":[{"id":"I1","reason":"r"}],"memory":"m","next_goal":"n"},
		 "action":{"type":"fill","id":"I1","selector":null,"value":"v"},"started_at":"2026-08-20T10:00:00.118Z","ended_at":"2026-08-20T10:00:00.118Z"},
		{"action":{"type":"completion","success":false,"answer":"x"}}, {"action":{"type":"goto"},"success":true,"message":"ok"}, {"type":"observation","value":{"a":1}}, null]}`).Agent(t.Context(), "a")
	want := AgentStatus{Agent: wantAgent, Task: "t", URL: "u", Success: new(false), Answer: "why", Steps: []AgentStep{
		{GoalStatus: "failure", GoalEval: "e", PageSummary: "p", Memory: "m", NextGoal: "n", Interactions: []Interaction{{"I1", "r"}},
			Action: "fill", Input: `{"id":"I1","value":"v"}`, StartedAt: at, EndedAt: at},
		{Action: "completion", Input: `{"answer":"x","success":false}`, Success: new(false)},
		{Action: "goto", Success: new(true), Message: "ok"},
		{Action: "observation", Input: `{"value":{"a":1}}`},
		{Action: "step"},
	}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
	}
	for list, wantPage := range map[string]Page[Agent]{
		`{"items":[{` + agent + `},5],"page":2,"page_size":10,"has_next":true,"has_previous":false}`: {Items: []Agent{wantAgent}, Page: 2, PageSize: 10, HasNext: true},
		`[{` + agent + `},{}]`: {Items: []Agent{wantAgent, {}}},
		`{"items":null}`:       {}, `{}`: {}, `5`: {}, `[]`: {},
	} {
		if page, err := answering(t, list).Agents(t.Context(), AgentFilter{}); err != nil || !reflect.DeepEqual(page, wantPage) {
			t.Errorf("%s is %+v, %v", list, page, err)
		}
	}
	code, err := answering(t, `{"python_script":"def run():\n\tpass\u001b","json_actions":[{"type": "goto"},5]}`).AgentCode(t.Context(), "a", CodeRequest{})
	if want := (Code{PythonScript: "def run():\n\tpass␛", JSONActions: []Text{`{"type":"goto"}`, "5"}}); err != nil || !reflect.DeepEqual(code, want) {
		t.Errorf("got %+v, %v", code, err)
	}
}

func TestDurations(t *testing.T) {
	t.Parallel()
	for text, want := range map[Text]time.Duration{
		"PT0S": 0, "PT41.286072S": 41286072 * time.Microsecond, "PT1H1M40S": time.Hour + 100*time.Second, "P1DT1S": 24*time.Hour + time.Second, "P2D": 48 * time.Hour,
		"": 0, "PT": 0, "5": 0, "PT5": 0, "PTS": 0, "PT-5S": 0, "P1Y": 0, "PT1e300H": 0, "PTnanS": 0, "PTinfS": 0, "T5S": 0,
	} {
		if got := durationOf(text); got != want {
			t.Errorf("%q is %s, not %s", text, got, want)
		}
	}
	if got := minutesOf([]byte(fmt.Sprint(math.MaxInt64))); got <= 0 {
		t.Errorf("very many minutes are %s", got)
	}
}

func TestFieldsOfErrors(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"max_steps": "max_steps", "reasoning_model.str-enum[LlmModel]": "reasoning_model", "proxies.0.external.server": "proxies",
		"query.session_id": "session_id", "header.x-notte-api-key": "x-notte-api-key", "query": "query", "body": "", "": "", "body.1": "", "1": "",
	} {
		if got := (FieldError{Path: path}).Field(); got != want {
			t.Errorf("%q is about %q, not %q", path, got, want)
		}
	}
}

// The models are a copy each time.
func TestModels(t *testing.T) {
	t.Parallel()
	models := Models()
	models[0] = ""
	if again := Models(); len(again) != 13 || slices.Contains(again, "") || !strings.Contains(again[0], "/") {
		t.Errorf("the models are %q", again)
	}
}
