package local

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"notturno/api/local/agent"
)

// The calls of the official command-line client and of the SDKs, to the
// letter, and the answer that each can read.
func TestDocumentedCalls(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "newest-entries")
	start := "/functions/" + f.ID + "/runs/start"
	cli := []func(*http.Request){
		header("X-Notte-Api-Key", s.Key()), header("X-Notte-Request-Origin", "cli"), header("X-Notte-Sdk-Version", "dev"),
		header("Idempotency-Key", strings.Repeat("0f", 32)),
	}
	created := func() string {
		return "/functions/" + f.ID + "/runs/" + expect(t, s, 200, "POST", "/functions/"+f.ID+"/runs/create", `{"local":false}`)["function_run_id"].(string)
	}
	for name, call := range map[string]struct {
		method, path, body string
		edits              []func(*http.Request)
		stream             bool
		variables          map[string]any
	}{
		"functions run":              {"POST", start, `{"function_id":"` + f.ID + `","variables":{"count":"3"}}`, cli, false, map[string]any{"count": "3"}},
		"functions run, newer":       {"POST", start, `{"workflow_id":"` + f.ID + `","variables":{"count":"3"},"stream":true,"runtime":"standard"}`, cli, false, map[string]any{"count": "3"}},
		"functions run, no vars":     {"POST", start, `{"function_id":"` + f.ID + `"}`, cli, false, map[string]any{}},
		"SDK, stream":                {"POST", start, `{"workflow_id":"` + f.ID + `","variables":{"count":"3"},"stream":true}`, []func(*http.Request){header("X-Notte-Request-Origin", "sdk-python")}, true, map[string]any{"count": "3"}},
		"SDK, no stream":             {"POST", start, `{"workflow_id":"` + f.ID + `","variables":{},"stream":false}`, []func(*http.Request){header("X-Notte-Request-Origin", "sdk-node")}, false, map[string]any{}},
		"curl":                       {"POST", start, `{}`, nil, false, map[string]any{}},
		"curl, stream":               {"POST", start, `{"stream":true}`, nil, true, map[string]any{}},
		"stream in a word":           {"POST", start, `{"stream":"yes"}`, nil, true, map[string]any{}},
		"null is absent":             {"POST", start, `{"workflow_id":null,"variables":null,"stream":null}`, nil, false, map[string]any{}},
		"bare key":                   {"POST", start, `{}`, []func(*http.Request){without("Authorization"), header("x-notte-api-key", s.Key())}, false, map[string]any{}},
		"created, then started":      {"POST", created(), `{"workflow_id":"` + f.ID + `","workflow_run_id":"x","variables":{"count":2},"stream":false}`, nil, false, map[string]any{"count": "2"}},
		"created, then streamed":     {"POST", created(), `{"function_id":"` + f.ID + `","function_run_id":"x","variables":{"count":2},"stream":true}`, nil, true, map[string]any{"count": "2"}},
		"scalars become texts":       {"POST", start, `{"variables":{"a":1,"b":2.50,"c":true,"d":null,"e":"é\n","f":[1, 2],"big":12345678901234567890}}`, nil, false, map[string]any{"a": "1", "b": "2.50", "c": "true", "e": "é\n", "f": "[1,2]", "big": "12345678901234567890"}},
		"a function's ID in capital": {"POST", "/functions/" + strings.ToUpper(f.ID) + "/runs/start", `{}`, nil, false, map[string]any{}},
	} {
		resp := send(t, s, call.method, call.path, call.body, call.edits...)
		body := readBody(t, resp)
		if resp.StatusCode != 200 {
			t.Errorf("%s: %d %s", name, resp.StatusCode, body)
			continue
		}
		kind := resp.Header.Get("Content-Type")
		if call.stream {
			if kind != "text/event-stream" {
				t.Errorf("%s: Content-Type %q", name, kind)
			}
			body = streamedResult(t, body)
		} else if kind != "application/json" {
			t.Errorf("%s: Content-Type %q", name, kind)
		}
		checkRunAnswer(t, name, body, f.ID, call.variables)
	}
}

