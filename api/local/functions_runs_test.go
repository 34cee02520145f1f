package local

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"testing"
	"time"

	"notturno/api/local/agent"
)

// expectTime checks that a member is RFC 3339 with the zone Z.
func expectTime(t *testing.T, object map[string]any, member string) {
	t.Helper()
	text, _ := object[member].(string)
	if _, err := time.Parse("2006-01-02T15:04:05.999999999Z", text); err != nil {
		t.Errorf("%s is %v: %v", member, object[member], err)
	}
}

func TestARunIsKept(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "f")
	started := expect(t, s, 200, "POST", "/functions/"+f.ID+"/runs/start", `{"variables":{"count":3}}`)
	runs := "/functions/" + f.ID + "/runs"
	id := started["function_run_id"].(string)
	got := expect(t, s, 200, "GET", runs+"/"+id, "")
	expectTime(t, got, "created_at")
	expectTime(t, got, "updated_at")
	want := map[string]any{
		"function_id": f.ID, "workflow_id": f.ID, "function_run_id": id, "workflow_run_id": id,
		"created_at": got["created_at"], "updated_at": got["updated_at"], "status": "closed", "session_id": started["session_id"],
		"logs": []any{echoLogs[0], echoLogs[1], echoLogs[2]}, "variables": map[string]any{"count": 3.0},
		"result": `{"variables":{"count":"3"}}`, "local": false,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("it is\n%v, want\n%v", got, want)
	}
	page := expect(t, s, 200, "GET", runs, "")
	if !reflect.DeepEqual(page, map[string]any{"items": []any{want}, "page": 1.0, "page_size": 10.0, "has_next": false, "has_previous": false}) {
		t.Errorf("the list is %v", page)
	}
	if page := expect(t, s, 200, "GET", runs+"?only_active=true", ""); len(page["items"].([]any)) != 0 {
		t.Errorf("the active runs are %v", page)
	}
}

func TestStopEndsARun(t *testing.T) {
	t.Parallel()
	run, began, _ := held()
	s := startFunctions(t, t.TempDir(), run)
	f := keepFunction(t, s, "f")
	stream := send(t, s, "POST", "/functions/"+f.ID+"/runs/start", `{"stream":true}`)
	<-began
	active := expect(t, s, 200, "GET", "/functions/"+f.ID+"/runs?only_active=true", "")["items"].([]any)[0].(map[string]any)
	path := "/functions/" + f.ID + "/runs/" + active["function_run_id"].(string)
	if got := expect(t, s, 200, "GET", path, ""); got["status"] != "active" || got["result"] != nil || !reflect.DeepEqual(got["logs"], []any{"waiting"}) {
		t.Errorf("the live run is %v", got)
	}
	expectDetail(t, s, 409, "stop it with DELETE, or wait until it has ended", "PATCH", path, `{"status":"closed"}`)
	expectDetail(t, s, 409, "create another one", "POST", path, `{}`)

	stopped := expect(t, s, 200, "DELETE", path, "")
	expectTime(t, stopped, "updated_at")
	if want := map[string]any{"function_id": f.ID, "workflow_id": f.ID, "function_run_id": active["function_run_id"],
		"workflow_run_id": active["function_run_id"], "updated_at": stopped["updated_at"], "status": "stopped"}; !reflect.DeepEqual(stopped, want) {
		t.Errorf("stop answers %v", stopped)
	}
	lines := dataLines(t, stream.Body)
	if got := lines[len(lines)-2]; got != `{"type":"error","message":"the run was stopped"}` {
		t.Errorf("the stream ends with %s", got)
	}
	if got := expect(t, s, 200, "GET", path, ""); got["status"] != "stopped" || got["result"] != `"the run was stopped"` {
		t.Errorf("the stopped run is %v", got)
	}
	if again := expect(t, s, 200, "DELETE", path, ""); !reflect.DeepEqual(again, stopped) {
		t.Errorf("once more it answers %v", again)
	}
	expectDetail(t, s, 404, "Run not found", "DELETE", "/functions/"+f.ID+"/runs/"+functionID, "")
}

