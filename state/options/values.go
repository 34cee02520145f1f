package options

import (
	"maps"
	"strings"
)

// Values are what was chosen: texts by the names of fields. A field without
// one is left to the service. Names that the table does not have are ignored,
// so that presets of other versions can be read.
type Values map[string]string

// get is the value of a field without the space around it; empty is none.
func (v Values) get(name string) string { return strings.TrimSpace(v[name]) }

// Or is v, with the values of others for the fields that have none.
func (v Values) Or(others Values) Values {
	all := make(Values, len(v)+len(others))
	maps.Copy(all, others)
	for name, value := range v {
		if strings.TrimSpace(value) != "" {
			all[name] = value
		}
	}
	return all
}

// Unsent are the fields with a value that means nothing, because it is about a
// new session and an open one is chosen. They come in the order of the table.
func (v Values) Unsent() []Field {
	if v.get(SessionID) == "" {
		return nil
	}
	var fields []Field
	for _, field := range Fields() {
		if field.Group == NewGroup && v.get(field.Name) != "" {
			fields = append(fields, field)
		}
	}
	return fields
}

// Public is v without what may be a secret: what may be kept on disk. It looks
// at the values alone, and at no file.
func (v Values) Public() Values {
	public := Values{}
	for name, value := range v {
		field, _ := Lookup(name) // one of another version is any text
		if text := strings.TrimSpace(value); text != "" && !field.mayHoldSecret(text) {
			public[name] = value
		}
	}
	return public
}

// Withheld are the fields with a value that Public leaves out, in the order of
// the table.
func (v Values) Withheld() []Field {
	var fields []Field
	for _, field := range Fields() {
		if text := v.get(field.Name); text != "" && field.mayHoldSecret(text) {
			fields = append(fields, field)
		}
	}
	return fields
}
