package form

import "notturno/state/options"

// presetField is the first row of the form, which is in no table.
func presetField() options.Field {
	return options.Field{Kind: options.Choice, Label: "Preset", Unset: "none", Help: "options that were saved under a name; taking one fills the form"}
}

// note is what stands beside the value of a field.
func note(name string) string {
	if name == "session_offset" {
		return "experimental"
	}
	return ""
}
