package local

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"notturno/api/local/validate"
)

// startRequest is the body of POST /api/anything/start. What the second
// generation adds is read only there; model and reasoningEffort mean nothing
// to an agent without a model.
type startRequest struct {
	query      string
	generation int
	threadID   string // the request's, or a new one
	detach     bool
}

// badRequest is an error that the sender of a request can mend.
type badRequest struct {
	status int
	body   problem
}

func (e *badRequest) Error() string { return e.body.Error }

// writeBad answers r with what is wrong with it. Its error came from reading
// and checking the request, so that it is a badRequest.
func writeBad(w http.ResponseWriter, r *http.Request, err error) {
	if bad := (*badRequest)(nil); errors.As(err, &bad) {
		refuse(w, r, bad.status, bad.body.Error, bad.body.Detail)
	}
}

// readStart reads and checks the body of r, which it reads to its end: only
// then does net/http notice that a client has gone.
func readStart(w http.ResponseWriter, r *http.Request, generation int) (startRequest, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return startRequest{}, &badRequest{http.StatusUnsupportedMediaType,
			problem{"Unsupported Media Type", "send the task as Content-Type: application/json"}}
	}
	body, err := bodyOf(w, r, maxBodyBytes)
	if err != nil {
		return startRequest{}, err
	}
	return parseStart(body, generation)
}

// read reads the body of r, up to limit bytes, and what parse makes of it and
// its content type. When it is not valid, the answer is written and ok is
// false.
func read[T any](w http.ResponseWriter, r *http.Request, limit int64, parse func(body []byte, contentType string) (T, validate.Errors)) (value T, ok bool) {
	body, err := bodyOf(w, r, limit)
	if err != nil {
		writeBad(w, r, err)
		return value, false
	}
	value, errs := parse(body, r.Header.Get("Content-Type"))
	if errs != nil {
		writeInvalid(w, errs)
		return value, false
	}
	return value, true
}

// bodyOf is the body of r, which must not be larger than limit.
func bodyOf(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return nil, &badRequest{http.StatusRequestEntityTooLarge,
			problem{"Request body too large", fmt.Sprintf("at most %d bytes are read", tooLarge.Limit)}}
	}
	if err != nil {
		return nil, &badRequest{http.StatusBadRequest, problem{"Failed to read the request body", err.Error()}}
	}
	return body, nil
}

// parseStart reads body for a server of the given generation.
func parseStart(body []byte, generation int) (startRequest, error) {
	// A map, because a struct would take Query and QUERY for query as well.
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return startRequest{}, &badRequest{http.StatusBadRequest, problem{"Invalid JSON body", "send an object such as {\"query\": \"…\"}"}}
	}
	req := startRequest{threadID: uuid.NewString()}
	var err error
	if req.generation, err = parseVersion(fields, generation); err != nil {
		return startRequest{}, err
	}
	if err := field(fields, "query", &req.query); err != nil {
		return startRequest{}, err
	}
	if req.query = strings.TrimSpace(req.query); req.query == "" {
		return startRequest{}, &badRequest{http.StatusBadRequest, problem{Error: "Missing required field: query"}}
	}
	if req.generation == 1 {
		return req, nil
	}
	if err := field(fields, "detach", &req.detach); err != nil {
		return startRequest{}, err
	}
	thread := ""
	if err := field(fields, "thread_id", &thread); err != nil {
		return startRequest{}, err
	}
	if thread == "" {
		return req, nil
	}
	// It goes into a header, so it must be what the protocol says.
	id, err := uuid.Parse(thread)
	if err != nil {
		return startRequest{}, &badRequest{http.StatusBadRequest, problem{"Invalid field: thread_id", "thread_id must be a UUID"}}
	}
	req.threadID = id.String()
	return req, nil
}

// parseVersion is the generation that a body asks for. The second generation
// has retired the first; a server of the first speaks both.
func parseVersion(fields map[string]json.RawMessage, generation int) (int, error) {
	version := ""
	if err := field(fields, "version", &version); err != nil {
		return 0, err
	}
	switch {
	case version == "":
		return generation, nil
	case version == "v2":
		return 2, nil
	case version == "v1" && generation == 1:
		return 1, nil
	case version == "v1":
		return 0, &badRequest{http.StatusBadRequest, problem{"unsupported_version", "version v1 is retired; leave version out or send v2"}}
	default:
		return 0, &badRequest{http.StatusBadRequest, problem{"unsupported_version", "this version does not exist; leave version out or send v2"}}
	}
}

// field decodes a member into value. A member that is absent or null leaves
// value as it is.
func field(fields map[string]json.RawMessage, name string, value any) error {
	raw, ok := fields[name]
	if !ok {
		return nil
	}
	if err := json.Unmarshal(raw, value); err != nil {
		want := "a string"
		if _, boolean := value.(*bool); boolean {
			want = "true or false"
		}
		return &badRequest{http.StatusBadRequest, problem{"Invalid field: " + name, name + " must be " + want}}
	}
	return nil
}
