// Package form is the dialog in which a person chooses the options of an
// agent: one row for each field of the table in state/options, its groups
// under their headings, and presets.
//
// Each field is one of huh's, an input or a select, used by itself. The order,
// the keys that go from field to field and the layout are here and not
// huh.Form's: that one moves through commands, which the next key can overtake,
// and its rows are not exact. The commands that its fields return blink cursors
// and move on; they are dropped.
//
// The form asks for nothing itself: what is open comes in Sessions, what was
// written in the editor in Edited.
package form

import (
	"maps"
	"strings"

	"notturno/state/options"
	"notturno/themes"
	"notturno/ui/part"
)

// Config is what a form begins with.
type Config struct {
	Title   string // empty: "Options of the agent"
	Values  options.Values
	Presets []Preset
	// Errors are what the service or a check refused, by the names of fields.
	// Each stands at its field until that changes; one whose name the table
	// does not have stands at the top.
	Errors map[string]string
	// Focus is the name of the field to begin on; empty is the first with an
	// error, else the first.
	Focus string
}

// Preset is options under a name.
type Preset struct {
	Name   string
	Values options.Values
}

// Form is the dialog. It is a part.Dialog that types, and shows the cursor.
type Form struct {
	theme   *themes.Theme
	look    *look
	keys    *part.Keys
	title   string
	entries []*entry // the first is the preset
	presets []Preset
	taken   string         // the preset that was taken, or empty
	draft   options.Values // what was chosen before a preset was taken
	fault   string         // one that is of no field
	trouble string         // why the open sessions are not known
	focus   int            // an index into entries
	ask     *ask           // what the last row asks, or nil
	heard   bool           // of the open sessions, or why they are not known
	// checking is what for, while files are looked at.
	checking purpose
	w, h     int
	top      int  // the first row of the fields that shows
	free     bool // the wheel was turned, so that the focus need not show
	sheet    sheet
	rows     []string // what shows, nil when it must be put together again
}

// New is a form with the values of c.
func New(theme *themes.Theme, c Config) *Form {
	f := &Form{theme: theme, look: &look{}, keys: part.NewKeys(), title: oneLine(c.Title)}
	f.look.set(theme)
	if f.title == "" {
		f.title = "Options of the agent"
	}
	for _, p := range c.Presets {
		f.presets = kept(f.presets, Preset{Name: p.Name, Values: maps.Clone(p.Values)})
	}
	f.entries = []*entry{newEntry(f.look, presetField())}
	for _, field := range options.Fields() {
		f.entries = append(f.entries, newEntry(f.look, field))
	}
	f.fill(c.Values, true)
	f.draft = f.values()
	f.offerPresets()
	f.refuse(c.Errors, true)
	f.focus = f.first(c.Focus)
	f.entries[f.focus].control.focus(true)
	return f
}

// first is the entry to begin on.
func (f *Form) first(name string) int {
	at := 0
	for i, e := range f.entries {
		if name != "" && e.Name == name {
			return i
		}
		if at == 0 && e.fault != "" {
			at = i
		}
	}
	if at == 0 && len(f.presets) == 0 {
		return 1 // there is nothing to choose in the first row
	}
	return at
}

// Contexts are where its keys are looked up.
func (f *Form) Contexts() []part.Context { return []part.Context{part.InOptions, part.Global} }

// Typing is always true: letters are for the field, and so are the keys that
// change what can only be chosen.
func (f *Form) Typing() bool { return true }

// Resize sets the size of the area that the form covers.
func (f *Form) Resize(w, h int) {
	if w != f.w || h != f.h {
		f.w, f.h, f.top, f.free, f.rows = w, h, 0, false, nil
	}
}

// SetTheme draws in the theme's colours.
func (f *Form) SetTheme(theme *themes.Theme) {
	f.theme, f.rows = theme, nil
	f.look.set(theme)
}

// values are what is chosen in the form.
func (f *Form) values() options.Values {
	values := options.Values{}
	for _, e := range f.entries[1:] {
		if text := strings.TrimSpace(e.control.value()); text != "" {
			values[e.Name] = text
		}
	}
	return values
}

// fill puts values into the form. Without secrets, the fields that presets do
// not keep stay as they are.
func (f *Form) fill(values options.Values, secrets bool) {
	for _, e := range f.entries[1:] {
		if secrets || !e.Secret {
			e.set(values[e.Name])
		}
	}
}

// entry is the entry of the field with the name, or nil.
func (f *Form) entry(name string) *entry {
	for _, e := range f.entries[1:] {
		if e.Name == name {
			return e
		}
	}
	return nil
}

// current is the entry that has the keyboard.
func (f *Form) current() *entry { return f.entries[f.focus] }
