package options

import (
	"slices"
	"strings"

	"notturno/api"
)

// Sets are the fields of a request that the field sets, by the names that the
// service has for them. A name with a dot is a field within another one.
func (f Field) Sets() []string {
	switch f.Name {
	case AfterAgent:
		return nil // this program sees to it
	case idleTimeout:
		return []string{"idle_timeout_minutes", "timeout_minutes"} // the second is its old name
	case viewport:
		return []string{"viewport_width", "viewport_height"}
	case profilePersist:
		return []string{"profile.persist"}
	}
	return []string{strings.TrimPrefix(f.Name, sessionPrefix)}
}

// FieldOf is the name of the field that sets a field of a request; empty when
// none does. session says whether it was the request for a session or the one
// for an agent.
func FieldOf(apiField string, session bool) string {
	for _, field := range Fields() {
		if session == (field.Group == NewGroup) && slices.Contains(field.Sets(), apiField) {
			return field.Name
		}
	}
	return ""
}

// Refused are the reasons of a service that did not accept a request, by the
// names of the fields; those that are about none have the name "". session says
// whether it was the request for a session or the one for an agent.
func Refused(fields []api.FieldError, session bool) map[string]string {
	reasons := map[string]string{}
	for _, refused := range fields {
		name := fieldOfError(refused, session)
		reason := refused.Message.Line()
		if before := reasons[name]; before != "" {
			reason = before + "; " + reason
		}
		reasons[name] = reason
	}
	return reasons
}

// fieldOfError is the field that an error is about. One about several fields
// has no place, and names them in its message: the first counts.
func fieldOfError(refused api.FieldError, session bool) string {
	path := strings.TrimPrefix(refused.Path, "body.")
	if name := FieldOf(path, session); name != "" {
		return name
	}
	if own := refused.Field(); own != "" {
		return FieldOf(own, session)
	}
	notOfNames := func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }
	for _, word := range strings.FieldsFunc(string(refused.Message), notOfNames) {
		if name := FieldOf(word, session); name != "" && strings.Contains(word, "_") {
			return name
		}
	}
	return ""
}
