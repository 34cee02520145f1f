package local

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"notturno/api/local/validate"
)

// statusOverloaded is Notte's answer when it cannot take another run.
const statusOverloaded = 529

// problem is the body of an error answer, in the form of the Anything API:
// what is wrong, and what to do about it.
type problem struct {
	Error  string `json:"error"`
	Detail string `json:"detail,omitempty"`
}

func (p problem) write(w http.ResponseWriter, status int) { writeJSON(w, status, p) }

// restProblem is the body of an error answer of the REST API that is about no
// field: in one text, or in two as the errors page of the service has them.
type restProblem struct {
	Message string `json:"message,omitempty"`
	Detail  string `json:"detail"`
}

// refuse writes an error answer in the form of the API that r is for.
func refuse(w http.ResponseWriter, r *http.Request, status int, what, detail string) {
	switch {
	case !isREST(r.URL.Path):
		problem{what, detail}.write(w, status)
	case status == http.StatusMethodNotAllowed || status == http.StatusNotFound: // as FastAPI has them
		writeJSON(w, status, restProblem{Detail: what})
	case status == http.StatusUnauthorized:
		writeJSON(w, status, restProblem{"Authentication failed. Please check your credentials.", detail})
	default:
		writeJSON(w, status, restProblem{what, detail})
	}
}

// isREST reports whether a path belongs to the REST API.
func isREST(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return slices.Contains([]string{"agents", "anything", "functions", "sessions", "usage"}, first)
}

// writeInvalid is the answer to a request that is not valid.
func writeInvalid(w http.ResponseWriter, errs validate.Errors) {
	writeJSON(w, http.StatusUnprocessableEntity, errs)
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		http.Error(w, "failed to encode the answer: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// A client that has gone cannot be told.
	_, _ = w.Write(append(body, '\n'))
}
