package local

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"notturno/api/local/validate"
)

// contract is POST /agents/start as the service documents it.
type contract struct {
	document  *openapi3.T
	operation *openapi3.Operation
}

// newContract reads the document, which is OpenAPI 3.1: its schemas are JSON
// Schema 2020-12, which the library has to be told when it checks a value.
// Below references it reads them its own way all the same, in which a schema
// without a type refuses null: such a schema is given every type.
func newContract(t *testing.T) *contract {
	t.Helper()
	document, err := openapi3.NewLoader().LoadFromFile("testdata/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := document.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, schema := range document.Components.Schemas {
		for _, property := range schema.Value.Properties {
			if p := property.Value; p.Type == nil && len(p.AnyOf) == 0 {
				p.Type = &openapi3.Types{"null", "boolean", "number", "integer", "string", "array", "object"}
			}
		}
	}
	return &contract{document, document.Paths.Value("/agents/start").Post}
}

// request is what is wrong with a request's body, or nil.
func (c *contract) request(body string) error {
	return check(c.operation.RequestBody.Value.Content, body)
}

// response is what is wrong with a response, or nil.
func (c *contract) response(status int, body string) error {
	documented := c.operation.Responses.Status(status)
	if documented == nil {
		return errors.New("this status is not documented")
	}
	return check(documented.Value.Content, body)
}

func check(content openapi3.Content, body string) error {
	var value any
	if err := json.Unmarshal([]byte(body), &value); err != nil {
		return err
	}
	return content.Get("application/json").Schema.Value.VisitJSON(value,
		openapi3.EnableJSONSchema2020(), openapi3.EnableFormatValidation(), openapi3.MultiErrors())
}

// The document, and not only our reading of it, tells good from bad.
func TestTheContractChecks(t *testing.T) {
	t.Parallel()
	c := newContract(t)
	for body, good := range map[string]bool{
		`{"task":"t","session_id":"s"}`: true,
		`{"task":"t","session_id":"s","url":null,"response_format":{"type":"object"},"session_offset":-1,"reasoning_model":"own/model","use_vision":false,"max_steps":150,"vault_id":"v","persona_id":null,"notifier_config":{"a":1}}`: true,
		`{"task":"t"}`:                                      false,
		`{"task":1,"session_id":"s"}`:                       false,
		`{"task":"t","session_id":"s","max_steps":151}`:     false,
		`{"task":"t","session_id":"s","max_steps":null}`:    false,
		`{"task":"t","session_id":"s","use_vision":null}`:   false,
		`{"task":"t","session_id":"s","notifier_config":1}`: false,
		`{"task":"t","session_id":"s","foo":1}`:             false,
		`[]`:                                                false,
	} {
		if err := c.request(body); (err == nil) != good {
			t.Errorf("the document says of %s: %v", body, err)
		}
		if _, errs := agentStartModel().Body([]byte(body), "application/json"); (errs == nil) != good {
			t.Errorf("the server says of %s: %v", body, errs)
		}
	}
	for body, good := range map[string]bool{
		`{"agent_id":"a","created_at":"2026-08-20T10:00:02.118Z","session_id":"s","status":"active","closed_at":null,"saved":false}`: true,
		`{"agent_id":"a","created_at":"2026-08-20T10:00:02Z","session_id":"s","status":"running"}`:                                   false,
		`{"agent_id":"a","created_at":"yesterday","session_id":"s","status":"active"}`:                                               false,
		`{"agent_id":"a","session_id":"s","status":"active"}`:                                                                        false,
	} {
		if err := c.response(http.StatusOK, body); (err == nil) != good {
			t.Errorf("the document says of the response %s: %v", body, err)
		}
	}
}

// The server knows the fields of the document, no more and no less.
func TestAgentStartsHaveTheDocumentsFields(t *testing.T) {
	t.Parallel()
	schema := newContract(t).document.Components.Schemas["ApiAgentStartRequest"].Value
	model := agentStartModel()
	var names, required []string
	for _, f := range model.Fields {
		names = append(names, f.Name)
		if f.Required {
			required = append(required, f.Name)
		}
		if f.Type == validate.EnumOrString {
			var choices []string
			for _, choice := range newContract(t).document.Components.Schemas[f.EnumName].Value.Enum {
				choices = append(choices, choice.(string))
			}
			if !slices.Equal(f.Choices, choices) {
				t.Errorf("%s has the choices %q, not %q", f.Name, f.Choices, choices)
			}
		}
	}
	slices.Sort(names)
	if want := slices.Sorted(maps.Keys(schema.Properties)); !slices.Equal(names, want) {
		t.Errorf("the fields are %q, not %q", names, want)
	}
	if !slices.Equal(required, schema.Required) || model.Extra != validate.Forbid {
		t.Errorf("%q are required, not %q", required, schema.Required)
	}
}

// What the server answers is documented, good and bad.
func TestAnswersToAgentStartsMeetTheDocument(t *testing.T) {
	t.Parallel()
	c, s := newContract(t), startScripted(t, Config{}, nothing)
	sess, err := s.sessions.hold(usualSettings())
	if err != nil {
		t.Fatal(err)
	}
	for body, want := range map[string]int{
		`{"task":"t","session_id":"` + sess.id + `"}`: 200,
		`{"session_id":"s","max_steps":0,"x":[]}`:     422,
		`[1]`:     422,
		``:        422,
		`{"task"`: 422,
		`{"task":"t","session_id":"s","reasoning_model":5}`: 422,
	} {
		resp := do(t, request(t.Context(), t, s, http.MethodPost, "/agents/start", body))
		text := readBody(t, resp)
		if resp.StatusCode != want {
			t.Errorf("%s gets %d %s", body, resp.StatusCode, text)
			continue
		}
		if err := c.response(resp.StatusCode, text); err != nil {
			t.Errorf("%s gets %s: %v", body, text, err)
		}
	}
}
