package local

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"notturno/api/local/agent"
)

// idsOf is the agents of a page, the keys of the envelope checked.
func idsOf(t *testing.T, s *Server, query string) (ids []string, page listPage[agentResponse]) {
	t.Helper()
	raw := call[map[string]json.RawMessage](t, s, http.MethodGet, "/agents"+query, "", 200)
	for _, key := range []string{"items", "page", "page_size", "has_next", "has_previous"} {
		if raw[key] == nil {
			t.Errorf("%s lacks %s", query, key)
		}
	}
	if err := json.Unmarshal(encode(raw), &page); err != nil || page.Items == nil {
		t.Fatalf("%s answers %s (%v)", query, encode(raw), err)
	}
	for _, item := range page.Items {
		ids = append(ids, item.AgentID)
	}
	return ids, page
}

func TestAgentsAreListed(t *testing.T) {
	t.Parallel()
	kept := make(chan struct{})
	s := startAnswering(t, func(_ context.Context, request agent.Request, tell func(agent.Step)) (json.RawMessage, error) {
		switch request.MaxCalls {
		case 1:
			<-kept
		case 2:
			tell(agent.Saved{Function: agent.Function{ID: "f"}})
		}
		return json.RawMessage("{}"), nil
	})
	if ids, page := idsOf(t, s, ""); len(ids) != 0 || page.Page != 1 || page.PageSize != 10 || page.HasNext || page.HasPrevious {
		t.Errorf("without agents the list is %+v", page)
	}
	session := openSession(t, s)
	var all []string
	for i := range 12 {
		steps := 3
		if i == 4 {
			steps = 2
		}
		started := beginOn(t, s, session, fmt.Sprintf(`,"max_steps":%d`, steps))
		ended(t, s, started.AgentID)
		all = append([]string{started.AgentID}, all...) // the newest first
	}
	live := beginOn(t, s, session, `,"max_steps":1`)
	all = append([]string{live.AgentID}, all...)

	for query, want := range map[string][]string{
		"":                                   all[:1],
		"?only_active=true":                  all[:1],
		"?only_active=false":                 all[:10],
		"?only_active=0&page=2":              all[10:],
		"?only_active=0&page_size=100":       all,
		"?only_active=no&page_size=3&page=2": all[3:6],
		"?only_active=0&page=99":             nil,
		"?only_active=0&only_saved=1":        all[8:9],
		"?only_saved=true":                   nil,
		"?only_current_token=true":           all[:1],
		"?page=9223372036854775807":          nil,
	} {
		if got, _ := idsOf(t, s, query); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%q lists %v, want %v", query, got, want)
		}
	}
	if _, page := idsOf(t, s, "?only_active=0&page_size=5&page=2"); !page.HasNext || !page.HasPrevious {
		t.Errorf("the page in the middle is %+v", page)
	}
	items := call[map[string]json.RawMessage](t, s, http.MethodGet, "/agents", "", 200)["items"]
	if strings.Contains(string(items), `"task"`) || !strings.Contains(string(items), `"closed_at":null,"saved":false`) {
		t.Errorf("an item is %s", items)
	}
	close(kept)
	ended(t, s, live.AgentID)
}

func TestOldAgentsAreForgotten(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(nil, "{}"))
	session := openSession(t, s)
	first := beginOn(t, s, session, "")
	ended(t, s, first.AgentID)
	for range maxClosedAgents + 1 {
		ended(t, s, beginOn(t, s, session, "").AgentID)
	}
	call[map[string]string](t, s, http.MethodGet, "/agents/"+first.AgentID, "", 404)
	if ids, _ := idsOf(t, s, "?only_active=0&page_size=100"); len(ids) > maxClosedAgents+1 || len(ids) < maxClosedAgents {
		t.Errorf("%d agents are kept", len(ids))
	}
}

func TestTheWorkflowCodeOfAnAgent(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(listing(), "{}"))
	id := begin(t, s, "").AgentID
	ended(t, s, id)
	for query, want := range map[string]string{
		"?as_workflow=true":                              "def run(url: str = \"https://news.example/\"):\n",
		"?as_workflow=0&infer_response_format=true":      "print(result)\n",
		"?as_workflow=false&infer_response_format=false": "client = NotteClient()\n",
	} {
		code := call[workflowCode](t, s, http.MethodGet, "/agents/"+id+"/workflow/code"+query, "", 200)
		if !strings.Contains(code.PythonScript, want) || len(code.JSONActions) != 3 {
			t.Errorf("%s answers %+v", query, code)
		}
	}
}