// streamedResult checks the frames of a stream and returns its result.
func streamedResult(t *testing.T, body string) string {
	t.Helper()
	if !strings.HasPrefix(body, ": heartbeat\n\ndata: ") {
		t.Errorf("the stream begins with %.40q", body)
	}
	var got []runMessage
	for _, line := range dataLines(t, strings.NewReader(body)) {
		var message runMessage
		if err := json.Unmarshal([]byte(line), &message); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		got = append(got, message)
	}
	last := got[len(got)-1]
	want := []runMessage{{"session_start", got[0].Message}}
	for _, line := range echoLogs {
		want = append(want, runMessage{"log", line})
	}
	want = append(want, runMessage{"result", last.Message})
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the stream holds %v, want %v", got, want)
	}
	if !strings.Contains(last.Message, `"session_id":"`+got[0].Message+`"`) {
		t.Errorf("the result is not of session %s: %s", got[0].Message, last.Message)
	}
	return last.Message
}

// checkRunAnswer checks a result: its members, under both names, and what the
// run got.
func checkRunAnswer(t *testing.T, name, body, functionID string, variables map[string]any) {
	t.Helper()
	var got map[string]any
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatalf("%s: %q: %v", name, body, err)
	}
	members := []string{"function_id", "function_run_id", "result", "session_id", "status", "workflow_id", "workflow_run_id"}
	if keys := slices.Sorted(maps.Keys(got)); !slices.Equal(keys, members) {
		t.Errorf("%s: it has %v", name, keys)
	}
	if got["function_id"] != functionID || got["workflow_id"] != functionID || got["function_run_id"] != got["workflow_run_id"] || got["status"] != "closed" {
		t.Errorf("%s: %s", name, body)
	}
	if want := map[string]any{"variables": variables}; !reflect.DeepEqual(got["result"], want) {
		t.Errorf("%s: the result is %v, want %v", name, got["result"], want)
	}
}

func TestRunsThatFailSaySo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		run    functionRunner
		reason string
	}{
		"an error": {func(context.Context, agent.Function, map[string]string, func(agent.Step)) (json.RawMessage, error) {
			return nil, errors.New(`page "x" does not answer`)
		}, `page "x" does not answer`},
		"a panic": {func(context.Context, agent.Function, map[string]string, func(agent.Step)) (json.RawMessage, error) {
			panic("odd page")
		}, `failed to run the task: the agent broke: odd page`},
		"no JSON": {func(context.Context, agent.Function, map[string]string, func(agent.Step)) (json.RawMessage, error) {
			return json.RawMessage(`{"cut":`), nil
		}, "the function's result is not JSON"},
	} {
		s := startFunctions(t, t.TempDir(), test.run)
		f := keepFunction(t, s, "f")
		got := expect(t, s, 200, "POST", "/functions/"+f.ID+"/runs/start", `{}`)
		if got["status"] != "failed" || got["result"] != test.reason {
			t.Errorf("%s: %v", name, got)
		}
		kept := expect(t, s, 200, "GET", "/functions/"+f.ID+"/runs/"+got["function_run_id"].(string), "")
		want := string(encode(test.reason))
		if kept["status"] != "failed" || kept["result"] != want || !reflect.DeepEqual(kept["logs"], []any{test.reason}) {
			t.Errorf("%s: it is kept as %v", name, kept)
		}
		if snap := s.sessions.get(got["session_id"].(string)).since(0); snap.State != stateFailed || snap.Reason != test.reason {
			t.Errorf("%s: the viewer says %s %q", name, snap.State, snap.Reason)
		}
		stream := dataLines(t, send(t, s, "POST", "/functions/"+f.ID+"/runs/start", `{"stream":true}`).Body)
		if n := len(stream); !strings.HasPrefix(stream[n-2], `{"type":"error","message":`) || !strings.Contains(stream[n-1], `\"status\":\"failed\"`) {
			t.Errorf("%s: the stream ends with %s", name, stream[n-2:])
		}
	}
}

