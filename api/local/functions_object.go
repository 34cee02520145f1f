package local

import (
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"notturno/api/local/agent"
)

// functionObject is a function as the API tells it.
type functionObject struct {
	FunctionID          string           `json:"function_id"`
	WorkflowID          string           `json:"workflow_id"` // the old name of the same
	Name                string           `json:"name"`
	Description         string           `json:"description"`
	Variables           []agent.Variable `json:"variables"`
	CreatedAt           time.Time        `json:"created_at"`
	UpdatedAt           time.Time        `json:"updated_at"`
	LatestVersion       string           `json:"latest_version"`
	Versions            []string         `json:"versions"`
	Status              string           `json:"status"`
	Shared              bool             `json:"shared"`
	ReferenceWorkflowID *string          `json:"reference_workflow_id"`
	Published           bool             `json:"published"`
	RequiredSecrets     []string         `json:"required_secrets"`

	ScheduleCron      *string                    `json:"schedule_cron"`
	ScheduleVariables map[string]json.RawMessage `json:"schedule_variables"`
	ScheduleState     *string                    `json:"schedule_state"`
}

// object tells f with one of its versions.
func (f *function) object(plan agent.Function) functionObject {
	object := functionObject{
		FunctionID:      f.ID,
		WorkflowID:      f.ID,
		Name:            plan.Name,
		Description:     plan.Description,
		Variables:       plan.Variables,
		CreatedAt:       f.CreatedAt.UTC(),
		UpdatedAt:       f.UpdatedAt.UTC(),
		LatestVersion:   f.latest(),
		Status:          f.Status,
		RequiredSecrets: []string{},
	}
	for i := range len(f.Earlier) + 1 {
		object.Versions = append(object.Versions, versionName(i))
	}
	if f.Schedule != nil {
		state := "enabled"
		object.ScheduleCron, object.ScheduleVariables, object.ScheduleState = &f.Schedule.Cron, f.Schedule.Variables, &state
	}
	return object
}

// listFunctions is GET /functions.
func (s *Server) listFunctions(w http.ResponseWriter, r *http.Request) {
	query, ok := readPageQuery(w, r, true)
	if !ok {
		return
	}
	all, warnings, err := s.functions.store.list()
	if err != nil {
		refuseFunction(w, r, err)
		return
	}
	var objects []functionObject
	for _, f := range all {
		if f.Status == functionActive || !query.Bool("only_active") {
			objects = append(objects, f.object(f.Function))
		}
	}
	page := newListPage(objects, query.Int("page"), query.Int("page_size"))
	page.Warnings = warnings
	writeJSON(w, http.StatusOK, page)
}

// getFunction is GET /functions/{id}. A deleted function can still be seen.
func (s *Server) getFunction(w http.ResponseWriter, r *http.Request) {
	f, plan, ok := s.functionVersion(w, r)
	if !ok {
		return
	}
	link := s.url + "/functions/" + f.ID + "/source"
	if version := r.URL.Query().Get("version"); version != "" {
		link += "?" + url.Values{"version": {version}}.Encode()
	}
	writeJSON(w, http.StatusOK, struct {
		functionObject
		URL string `json:"url"`
	}{f.object(plan), link})
}

// getFunctionSource is GET /functions/{id}/source, where the url of a function
// leads: its plan, which is all the source that it has.
func (s *Server) getFunctionSource(w http.ResponseWriter, r *http.Request) {
	if _, plan, ok := s.functionVersion(w, r); ok {
		writeJSON(w, http.StatusOK, plan)
	}
}

// functionVersion is the function of r and the plan that its version asks for.
// When there is none, the answer is written and ok is false.
func (s *Server) functionVersion(w http.ResponseWriter, r *http.Request) (f function, plan agent.Function, ok bool) {
	f, err := s.functions.store.get(r.PathValue("id"))
	if err != nil {
		refuseFunction(w, r, err)
		return function{}, agent.Function{}, false
	}
	plan, ok = f.plan(r.URL.Query().Get("version"))
	if !ok {
		refuse(w, r, http.StatusNotFound, "Function version not found", "")
	}
	return f, plan, ok
}

// deleteFunction is DELETE /functions/{id}. The function stays on the disk,
// and its runs can still be read.
func (s *Server) deleteFunction(w http.ResponseWriter, r *http.Request) {
	f, err := s.functions.store.change(r.PathValue("id"), func(f *function) error {
		f.Status, f.Schedule = functionDeleted, nil
		return nil
	})
	if err != nil {
		refuseFunction(w, r, err)
		return
	}
	writeSuccess(w, "Function "+f.Name+" is deleted")
}

// writeSuccess is the answer of a change to a function.
func writeSuccess(w http.ResponseWriter, message string) {
	writeJSON(w, http.StatusOK, struct {
		Status  string `json:"status"`
		Message string `json:"message"`
	}{"success", message})
}
