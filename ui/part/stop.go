package part

import (
	"image/color"

	"notturno/state"
	"notturno/themes"
)

// StopMark is the glyph and the colour of how asking an agent or a session to
// stop stands. The word is Stop.String: neither stands alone.
func StopMark(theme *themes.Theme, s state.Stop) (glyph string, c color.Color) {
	switch s {
	case state.StopNone:
		return "○", theme.Muted
	case state.StopAsked:
		return "●", theme.Warning
	case state.StopConfirmed:
		return "■", theme.Success
	case state.StopNotConfirmed:
		return "?", theme.Warning
	case state.StopRefused:
		return "✗", theme.Error
	}
	return "?", theme.Muted
}
