package themes

import (
	"fmt"
	"image/color"
	"strconv"

	"github.com/charmbracelet/x/ansi"
)

// parseColor is the colour that a value of a theme file spells: "#rrggbb", a
// number of the terminal's palette from "0" to "255", or "" for nil, the
// terminal's own.
func parseColor(spelling string) (c color.Color, ok bool) {
	if spelling == "" {
		return nil, true
	}
	if spelling[0] == '#' {
		rgb, err := strconv.ParseUint(spelling[1:], 16, 24)
		if err != nil || len(spelling) != len("#rrggbb") {
			return nil, false
		}
		return color.RGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 0xff}, true
	}
	number, err := strconv.ParseUint(spelling, 10, 8)
	if err != nil {
		return nil, false
	}
	if number < 16 {
		return ansi.BasicColor(number), true
	}
	return ansi.IndexedColor(number), true
}

// Spec spells a colour as a theme file and Glamour do: "#rrggbb", the number of
// a colour of the terminal's palette as in "4", or "" for nil.
func Spec(c color.Color) string {
	switch c := c.(type) {
	case nil:
		return ""
	case ansi.BasicColor:
		return strconv.Itoa(int(c))
	case ansi.IndexedColor:
		return strconv.Itoa(int(c))
	default:
		r, g, b, _ := c.RGBA()
		return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
	}
}
