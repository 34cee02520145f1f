package local

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestSessionStartsAreChecked(t *testing.T) {
	t.Parallel()
	eleven := `["a","b","c","d","e","f","g","h","i","j","k"]`
	for _, test := range []struct{ body, want string }{
		{`{"foo":1}`, `{"type":"extra_forbidden","loc":["body","foo"],"msg":"Extra inputs are not permitted","input":1}`},
		{`{"max_duration_minutes":0}`, `{"type":"greater_than","loc":["body","max_duration_minutes"],"msg":"Input should be greater than 0","input":0,"ctx":{"gt":0}}`},
		{`{"max_duration_minutes":1441}`, `{"type":"less_than_equal","loc":["body","max_duration_minutes"],"msg":"Input should be less than or equal to 1440","input":1441,"ctx":{"le":1440}}`},
		{`{"timeout_minutes":31}`, `{"type":"less_than_equal","loc":["body","timeout_minutes"],"msg":"Input should be less than or equal to 30","input":31,"ctx":{"le":30}}`},
		{`{"browser_type":"firefox"}`, `{"type":"literal_error","loc":["body","browser_type"],"msg":"Input should be 'chromium', 'chrome', 'chrome-nightly' or 'chrome-turbo'","input":"firefox","ctx":{"expected":"'chromium', 'chrome', 'chrome-nightly' or 'chrome-turbo'"}}`},
		{`{"headless":null}`, `{"type":"bool_type","loc":["body","headless"],"msg":"Input should be a valid boolean","input":null}`},
		{`{"auth_ids":` + eleven + `}`, `{"type":"too_long","loc":["body","auth_ids"],"msg":"List should have at most 10 items after validation, not 11","input":` + eleven + `,"ctx":{"field_type":"List","max_length":10,"actual_length":11}}`},
		{`{"auth_ids":["a","a"]}`, `{"type":"value_error","loc":["body","auth_ids"],"msg":"Value error, auth_ids must be unique","input":["a","a"],"ctx":{"error":{}}}`},
		{`{"viewport_width":800}`, `{"type":"value_error","loc":["body"],"msg":"Value error, viewport_width and viewport_height must both be set or both be left out","input":{"viewport_width":800},"ctx":{"error":{}}}`},
		{`{"viewport_height":800,"viewport_width":null}`, `{"type":"value_error","loc":["body"],"msg":"Value error, viewport_width and viewport_height must both be set or both be left out","input":{"viewport_height":800,"viewport_width":null},"ctx":{"error":{}}}`},
		{`{"viewport_width":1,"viewport_height":1,"aspect_ratio":"5:4"}`, `{"type":"value_error","loc":["body"],"msg":"Value error, aspect_ratio cannot be set together with viewport_width and viewport_height","input":{"viewport_width":1,"viewport_height":1,"aspect_ratio":"5:4"},"ctx":{"error":{}}}`},
		{`{"idle_timeout_minutes":16}`, `{"type":"value_error","loc":["body"],"msg":"Value error, idle_timeout_minutes must not be greater than max_duration_minutes","input":{"idle_timeout_minutes":16},"ctx":{"error":{}}}`},
		{`{"max_duration_minutes":2}`, `{"type":"value_error","loc":["body"],"msg":"Value error, idle_timeout_minutes must not be greater than max_duration_minutes","input":{"max_duration_minutes":2},"ctx":{"error":{}}}`},
	} {
		_, errs := parseSessionStart([]byte(test.body), "application/json")
		got, err := json.Marshal(errs)
		if err != nil {
			t.Fatal(err)
		}
		if want := `{"detail":[` + test.want + `]}`; string(got) != want {
			t.Errorf("%s gives\n%s\nwant\n%s", test.body, got, want)
		}
	}
	for _, body := range []string{
		`{}`, `{"max_duration_minutes":1440,"timeout_minutes":"30"}`, `{"proxies":[{"type":"notte","country":"fr"}]}`,
		`{"aspect_ratio":"16:9","chrome_args":["--x"],"profile":{"id":"p"},"extra_http_headers":{"a":"b"},"cdp_url":null}`,
	} {
		if _, errs := parseSessionStart([]byte(body), "application/json"); errs != nil {
			t.Errorf("%s gives %v", body, errs)
		}
	}
}

func TestDurationsAreISO(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "PT0S", -time.Second: "PT0S", 41286072 * time.Microsecond: "PT41.286072S", 3700 * time.Second: "PT1H1M40S",
		time.Minute: "PT1M", time.Hour: "PT1H", 90 * time.Second: "PT1M30S", 25 * time.Hour: "PT25H", 999: "PT0S", 1500: "PT0.000001S",
	} {
		if got := isoDuration(d); got != want {
			t.Errorf("%v is %s, want %s", d, got, want)
		}
	}
}

func TestASessionIsShownWhole(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	resp := do(t, request(t.Context(), t, s, "POST", "/sessions/start",
		`{"timeout_minutes":5,"max_duration_minutes":20,"browser_type":"chrome","viewport_width":"800","viewport_height":600,"user_agent":"me","auth_ids":["x"],"proxies":"on","headless":0}`))
	text := readBody(t, resp)
	var got sessionResponse
	if err := json.Unmarshal([]byte(text), &got); err != nil || resp.StatusCode != 200 {
		t.Fatalf("it answers %d %s (%v)", resp.StatusCode, text, err)
	}
	at, err := json.Marshal(got.CreatedAt)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"session_id":"` + got.SessionID + `","idle_timeout_minutes":5,"max_duration_minutes":20,"timeout_minutes":5,"created_at":` + string(at) +
		`,"closed_at":null,"last_accessed_at":` + string(at) + `,"duration":"` + got.Duration + `","status":"active","close_reason":null,"steps":[],"error":null,` +
		`"proxies":true,"browser_type":"chrome","use_file_storage":true,"network_request_bytes":0,"network_response_bytes":0,"user_agent":"me",` +
		`"viewport_width":800,"viewport_height":600,"headless":false,"solve_captchas":true,"cdp_url":null,"viewer_url":"` + got.ViewerURL +
		`","web_bot_auth":false,"auth_ids":["x"],"system_hidden":false}` + "\n"
	if text != want {
		t.Errorf("it answers\n%s\nwant\n%s", text, want)
	}
	if !strings.HasSuffix(string(at), `Z"`) || !strings.HasPrefix(got.Duration, "PT") || !strings.HasPrefix(got.ViewerURL, s.URL()+"/view/"+got.SessionID+"?token=") {
		t.Errorf("a time, the duration or the link is odd: %s", text)
	}
	link := strings.TrimPrefix(got.ViewerURL, s.URL())
	if page := do(t, request(t.Context(), t, s, "GET", link, "", without("Authorization"))); page.StatusCode != 200 || !strings.Contains(readBody(t, page), "Browser session") {
		t.Errorf("its viewer answers %d", page.StatusCode)
	}
}
