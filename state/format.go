package state

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"notturno/api"
)

// Format is a response format: the JSON schema that an agent's answer shall
// meet. It never changes.
type Format struct {
	document any // the schema as JSON
	schema   *jsonschema.Schema
	whole    *jsonschema.Resolved
}

// Fault is a field of an answer that does not meet its format.
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

// ParseFormat reads a JSON schema, of draft 2020-12 or draft-07. The error
// names the part of it that is wrong. References lead to parts of the same
// schema only; nothing is loaded.
func ParseFormat(raw []byte) (f *Format, err error) {
	// A schema that breaks the library cannot be used either.
	defer func() {
		if broken := recover(); broken != nil {
			f, err = nil, fmt.Errorf("it cannot be used as a JSON schema: %v", broken)
		}
	}()
	document, err := oneValue(raw)
	if err != nil {
		return nil, fmt.Errorf("it is not JSON: %w", err)
	}
	if err := checkSchema(document); err != nil {
		return nil, fmt.Errorf("it is not a valid JSON schema: %w", err)
	}
	f = &Format{document: document, schema: new(jsonschema.Schema)}
	if err := json.Unmarshal(raw, f.schema); err != nil {
		return nil, fmt.Errorf("it is not a valid JSON schema: %w", schemaFault(err))
	}
	if f.whole, err = f.resolve(""); err != nil {
		return nil, fmt.Errorf("it is not a valid JSON schema: %w", err)
	}
	return f, nil
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
	return fmt.Errorf("%s cannot be of the type %s", wrong.Field, wrong.Value)
}

// formatAddress names the schema, so that a part of it can be referred to.
const formatAddress = "mem:///format"

// resolve makes the part of the schema that a JSON pointer leads to usable.
func (f *Format) resolve(pointer string) (*jsonschema.Resolved, error) {
	part := &jsonschema.Schema{
		Schema: f.schema.Schema, // the draft
		Ref:    formatAddress + (&url.URL{Fragment: pointer}).String(),
	}
	resolved, err := part.Resolve(&jsonschema.ResolveOptions{Loader: func(address *url.URL) (*jsonschema.Schema, error) {
		if address.String() != formatAddress {
			return nil, fmt.Errorf("%s lies outside of it", address.Redacted())
		}
		return f.schema, nil
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

// Check says which fields of an answer do not meet the format, in the order of
// their names; none when it does.
func (f *Format) Check(answer string) (faults []Fault) {
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
		return []Fault{{Reason: "it is not JSON: " + string(api.Clean(err.Error()))}}
	}
	if f.whole.Validate(value) == nil {
		return nil
	}
	finder := faultFinder{format: f, parts: map[string]*jsonschema.Resolved{"": f.whole}}
	finder.look(schemaPlace{schema: f.document}, value, nil)
	return finder.faults
}
