// Package schema checks JSON against a JSON schema, as the response formats of
// agents are: it says of a schema what is wrong with it, and of an answer which
// fields do not meet it. The library that it stands on stops at the first fault,
// names the schema instead of the field, and follows circles for ever.
//
// Schemas and answers come from strangers: neither breaks it, and nothing is
// ever loaded from disk or network. What it says can hold their words as they
// are; whoever shows it cleans it.
package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// Schema is a JSON schema that can be used. It never changes.
type Schema struct {
	document any // the schema as JSON
	schema   *jsonschema.Schema
	whole    *jsonschema.Resolved
}

// Fault is a field of an answer that does not meet the schema.
type Fault struct {
	Path   string // such as posts[0].price; empty for the answer as a whole
	Reason string
}

// String is the field and what is wrong with it.
func (f Fault) String() string {
	if f.Path == "" {
		return f.Reason
	}
	return f.Path + ": " + f.Reason
}

// Parse reads a JSON schema, of draft 2020-12 or draft-07. The error
// names the part of it that is wrong. References lead to parts of the same
// schema only; nothing is loaded.
func Parse(raw []byte) (s *Schema, err error) {
	// A schema that breaks the library cannot be used either.
	defer func() {
		if broken := recover(); broken != nil {
			s, err = nil, fmt.Errorf("it cannot be used as a JSON schema: %v", broken)
		}
	}()
	document, err := oneValue(raw)
	if err != nil {
		return nil, fmt.Errorf("it is not JSON: %w", err)
	}
	if err := checkSchema(document); err != nil {
		return nil, fmt.Errorf("it is not a valid JSON schema: %w", err)
	}
	s = &Schema{document: document, schema: new(jsonschema.Schema)}
	if err := json.Unmarshal(raw, s.schema); err != nil {
		return nil, fmt.Errorf("it is not a valid JSON schema: %w", schemaFault(err))
	}
	if s.whole, err = s.resolve(""); err != nil {
		return nil, fmt.Errorf("it is not a valid JSON schema: %w", err)
	}
	return s, nil
}

// oneValue is the one JSON value in raw.
func oneValue(raw []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	var value any
	if err := decoder.Decode(&value); errors.Is(err, io.EOF) {
		return nil, errors.New("it is empty")
	} else if err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows its end")
	}
	return value, nil
}

// schemaFault names the keyword that has a value of the wrong type.
func schemaFault(err error) error {
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) || wrong.Field == "" {
		return err
	}
	keyword := wrong.Field[strings.LastIndex(wrong.Field, ".")+1:] // behind names of the library's own
	return fmt.Errorf("%s cannot be of the type %s", keyword, wrong.Value)
}

// address names the schema, so that a part of it can be referred to.
const address = "mem:///schema"

// resolve makes the part of the schema that a JSON pointer leads to usable.
func (s *Schema) resolve(pointer string) (*jsonschema.Resolved, error) {
	part := &jsonschema.Schema{
		Schema: s.schema.Schema, // the draft
		Ref:    address + (&url.URL{Fragment: pointer}).String(),
	}
	resolved, err := part.Resolve(&jsonschema.ResolveOptions{Loader: func(wanted *url.URL) (*jsonschema.Schema, error) {
		if wanted.String() != address {
			return nil, fmt.Errorf("%s lies outside of it", wanted.Redacted())
		}
		return s.schema, nil
	}})
	if err != nil {
		return nil, cause(err)
	}
	return resolved, nil
}

// cause is the innermost error.
func cause(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	return err
}

// Check says which fields of an answer do not meet the schema, in the order of
// their names; none when it does.
func (s *Schema) Check(answer string) (faults []Fault) {
	defer func() {
		if broken := recover(); broken != nil {
			faults = []Fault{{Reason: fmt.Sprintf("it cannot be checked: %v", broken)}}
		}
	}()
	if strings.TrimSpace(answer) == "" {
		return []Fault{{Reason: "there is no answer"}}
	}
	value, err := oneValue([]byte(answer))
	if err != nil {
		return []Fault{{Reason: "it is not JSON: " + err.Error()}}
	}
	if s.whole.Validate(value) == nil {
		return nil
	}
	finder := faultFinder{schema: s, parts: map[string]*jsonschema.Resolved{"": s.whole}}
	finder.look(schemaPlace{schema: s.document}, value, nil)
	return finder.faults
}
