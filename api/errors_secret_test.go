package api

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// refusing is a client of a service that refuses everything with a body.
func refusing(t *testing.T, body string) *Client {
	t.Helper()
	return restClient(t, serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = io.WriteString(w, body)
	}))
}

// A service may send back what it did not accept: the person's own secrets.
func TestErrorsDoNotRepeatTheRequest(t *testing.T) {
	t.Parallel()
	const sent = `{"token":"5ecret"}`
	for body, want := range map[string]string{
		`{"detail":[{"type":"string_type","loc":["body","notifier_config"],"input":` + sent + `}]}`:              "notifier_config: string_type",
		`{"detail":[{"loc":["body","notifier_config"],"input":` + sent + `,"ctx":` + sent + `}]}`:                "notifier_config: was not accepted",
		`{"detail":[{"loc":["body","x"],"msg":` + sent + `,"type":` + sent + `}]}`:                               "x: was not accepted",
		`{"detail":[{"input":"5ecret"},[` + sent + `],null]}`:                                                    "was not accepted",
		`{"detail":[{"loc":["body","x",` + sent + `],"msg":"m"}]}`:                                               "x: m",
		`{"detail":{"notifier_config":` + sent + `}}`:                                                            "422 Unprocessable Entity",
		`{"detail":{"type":"value_error","input":` + sent + `}}`:                                                 "value_error",
		`{"detail":{"input":"5ecret","ctx":"5ecret"},"message":"Bad"}`:                                           "Bad",
		`{"error":{"input":` + sent + `}}`:                                                                       "422 Unprocessable Entity",
		`{"error":{"code":"bad","input":` + sent + `}}`:                                                          "bad",
		`{"message":` + sent + `}`:                                                                               "422 Unprocessable Entity",
		`{"message":"[{'type': 'x', 'loc': ('body', 'x'), 'msg': 'Bad', 'input': {'a': '5ecret'}}]"}`:            "'msg': 'Bad', …",
		`{"message":"{\"msg\":\"Bad\",\"input\":\"5ecret\"}"}`:                                                   `"msg":"Bad",…`,
		`{"detail":"bad notifier_config {\"token\":\"5ecret\"}"}`:                                                `bad notifier_config {"token":"(hidden)"}`,
		`{"detail":[{"type":"x","loc":["body","x"],"input":"5ecret` + strings.Repeat("x", maxErrorBody) + `"}]}`: `"loc":["body","x"],…`,
		`["5ecret"`: `["5ecret"`, // not JSON, and so not said to be the request
	} {
		client := refusing(t, body)
		_, start := client.StartAnything(t.Context(), "x")
		_, agent := client.StartAgent(t.Context(), AgentRequest{})
		for _, err := range []error{start, agent} {
			said := err.Error()
			if !strings.Contains(said, want) || (strings.Contains(said, "5ecret") && !strings.Contains(want, "5ecret")) {
				t.Errorf("%.200s\nis %.300s", body, said)
			}
		}
	}
}

// A token that a service quotes is hidden in errors of both kinds.
func TestErrorsHideTokens(t *testing.T) {
	t.Parallel()
	const link = "https://viewer.example/?jwt=5ecretvalue1234"
	for _, body := range []string{
		`{"detail":"session is busy, see ` + link + `"}`,
		`{"message":"no","detail":"Authorization: Bearer 5ecretvalue1234"}`,
		`{"detail":[{"loc":["` + link + `"],"msg":"` + link + `"}]}`,
		`<html>https://me:5ecret@a.example/x</html>`,
	} {
		_, err := refusing(t, body).StartAgent(t.Context(), AgentRequest{})
		var answer *Error
		if !errors.As(err, &answer) || strings.Contains(fmt.Sprint(*answer, err), "5ecret") || !strings.Contains(err.Error(), redacted) {
			t.Errorf("%s is %v", body, err)
		}
	}
	client := clientOf(t, "http://127.0.0.1:1")
	lost := client.transportError(t.Context(), false, errors.New("malformed header: "+link))
	if said := lost.Error(); strings.Contains(said, "5ecret") || !strings.Contains(said, "jwt="+redacted) {
		t.Errorf("the connection was lost with %s", said)
	}
}

// Why a session or an agent has failed holds no token; what opens the viewer,
// and an answer, stay as they are.
func TestReasonsHideTokens(t *testing.T) {
	t.Parallel()
	const link = "https://viewer.example/?jwt=5ecretvalue1234"
	const shown = "see https://viewer.example/?jwt=" + redacted
	session, err := answering(t, `{"session_id":"s","status":"error","error":"see `+link+` or `+testKey+`","viewer_url":"`+link+`"}`).Session(t.Context(), "s")
	if err != nil || session.Error != shown+" or [key]" || session.ViewerURL != link {
		t.Errorf("the session is %+v, %v", session, err)
	}
	for success, want := range map[string]Text{"false": shown, "null": shown, "true": "see " + link} {
		end := `{"agent_id":"a","session_id":"s","status":"closed","success":` + success + `,"answer":"see ` + link + `","steps":[]}`
		status, err := answering(t, end).Agent(t.Context(), "a")
		if err != nil || status.Answer != want {
			t.Errorf("success %s: the answer is %q, %v", success, status.Answer, err)
		}
		script := &agentScript{statuses: []string{end}}
		inBubble(t, func(*testing.T) http.Handler { return script }, func(t *testing.T, client *Client) {
			said := ""
			for event, err := range client.WatchAgent(t.Context(), AgentWatch{AgentID: "a", SessionID: "s"}) {
				if err != nil {
					t.Error(err)
				}
				if _, isLink := event.Data.(SessionData); !isLink {
					said += fmt.Sprint(event.Data)
				}
			}
			if !strings.Contains(said, string(want)) {
				t.Errorf("success %s: the events say %q", success, said)
			}
		})
	}
}

// A viewer link that holds the API key is no link.
func TestViewerLinksWithTheKey(t *testing.T) {
	t.Parallel()
	session, err := answering(t, `{"session_id":"s","viewer_url":"https://v.example/?token=`+testKey+`","cdp_url":"wss://v.example/?token=5ecretvalue"}`).Session(t.Context(), "s")
	if err != nil || session.ViewerURL != "" || session.CDPURL != "wss://v.example/?token=5ecretvalue" {
		t.Errorf("the session is %+v, %v", session, err)
	}
}
