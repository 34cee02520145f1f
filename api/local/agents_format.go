package local

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// formatAddress names a request's schema inside the compiler. References to
// anything outside of it are refused: nothing is loaded from disk or network.
const formatAddress = "mem:///response_format"

// shownFindings is how many things that are wrong with an answer are told.
const shownFindings = 3

// responseFormat is the JSON schema that an agent's answer must meet.
type responseFormat struct {
	document any
	schema   *jsonschema.Schema
}

// newResponseFormat reads the response_format of a request; nil when it is
// null or absent.
func newResponseFormat(raw json.RawMessage) (format *responseFormat, err error) {
	if len(raw) == 0 || bytes.Equal(bytes.TrimSpace(raw), []byte("null")) {
		return nil, nil
	}
	// The schema comes from a stranger; one that breaks the compiler is
	// invalid as well.
	defer func() {
		if broken := recover(); broken != nil {
			format, err = nil, fmt.Errorf("response_format is not a JSON schema that can be used: %v", broken)
		}
	}()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("response_format is not JSON: %w", err)
	}
	if (expansion{fitter{document}, map[string]int{}}).size(document) > maxExpanded {
		return nil, fmt.Errorf("response_format is not a JSON schema that can be used: it has more than %d parts with its references written out; make it simpler", maxExpanded)
	}
	compiler := jsonschema.NewCompiler()
	compiler.UseLoader(jsonschema.SchemeURLLoader{})
	if err := compiler.AddResource(formatAddress, document); err != nil {
		return nil, fmt.Errorf("response_format is not a JSON schema: %w", err)
	}
	schema, err := compiler.Compile(formatAddress)
	if err != nil {
		return nil, fmt.Errorf("response_format is not a valid JSON schema: %s", schemaFault(err))
	}
	return &responseFormat{document, schema}, nil
}

// answer is the agent's result in the form that the schema asks for, as JSON.
// The error names the fields that the result cannot fill.
func (f *responseFormat) answer(result json.RawMessage) (answer string, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			answer, err = "", fmt.Errorf("the answer cannot be checked against response_format: %v", broken)
		}
	}()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(result))
	if err != nil {
		return "", fmt.Errorf("the agent's result is not JSON: %w", err)
	}
	fitted := fitter{f.document}.fit(f.document, value)
	if err := f.schema.Validate(fitted); err != nil {
		return "", fmt.Errorf("the answer does not meet response_format: %s", schemaFault(err))
	}
	return string(encode(fitted)), nil
}

// schemaFault says where a value fails its schema, and why.
func schemaFault(err error) string {
	invalid := (*jsonschema.ValidationError)(nil)
	if broken := (*jsonschema.SchemaValidationError)(nil); errors.As(err, &broken) {
		err = broken.Err
	}
	if !errors.As(err, &invalid) {
		return err.Error()
	}
	findings := faults(invalid, nil)
	if more := len(findings) - shownFindings; more > 0 {
		findings = append(findings[:shownFindings], fmt.Sprintf("and %d more", more))
	}
	return strings.Join(findings, "; ")
}

// faults are the innermost causes of a validation error.
func faults(err *jsonschema.ValidationError, found []string) []string {
	for _, cause := range err.Causes {
		found = faults(cause, found)
	}
	if len(err.Causes) > 0 {
		return found
	}
	if required, ok := err.ErrorKind.(*kind.Required); ok {
		for _, name := range required.Missing {
			found = append(found, fmt.Sprintf("field %q is missing", fieldPath(append(err.InstanceLocation[:len(err.InstanceLocation):len(err.InstanceLocation)], name))))
		}
		return found
	}
	text := err.BasicOutput().Error
	if text == nil {
		return append(found, fmt.Sprintf("field %q is not valid", fieldPath(err.InstanceLocation)))
	}
	return append(found, fmt.Sprintf("field %q: %s", fieldPath(err.InstanceLocation), text))
}

// fieldPath is a place in a JSON value as people write it: posts[0].price.
func fieldPath(location []string) string {
	var b strings.Builder
	for _, name := range location {
		if _, err := strconv.Atoi(name); err == nil {
			b.WriteString("[" + name + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(name)
	}
	if b.Len() == 0 {
		return "(the whole value)"
	}
	return b.String()
}
