package themes

import (
	"image/color"

	"github.com/charmbracelet/x/ansi"
)

// Paint draws text in a colour; nil leaves the terminal's own.
func Paint(c color.Color, text string) string {
	if c == nil || text == "" {
		return text
	}
	return ansi.NewStyle().ForegroundColor(c).Styled(text)
}

// Bold draws text bold and in a colour; nil leaves the terminal's own.
func Bold(c color.Color, text string) string {
	if text == "" {
		return text
	}
	style := ansi.NewStyle().Bold()
	if c != nil {
		style = style.ForegroundColor(c)
	}
	return style.Styled(text)
}
