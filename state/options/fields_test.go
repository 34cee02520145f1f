package options_test

import (
	"regexp"
	"slices"
	"testing"

	"notturno/state/options"
)

// The table is one that a form, flags and documentation can be made of.
func TestFields(t *testing.T) {
	t.Parallel()
	names, flags, labels := map[string]bool{}, map[string]bool{}, map[string]bool{}
	groups := []options.Group{options.AgentGroup, options.AnswerGroup, options.SessionGroup, options.NewGroup}
	last := 0
	for _, field := range options.Fields() {
		if names[field.Name] || flags[field.Flag] || labels[field.Label] {
			t.Errorf("%s has the name, the flag or the label of another field: %+v", field.Name, field)
		}
		names[field.Name], flags[field.Flag], labels[field.Label] = true, true, true
		group := slices.Index(groups, field.Group)
		if group < last {
			t.Errorf("%s of the group %q comes too late", field.Name, field.Group)
		}
		last = group
		if !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(field.Flag) || !regexp.MustCompile(`^[A-Z]`).MatchString(field.Label) || !regexp.MustCompile(`^(a JSON|[a-z])`).MatchString(field.Help) {
			t.Errorf("the words of %s are %q, %q, %q", field.Name, field.Flag, field.Label, field.Help)
		}
		if chosen := field.Kind == options.Choice || field.Kind == options.Suggest; chosen != (len(field.Choices) > 1) {
			t.Errorf("%s has the choices %q", field.Name, field.Choices)
		}
		if field.Unset == "" {
			t.Errorf("it is not said what %s is without a value", field.Name)
		}
		if field.Low > field.High {
			t.Errorf("%s has the bounds %d to %d", field.Name, field.Low, field.High)
		}
		if got, known := options.Lookup(field.Name); !known || got.Label != field.Label {
			t.Errorf("%s is looked up as %+v", field.Name, got)
		}
	}
	if _, known := options.Lookup("headless"); known {
		t.Error("a field of a session is known by the name of the request")
	}
}