func TestARunWithoutAResultHasNull(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), func(context.Context, agent.Function, map[string]string, func(agent.Step)) (json.RawMessage, error) {
		return nil, nil
	})
	f := keepFunction(t, s, "f")
	got := expect(t, s, 200, "POST", "/functions/"+f.ID+"/runs/start", `{}`)
	if result, ok := got["result"]; !ok || result != nil || got["status"] != "closed" {
		t.Errorf("it answers %v", got)
	}
}

func TestBadStartsAreRefused(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "f")
	start := "/functions/" + f.ID + "/runs/start"
	for body, want := range map[string]string{
		``:                 `[{"input":null,"loc":["body"],"msg":"Field required","type":"missing"}]`,
		`[1]`:              `[{"input":[1],"loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","type":"model_attributes_type"}]`,
		`{"variables":[]}`: `[{"input":[],"loc":["body","variables"],"msg":"Input should be a valid dictionary","type":"dict_type"}]`,
		`{"stream":"maybe","workflow_id":5}`: `[{"input":5,"loc":["body","workflow_id"],"msg":"Input should be a valid string","type":"string_type"},` +
			`{"input":"maybe","loc":["body","stream"],"msg":"Input should be a valid boolean, unable to interpret input","type":"bool_parsing"}]`,
		`{`: `[{"ctx":{"error":"Expecting property name enclosed in double quotes"},"input":{},"loc":["body",1],"msg":"JSON decode error","type":"json_invalid"}]`,
	} {
		got := expect(t, s, 422, "POST", start, body)
		if text, err := json.Marshal(got["detail"]); err != nil || string(text) != want {
			t.Errorf("%s is refused with %s (%v), want %s", body, text, err, want)
		}
	}
	large := `{"variables":{"a":"` + strings.Repeat("x", maxBodyBytes) + `"}}`
	expectDetail(t, s, 413, "at most 65536 bytes are read", "POST", start, large)
	for _, id := range []string{functionID, "x", "..%2f..", "%2e%2e", strings.Repeat("a", 36), "urn:uuid:" + f.ID} {
		expectDetail(t, s, 404, "Function not found", "POST", "/functions/"+id+"/runs/start", `{}`)
	}
	if page := expect(t, s, 200, "GET", "/functions/"+f.ID+"/runs", ""); len(page["items"].([]any)) != 0 {
		t.Errorf("a refused start left %v", page)
	}
	expect(t, s, 401, "POST", start, `{}`, without("Authorization"))
	expect(t, s, 401, "POST", start, `{}`, without("Authorization"), header("X-Notte-Api-Key", s.Key()+"x"))
	expect(t, s, 401, "POST", start, `{}`, header("Authorization", "Bearer wrong"), header("X-Notte-Api-Key", s.Key()))
	expect(t, s, 403, "POST", start, `{}`, header("Origin", "https://evil.example"))
}

func TestTooManyFunctionRunsAreRefused(t *testing.T) {
	t.Parallel()
	run, began, release := held()
	s := startFunctions(t, t.TempDir(), run)
	f := keepFunction(t, s, "f")
	for range maxLive {
		send(t, s, "POST", "/functions/"+f.ID+"/runs/start", `{"stream":true}`)
		<-began
	}
	got := expect(t, s, 529, "POST", "/functions/"+f.ID+"/runs/start", `{}`)
	if detail := got["detail"].(string); !strings.Contains(detail, "64") {
		t.Errorf("one more run gets %q", detail)
	}
	if all, _, err := s.functions.records.list(f.ID); err != nil || len(all) != maxLive {
		t.Errorf("%d runs are kept (%v)", len(all), err)
	}
	close(release)
	s.sessions.runs.Wait()
	expect(t, s, 200, "POST", "/functions/"+f.ID+"/runs/start", `{}`)
}
