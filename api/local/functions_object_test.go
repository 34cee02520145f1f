package local

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"notturno/api/local/agent"
)

// shape is a function as the API must tell it.
func shape(f agent.Function, more map[string]any) map[string]any {
	want := map[string]any{
		"function_id": f.ID, "workflow_id": f.ID, "name": f.Name, "description": "Lists the newest entries.",
		"variables":  []any{map[string]any{"name": "count", "type": "int", "default": "5"}},
		"created_at": f.CreatedAt.Format("2006-01-02T15:04:05.999999999Z"), "updated_at": f.CreatedAt.Format("2006-01-02T15:04:05.999999999Z"),
		"latest_version": "v1", "versions": []any{"v1"}, "status": "active", "shared": false, "reference_workflow_id": nil,
		"published": false, "required_secrets": []any{}, "schedule_cron": nil, "schedule_variables": nil, "schedule_state": nil,
	}
	for name, value := range more {
		want[name] = value
	}
	return want
}

func TestFunctionsAreTold(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	if page := expect(t, s, 200, "GET", "/functions", ""); !reflect.DeepEqual(page, map[string]any{
		"items": []any{}, "page": 1.0, "page_size": 10.0, "has_next": false, "has_previous": false}) {
		t.Errorf("without functions the list is %v", page)
	}
	first, second := keepFunction(t, s, "first"), keepFunction(t, s, "second")
	for query, want := range map[string]map[string]any{
		"":                    {"items": []any{shape(second, nil), shape(first, nil)}, "page": 1.0, "page_size": 10.0, "has_next": false, "has_previous": false},
		"?page_size=1":        {"items": []any{shape(second, nil)}, "page": 1.0, "page_size": 1.0, "has_next": true, "has_previous": false},
		"?page_size=1&page=2": {"items": []any{shape(first, nil)}, "page": 2.0, "page_size": 1.0, "has_next": false, "has_previous": true},
	} {
		if page := expect(t, s, 200, "GET", "/functions"+query, ""); !reflect.DeepEqual(page, want) {
			t.Errorf("the list%s is\n%v, want\n%v", query, page, want)
		}
	}
	path := "/functions/" + first.ID
	if got, want := expect(t, s, 200, "GET", path+"?decryption_key=k", ""), shape(first, map[string]any{"url": s.URL() + path + "/source"}); !reflect.DeepEqual(got, want) {
		t.Errorf("it is\n%v, want\n%v", got, want)
	}
}

func TestVersionsOfAFunction(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "f")
	f.Variables = []agent.Variable{{Name: "count", Type: "int", Default: "9"}}
	if _, err := s.functions.store.save(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	path := "/functions/" + f.ID
	for query, count := range map[string]string{"": "9", "?version=v1": "5", "?version=v2": "9"} {
		got := expect(t, s, 200, "GET", path+query, "")
		if got["latest_version"] != "v2" || !reflect.DeepEqual(got["versions"], []any{"v1", "v2"}) || got["url"] != s.URL()+path+"/source"+query ||
			got["variables"].([]any)[0].(map[string]any)["default"] != count {
			t.Errorf("with %q it is %v", query, got)
		}
		source := expect(t, s, 200, "GET", strings.TrimPrefix(got["url"].(string), s.URL()), "")
		if source["skill"] != "list" || source["variables"].([]any)[0].(map[string]any)["default"] != count {
			t.Errorf("with %q its source is %v", query, source)
		}
	}
	expectDetail(t, s, 404, "Function version not found", "GET", path+"?version=v3", "")
	if got := expect(t, s, 200, "POST", path+"/runs/start", `{}`); got["status"] != "closed" {
		t.Errorf("its run is %v", got)
	}
}

func TestADeletedFunctionIsHidden(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "f")
	path := "/functions/" + f.ID
	expect(t, s, 200, "POST", path+"/runs/start", `{}`)
	if got, want := expect(t, s, 200, "DELETE", path, ""), map[string]any{"status": "success", "message": "Function f is deleted"}; !reflect.DeepEqual(got, want) {
		t.Errorf("delete answers %v", got)
	}
	for query, want := range map[string]int{"": 0, "?only_active=true": 0, "?only_active=false": 1, "?only_active=0": 1} {
		items := expect(t, s, 200, "GET", "/functions"+query, "")["items"].([]any)
		if len(items) != want || want == 1 && items[0].(map[string]any)["status"] != "deleted" {
			t.Errorf("the list%s is %v", query, items)
		}
	}
	if got := expect(t, s, 200, "GET", path, ""); got["status"] != "deleted" {
		t.Errorf("it is %v", got)
	}
	if runs := expect(t, s, 200, "GET", path+"/runs", "")["items"].([]any); len(runs) != 1 {
		t.Errorf("its runs are %v", runs)
	}
	for _, call := range [][2]string{{"DELETE", ""}, {"POST", "/runs/start"}, {"POST", "/runs/create"}, {"POST", "/runs/" + functionID}, {"DELETE", "/schedule"}} {
		expectDetail(t, s, 404, "Function not found", call[0], path+call[1], `{}`)
	}
	expectDetail(t, s, 404, "Function not found", "POST", path+"/schedule", `{"cron":"* * * * *"}`)
}

