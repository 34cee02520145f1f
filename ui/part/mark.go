package part

import (
	"image/color"

	"notturno/state"
	"notturno/themes"
)

// PhaseMark is the glyph and the colour of a phase. The word is
// Phase.String: neither stands alone.
func PhaseMark(theme *themes.Theme, p state.Phase) (glyph string, c color.Color) {
	switch p {
	case state.Queued:
		return "○", theme.Muted
	case state.Connecting, state.Running:
		return "●", theme.Running
	case state.Done:
		return "✓", theme.Success
	case state.Failed:
		return "✗", theme.Error
	case state.TimedOut:
		return "◷", theme.Warning
	case state.Cancelled:
		return "■", theme.Warning
	case state.Interrupted:
		return "≠", theme.Warning
	}
	return "?", theme.Muted
}

// RunMark is the glyph, the word and the colour of how a run stands: its
// phase, or that its agent is being stopped.
func RunMark(theme *themes.Theme, run *state.Run) (glyph, word string, c color.Color) {
	glyph, c = PhaseMark(theme, run.Phase)
	if run.Stopping() {
		return glyph, "stopping", theme.Warning
	}
	return glyph, run.Phase.String(), c
}

// ToolMark is the glyph and the colour of a tool call's state.
func ToolMark(theme *themes.Theme, s state.ToolState) (glyph string, c color.Color) {
	switch s {
	case state.ToolOpen:
		return "●", theme.Running
	case state.ToolEnded:
		return "✓", theme.Success
	case state.ToolFailed:
		return "✗", theme.Error
	case state.ToolUnfinished:
		return "○", theme.Muted
	}
	return "?", theme.Muted
}

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
