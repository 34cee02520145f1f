package local

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"notturno/api/schema"
)

// shownFaults is how many things that are wrong with an answer are told.
const shownFaults = 3

// responseFormat is the JSON schema that an agent's answer must meet.
type responseFormat struct {
	document any // the schema as JSON
	schema   *schema.Schema
}

// newResponseFormat reads the response_format of a request; nil when it is
// null or absent.
func newResponseFormat(raw json.RawMessage) (*responseFormat, error) {
	if len(raw) == 0 || bytes.Equal(bytes.TrimSpace(raw), []byte("null")) {
		return nil, nil
	}
	document, err := decodeJSON(raw)
	if err != nil {
		return nil, fmt.Errorf("response_format is not JSON: %w", err)
	}
	if (expansion{fitter{document}, map[string]int{}}).size(document) > maxExpanded {
		return nil, fmt.Errorf("response_format is not a JSON schema that can be used: it has more than %d parts with its references written out; make it simpler", maxExpanded)
	}
	parsed, err := schema.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("response_format: %w", err)
	}
	return &responseFormat{document, parsed}, nil
}

// answer is the agent's result in the form that the schema asks for, as JSON.
// The error names the fields that the result cannot fill.
func (f *responseFormat) answer(result json.RawMessage) (string, error) {
	value, err := decodeJSON(result)
	if err != nil {
		return "", fmt.Errorf("the agent's result is not JSON: %w", err)
	}
	answer := string(encode(fitter{f.document}.fit(f.document, value)))
	if err := f.check(answer); err != nil {
		return "", fmt.Errorf("the answer does not meet response_format: %w", err)
	}
	return answer, nil
}

// check says in its error which fields of an answer are wrong, and why.
func (f *responseFormat) check(answer string) error {
	var faults []string
	for _, fault := range f.schema.Check(answer) {
		faults = append(faults, fault.String())
	}
	if len(faults) == 0 {
		return nil
	}
	if more := len(faults) - shownFaults; more > 0 {
		faults = append(faults[:shownFaults], fmt.Sprintf("and %d more", more))
	}
	return errors.New(strings.Join(faults, "; "))
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
