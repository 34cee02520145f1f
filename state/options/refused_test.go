package options_test

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"notturno/api"
	"notturno/api/local"
	"notturno/state/options"
)

// refusal is the error with which the real client ends when the server is sent
// a body that the client itself would not send.
func refusal(t *testing.T, server *local.Server, session bool, body string) *api.Error {
	t.Helper()
	hop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		status, answer := ask(t, server, http.MethodPost, r.URL.Path, body)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(hop.Close)
	client, err := api.New(api.Config{AnythingURL: hop.URL, APIURL: hop.URL, Key: server.Key(), Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	if session {
		_, err = client.StartSession(t.Context(), api.SessionRequest{})
	} else {
		_, err = client.StartAgent(t.Context(), api.AgentRequest{Task: "t", SessionID: "s"})
	}
	refused, ok := errors.AsType[*api.Error](err)
	if !ok || refused.Status != http.StatusUnprocessableEntity {
		t.Fatalf("%s is answered with %v, not a 422", body, err)
	}
	return refused
}

// Each rule that a server has lands on the field that can mend it.
func TestRefusalsLandOnTheirFields(t *testing.T) {
	t.Parallel()
	server := localServer(t)
	for _, test := range []struct {
		session bool
		body    string
		fields  string
	}{
		{false, `"max_steps":0`, options.MaxSteps},
		{false, `"max_steps":151`, options.MaxSteps},
		{false, `"max_steps":"many"`, options.MaxSteps},
		{false, `"max_steps":null`, options.MaxSteps},
		{false, `"use_vision":"maybe"`, options.Vision},
		{false, `"response_format":{"type":5}`, options.ResponseFormat},
		{false, `"notifier_config":[]`, "notifier_config"},
		{false, `"max_steps":0,"use_vision":"x"`, options.MaxSteps + " " + options.Vision},
		{false, `"task":5`, ""},
		{false, `"unknown":5`, ""},
		{true, `"max_duration_minutes":0`, "session.max_duration_minutes"},
		{true, `"max_duration_minutes":1441`, "session.max_duration_minutes"},
		{true, `"idle_timeout_minutes":0`, "session.idle_timeout_minutes"},
		{true, `"idle_timeout_minutes":31`, "session.idle_timeout_minutes"},
		{true, `"timeout_minutes":31`, "session.idle_timeout_minutes"},
		{true, `"idle_timeout_minutes":10,"max_duration_minutes":9`, "session.idle_timeout_minutes"},
		{true, `"browser_type":"lynx"`, "session.browser_type"},
		{true, `"aspect_ratio":"1:1"`, "session.aspect_ratio"},
		{true, `"aspect_ratio":"5:4","viewport_width":1,"viewport_height":1`, "session.aspect_ratio"},
		{true, `"viewport_width":1`, "session.viewport"},
		{true, `"viewport_height":"x"`, "session.viewport"},
		{true, `"screenshot_type":"none"`, "session.screenshot_type"},
		{true, `"profile":{}`, "session.profile"},
		{true, `"profile":{"id":"p","persist":"x"}`, "session.profile_persist"},
		{true, `"proxies":[{"type":"tor"}]`, "session.proxies"},
		{true, `"proxies":[{"type":"external"}]`, "session.proxies"},
		{true, `"auth_ids":["a","a"]`, "session.auth_ids"},
		{true, `"auth_ids":["0","1","2","3","4","5","6","7","8","9","10"]`, "session.auth_ids"},
		{true, `"extra_http_headers":{"a":1}`, "session.extra_http_headers"},
		{true, `"chrome_args":[1]`, "session.chrome_args"},
		{true, `"unknown":5`, ""},
	} {
		body := "{" + test.body + "}"
		if !test.session {
			body = strings.Replace(`{"session_id":"s","task":"t",`+test.body+"}", `"task":"t","task"`, `"task"`, 1)
		}
		want := map[string]bool{}
		for _, name := range strings.Split(test.fields, " ") {
			want[name] = true
		}
		reasons := options.Refused(refusal(t, server, test.session, body).Fields, test.session)
		got := map[string]bool{}
		for name, reason := range reasons {
			if got[name] = true; reason == "" {
				t.Errorf("%s: nothing is said of %q", body, name)
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s lands on %q, want %q", body, reasons, test.fields)
		}
	}
}

// A value of the wrong type lands on its field, whatever the field.
func TestEveryFieldIsFound(t *testing.T) {
	t.Parallel()
	server := localServer(t)
	for _, field := range options.Fields() {
		session := field.Group == options.NewGroup
		for _, name := range field.Sets() {
			body := `{"task":"t","session_id":"s","` + name + `":5.5}`
			switch {
			case session && strings.Contains(name, "."):
				body = `{"` + strings.Replace(name, ".", `":{"id":"i","`, 1) + `":5.5}}`
			case session:
				body = `{"` + name + `":5.5}`
			case field.Name == options.SessionID:
				body = `{"task":"t","session_id":5.5}`
			}
			reasons := options.Refused(refusal(t, server, session, body).Fields, session)
			if len(reasons) != 1 || reasons[field.Name] == "" {
				t.Errorf("%s lands on %q, want %s", body, reasons, field.Name)
			}
			if got := options.FieldOf(name, session); got != field.Name {
				t.Errorf("%s is the field %q, want %s", name, got, field.Name)
			}
		}
	}
}

func TestRefusedJoinsReasons(t *testing.T) {
	t.Parallel()
	got := options.Refused([]api.FieldError{
		{Path: "body.proxies.0", Message: "first"}, {Path: "body.proxies.1", Message: "sec\nond"}, {Message: "it is late"}, {Path: "body.vault_id", Message: "v"},
	}, true)
	if want := map[string]string{"session.proxies": "first; sec ond", "": "it is late", "session.vault_id": "v"}; !maps.Equal(got, want) {
		t.Errorf("the reasons are %q, want %q", got, want)
	}
	for name, session := range map[string]bool{"after_agent": false, "max_steps": true, "headless": false, "": true, "task": false} {
		if got := options.FieldOf(name, session); got != "" {
			t.Errorf("%q is the field %s", name, got)
		}
	}
}
