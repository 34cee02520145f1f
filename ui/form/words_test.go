package form

import (
	"testing"

	"notturno/state/options"
)

func TestTheSessionOffsetIsMarkedAsExperimental(t *testing.T) {
	t.Parallel()
	const offset = "session_offset"
	if _, known := options.Lookup(offset); !known || note(offset) != "experimental" {
		t.Errorf("beside %q stands %q", offset, note(offset))
	}
}
