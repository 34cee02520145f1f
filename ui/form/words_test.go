package form

import (
	"testing"

	"notturno/state/options"
)

func TestWordsAreOfFieldsThatExist(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, field := range options.Fields() {
		known[field.Name] = true
	}
	for name := range documented() {
		if !known[name] {
			t.Errorf("the default of %q is documented", name)
		}
		if absent()[name] {
			t.Errorf("%q has a default and is absent without a value", name)
		}
	}
	for name := range absent() {
		if !known[name] {
			t.Errorf("%q can be absent", name)
		}
	}
	if !known["session_offset"] || note("session_offset") == "" {
		t.Error("the session offset is not marked as experimental")
	}
}
