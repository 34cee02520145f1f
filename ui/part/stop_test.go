package part_test

import (
	"testing"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// How a stop stands is told by glyphs that differ, not by colour alone.
func TestStopMarksDiffer(t *testing.T) {
	t.Parallel()
	stops := map[string]state.Stop{}
	for s := state.StopNone; s <= state.StopRefused; s++ {
		glyph, c := part.StopMark(themes.Notte(), s)
		if other, taken := stops[glyph]; taken || c == nil || len([]rune(glyph)) != 1 {
			t.Errorf("%q has the mark %q in %v, and so has %q: %v", s, glyph, c, other, taken)
		}
		stops[glyph] = s
	}
}