func TestARunOutlivesItsClient(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{}`, `{"stream":true}`} {
		run, began, release := held()
		s := startFunctions(t, t.TempDir(), run)
		f := keepFunction(t, s, "f")
		ctx, leave := context.WithCancel(t.Context())
		req := request(ctx, t, s, http.MethodPost, "/functions/"+f.ID+"/runs/start", body)
		transport := &http.Transport{DisableKeepAlives: true}
		left := make(chan struct{})
		go func() {
			defer close(left)
			if resp, err := transport.RoundTrip(req); err == nil {
				_ = resp.Body.Close()
			}
		}()
		<-began
		leave()
		<-left
		close(release)
		got := expect(t, s, 200, "GET", "/functions/"+f.ID+"/runs", "")["items"].([]any)[0].(map[string]any)
		if live := s.functions.running(f.ID, got["function_run_id"].(string)); live != nil {
			<-live.done
		}
		got = expect(t, s, 200, "GET", "/functions/"+f.ID+"/runs/"+got["function_run_id"].(string), "")
		if got["status"] != "closed" || got["result"] != `{"late":true}` {
			t.Errorf("after %s the run is %v", body, got)
		}
	}
}

func TestCreatedRuns(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "f")
	runs := "/functions/" + f.ID + "/runs/"
	created := expect(t, s, 200, "POST", runs+"create", `{"local":false}`)
	id := created["function_run_id"]
	expectTime(t, created, "created_at")
	if want := map[string]any{"function_id": f.ID, "workflow_id": f.ID, "function_run_id": id, "workflow_run_id": id,
		"created_at": created["created_at"], "status": "created"}; !reflect.DeepEqual(created, want) {
		t.Errorf("create answers %v", created)
	}
	if got := expect(t, s, 200, "GET", runs+id.(string), ""); got["status"] != "active" || got["variables"] != nil || got["session_id"] != nil {
		t.Errorf("before its start it is %v", got)
	}
	got := expect(t, s, 200, "POST", runs+id.(string), `{"variables":{"count":"1"}}`)
	if got["function_run_id"] != id || got["status"] != "closed" {
		t.Errorf("its start answers %v", got)
	}
	expectDetail(t, s, 409, "create another one", "POST", runs+id.(string), `{}`)
	expectDetail(t, s, 404, "Run not found", "POST", runs+functionID, `{}`)
	expectDetail(t, s, 404, "Run not found", "GET", runs+"..%2f"+f.ID, "")

	other := expect(t, s, 200, "POST", runs+"create", `{}`)["function_run_id"].(string)
	expect(t, s, 200, "DELETE", runs+other, "")
	expectDetail(t, s, 409, "create another one", "POST", runs+other, `{}`)
}

func TestAClientTellsAboutItsOwnRun(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "f")
	runs := "/functions/" + f.ID + "/runs/"
	path := runs + expect(t, s, 200, "POST", runs+"create", `{"local":true}`)["function_run_id"].(string)
	for _, step := range []struct {
		body   string
		status string
		result any
		logs   []any
	}{
		{`{"status":"active","logs":["one"],"session_id":"s","variables":{"a":1},"extra":1}`, "active", nil, []any{"one"}},
		{`{"status":"active"}`, "active", nil, []any{"one"}},
		{`{"status":"closed","logs":["one","two"],"result":{"a": [1]}}`, "closed", `{"a":[1]}`, []any{"one", "two"}},
		{`{"status":"failed","result":"Traceback …"}`, "failed", "Traceback …", []any{"one", "two"}},
	} {
		updated := expect(t, s, 200, "PATCH", path, step.body)
		expectTime(t, updated, "updated_at")
		if updated["status"] != "updated" || updated["workflow_run_id"] != updated["function_run_id"] {
			t.Errorf("%s is answered with %v", step.body, updated)
		}
		got := expect(t, s, 200, "GET", path, "")
		if got["status"] != step.status || got["result"] != step.result || !reflect.DeepEqual(got["logs"], step.logs) ||
			got["session_id"] != "s" || !reflect.DeepEqual(got["variables"], map[string]any{"a": 1.0}) || got["local"] != true {
			t.Errorf("after %s it is %v", step.body, got)
		}
	}
	got := expect(t, s, 422, "PATCH", path, `{"logs":["a",1]}`)
	want := `[{"input":{"logs":["a",1]},"loc":["body","status"],"msg":"Field required","type":"missing"},{"input":1,"loc":["body","logs",1],"msg":"Input should be a valid string","type":"string_type"}]`
	if text, err := json.Marshal(got["detail"]); err != nil || string(text) != want {
		t.Errorf("it is refused with %s (%v)", text, err)
	}
	expect(t, s, 422, "PATCH", path, `{"status":"done"}`)
	expectDetail(t, s, 404, "Run not found", "PATCH", runs+functionID, `{"status":"closed"}`)
}

func TestRunsComeInPages(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "f")
	var ids []string // the newest first
	for range 5 {
		r := newRecord(f.ID)
		if err := s.functions.records.add(r); err != nil {
			t.Fatal(err)
		}
		ids = append([]string{r.RunID}, ids...)
	}
	for query, want := range map[string]string{
		"?page_size=2":                 fmt.Sprint(ids[:2], " 1 2 true false"),
		"?page_size=2&page=2":          fmt.Sprint(ids[2:4], " 2 2 true true"),
		"?page_size=2&page=3":          fmt.Sprint(ids[4:], " 3 2 false true"),
		"?page_size=5":                 fmt.Sprint(ids, " 1 5 false false"),
		"?page=4":                      "[] 4 10 false true",
		"?page=99999999999999999999":   "[] 9.223372036854776e+18 10 false true",
		"?page=1&page_size=100&x=y":    fmt.Sprint(ids, " 1 100 false false"),
		"?only_active=yes&page_size=1": fmt.Sprint(ids[:1], " 1 1 true false"),
	} {
		page := expect(t, s, 200, "GET", "/functions/"+f.ID+"/runs"+query, "")
		var got []any
		for _, item := range page["items"].([]any) {
			got = append(got, item.(map[string]any)["function_run_id"])
		}
		if text := fmt.Sprint(got, " ", page["page"], " ", page["page_size"], " ", page["has_next"], " ", page["has_previous"]); text != want {
			t.Errorf("%s is %s, want %s", query, text, want)
		}
	}
	got := expect(t, s, 422, "GET", "/functions/"+f.ID+"/runs?page=0&page_size=101", "")
	want := `[{"ctx":{"ge":1},"input":"0","loc":["query","page"],"msg":"Input should be greater than or equal to 1","type":"greater_than_equal"},` +
		`{"ctx":{"le":100},"input":"101","loc":["query","page_size"],"msg":"Input should be less than or equal to 100","type":"less_than_equal"}]`
	if text, err := json.Marshal(got["detail"]); err != nil || string(text) != want {
		t.Errorf("it is refused with %s (%v)", text, err)
	}
}

func TestCloseStopsRunsAndKeepsThem(t *testing.T) {
	t.Parallel()
	run, began, _ := held()
	dir := t.TempDir()
	s := startFunctions(t, dir, run)
	f := keepFunction(t, s, "f")
	stream := send(t, s, "POST", "/functions/"+f.ID+"/runs/start", `{"stream":true}`)
	<-began
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	lines := dataLines(t, stream.Body)
	if got := lines[len(lines)-2]; got != `{"type":"error","message":"the local backend was closed"}` {
		t.Errorf("the stream ends with %s", got)
	}
	all, _, err := openFunctions(t, dir, nil).records.list(f.ID)
	if err != nil || len(all) != 1 || all[0].Status != "stopped" || all[0].Owner != nil {
		t.Errorf("it is kept as %+v (%v)", all, err)
	}
}

func TestALongLogIsBounded(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), func(_ context.Context, _ agent.Function, _ map[string]string, tell func(agent.Step)) (json.RawMessage, error) {
		long := make([]byte, 3*maxLogLine)
		for i := range long {
			long[i] = 'x'
		}
		for range maxLogLines + 50 {
			tell(agent.Thought{Text: string(long)})
		}
		return nil, nil
	})
	f := keepFunction(t, s, "f")
	id := expect(t, s, 200, "POST", "/functions/"+f.ID+"/runs/start", `{}`)["function_run_id"].(string)
	logs := expect(t, s, 200, "GET", "/functions/"+f.ID+"/runs/"+id, "")["logs"].([]any)
	if len(logs) != maxLogLines+1 || len(logs[0].(string)) != maxLogLine+len("…") || logs[maxLogLines] != "further lines are not kept" {
		t.Errorf("%d lines are kept, the last is %v", len(logs), logs[len(logs)-1])
	}
}
