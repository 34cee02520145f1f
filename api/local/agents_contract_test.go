package local

import (
	"encoding/json"
	"net/http"
	"testing"
)

// Agents look as documented in every state, and in every place that shows one.
func TestAgentsMeetTheDocument(t *testing.T) {
	t.Parallel()
	c, next := newContract(t), make(chan struct{})
	s := startAnswering(t, stepwise(listing(), next))
	started := begin(t, s, "")
	expect := func(what string, shown json.RawMessage) {
		t.Helper()
		if err := c.response(http.StatusOK, string(shown)); err != nil {
			t.Errorf("%s shows %s: %v", what, shown, err)
		}
	}
	places := func(state string) {
		t.Helper()
		expect("the status of an agent that is "+state, call[json.RawMessage](t, s, http.MethodGet, "/agents/"+started.AgentID, "", 200))
		expect("the stop of an agent that is "+state, call[json.RawMessage](t, s, http.MethodDelete, stopPath(started), "", 200))
		page := call[listPage[json.RawMessage]](t, s, http.MethodGet, "/agents?only_active=0", "", 200)
		if len(page.Items) != 1 {
			t.Fatalf("the list is %+v", page)
		}
		expect("the list with an agent that is "+state, page.Items[0])
	}
	expect("the start", json.RawMessage(encode(started)))
	next <- struct{}{}
	places("active")
	ended(t, s, started.AgentID)
	places("closed")
}

// What the server takes is what the document allows.
func TestAgentStartsThatWorkMeetTheDocument(t *testing.T) {
	t.Parallel()
	c, s := newContract(t), startAnswering(t, answering(nil, "{}"))
	session := openSession(t, s)
	for _, fields := range []string{
		"", `,"url":"https://a.example/"`, `,"max_steps":1`, `,"max_steps":150`, `,"use_vision":false`, `,"reasoning_model":"own/model"`,
		threePosts, `,"vault_id":"v","persona_id":"p","notifier_config":{"a":[1]},"session_offset":3`,
	} {
		body := `{"task":"x","session_id":"` + session + `"` + fields + `}`
		if err := c.request(body); err != nil {
			t.Errorf("the document refuses %s: %v", body, err)
		}
		started := call[json.RawMessage](t, s, http.MethodPost, "/agents/start", body, 200)
		if err := c.response(http.StatusOK, string(started)); err != nil {
			t.Errorf("%s gets %s: %v", body, started, err)
		}
		var shown agentResponse
		if err := json.Unmarshal(started, &shown); err != nil {
			t.Fatal(err)
		}
		ended(t, s, shown.AgentID)
	}
}
