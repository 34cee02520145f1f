package local

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/google/jsonschema-go/jsonschema"
)

// responseFormat is the JSON schema that an agent's answer must meet.
type responseFormat struct {
	document any // the schema as JSON
	checker  *checker
}

// newResponseFormat reads the response_format of a request; nil when it is
// null or absent.
func newResponseFormat(raw json.RawMessage) (format *responseFormat, err error) {
	if len(raw) == 0 || bytes.Equal(bytes.TrimSpace(raw), []byte("null")) {
		return nil, nil
	}
	// The schema comes from a stranger; one that breaks the library is
	// invalid as well.
	defer func() {
		if broken := recover(); broken != nil {
			format, err = nil, fmt.Errorf("response_format is not a JSON schema that can be used: %v", broken)
		}
	}()
	document, err := decodeJSON(raw)
	if err != nil {
		return nil, fmt.Errorf("response_format is not JSON: %w", err)
	}
	if (expansion{fitter{document}, map[string]int{}}).size(document) > maxExpanded {
		return nil, fmt.Errorf("response_format is not a JSON schema that can be used: it has more than %d parts with its references written out; make it simpler", maxExpanded)
	}
	if err := checkSchema(document); err != nil {
		return nil, fmt.Errorf("response_format is not a valid JSON schema: %w", err)
	}
	schema := new(jsonschema.Schema)
	if err := json.Unmarshal(raw, schema); err != nil {
		return nil, fmt.Errorf("response_format is not a valid JSON schema: %w", schemaFault(err))
	}
	format = &responseFormat{document, &checker{schema, map[string]*jsonschema.Resolved{}}}
	if _, err := format.checker.resolve(""); err != nil {
		return nil, fmt.Errorf("response_format is not a valid JSON schema: %w", err)
	}
	return format, nil
}

// answer is the agent's result in the form that the schema asks for, as JSON.
// The error names the fields that the result cannot fill.
func (f *responseFormat) answer(result json.RawMessage) (answer string, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			answer, err = "", fmt.Errorf("the answer cannot be checked against response_format: %v", broken)
		}
	}()
	value, err := decodeJSON(result)
	if err != nil {
		return "", fmt.Errorf("the agent's result is not JSON: %w", err)
	}
	fitted := fitter{f.document}.fit(f.document, value)
	if err := f.check(fitted); err != nil {
		return "", fmt.Errorf("the answer does not meet response_format: %w", err)
	}
	return string(encode(fitted)), nil
}

// decodeJSON is the one value in raw, its numbers as they are written.
func decodeJSON(raw []byte) (any, error) {
	in := json.NewDecoder(bytes.NewReader(raw))
	in.UseNumber()
	var value any
	if err := in.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is something behind its end")
	}
	return value, nil
}
