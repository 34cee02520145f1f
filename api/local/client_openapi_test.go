package local

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"notturno/api"
)

// clientOf is the real client of a server.
func clientOf(t *testing.T, url string, s *Server) *api.Client {
	t.Helper()
	client, err := api.New(api.Config{AnythingURL: url, APIURL: url, Key: s.Key(), Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// watched is a server behind a listener that keeps the last body of a request.
type watched struct {
	*Server
	client *api.Client
	body   []byte
}

func watchBodies(t *testing.T, s *Server) *watched {
	t.Helper()
	w := &watched{Server: s}
	hop := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		w.body = body
		req, err := http.NewRequestWithContext(r.Context(), r.Method, s.URL()+r.URL.RequestURI(), bytes.NewReader(body))
		if err != nil {
			t.Error(err)
			return
		}
		req.Header = r.Header.Clone()
		resp := do(t, req)
		rw.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
		rw.WriteHeader(resp.StatusCode)
		_, _ = io.Copy(rw, resp.Body)
	}))
	t.Cleanup(hop.Close)
	w.client = clientOf(t, hop.URL, s)
	return w
}

// fieldsOf are the fields that a 422 names; nil when err is none.
func fieldsOf(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var refused *api.Error
	if !errors.As(err, &refused) || refused.Status != http.StatusUnprocessableEntity || len(refused.Fields) == 0 {
		t.Fatalf("expected a 422 with fields, got %v", err)
	}
	found := map[string]bool{}
	for _, field := range refused.Fields {
		found[field.Field()] = true
	}
	return slices.Sorted(maps.Keys(found))
}

// maybe is a pointer to a value, or nil.
func maybe[T any](r *rand.Rand, values ...T) *T {
	if r.IntN(2) == 0 {
		return nil
	}
	return &values[r.IntN(len(values))]
}

func oneOf[T any](r *rand.Rand, values ...T) T { return values[r.IntN(len(values))] }

// anyText is empty half of the time, and of any characters.
func anyText(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(2) * r.IntN(20) {
		b.WriteRune(oneOf(r, 'a', '"', '\\', '<', '\n', 0, 0x1b, 0x202e, 'é', '漢', 0x1f600, 0xfffd))
	}
	return b.String()
}

// randomAgent is any request that the type can express, and the fields of it
// that are out of bounds by the document.
func randomAgent(r *rand.Rand, session string) (request api.AgentRequest, wrong []string) {
	request = api.AgentRequest{
		Task:           anyText(r),
		URL:            anyText(r),
		SessionOffset:  maybe(r, -1, 0, 1, 1<<40),
		ReasoningModel: oneOf(r, append(api.Models(), "", "own/model", anyText(r))...),
		UseVision:      maybe(r, true, false),
		MaxSteps:       maybe(r, -1, 0, 1, 2, 20, 149, 150, 151, 1<<40),
		VaultID:        anyText(r),
		PersonaID:      anyText(r),
		SessionID:      session,
	}
	if format := maybe(r, `null`, `{}`, `{"type":"object","properties":{"a":{"type":"string"}}}`, `true`); format != nil {
		request.ResponseFormat = json.RawMessage(*format)
	}
	if request.MaxSteps != nil && (*request.MaxSteps < 1 || *request.MaxSteps > 150) {
		wrong = append(wrong, "max_steps")
	}
	if config := maybe(r, `null`, `{}`, `{"a":[1,{"b":null}]}`, `[]`, `"x"`, `1`, `false`); config != nil {
		request.NotifierConfig = json.RawMessage(*config)
		if (*config)[0] != '{' && *config != "null" {
			wrong = append(wrong, "notifier_config")
		}
	}
	return request, wrong
}

