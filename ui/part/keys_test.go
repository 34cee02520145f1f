package part_test

import (
	"slices"
	"strings"
	"testing"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

func TestNoKeyTwiceInOneContext(t *testing.T) {
	t.Parallel()
	seen := map[part.Context]map[string]part.Action{}
	for _, b := range part.Bindings() {
		if seen[b.Context] == nil {
			seen[b.Context] = map[string]part.Action{}
		}
		for _, key := range b.Keys {
			if other, taken := seen[b.Context][key]; taken {
				t.Errorf("%q means both %q and %d %s", key, b.Help, other, b.Context)
			}
			seen[b.Context][key] = b.Action
		}
	}
}

func TestBindingsAreComplete(t *testing.T) {
	t.Parallel()
	bound := map[part.Action]bool{}
	for _, b := range part.Bindings() {
		if b.Help == "" || b.Action == part.NoAction || len(b.Keys) == 0 {
			t.Errorf("%+v lacks an action, a key or a help text", b)
		}
		if first := b.Help[:1]; first != strings.ToLower(first) || strings.HasSuffix(b.Help, ".") || strings.Contains(b.Help, "!") {
			t.Errorf("the help %q is not worded like the others", b.Help)
		}
		if bound[b.Action] {
			t.Errorf("%q is bound in two places", b.Help)
		}
		bound[b.Action] = true
		if !slices.Contains([]part.Context{part.Global, part.InPrompt, part.InPane, part.InFind, part.InReader, part.InList, part.InBoard, part.InQuestion, part.InOptions, part.InBrowse, part.InLeaving}, b.Context) {
			t.Errorf("%q counts in the unknown context %q", b.Help, b.Context)
		}
	}
	for action := part.Send; action <= part.Stay; action++ {
		if !bound[action] {
			t.Errorf("no key for action %d", action)
		}
	}
}

// Letters belong to the focused pane: a global key must not be one that could
// be typed. The question mark and the slash count only on an empty prompt.
func TestGlobalKeysAreChords(t *testing.T) {
	t.Parallel()
	for _, b := range part.Bindings() {
		for _, key := range b.Keys {
			if (b.Context == part.Global || b.Context == part.InPrompt) && len([]rune(key)) == 1 && key != "?" && key != "/" {
				t.Errorf("%q is a letter that means %q everywhere", key, b.Help)
			}
		}
	}
}

func TestKeysAreFoundByKeyAndByAction(t *testing.T) {
	t.Parallel()
	keys := part.NewKeys()
	for _, b := range part.Bindings() {
		for _, key := range b.Keys {
			if got := keys.Action(b.Context, key); got != b.Action {
				t.Errorf("%q in %s is action %d, want %d", key, b.Context, got, b.Action)
			}
		}
		if got := keys.Label(b.Action); got != b.Keys[0] {
			t.Errorf("the label of %q is %q", b.Help, got)
		}
		if key, short := keys.Hint(b.Action); key != b.Keys[0] || short != b.Short {
			t.Errorf("the hint of %q is %q %q", b.Help, key, short)
		}
	}
	if keys.Action(part.InPane, "x") != part.NoAction || keys.Label(part.NoAction) != "" {
		t.Error("an unknown key or action is found")
	}
}

func TestGoRunNumber(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]int{"alt+1": 1, "alt+9": 9, "alt+0": 0, "1": 0, "": 0} {
		if got := part.GoRunNumber(key); got != want {
			t.Errorf("%q is run %d, want %d", key, got, want)
		}
	}
}

// State is told by glyphs that differ, not by colour alone.
func TestMarksDiffer(t *testing.T) {
	t.Parallel()
	theme := themes.Notte()
	ended := map[string]state.Phase{}
	for p := state.Queued; p <= state.Interrupted; p++ {
		glyph, c := part.PhaseMark(theme, p)
		if c == nil || len([]rune(glyph)) != 1 {
			t.Errorf("%s has the mark %q in %v", p, glyph, c)
		}
		if other, taken := ended[glyph]; taken && p != state.Running {
			t.Errorf("%s and %s have the same mark", p, other)
		}
		ended[glyph] = p
	}
	tools := map[string]bool{}
	for s := state.ToolOpen; s <= state.ToolUnfinished; s++ {
		glyph, c := part.ToolMark(theme, s)
		if tools[glyph] || c == nil || len([]rune(glyph)) != 1 {
			t.Errorf("the tool state %s has the mark %q in %v", s, glyph, c)
		}
		tools[glyph] = true
	}
}

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
