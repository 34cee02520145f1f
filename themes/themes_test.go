package themes

import (
	"image/color"
	"math"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/styles"
	"github.com/charmbracelet/x/ansi"
)

// made is what a built-in theme is made for.
type made struct {
	backgrounds []string
	least       float64 // contrast of what is read
}

// madeFor are the themes whose contrast does not depend on a palette.
func madeFor() map[string]made {
	return map[string]made{
		"notte":    {[]string{"#000000", "#0c0c0c", "#16161e", "#1e1e2e", "#1e1e1e", "#002b36", "#282a36", "#282c34", "#2e3440"}, 4.5},
		"giorno":   {[]string{"#ffffff", "#fafaf7", "#f6f8fa", "#f2f2f2", "#eff1f5", "#fdf6e3", "#eee8d5"}, 4.5},
		"contrast": {[]string{"#000000", "#0c0c0c", "#16161e", "#1e1e2e", "#1e1e1e", "#002b36", "#282c34"}, 7},
	}
}

// minRule is the least contrast of a rule, which is seen rather than read.
const minRule = 1.5

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

func byName(t *testing.T, name string) *Theme {
	t.Helper()
	theme, ok := ByName(name)
	if !ok {
		t.Fatalf("there is no theme %q", name)
	}
	return theme
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
	for name, made := range madeFor() {
		theme := byName(t, name)
		for _, s := range theme.slots() {
			if *s.color == nil && s.key != "text" {
				t.Errorf("%s has no colour for %s", name, s.key)
			}
			least := made.least
			if s.key == "faint" {
				least = minRule
			}
			for _, background := range made.backgrounds {
				if *s.color == nil {
					continue
				}
				if got := contrast(*s.color, lipgloss.Color(background)); got < least {
					t.Errorf("%s of %s has a contrast of %.2f on %s, want %.1f", s.key, name, got, background, least)
				}
			}
		}
	}
}

func TestTextIsTheTerminalsOwn(t *testing.T) {
	t.Parallel()
	for _, theme := range Builtin() {
		if own := theme.Text == nil; own == (theme.Name == "contrast") {
			t.Errorf("%s has %q for text", theme.Name, Spec(theme.Text))
		}
	}
}

// TestEveryCodeThemeCanBeRead checks the colours that chroma gives to code.
func TestEveryCodeThemeCanBeRead(t *testing.T) {
	t.Parallel()
	for _, theme := range Builtin() {
		if theme.CodeTheme == "" && !theme.FixedColors() {
			continue // code has the terminal's own colours too
		}
		style, ok := styles.Registry[theme.CodeTheme]
		if !ok {
			t.Errorf("chroma has no style %q for %s", theme.CodeTheme, theme.Name)
			continue
		}
		made, coloured := madeFor()[theme.Name]
		for _, token := range append(style.Types(), chroma.Text, chroma.Name) {
			ink := style.Get(token).Colour
			if !ink.IsSet() {
				continue
			}
			if !coloured {
				t.Errorf("code in %s has the colour %s for %s", theme.Name, ink, token)
			}
			for _, background := range made.backgrounds {
				if got := contrast(lipgloss.Color(ink.String()), lipgloss.Color(background)); got < 4.5 {
					t.Errorf("%s of code in %s has a contrast of %.2f on %s", token, theme.Name, got, background)
				}
			}
		}
	}
}

func TestTerminalUsesPlainColoursOfThePalette(t *testing.T) {
	t.Parallel()
	theme := byName(t, "terminal")
	for _, s := range theme.slots() {
		basic, ok := (*s.color).(ansi.BasicColor)
		switch {
		case s.key == "text" || s.key == "muted":
			if *s.color != nil {
				t.Errorf("%s is %s, want the terminal's own", s.key, Spec(*s.color))
			}
		case s.key == "faint":
			if basic != ansi.BrightBlack {
				t.Errorf("faint is %s, want bright black", Spec(*s.color))
			}
		case !ok || basic < ansi.Red || basic > ansi.Cyan:
			t.Errorf("%s is %q, want one of the six plain colours", s.key, Spec(*s.color))
		}
	}
	if got := Paint(theme.Error, "failed"); got != "\x1b[31mfailed\x1b[m" {
		t.Errorf("an error is painted as %q", got)
	}
}

