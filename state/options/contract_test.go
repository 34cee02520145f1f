package options_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"notturno/api/local"
	"notturno/state/options"
)

// agentDocument is what the service documents of the body of POST
// /agents/start.
func agentDocument(t *testing.T) *openapi3.Schema {
	t.Helper()
	document, err := openapi3.NewLoader().LoadFromFile(filepath.Join("..", "..", "api", "local", "testdata", "openapi.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return document.Components.Schemas["ApiAgentStartRequest"].Value
}

// localServer is a local backend of the test's own.
func localServer(t *testing.T) *local.Server {
	t.Helper()
	server, err := local.Start(t.Context(), local.Config{DataDir: t.TempDir(), NoSite: true, Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close(t.Context()) })
	return server
}

// ask sends a request to the server.
func ask(t *testing.T, server *local.Server, method, path, body string) (status int, answer string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, server.URL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+server.Key())
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(raw)
}

// set are the names of the request's fields that are set by the values.
func set(values options.Values, newSession bool) []string {
	var names []string
	for _, field := range options.Fields() {
		if values[field.Name] != "" && newSession == (field.Group == options.NewGroup) {
			names = append(names, field.Sets()...)
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool { return name == "timeout_minutes" || strings.Contains(name, ".") })
	if !newSession {
		names = append(names, "task", "session_id")
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Whatever is chosen, the document allows the agent's request, the server
// takes the session's, and both have exactly what was chosen.
func TestEveryOrderMeetsTheDocument(t *testing.T) {
	t.Parallel()
	all, schema, server := samples(t), agentDocument(t), localServer(t)
	seen := map[string]bool{}
	for seed := range uint64(300) {
		values := randomValues(generator(seed), all)
		order, err := values.Order("find it")
		if err != nil {
			t.Fatalf("%v: %v", values, err)
		}
		agent, session := members(t, order.Request), members(t, order.Session)
		if err := schema.VisitJSON(agent, openapi3.EnableJSONSchema2020(), openapi3.MultiErrors()); err != nil {
			t.Fatalf("the document refuses %v: %v", agent, err)
		}
		if got, want := slices.Sorted(maps.Keys(agent)), set(values, false); !slices.Equal(got, want) {
			t.Errorf("%v ask an agent for %q, want %q", values, got, want)
		}
		var want []string
		if values[options.SessionID] == "" {
			want = set(values, true)
		}
		if got := slices.Sorted(maps.Keys(session)); !slices.Equal(got, want) {
			t.Errorf("%v ask a session for %q, want %q", values, got, want)
		}
		status, answer := ask(t, server, http.MethodPost, "/sessions/start", encoded(t, order.Session))
		if status != http.StatusOK {
			t.Fatalf("the server refuses %v: %d %s", session, status, answer)
		}
		var started struct {
			ID string `json:"session_id"`
		}
		if err := json.Unmarshal([]byte(answer), &started); err != nil {
			t.Fatal(err)
		}
		if status, answer := ask(t, server, http.MethodDelete, "/sessions/"+started.ID+"/stop", ""); status != http.StatusOK {
			t.Fatalf("the session is not stopped: %d %s", status, answer)
		}
		for name := range values {
			seen[name] = true
		}
	}
	if len(seen) != len(options.Fields()) {
		t.Errorf("only %d of %d fields were chosen", len(seen), len(options.Fields()))
	}
}

// The table has every field that an agent's start has by the document.
func TestFieldsAreThoseOfTheDocument(t *testing.T) {
	t.Parallel()
	for name := range agentDocument(t).Properties {
		if name != "task" && options.FieldOf(name, false) == "" {
			t.Errorf("no field sets %s", name)
		}
	}
}

// Together and alone, a field is judged alike.
func TestCheckAgreesWithOrder(t *testing.T) {
	t.Parallel()
	all, bad := samples(t), wrong(t)
	for seed := range uint64(300) {
		r := generator(seed)
		values := randomValues(r, all)
		delete(values, options.SessionID)
		for range r.IntN(4) {
			one := bad[r.IntN(len(bad))]
			values[one.field] = one.value
		}
		_, err := values.Order("t")
		together, alone := options.Errors(err), map[string]string{}
		for _, field := range options.Fields() {
			if err := values.Check(field.Name); err != nil {
				alone[field.Name] = options.Errors(err)[field.Name]
			}
		}
		if !maps.Equal(together, alone) {
			t.Errorf("%v are refused for %q, one by one for %q", values, together, alone)
		}
	}
}

// Whatever is typed, the errors are about fields of the table, clean and on
// one line; what is right can be sent.
func FuzzOrder(f *testing.F) {
	for i := range options.Fields() {
		f.Add(i, "1", "{}")
		f.Add(i, "5m", "[")
		f.Add(i, "on", "\x1b[31m\n\u202e")
	}
	f.Fuzz(func(t *testing.T, field int, text, other string) {
		fields := options.Fields()
		first, second := fields[((field%len(fields))+len(fields))%len(fields)], fields[(len(text)+len(other))%len(fields)]
		values := options.Values{first.Name: text, second.Name: other}
		order, err := values.Order("t")
		for _, wrong := range options.Split(err) {
			_, known := options.Lookup(wrong.Field)
			if !known || wrong.Reason == "" || strings.ContainsAny(wrong.Reason, "\n\x1b\u202e") || len(wrong.Reason) > 2000 {
				t.Errorf("%q are refused for %q: %q", values, wrong.Field, wrong.Reason)
			}
		}
		if _, failed := json.Marshal(order.Request); err == nil && failed != nil {
			t.Errorf("%q cannot be sent: %v", values, failed)
		}
		_, _ = fmt.Fprint(io.Discard, values.Summary(), values.Public())
	})
}
