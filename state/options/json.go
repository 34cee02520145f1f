package options

import (
	"encoding/json"

	"notturno/api/schema"
)

// format is a JSON schema, checked as far as it can be before it is sent.
func (r *reader) format(name string) json.RawMessage {
	raw, called := r.document(name)
	if raw == nil {
		return nil
	}
	if _, err := schema.Parse(raw); err != nil {
		r.faults.add(name, "%scannot be used: %v", called, err)
		return nil
	}
	return raw
}

func (r *reader) object(name string) json.RawMessage {
	raw, called := r.document(name)
	if raw != nil && raw[0] != '{' {
		r.faults.add(name, "%sis not a JSON object; put the settings between braces", called)
		return nil
	}
	return raw
}

func (r *reader) oneString(name string) string {
	raw, called := r.document(name)
	if raw == nil {
		return ""
	}
	var text *string
	if err := json.Unmarshal(raw, &text); err != nil || text == nil || *text == "" {
		r.faults.add(name, "%sis not a JSON string; put it between double quotes", called)
		return ""
	}
	return *text
}

func (r *reader) strings(name string) []string {
	raw, called := r.document(name)
	if raw == nil {
		return nil
	}
	var list []*string
	if err := json.Unmarshal(raw, &list); err != nil || list == nil {
		r.faults.add(name, "%sis not a JSON list of strings", called)
		return nil
	}
	texts := make([]string, 0, len(list))
	for i, text := range list {
		if text == nil {
			r.faults.add(name, "%sis not a JSON list of strings: number %d is null", called, i+1)
			return nil
		}
		texts = append(texts, *text)
	}
	return texts
}

func (r *reader) stringMap(name string) map[string]string {
	raw, called := r.document(name)
	if raw == nil {
		return nil
	}
	var members map[string]*string
	if err := json.Unmarshal(raw, &members); err != nil || members == nil {
		r.faults.add(name, "%sis not a JSON object of strings", called)
		return nil
	}
	texts := make(map[string]string, len(members))
	for key, text := range members {
		if text == nil {
			r.faults.add(name, "%sis not a JSON object of strings: %s is null", called, quote(key))
			return nil
		}
		texts[key] = *text
	}
	return texts
}

// maxAuthIDs is how many authentications a session takes.
const maxAuthIDs = 10

// ids is a list of few ids, no two alike.
func (r *reader) ids(name string) []string {
	list := r.strings(name)
	seen := map[string]bool{}
	for _, id := range list {
		if seen[id] {
			r.faults.add(name, "has %s more than once; leave it out", quote(id))
			return nil
		}
		seen[id] = true
	}
	if len(list) > maxAuthIDs {
		r.faults.add(name, "has %d ids; use at most %d", len(list), maxAuthIDs)
		return nil
	}
	return list
}
