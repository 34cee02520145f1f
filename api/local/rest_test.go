package local

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"notturno/api/local/agent"
)

// Every refusal is JSON, in the form of the API that was asked.
func TestRefusalsHaveTheFormOfTheirAPI(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	large := strings.Repeat(" ", maxBodyBytes) + `{}`
	for _, test := range []struct {
		method, path, body string
		edit               func(*http.Request)
		status             int
		want               string
	}{
		{"GET", "/sessions", "", without("Authorization"), 401, `{"message":"Authentication failed. Please check your credentials.","detail":"send the key`},
		{"GET", "/usage", "", header("Authorization", "Bearer x"), 401, `{"message":"Authentication failed. Please check your credentials.","detail":"send the key`},
		{"POST", "/agents/start", `{}`, without("Authorization"), 401, `{"message":`},
		{"POST", "/anything/start", `{}`, without("Authorization"), 401, `{"message":`},
		{"POST", startPath, `{}`, without("Authorization"), 401, `{"error":"Unauthorized"`},
		{"GET", "/sessions/a/b", "", nil, 404, `{"detail":"Not Found"}`},
		{"GET", "/anything/else", "", nil, 404, `{"detail":"Not Found"}`},
		{"GET", "/usage/nothing", "", nil, 404, `{"detail":"Not Found"}`},
		{"GET", "/agents/a/b/c", "", nil, 404, `{"detail":"Not Found"}`},
		{"GET", "/functions/a/b/c/d", "", nil, 404, `{"detail":"Not Found"}`},
		{"GET", "/api/else", "", nil, 404, `{"error":"Not Found"`},
		{"POST", "/sessions", `{}`, nil, 405, `{"detail":"Method Not Allowed"}`},
		{"GET", "/sessions/x/stop", "", nil, 405, `{"detail":"Method Not Allowed"}`},
		{"OPTIONS", "/sessions/start", "", nil, 405, `{"detail":"Method Not Allowed"}`},
		{"DELETE", "/usage", "", nil, 405, `{"detail":"Method Not Allowed"}`},
		{"GET", "/anything/start", "", nil, 405, `{"detail":"Method Not Allowed"}`},
		{"GET", startPath, "", nil, 405, `{"error":"Method Not Allowed"`},
		{"GET", "/sessions", "", header("Origin", "https://evil.example"), 403, `{"message":"Forbidden","detail":"requests of other origins are refused"}`},
		{"POST", "/sessions/start", large, nil, 413, `{"message":"Request body too large","detail":"at most 65536 bytes are read"}`},
		{"POST", "/anything/start", large, nil, 413, `{"message":"Request body too large"`},
		{"POST", "/sessions/start", ``, nil, 422, `{"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]}`},
		{"POST", "/sessions/start", `{"a":}`, nil, 422, `{"detail":[{"type":"json_invalid","loc":["body",5],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting value"}}]}`},
		{"POST", "/sessions/start", `{}`, header("Content-Type", "text/plain"), 422, `{"detail":[{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":"{}"}]}`},
		{"POST", "/anything/start", `{"query":"x"}`, nil, 422, `{"detail":[{"type":"missing","loc":["body","task"],"msg":"Field required","input":{"query":"x"}}]}`},
		{"POST", "/anything/start", `{"task":" "}`, nil, 400, `{"message":"Missing required field: task"`},
		{"GET", "/usage?period=2025-05", "", nil, 422, `{"detail":[{"type":"value_error","loc":["query","period"],"msg":"Value error, period must be a month and a year, such as May 2025","input":"2025-05","ctx":{"error":{}}}]}`},
	} {
		req := request(t.Context(), t, s, test.method, test.path, test.body)
		if test.edit != nil {
			test.edit(req)
		}
		resp := do(t, req)
		if got := readBody(t, resp); resp.StatusCode != test.status || !strings.HasPrefix(got, test.want) || resp.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %s gets %d %s", test.method, test.path, resp.StatusCode, got)
		}
		if test.status == http.StatusMethodNotAllowed && resp.Header.Get("Allow") == "" {
			t.Errorf("%s %s is not told what is allowed", test.method, test.path)
		}
	}
}

func TestUsageCountsWhatWasDone(t *testing.T) {
	t.Parallel()
	s := startReal(t, Config{})
	month := time.Now().UTC().Format(monthFormat)
	call[sessionResponse](t, s, "POST", "/sessions/start", `{}`, 200)
	readBody(t, startTask(t.Context(), t, s, `{"query":"list the top 3 posts of the news section"}`))
	got := call[usageResponse](t, s, "GET", "/usage", "", 200)
	if want := (usageResponse{PlanType: "local", Period: month, SessionCount: 2, FunctionCount: 1}); got != want {
		t.Errorf("the usage is %+v, want %+v", got, want)
	}
	if _, err := s.functions.store.save(t.Context(), agent.Function{Name: "another"}); err != nil {
		t.Fatal(err)
	}
	if got := call[usageResponse](t, s, "GET", "/usage?period="+strings.ReplaceAll(month, " ", "+"), "", 200); got.FunctionCount != 2 {
		t.Errorf("the usage of the month is %+v", got)
	}
	if got := call[usageResponse](t, s, "GET", "/usage?period=May%202025", "", 200); got != (usageResponse{PlanType: "local", Period: "May 2025"}) {
		t.Errorf("the usage of another month is %+v", got)
	}
}

// The requests with the key are told, the newest first and without the IDs
// that they named.
func TestUsageLogs(t *testing.T) {
	t.Parallel()
	s := startReal(t, Config{})
	sess := call[sessionResponse](t, s, "POST", "/sessions/start", `{}`, 200)
	call[sessionResponse](t, s, "GET", "/sessions/"+sess.SessionID, "", 200)
	readBody(t, get(t, s, "/usage")) // without the key
	all := call[listPage[usageLog]](t, s, "GET", "/usage/logs", "", 200)
	if len(all.Items) != 2 || all.Items[0].Endpoint != "/sessions/{session_id}" || all.Items[1].Endpoint != "/sessions/start" ||
		time.Since(all.Items[0].CreatedAt) > time.Minute || all.Items[0].CreatedAt.Before(all.Items[1].CreatedAt) || all.Items[0].DurationMS < 0 {
		t.Errorf("the logs are %+v", all)
	}
	one := call[listPage[usageLog]](t, s, "GET", "/usage/logs?endpoint=/sessions/start&page_size=1", "", 200)
	if len(one.Items) != 1 || one.Items[0].Endpoint != "/sessions/start" || one.HasNext {
		t.Errorf("the logs of one endpoint are %+v", one)
	}
	call[any](t, s, "GET", "/usage/logs?page=0", "", 422)
	for range maxUsageLogs + 5 {
		s.logs.add(&http.Request{Pattern: "/x"}, time.Now(), time.Now())
	}
	if got := s.logs.of(""); len(got) != maxUsageLogs || got[maxUsageLogs-1].Endpoint != "/x" {
		t.Errorf("%d logs are kept, the oldest of %s", len(got), got[len(got)-1].Endpoint)
	}
}

// startReal serves with the real agent and the sample site.
func startReal(t *testing.T, config Config) *Server {
	t.Helper()
	config.DataDir = t.TempDir()
	s, err := Start(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	closeAfter(t, s)
	return s
}