// Every start that the client can express is judged alike by the document, by
// the server and by what was expected of it, and what is wrong with it is said
// of the very field.
func TestEveryAgentRequestMeetsTheDocument(t *testing.T) {
	t.Parallel()
	c, s := newContract(t), watchBodies(t, startAnswering(t, answering(nil, "{}")))
	started := 0
	for seed := range uint64(100) {
		session, err := s.client.StartSession(t.Context(), api.SessionRequest{})
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(seed, 1))
		want, wrong := randomAgent(r, string(session.SessionID))
		got, err := s.client.StartAgent(t.Context(), want)
		sent := string(s.body)
		if fault := c.request(sent); (fault == nil) != (wrong == nil) {
			t.Errorf("the document says of %s: %v", sent, fault)
		}
		if fields := fieldsOf(t, err); !slices.Equal(fields, wrong) {
			t.Errorf("%s is refused for %q, not for %q: %v", sent, fields, wrong, err)
		}
		if err == nil {
			started++
			if got.SessionID != session.SessionID || (got.Status != api.AgentActive && !got.Closed()) || got.AgentID == "" || got.CreatedAt.IsZero() {
				t.Errorf("the start answers %+v", got)
			}
			if _, err := s.client.StopAgent(t.Context(), string(got.AgentID), string(got.SessionID)); err != nil {
				t.Error(err)
			}
		}
		if _, err := s.client.StopSession(t.Context(), string(session.SessionID)); err != nil {
			t.Error(err)
		}
	}
	if started == 0 {
		t.Error("no request was good")
	}
}

// What is set is sent, and nothing else.
func TestOnlyWhatIsSetIsSent(t *testing.T) {
	t.Parallel()
	s := watchBodies(t, startAnswering(t, answering(nil, "{}")))
	session, err := s.client.StartSession(t.Context(), api.SessionRequest{})
	if err != nil || string(s.body) != "{}" {
		t.Fatalf("%s %v", s.body, err)
	}
	if _, err = s.client.StartAgent(t.Context(), api.AgentRequest{Task: "t", SessionID: string(session.SessionID)}); err != nil {
		t.Error(err)
	}
	if want := fmt.Sprintf(`{"task":"t","session_id":%q}`, session.SessionID); string(s.body) != want {
		t.Errorf("the body is %s, want %s", s.body, want)
	}
	var all struct{ agent, document map[string]json.RawMessage }
	full := api.AgentRequest{
		Task: "t", URL: "u", ResponseFormat: json.RawMessage(`{}`), SessionOffset: new(0), ReasoningModel: "m", UseVision: new(false),
		MaxSteps: new(1), VaultID: "v", PersonaID: "p", NotifierConfig: json.RawMessage(`{}`), SessionID: "none",
	}
	var unknown *api.Error
	if _, err := s.client.StartAgent(t.Context(), full); !errors.As(err, &unknown) || unknown.Status != http.StatusNotFound {
		t.Errorf("an unknown session: %v", err)
	}
	if err := json.Unmarshal(s.body, &all.agent); err != nil {
		t.Fatal(err)
	}
	properties := newContract(t).document.Components.Schemas["ApiAgentStartRequest"].Value.Properties
	if got, want := slices.Sorted(maps.Keys(all.agent)), slices.Sorted(maps.Keys(properties)); !slices.Equal(got, want) {
		t.Errorf("a full request has %q, want %q", got, want)
	}
	if models := newContract(t).document.Components.Schemas["LlmModel"].Value.Enum; fmt.Sprint(models) != fmt.Sprint(api.Models()) {
		t.Errorf("the models are %q, not %q", api.Models(), models)
	}
}

