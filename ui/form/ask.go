package form

import (
	tea "charm.land/bubbletea/v2"

	"notturno/state/options"
	"notturno/ui/part"
)

// ask is what the last row asks: the name of a new preset, or whether one
// shall be deleted.
type ask struct {
	name   *line          // what is typed, or nil
	values options.Values // what the new preset holds
	drop   string         // the preset to delete
}

// askName asks for the name of a preset with the values, and offers that of the
// one taken.
func (f *Form) askName(values options.Values) {
	name := newLine(f.look, options.Field{Kind: options.Text}, nil)
	name.limit = maxName
	name.fallback.label = "a name"
	name.focus(true)
	name.set("")
	if !longer(oneLine(f.taken), maxName) {
		name.set(oneLine(f.taken))
	}
	f.ask = &ask{name: name, values: values}
}

// askDrop asks whether the preset that was taken shall be deleted.
func (f *Form) askDrop() part.Intent {
	if f.taken == "" {
		return part.Say{Text: "no preset is chosen"}
	}
	f.ask = &ask{drop: f.taken}
	return nil
}

// answer is what an action means to the last row.
func (f *Form) answer(a part.Action) part.Intent {
	switch a {
	case part.Accept:
		return f.yes()
	case part.Back, part.Interrupt:
		f.ask = nil
	default:
		f.pressed(a)
	}
	return nil
}

// yes does what was asked about.
func (f *Form) yes() part.Intent {
	asked := f.ask
	if asked.name == nil {
		f.ask = nil
		return f.drop(asked.drop)
	}
	intent := f.keep(asked.name.value(), asked.values)
	if intent != nil {
		f.ask = nil
	}
	return intent
}

func (f *Form) pressAsk(msg tea.KeyPressMsg) part.Intent {
	switch {
	case f.ask.name != nil:
		f.ask.name.press(msg)
	case msg.String() == "y":
		return f.yes()
	case msg.String() == "n":
		f.ask = nil
	}
	return nil
}

// pasteAsk takes a name from elsewhere, as much of it as a name may be.
func (f *Form) pasteAsk(text string) {
	if text = oneLine(part.Head(text, maxName)); f.ask.name != nil && !longer(f.ask.name.value()+text, maxName) {
		f.ask.name.paste(text)
	}
}
