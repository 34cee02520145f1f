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

// Reverse swaps the colours of text and background, for what is found or
// selected. Only the swap is taken back at the end, so that it can stand within
// text that is painted; text that is painted itself ends the swap early.
func Reverse(text string) string {
	if text == "" {
		return text
	}
	return ansi.NewStyle().Reverse(true).String() + text + ansi.NewStyle().Reverse(false).String()
}
