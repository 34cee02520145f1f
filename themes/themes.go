package themes

import (
	"image/color"
	"slices"
	"strings"
)

// Theme is the colours of the screen by meaning. Two themes are the same when
// their names are. A colour that is nil is the terminal's own foreground.
type Theme struct {
	Name    string
	Extends string // the name of the theme that it changes, if any
	Dark    bool   // made for a dark background

	Text    color.Color
	Muted   color.Color // secondary text, hints
	Faint   color.Color // rules, empty bars; never text
	Accent  color.Color // the one accent: focus, the prompt, links
	Heading color.Color
	Code    color.Color
	Success color.Color
	Warning color.Color
	Error   color.Color
	Running color.Color

	// CodeTheme names the chroma style for blocks of code. Empty, or a name
	// that chroma does not know, chooses one that suits Dark.
	CodeTheme string
}

// slot is a colour of a theme and the key of [colors] that sets it.
type slot struct {
	key   string
	color *color.Color
}

// slots are all colours of t.
func (t *Theme) slots() []slot {
	return []slot{
		{"text", &t.Text},
		{"muted", &t.Muted},
		{"faint", &t.Faint},
		{"accent", &t.Accent},
		{"heading", &t.Heading},
		{"code", &t.Code},
		{"success", &t.Success},
		{"warning", &t.Warning},
		{"error", &t.Error},
		{"running", &t.Running},
	}
}

// FixedColors reports whether a theme has colours that are not the terminal's
// own, so that it suits one kind of background.
func (t *Theme) FixedColors() bool {
	return slices.ContainsFunc(t.slots(), func(s slot) bool { return strings.HasPrefix(Spec(*s.color), "#") })
}

// For is the theme for a terminal whose background is dark or light.
func For(dark bool) *Theme {
	if dark {
		return Notte()
	}
	return Giorno()
}

// ForTerminal is the first guess, from COLORFGBG: some terminals say there
// which colours they have, as in "15;0". Without it the background is taken
// for dark; the terminal's own answer, if one comes, decides.
func ForTerminal(colorFGBG string) *Theme {
	fields := strings.Split(colorFGBG, ";")
	background := fields[len(fields)-1]
	return For(background != "7" && background != "15")
}