func TestMonoHasNoColour(t *testing.T) {
	t.Parallel()
	theme := byName(t, "mono")
	for _, s := range theme.slots() {
		if *s.color != nil {
			t.Errorf("%s is %s", s.key, Spec(*s.color))
		}
	}
	if got := Bold(theme.Error, "failed"); got != "\x1b[1mfailed\x1b[m" {
		t.Errorf("a bold error is painted as %q", got)
	}
}

// TestGreysStayGrey checks that text that is to be quiet does not become a
// colour where there are only sixteen.
func TestGreysStayGrey(t *testing.T) {
	t.Parallel()
	greys := map[ansi.BasicColor]bool{ansi.Black: true, ansi.White: true, ansi.BrightBlack: true, ansi.BrightWhite: true}
	for _, theme := range Builtin() {
		for name, c := range map[string]color.Color{"text": theme.Text, "muted": theme.Muted, "faint": theme.Faint} {
			if c == nil {
				continue
			}
			if got := ansi.Convert16(c); !greys[got] {
				t.Errorf("%s: %s becomes colour %d of 16", theme.Name, name, got)
			}
		}
	}
}

// TestStatesDiffer checks that no two states look alike, in as many colours as
// a terminal may have.
func TestStatesDiffer(t *testing.T) {
	t.Parallel()
	depths := map[string]func(color.Color) string{
		"true colour": Spec,
		"256 colours": func(c color.Color) string { return Spec(ansi.Convert256(c)) },
		"16 colours":  func(c color.Color) string { return Spec(ansi.Convert16(c)) },
	}
	for _, theme := range Builtin() {
		if theme.Name == "mono" {
			continue
		}
		states := map[string]color.Color{
			"muted": theme.Muted, "success": theme.Success, "warning": theme.Warning, "error": theme.Error, "running": theme.Running,
		}
		for depth, spec := range depths {
			seen := map[string]string{}
			for name, c := range states {
				look := ""
				if c != nil {
					look = spec(c)
				}
				if other, ok := seen[look]; ok {
					t.Errorf("%s and %s of %s are both %s in %s", name, other, theme.Name, look, depth)
				}
				seen[look] = name
			}
		}
	}
}

func TestThemesForDarkAndLight(t *testing.T) {
	t.Parallel()
	if dark, light := For(true), For(false); dark.Name != "notte" || !dark.Dark || light.Name != "giorno" || light.Dark {
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

func TestBuiltinThemes(t *testing.T) {
	t.Parallel()
	want := []string{"notte", "giorno", "terminal", "contrast", "mono"}
	all := Builtin()
	if len(all) != len(want) {
		t.Fatalf("there are %d built-in themes, want %d", len(all), len(want))
	}
	for i, theme := range all {
		if theme.Name != want[i] {
			t.Errorf("the theme at %d is %q, want %q", i, theme.Name, want[i])
		}
		if again := byName(t, theme.Name); *again != *theme {
			t.Errorf("%s by name is %+v, want %+v", theme.Name, again, theme)
		}
	}
	if *Notte() != *all[0] || *Giorno() != *all[1] {
		t.Error("Notte and Giorno are not the first two")
	}
	changed := Notte()
	changed.Error = nil
	if Notte().Error == nil {
		t.Error("a change of one copy changes the next")
	}
}

func TestByName(t *testing.T) {
	t.Parallel()
	own := []*Theme{{Name: "Dusk"}, {Name: "notte"}}
	for name, want := range map[string]*Theme{"Dusk": own[0], "dUSK": own[0], "dawn": nil, "": nil, Auto: nil} {
		if got, ok := ByName(name, own...); got != want || ok != (want != nil) {
			t.Errorf("%q is %+v, want %+v", name, got, want)
		}
	}
	if got, ok := ByName("NOTTE", own...); !ok || got.Accent == nil {
		t.Error("an own theme takes the place of a built-in one")
	}
}