func TestSchedulesAreKeptAndShown(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "f")
	path := "/functions/" + f.ID
	for _, cron := range []string{"0 9 * * 1", "rate(5 minutes)", "0 10 * * ? *", "no cron at all", ""} {
		got := expect(t, s, 200, "POST", path+"/schedule", fmt.Sprintf(`{"cron":%q,"variables":{"count":3}}`, cron))
		if got["status"] != "success" {
			t.Errorf("schedule answers %v", got)
		}
		shown := expect(t, s, 200, "GET", path, "")
		if shown["schedule_cron"] != cron || shown["schedule_state"] != "enabled" || !reflect.DeepEqual(shown["schedule_variables"], map[string]any{"count": 3.0}) {
			t.Errorf("%q is shown as %v", cron, shown)
		}
		if listed := expect(t, s, 200, "GET", "/functions", "")["items"].([]any)[0].(map[string]any); listed["schedule_cron"] != cron {
			t.Errorf("%q is listed as %v", cron, listed)
		}
	}
	if got := expect(t, s, 200, "DELETE", path+"/schedule", ""); got["status"] != "success" {
		t.Errorf("unschedule answers %v", got)
	}
	if shown := expect(t, s, 200, "GET", path, ""); shown["schedule_cron"] != nil || shown["schedule_state"] != nil || shown["latest_version"] != "v1" {
		t.Errorf("afterwards it is %v", shown)
	}
	got := expect(t, s, 422, "POST", path+"/schedule", `{"variables":{}}`)
	if detail := fmt.Sprint(got["detail"]); detail != "[map[input:map[variables:map[]] loc:[body cron] msg:Field required type:missing]]" {
		t.Errorf("without cron it answers %s", detail)
	}
}

func TestFunctionPathsAndMethods(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "f")
	path := "/functions/" + f.ID
	for target, allowed := range map[string]string{
		"PUT /functions": "GET", "PATCH " + path: "DELETE, GET", "GET " + path + "/schedule": "DELETE, POST", "OPTIONS " + path + "/runs": "GET",
		"DELETE " + path + "/runs/start": "POST", "GET " + path + "/runs/create": "POST", "PUT " + path + "/runs/" + functionID: "DELETE, GET, PATCH, POST",
	} {
		method, target, _ := strings.Cut(target, " ")
		resp := send(t, s, method, target, "")
		if body := readBody(t, resp); resp.StatusCode != 405 || body != `{"detail":"Method Not Allowed"}`+"\n" || resp.Header.Get("Allow") != allowed {
			t.Errorf("%s %s answers %d %s, and allows %s", method, target, resp.StatusCode, body, resp.Header.Get("Allow"))
		}
	}
	for _, target := range []string{"/functions/", path + "/fork", path + "/runs/x/y"} {
		expectDetail(t, s, 404, "Not Found", "GET", target, "")
	}
	for _, target := range []string{"/functions", path, path + "/source", path + "/runs"} {
		expect(t, s, 401, "GET", target, "", without("Authorization"))
		expect(t, s, 403, "GET", target, "", header("Origin", "http://evil.example"))
		expect(t, s, 403, "GET", target, "", header("Sec-Fetch-Site", "cross-site"))
	}
	expectDetail(t, s, 404, "Function not found", "GET", "/functions/"+functionID, "")
	expectDetail(t, s, 404, "Function not found", "GET", "/functions/..%2f..%2fsecret", "")
	expectDetail(t, s, 404, "Function not found", "GET", "/functions/"+functionID+"/runs", "")
}

func TestAFunctionThatCannotBeReadIsSaid(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "f")
	path, _ := s.functions.store.path(f.ID)
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := expect(t, s, 404, "GET", "/functions/"+f.ID, "")
	if detail := got["detail"].(string); !strings.Contains(detail, path) || !strings.Contains(detail, "is damaged") || !strings.Contains(detail, "is kept as") {
		t.Errorf("it answers %q", detail)
	}
	expectDetail(t, s, 404, "Function not found", "GET", "/functions/"+f.ID, "")
}
