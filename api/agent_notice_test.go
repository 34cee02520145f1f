package api

import (
	"net/http"
	"strings"
	"testing"
)

// What the validator says in an agent's log holds no token.
func TestNoticesHideTokens(t *testing.T) {
	t.Parallel()
	const link = "https://viewer.example/?jwt=5ecretvalue1234"
	end := `{"agent_id":"a","session_id":"s","status":"closed","success":true,"answer":"x","steps":[]}`
	script := &agentScript{statuses: []string{active()}, log: said(waits, `{"validation":"see `+link+`"}`, stopOf(end))}
	inBubble(t, func(*testing.T) http.Handler { return script }, func(t *testing.T, client *Client) {
		notices := ""
		for event, err := range client.WatchAgent(t.Context(), AgentWatch{AgentID: "a", SessionID: "s"}) {
			if notice, ok := event.Data.(Notice); ok {
				notices += string(notice.Text)
			}
			if err != nil || strings.Contains(string(event.Raw), "5ecret") {
				t.Errorf("%s, %v", event.Raw, err)
			}
		}
		if !strings.Contains(notices, "see https://viewer.example/?jwt="+redacted) {
			t.Errorf("the notices say %q", notices)
		}
	})
}
