package main

import (
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	agentoptions "notturno/state/options"
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

// sampleOf are values that a field takes.
func sampleOf(t *testing.T, field agentoptions.Field) []string {
	t.Helper()
	texts := map[string]string{
		"response_format": `{"type":"object","properties":{"a":{"type":["string","null"]}}}`, "notifier_config": `{"a":{"b":null}}`,
		"session.chrome_args": `["-a"]`, "session.auth_ids": `["a","b"]`, "session.proxies": `[{"type":"notte"}]`,
		"session.cdp_url": `"wss://b.example/"`, "session.extra_http_headers": `{"X-A":"1"}`,
	}
	switch field.Kind {
	case agentoptions.Number:
		return []string{"1", "7", "20"}
	case agentoptions.Minutes:
		return []string{"5m", "30m"}
	case agentoptions.Switch:
		return []string{"true", "false"}
	case agentoptions.Choice, agentoptions.Suggest:
		return field.Choices
	case agentoptions.Document, agentoptions.File:
		return []string{writeFile(t, "x.json", texts[field.Name])}
	case agentoptions.Text:
		if field.Name == "session.viewport" {
			return []string{"1x1"}
		}
		return []string{"a.example", "ä b"}
	}
	t.Fatalf("%s is of an unknown kind", field.Name)
	return nil
}

// Whatever flags are given, they ask for what the form does with the same
// values, and the document allows it.
func TestAgentFlagsMeetTheDocument(t *testing.T) {
	t.Parallel()
	schema, samples := agentStartSchema(t), map[string][]string{}
	for _, field := range agentoptions.Fields() {
		samples[field.Name] = sampleOf(t, field)
	}
	excluded := map[string]string{"session.aspect_ratio": "session.viewport"}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		args, values := []string{"--agent"}, agentoptions.Values{}
		for _, field := range agentoptions.Fields() {
			isNew := field.Group == agentoptions.NewGroup || field.Name == agentoptions.AfterAgent
			if r.IntN(2) == 0 || values[excluded[field.Name]] != "" || isNew && values[agentoptions.SessionID] != "" {
				continue
			}
			sample := samples[field.Name]
			values[field.Name] = sample[r.IntN(len(sample))]
			args = append(args, "--"+field.Flag+"="+values[field.Name])
		}
		want, wrong := values.Order("find it")
		order, err := asked(args...)
		if (err == nil) != (wrong == nil) {
			t.Fatalf("%q: %v, and in the form %v", args, err, wrong)
		}
		if err != nil {
			continue
		}
		if !reflect.DeepEqual(*order, want) {
			t.Fatalf("%q ask for %+v, and the form for %+v", args, *order, want)
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
