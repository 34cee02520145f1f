// Package themes says what colours mean: text, accent, success, failure and
// the rest, for a dark and for a light terminal.
//
// A theme never sets the terminal's background, foreground or cursor: it draws
// on whatever the person has. Colours are true colours; Bubble Tea brings them
// down to what the terminal can show, and drops them where NO_COLOR is set, so
// state is always told in a glyph and a word as well.
package themes

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Theme is the colours of the screen by meaning. Two themes are the same when
// their names are.
type Theme struct {
	Name string
	Dark bool // made for a dark background

	Text    color.Color // nil: the terminal's own foreground
	Muted   color.Color // secondary text, hints
	Faint   color.Color // rules, empty bars
	Accent  color.Color // the one accent: focus, the prompt, links
	Heading color.Color
	Code    color.Color
	Success color.Color
	Warning color.Color
	Error   color.Color
	Running color.Color
}

// Notte is the theme for dark terminals.
func Notte() *Theme {
	return &Theme{
		Name: "notte", Dark: true,
		Muted:   lipgloss.Color("#909096"),
		Faint:   lipgloss.Color("#5c5e66"),
		Accent:  lipgloss.Color("#9db4ff"),
		Heading: lipgloss.Color("#c3b0ff"),
		Code:    lipgloss.Color("#8fd6c9"),
		Success: lipgloss.Color("#8bd49c"),
		Warning: lipgloss.Color("#e8c47a"),
		Error:   lipgloss.Color("#f2918f"),
		Running: lipgloss.Color("#7cc7f2"),
	}
}

// Giorno is the theme for light terminals.
func Giorno() *Theme {
	return &Theme{
		Name:    "giorno",
		Muted:   lipgloss.Color("#5c6070"),
		Faint:   lipgloss.Color("#9c9ca0"),
		Accent:  lipgloss.Color("#2f4fc0"),
		Heading: lipgloss.Color("#5a3db0"),
		Code:    lipgloss.Color("#0f6b5e"),
		Success: lipgloss.Color("#1e6f35"),
		Warning: lipgloss.Color("#835500"),
		Error:   lipgloss.Color("#b02a2a"),
		Running: lipgloss.Color("#0a5f94"),
	}
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
