package main

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// agentStartSchema is the body of POST /agents/start as the service documents
// it.
func agentStartSchema(t *testing.T) *openapi3.Schema {
	t.Helper()
	document, err := openapi3.NewLoader().LoadFromFile(filepath.Join("api", "local", "testdata", "openapi.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return document.Components.Schemas["ApiAgentStartRequest"].Value
}

// Whatever flags are given, the request is one that the document allows.
func TestAgentFlagsMeetTheDocument(t *testing.T) {
	t.Parallel()
	schema := agentStartSchema(t)
	object := writeFile(t, "object.json", `{"type":"object","properties":{"a":{"type":["string","null"]}}}`)
	choices := map[string][]string{
		"--model": {"openai/gpt-4o", "own model"}, "--max-steps": {"1", "20", "150"}, "--vision": {"true", "false"},
		"--url": {"a.example", "https://a.example/?q=ä"}, "--vault-id": {"v"}, "--persona-id": {"p"},
		"--response-format": {object}, "--notifier-config": {object}, "--session-offset": {"-1", "0", "7"},
		"--keep-session": {"true"}, "--headless": {"false"}, "--proxies": {"on"}, "--viewport": {"1x1"},
	}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		args := []string{"--agent"}
		for _, flag := range slices.Sorted(maps.Keys(choices)) {
			if values := choices[flag]; r.IntN(2) == 0 {
				args = append(args, flag+"="+values[r.IntN(len(values))])
			}
		}
		order, err := asked(args...)
		if err != nil {
			t.Fatalf("%q: %v", args, err)
		}
		var body any
		if err := json.Unmarshal([]byte(encoded(t, order.Request)), &body); err != nil {
			t.Fatal(err)
		}
		if err := schema.VisitJSON(body, openapi3.EnableJSONSchema2020()); err != nil {
			t.Fatalf("%q: the document refuses %v: %v", args, body, err)
		}
	}
	if schema.VisitJSON(map[string]any{"task": "t", "session_id": "s", "max_steps": 151.0}, openapi3.EnableJSONSchema2020()) == nil {
		t.Error("the document allows 151 steps")
	}
}
