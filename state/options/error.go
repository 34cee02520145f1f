package options

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"notturno/api"
)

// Error says what is wrong with the value of a field. Its texts are safe to
// show.
type Error struct {
	Field string // its name
	// Reason goes on after the field's label, or after its flag: "151 is out of
	// bounds; use 1 to 150".
	Reason string
}

// Error is the reason after the field's label.
func (e *Error) Error() string {
	if field, known := Lookup(e.Field); known {
		return field.Label + " " + e.Reason
	}
	return e.Field + " " + e.Reason
}

// Errors are the reasons in err by the names of their fields: the first of
// each field.
func Errors(err error) map[string]string {
	reasons := map[string]string{}
	for _, wrong := range Split(err) {
		if _, known := reasons[wrong.Field]; !known {
			reasons[wrong.Field] = wrong.Reason
		}
	}
	return reasons
}

// Split are the errors about fields that err joins, in their order.
func Split(err error) []*Error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Error
		for _, one := range joined.Unwrap() {
			all = append(all, Split(one)...)
		}
		return all
	}
	if wrong, ok := errors.AsType[*Error](err); ok {
		return []*Error{wrong}
	}
	return nil
}

// faults collects what is wrong with values.
type faults []*Error

func (f *faults) add(name, format string, args ...any) {
	reason := api.Clean(fmt.Sprintf(format, args...)).Line()
	*f = append(*f, &Error{Field: name, Reason: reason})
}

// err joins the faults in the order of the table.
func (f faults) err() error {
	order := map[string]int{}
	for i, field := range Fields() {
		order[field.Name] = i
	}
	slices.SortStableFunc(f, func(a, b *Error) int { return cmp.Compare(order[a.Field], order[b.Field]) })
	errs := make([]error, 0, len(f))
	for _, fault := range f {
		errs = append(errs, fault)
	}
	return errors.Join(errs...)
}
