package themes

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Usual backgrounds of the terminals that the themes are made for.
var backgrounds = map[string]string{"notte": "#16161e", "giorno": "#fafaf7"}

// The least contrasts: WCAG's for text, and what it takes to see a rule.
const (
	minText = 4.5
	minRule = 1.5
)

// luminance is WCAG's relative luminance.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrastFormula(t *testing.T) {
	t.Parallel()
	if got := contrast(color.Black, color.White); math.Abs(got-21) > 0.01 {
		t.Errorf("black on white is %.2f, want 21", got)
	}
	if got := contrast(lipgloss.Color("#767676"), color.White); math.Abs(got-4.54) > 0.01 {
		t.Errorf("#767676 on white is %.2f, want 4.54", got)
	}
}

func TestEveryColourCanBeRead(t *testing.T) {
	t.Parallel()
	for _, theme := range []*Theme{Notte(), Giorno()} {
		background := lipgloss.Color(backgrounds[theme.Name])
		if theme.Text != nil {
			t.Errorf("%s sets the colour of text; the terminal's own is right", theme.Name)
		}
		for name, c := range map[string]color.Color{
			"Muted": theme.Muted, "Accent": theme.Accent, "Heading": theme.Heading, "Code": theme.Code,
			"Success": theme.Success, "Warning": theme.Warning, "Error": theme.Error, "Running": theme.Running,
		} {
			if c == nil {
				t.Errorf("%s has no colour for %s", theme.Name, name)
				continue
			}
			if got := contrast(c, background); got < minText {
				t.Errorf("%s of %s has a contrast of %.2f, want %.1f", name, theme.Name, got, minText)
			}
		}
		if got := contrast(theme.Faint, background); got < minRule {
			t.Errorf("Faint of %s has a contrast of %.2f, want %.1f", theme.Name, got, minRule)
		}
	}
}

func TestThemesDiffer(t *testing.T) {
	t.Parallel()
	if dark, light := For(true), For(false); !dark.Dark || light.Dark || dark.Name == light.Name {
		t.Errorf("the themes for dark and light are %+v and %+v", dark, light)
	}
}

func TestFirstGuessOfTheBackground(t *testing.T) {
	t.Parallel()
	for value, dark := range map[string]bool{
		"": true, "15;0": true, "7;0": true, "12;8": true, "15;default;0": true, "junk": true, ";": true, "0;9999": true,
		"0;15": false, "0;7": false, "0;default;15": false, "15": false,
	} {
		if got := ForTerminal(value).Dark; got != dark {
			t.Errorf("COLORFGBG=%q is taken for dark=%v, want %v", value, got, dark)
		}
	}
}

func TestPaintLeavesTheTerminalAsItWas(t *testing.T) {
	t.Parallel()
	red := lipgloss.Color("#ff0000")
	for name, paint := range map[string]func(color.Color, string) string{"Paint": Paint, "Bold": Bold} {
		if got := paint(red, ""); got != "" {
			t.Errorf("%s of nothing is %q", name, got)
		}
		if got := paint(red, "text"); !strings.HasPrefix(got, "\x1b[") || !strings.HasSuffix(got, "text\x1b[m") {
			t.Errorf("%s is %q, want a style around the text", name, got)
		}
		if got := paint(red, "text"); strings.Contains(got, "48;") {
			t.Errorf("%s sets a background: %q", name, got)
		}
	}
	if got := Paint(nil, "text"); got != "text" {
		t.Errorf("text in the terminal's own colour is %q", got)
	}
	if got := Bold(nil, "text"); got != "\x1b[1mtext\x1b[m" {
		t.Errorf("bold text in the terminal's own colour is %q", got)
	}
}

// TestGreysStayGrey checks that text that is to be quiet does not become a
// colour where there are only sixteen.
func TestGreysStayGrey(t *testing.T) {
	t.Parallel()
	greys := map[ansi.BasicColor]bool{ansi.Black: true, ansi.White: true, ansi.BrightBlack: true, ansi.BrightWhite: true}
	for _, theme := range []*Theme{Notte(), Giorno()} {
		for name, c := range map[string]color.Color{"muted": theme.Muted, "faint": theme.Faint} {
			if got := ansi.Convert16(c); !greys[got] {
				t.Errorf("%s: %s becomes colour %d of 16", theme.Name, name, got)
			}
		}
	}
}
