package local

import (
	"encoding/json"
	"net/http"
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
