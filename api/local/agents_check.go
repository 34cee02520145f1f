package local

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"github.com/google/jsonschema-go/jsonschema"
)

// formatAddress names a request's schema, so that a part of it can be referred
// to. Nothing is ever loaded from disk or network.
const formatAddress = "mem:///response_format"

// checker checks values against the parts of one schema.
type checker struct {
	schema *jsonschema.Schema
	parts  map[string]*jsonschema.Resolved // by JSON pointer; the whole is empty
}

// resolve makes the part of the schema that a JSON pointer means usable.
func (c *checker) resolve(pointer string) (*jsonschema.Resolved, error) {
	if known, ok := c.parts[pointer]; ok {
		return known, nil
	}
	// Schema is the draft: it holds for every part.
	part := &jsonschema.Schema{Schema: c.schema.Schema, Ref: formatAddress + (&url.URL{Fragment: pointer}).String()}
	resolved, err := part.Resolve(&jsonschema.ResolveOptions{Loader: c.load})
	if err != nil {
		return nil, innermost(err)
	}
	c.parts[pointer] = resolved
	return resolved, nil
}

func (c *checker) load(address *url.URL) (*jsonschema.Schema, error) {
	if address.String() == formatAddress {
		return c.schema, nil
	}
	return nil, fmt.Errorf("%q is outside of it, and nothing is loaded from there", address)
}

// validate checks a value, whose numbers are float64, against a part.
func (c *checker) validate(pointer string, value any) error {
	part, err := c.resolve(pointer)
	if err != nil {
		return err
	}
	return part.Validate(value)
}

// innermost is the first cause of an error.
func innermost(err error) error {
	for cause := err; cause != nil; cause = errors.Unwrap(cause) {
		err = cause
	}
	return err
}

// floats is a JSON value with its numbers as float64, which is how the library
// reads them. A number that is too large for one stays as it is.
func floats(value any) any {
	switch value := value.(type) {
	case json.Number:
		if number, err := value.Float64(); err == nil {
			return number
		}
		return value
	case []any:
		list := make([]any, len(value))
		for i, item := range value {
			list[i] = floats(item)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(value))
		for name, member := range value {
			object[name] = floats(member)
		}
		return object
	default:
		return value
	}
}
