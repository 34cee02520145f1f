package form

import (
	"errors"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"notturno/state/options"
	"notturno/ui/part"
)

// purpose is what options are checked for.
type purpose int

const (
	noPurpose purpose = iota
	toTake            // to use them
	toKeep            // to keep them as a preset
)

// Checked is the message that options were checked which name files; what is
// in those is no business of Update. The parent hands it to the form.
type Checked struct {
	values options.Values
	err    error
}

// accept goes on with the options when nothing is wrong with them. What the
// service refused does not count: it may take the same value now.
func (f *Form) accept(why purpose) (part.Intent, tea.Cmd) {
	values := f.values()
	check := func() tea.Msg { return Checked{values, wrong(values, why)} }
	for _, e := range f.entries[1:] {
		if e.namesFile() {
			f.checking = why
			return nil, check
		}
	}
	return f.judge(values, wrong(values, why), why), nil
}

// wrong is what is wrong with options. In a preset nothing may be, not even
// what is of no use on the session that is chosen.
func wrong(values options.Values, why purpose) error {
	_, err := values.Order("task")
	if why == toKeep {
		for _, field := range values.Unsent() {
			err = errors.Join(err, values.Check(field.Name))
		}
	}
	return err
}

// checked goes on where accept waited for files. Options that have changed
// since are not taken.
func (f *Form) checked(msg Checked) part.Intent {
	why := f.checking
	f.checking = noPurpose
	if why == noPurpose || !maps.Equal(msg.values, f.values()) {
		return nil
	}
	return f.judge(msg.values, msg.err, why)
}

// judge goes on with the values, or shows what is wrong with them.
func (f *Form) judge(values options.Values, err error, why purpose) part.Intent {
	f.free = false
	faults := options.Errors(err)
	switch {
	case err == nil && why == toKeep:
		f.askName(values)
		return nil
	case err == nil:
		return part.UseOptions{Values: maps.Clone(values)}
	}
	if len(faults) == 0 {
		faults = map[string]string{"": err.Error()}
	}
	for _, e := range f.entries {
		if !e.refused {
			e.fault = ""
		}
	}
	f.refuse(faults, false)
	for i, e := range f.entries {
		if _, bad := faults[e.Name]; bad && i > 0 {
			f.focusOn(i)
			break
		}
	}
	return nil
}

// check says what is wrong with the value of an entry, if that can be told
// without a file and matters.
func (f *Form) check(e *entry) {
	if e.namesFile() || e.Group == options.NewGroup && f.live() {
		return
	}
	e.fault = ""
	if err := f.values().Check(e.Name); err != nil {
		e.fault = plain(options.Errors(err)[e.Name])
	}
}

// live reports whether an open session is chosen, so that there is no new one.
func (f *Form) live() bool {
	return strings.TrimSpace(f.entry(options.SessionID).control.value()) != ""
}

// refuse shows faults at the fields that they are of, by their names, and one
// of no field at the top.
func (f *Form) refuse(faults map[string]string, byService bool) {
	f.fault = ""
	for name, fault := range faults {
		if e := f.entry(name); e != nil {
			e.fault, e.refused = plain(fault), byService
		} else if text := plain(fault); f.fault == "" || text < f.fault {
			f.fault = text // the same one each time, whatever the order of a map
		}
	}
}

// plain is an error as the form shows it.
func plain(text string) string { return oneLine(part.Head(text, maxLine)) }
