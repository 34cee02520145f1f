package themes

import (
	"image/color"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestColoursAreSpelt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		spelling string
		want     color.Color
		spec     string
	}{
		{"", nil, ""},
		{"#9db4ff", color.RGBA{R: 0x9d, G: 0xb4, B: 0xff, A: 0xff}, "#9db4ff"},
		{"#9DB4FF", color.RGBA{R: 0x9d, G: 0xb4, B: 0xff, A: 0xff}, "#9db4ff"},
		{"#000000", color.RGBA{A: 0xff}, "#000000"},
		{"0", ansi.Black, "0"},
		{"4", ansi.Blue, "4"},
		{"15", ansi.BrightWhite, "15"},
		{"16", ansi.IndexedColor(16), "16"},
		{"255", ansi.IndexedColor(255), "255"},
	} {
		got, ok := parseColor(test.spelling)
		if !ok || got != test.want {
			t.Errorf("%q is %#v, %v, want %#v", test.spelling, got, ok, test.want)
		}
		if spec := Spec(got); spec != test.spec {
			t.Errorf("%q is spelt %q, want %q", test.spelling, spec, test.spec)
		}
	}
}

func TestWrongSpellingsOfColours(t *testing.T) {
	t.Parallel()
	for _, spelling := range []string{
		" ", "#", "#fff", "#12345", "#1234567", "#12345g", "#+12345", "#12_345", "##12345", "123456", "256", "-1", "+1", "1.0", "0x10", "1_0",
		" 1", "red", "#ffffff ", "\x1b[31m", "٣", "#ééé",
	} {
		if got, ok := parseColor(spelling); ok {
			t.Errorf("%q is taken for %#v", spelling, got)
		}
	}
}

func TestSpecOfAnyColour(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]color.Color{"#808080": color.Gray{Y: 0x80}, "#ff0000": color.NRGBA{R: 0xff, A: 0xff}} {
		if got := Spec(c); got != want {
			t.Errorf("%#v is spelt %q, want %q", c, got, want)
		}
	}
}
