package form

import (
	"maps"
	"slices"
	"strings"

	"notturno/state/options"
	"notturno/ui/part"
)

// maxName is the longest name of a preset, in characters.
const maxName = 40

// offerPresets puts the names into the first row, and there the preset that
// the form holds.
func (f *Form) offerPresets() {
	row, _ := f.entries[0].control.(*pick)
	choices := make([]choice, len(f.presets))
	f.taken = ""
	now := public(f.values())
	for i, p := range f.presets {
		choices[i] = choice{value: p.Name, label: oneLine(part.Head(p.Name, maxLabel))}
		if maps.Equal(public(p.Values), now) {
			f.taken = p.Name
		}
	}
	row.chosen = f.taken
	row.offer("none", choices)
}

// takePreset fills the form with a preset. Without a name it brings back what
// was there before the first.
func (f *Form) takePreset(name string) {
	if f.taken == "" {
		f.draft = f.values()
	}
	values := f.draft
	if i := f.preset(name); i >= 0 {
		values = f.presets[i].Values
	}
	f.taken = name
	f.fill(values, false)
}

// preset is the index of the preset with the name, or -1.
func (f *Form) preset(name string) int {
	return slices.IndexFunc(f.presets, func(p Preset) bool { return p.Name == name })
}

// changed reports whether the form holds something else than the preset that
// was taken.
func (f *Form) changed() bool {
	i := f.preset(f.taken)
	return i >= 0 && !maps.Equal(public(f.presets[i].Values), public(f.values()))
}

// keep keeps options under a name.
func (f *Form) keep(name string, values options.Values) part.Intent {
	name = strings.TrimSpace(name)
	if name == "" {
		return nil
	}
	values = public(values)
	f.presets = kept(f.presets, Preset{Name: name, Values: values})
	f.offerPresets()
	f.draft = f.values()
	return part.KeepPreset{Name: name, Values: maps.Clone(values)}
}

// drop forgets a preset; the options stay as they are.
func (f *Form) drop(name string) part.Intent {
	f.presets = slices.DeleteFunc(f.presets, func(p Preset) bool { return p.Name == name })
	f.offerPresets()
	return part.ForgetPreset{Name: name}
}

// kept are the presets with one more, or with another one of the same name.
func kept(presets []Preset, p Preset) []Preset {
	if i := slices.IndexFunc(presets, func(old Preset) bool { return old.Name == p.Name }); i >= 0 {
		presets[i] = p
		return presets
	}
	return append(presets, p)
}

// public are the values of the table without what may be secret.
func public(values options.Values) options.Values {
	public, known := values.Public(), options.Values{}
	for _, field := range options.Fields() {
		if text := public[field.Name]; text != "" {
			known[field.Name] = text
		}
	}
	return known
}
