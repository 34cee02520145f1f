package local

import (
	"encoding/json"
	"strings"
	"testing"
)

// A task leaves a function behind, and that function runs again on the page.
func TestAFunctionRunsAgainOnTheLivePage(t *testing.T) {
	t.Parallel()
	s := startWhole(t, Config{Version: "1.0"})
	task := encode(map[string]string{"query": "list the top 3 posts of " + strings.TrimPrefix(s.URL(), "http://") + "/news"})
	lines := dataLines(t, startTask(t.Context(), t, s, string(task)).Body)
	var done struct {
		Type       string
		FunctionID string `json:"function_id"`
	}
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &done); err != nil || done.Type != "done" {
		t.Fatalf("the task ends with %s (%v)", lines[len(lines)-1], err)
	}
	listed := expect(t, s, 200, "GET", "/functions", "")["items"].([]any)
	if len(listed) != 1 || listed[0].(map[string]any)["function_id"] != done.FunctionID {
		t.Fatalf("the functions are %v", listed)
	}
	start := "/functions/" + done.FunctionID + "/runs/start"
	for body, count := range map[string]int{
		`{"function_id":"` + done.FunctionID + `","variables":{}}`:          3,
		`{"function_id":"` + done.FunctionID + `","variables":{"count":2}}`: 2,
	} {
		got := expect(t, s, 200, "POST", start, body, header("X-Notte-Request-Origin", "cli"))
		result, _ := got["result"].(map[string]any)
		if items, _ := result["items"].([]any); got["status"] != "closed" || len(items) != count {
			t.Errorf("%s is answered with %v", body, got)
		}
	}
	got := expect(t, s, 200, "POST", start, `{"variables":{"count":"many"}}`)
	if reason, _ := got["result"].(string); got["status"] != "failed" || !strings.Contains(reason, `variable "count" is "many"`) {
		t.Errorf("a variable without sense gets %v", got)
	}
	runs := expect(t, s, 200, "GET", "/functions/"+done.FunctionID+"/runs?only_active=false", "")["items"].([]any)
	if len(runs) != 3 || runs[0].(map[string]any)["status"] != "failed" || runs[1].(map[string]any)["status"] != "closed" {
		t.Errorf("the runs are %v", runs)
	}
	if listed := expect(t, s, 200, "GET", "/functions", "")["items"].([]any); len(listed) != 1 {
		t.Errorf("running a function left others: %v", listed)
	}
}

func TestStoppingTheSessionEndsTheRun(t *testing.T) {
	t.Parallel()
	run, began, _ := held()
	s := startFunctions(t, t.TempDir(), run)
	f := keepFunction(t, s, "f")
	stream := send(t, s, "POST", "/functions/"+f.ID+"/runs/start", `{"stream":true}`)
	<-began
	active := expect(t, s, 200, "GET", "/functions/"+f.ID+"/runs", "")["items"].([]any)[0].(map[string]any)
	if got := expect(t, s, 200, "GET", "/sessions/"+active["session_id"].(string), ""); got["status"] != "active" {
		t.Errorf("its session is %v", got)
	}
	expect(t, s, 200, "DELETE", "/sessions/"+active["session_id"].(string)+"/stop", "")
	lines := dataLines(t, stream.Body)
	if last := lines[len(lines)-1]; !strings.Contains(last, `\"status\":\"stopped\"`) {
		t.Errorf("the stream ends with %s", last)
	}
}
