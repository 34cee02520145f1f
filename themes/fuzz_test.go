package themes

import (
	"image/color"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// FuzzParse checks that any text is a whole theme or has problems that can be
// shown, and that a theme comes out of its own colours' spellings again.
func FuzzParse(f *testing.F) {
	for _, name := range builtinNames() {
		data, err := files.ReadFile(name + ext)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	for _, seed := range []string{
		"", "dark", "extends = \"x\"\n[colors]\ntext = \"#0000000\"\nmuted = 4", "[[colors]]", "colors = {text={}}", "colors.text.x = 1",
		"\"\\u001b\" = 1\n\"\\u001b\" = 2", "name = \"\\u202e\"\ncode_theme = \"x\"\ndark = 1", "[\"colors.text\"]\nx = 1", "a = 07:32:00\n'' = nan",
		"\ufeff", "dark = true\r\nname = '''\na'''",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, problems := parse("fuzz.toml", []byte(text))
		if (d == nil) == (len(problems) == 0) {
			t.Fatalf("draft %v with %d problems", d, len(problems))
		}
		for _, problem := range problems {
			if problem.What == "" || unshowable(problem.Error()) || len(problem.Error()) > 1000 {
				t.Errorf("%q may not reach the screen", problem.Error())
			}
			if problem.Line < 0 || problem.Line > 1+len(text) {
				t.Errorf("there is no line %d", problem.Line)
			}
		}
		if d == nil {
			return
		}
		if why := badName(d.name); why != "" {
			t.Errorf("the name %q %s", d.name, why)
		}
		for _, s := range d.over(&Theme{}).slots() {
			checkColor(t, *s.color)
		}
	})
}

// checkColor fails the test unless c is a colour that a theme may have.
func checkColor(t *testing.T, c color.Color) {
	t.Helper()
	switch c := c.(type) {
	case nil:
	case ansi.BasicColor:
		if c > ansi.BrightWhite {
			t.Errorf("%d is not one of sixteen colours", c)
		}
	case ansi.IndexedColor:
		if c < 16 {
			t.Errorf("%d is one of the sixteen colours", c)
		}
	case color.RGBA:
		if c.A != 0xff {
			t.Errorf("%v shines through", c)
		}
	default:
		t.Errorf("%#v is not a colour of a theme", c)
	}
	if again := parsed(t, Spec(c)); again != c {
		t.Errorf("%#v comes back as %#v", c, again)
	}
}

// parsed is a colour that is spelt right.
func parsed(t *testing.T, spelling string) color.Color {
	t.Helper()
	c, ok := parseColor(spelling)
	if !ok {
		t.Fatalf("%q is not a colour", spelling)
	}
	return c
}
