package form

import (
	"image/color"

	"charm.land/bubbles/v2/key"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"notturno/themes"
)

// look is the huh.Theme of all fields. A field of huh keeps the first theme
// that it is given, so this one changes its styles instead.
type look struct {
	styles *huh.Styles
	text   lipgloss.Style // of a line that is edited
}

// reversed begins the cursor of an input, which has no colour and is the only
// thing there with a style.
const reversed = "\x1b[7m"

// Theme are the styles; the background is known to the theme of the program.
func (l *look) Theme(bool) *huh.Styles { return l.styles }

// set takes the colours of a theme.
func (l *look) set(theme *themes.Theme) {
	var s huh.FieldStyles
	s.Base = lipgloss.NewStyle().Inline(true) // never more than one row
	s.SelectedOption = style(theme.Text).Bold(true)
	s.PrevIndicator = style(theme.Accent).SetString("‹ ")
	s.NextIndicator = style(theme.Accent).SetString(" ›")
	s.TextInput.Placeholder = style(theme.Muted)
	l.text = style(theme.Text)
	l.styles = &huh.Styles{Focused: s, Blurred: s}
}

func style(c color.Color) lipgloss.Style {
	if c == nil {
		return lipgloss.NewStyle()
	}
	return lipgloss.NewStyle().Foreground(c)
}

// ownKeys are the keys that huh's fields handle themselves: those that change
// a select. The others are the form's.
func ownKeys() *huh.KeyMap {
	var m huh.KeyMap
	m.Select.Left = key.NewBinding(key.WithKeys("left"))
	m.Select.Right = key.NewBinding(key.WithKeys("right"))
	return &m
}
