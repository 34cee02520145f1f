// Package schema checks JSON against a JSON schema, as the response formats of
// agents are: it says of a schema what is wrong with it, and of an answer which
// fields do not meet it. Whether a schema can be used is for a library to say. Its
// check of answers is not used: it stops at the first fault, names the schema
// instead of the field, follows circles for ever, and cannot be interrupted.
//
// Schemas and answers come from strangers: neither breaks it, nothing is ever
// loaded from disk or network, and a check ends, with its context or after so
// many steps, however much a schema asks for. What it says can hold their words
// as they are; whoever shows it cleans it.
package schema

import (
	"bytes"
	"context"
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
	whole *rule
	notes bool // its rules need to know what others have looked at
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
	if _, err := resolve(raw); err != nil {
		return nil, fmt.Errorf("it is not a valid JSON schema: %w", err)
	}
	s = new(Schema)
	s.whole, s.notes = compile(document)
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

// resolve asks the library whether a schema can be used.
func resolve(raw []byte) (*jsonschema.Resolved, error) {
	schema := new(jsonschema.Schema)
	if err := json.Unmarshal(raw, schema); err != nil {
		return nil, schemaFault(err)
	}
	resolved, err := schema.Resolve(&jsonschema.ResolveOptions{Loader: func(wanted *url.URL) (*jsonschema.Schema, error) {
		return nil, fmt.Errorf("%s lies outside of it", wanted.Redacted())
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
// their names; none when it does. That it cannot be checked is a fault as well.
func (s *Schema) Check(answer string) []Fault {
	faults, err := s.check(nil, answer)
	if err != nil {
		return []Fault{{Reason: "it cannot be checked: " + err.Error()}}
	}
	return faults
}

// CheckContext is Check until ctx ends. The error is [ErrNotChecked] when it is
// not known whether the answer meets the schema; then no faults are known.
func (s *Schema) CheckContext(ctx context.Context, answer string) ([]Fault, error) {
	return s.check(ctx.Done(), answer)
}

func (s *Schema) check(done <-chan struct{}, answer string) ([]Fault, error) {
	if strings.TrimSpace(answer) == "" {
		return []Fault{{Reason: "there is no answer"}}, nil
	}
	value, err := oneValue([]byte(answer))
	if err != nil {
		return []Fault{{Reason: "it is not JSON: " + err.Error()}}, nil
	}
	finder := faultFinder{checking: newChecking(done, s.notes)}
	finder.look(s.whole, value)
	if finder.ended && len(finder.faults) == 0 {
		return nil, ErrNotChecked
	}
	return finder.faults, nil
}