// Each rule that the server checks about one field is said of that field.
func TestWrongFieldsAreNamed(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(nil, "{}"))
	client := clientOf(t, s.URL(), s)
	ids := strings.Fields("a b c d e f g h i j k")
	for want, request := range map[string]api.SessionRequest{
		"max_duration_minutes": {MaxDurationMinutes: new(1441)},
		"idle_timeout_minutes": {IdleTimeoutMinutes: new(0)},
		"browser_type":         {BrowserType: "lynx"},
		"aspect_ratio":         {AspectRatio: "1:1"},
		"screenshot_type":      {ScreenshotType: "none"},
		"auth_ids":             {AuthIDs: ids},
		"proxies":              {Proxies: &api.Proxies{List: []api.Proxy{{Type: api.ProxyExternal}}}},
		"":                     {ViewportWidth: new(800)},
	} {
		_, err := client.StartSession(t.Context(), request)
		if got := fieldsOf(t, err); !slices.Equal(got, []string{want}) {
			t.Errorf("refused for %q, not for %q: %v", got, want, err)
		}
	}
	session, err := client.StartSession(t.Context(), api.SessionRequest{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.StartAgent(t.Context(), api.AgentRequest{Task: "t", SessionID: string(session.SessionID), ResponseFormat: json.RawMessage(`{"type":5}`)})
	if got := fieldsOf(t, err); !slices.Equal(got, []string{"response_format"}) {
		t.Errorf("a format that is no schema is refused for %q: %v", got, err)
	}
	_, err = client.Sessions(t.Context(), api.SessionFilter{Page: -1, PageSize: 101})
	if got := fieldsOf(t, err); !slices.Equal(got, []string{"page", "page_size"}) {
		t.Errorf("a filter is refused for %q: %v", got, err)
	}
}

// A session is shown as it was asked for.
func TestSessionsOfTheClient(t *testing.T) {
	t.Parallel()
	s := startAnswering(t, answering(nil, "{}"))
	client := clientOf(t, s.URL(), s)
	started, err := client.StartSession(t.Context(), api.SessionRequest{
		Headless: new(false), SolveCaptchas: new(false), MaxDurationMinutes: new(60), IdleTimeoutMinutes: new(5),
		Proxies:     &api.Proxies{List: []api.Proxy{{Type: api.ProxyNotte, Country: "fr"}, {Type: api.ProxyExternal, Server: "s", Password: "p"}}},
		BrowserType: "chrome", UserAgent: "ua", ChromeArgs: []string{"--x"}, ViewportWidth: new(800), ViewportHeight: new(600),
		CDPURL: "ws://x", UseFileStorage: new(false), ScreenshotType: "raw", Profile: &api.Profile{ID: "p", Persist: new(true)},
		VaultID: "v", WebBotAuth: new(true), ExtraHTTPHeaders: map[string]string{"a": "b"}, AuthIDs: []string{"a"}, WaitForAuthentication: new(false),
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := client.Session(t.Context(), string(started.SessionID))
	if err != nil {
		t.Fatal(err)
	}
	if !got.Open() || *got.Headless || *got.SolveCaptchas || got.MaxDuration.Minutes() != 60 || got.IdleTimeout.Minutes() != 5 || !*got.Proxies ||
		got.BrowserType != "chrome" || got.UserAgent != "ua" || got.ViewportWidth != 800 || got.ViewportHeight != 600 || *got.UseFileStorage ||
		!*got.WebBotAuth || !slices.Equal(got.AuthIDs, []api.Text{"a"}) || got.ViewerURL == "" || got.CreatedAt.IsZero() || !got.ClosedAt.IsZero() {
		t.Errorf("the session is %+v", got)
	}
	expectSessions := func(filter api.SessionFilter, want int) {
		t.Helper()
		if page, err := client.Sessions(t.Context(), filter); err != nil || len(page.Items) != want {
			t.Errorf("the list of %+v is %+v, %v", filter, page, err)
		}
	}
	expectSessions(api.SessionFilter{}, 1)
	for range 2 { // the second changes nothing
		stopped, err := client.StopSession(t.Context(), string(started.SessionID))
		if err != nil || stopped.Open() || stopped.ClosedAt.IsZero() || stopped.CloseReason != "manual" {
			t.Errorf("the stop answers %+v, %v", stopped, err)
		}
	}
	expectSessions(api.SessionFilter{}, 0)
	expectSessions(api.SessionFilter{OnlyActive: new(false), Page: 1, PageSize: 1}, 1)
	var unknown *api.Error
	if _, err := client.StopSession(t.Context(), "../usage"); !errors.As(err, &unknown) || unknown.Status != http.StatusNotFound || errors.Is(err, api.ErrNotConfirmed) {
		t.Errorf("an unknown session: %v", err)
	}
}
