package local

import (
	"encoding/json"
	"fmt"
	"net/http"

	"notturno/api/local/validate"
)

// scheduleFunction is POST /functions/{id}/schedule. The schedule is kept and
// shown, and that is all: this program runs only while somebody uses it, so
// nothing here starts a function by itself. The cron text is passed through,
// since its dialect is Notte's affair.
func (s *Server) scheduleFunction(w http.ResponseWriter, r *http.Request) {
	body, ok := read(w, r, maxBodyBytes, validate.Model{Fields: []validate.Field{
		{Name: "cron", Type: validate.String, Required: true},
		{Name: "variables", Type: validate.Dict, Nullable: true},
	}}.Body)
	if !ok {
		return
	}
	variables, err := readVariables(body)
	if err != nil {
		refuseFunction(w, r, err)
		return
	}
	s.reschedule(w, r, &schedule{body.String("cron"), variables}, "The schedule is kept and shown; the local backend starts nothing by itself")
}

// unscheduleFunction is DELETE /functions/{id}/schedule.
func (s *Server) unscheduleFunction(w http.ResponseWriter, r *http.Request) {
	s.reschedule(w, r, nil, "The function has no schedule")
}

func (s *Server) reschedule(w http.ResponseWriter, r *http.Request, next *schedule, message string) {
	_, err := s.functions.store.change(r.PathValue("id"), func(f *function) error {
		f.Schedule = next
		return nil
	})
	if err != nil {
		refuseFunction(w, r, err)
		return
	}
	writeSuccess(w, message)
}

// readVariables is the member variables of a body, each value as it was sent;
// none is the empty object.
func readVariables(body validate.Values) (map[string]json.RawMessage, error) {
	variables := map[string]json.RawMessage{}
	raw := body.Raw("variables")
	if raw == nil {
		return variables, nil
	}
	if err := json.Unmarshal(raw, &variables); err != nil {
		return nil, fmt.Errorf("failed to read the variables: %w", err)
	}
	return variables, nil
}
