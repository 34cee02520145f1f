package form_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"notturno/state/options"
	"notturno/themes"
	"notturno/ui/form"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, size := range []struct{ w, h int }{{120, 60}, {80, 24}, {60, 24}, {40, 12}, {24, 8}, {12, 3}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			t.Parallel()
			f := form.New(themes.Notte(), form.Config{
				Values:  options.Values{options.Model: "gemini/gemini-2.5-flash", options.MaxSteps: "400", options.ResponseFormat: "{\n\"type\": \"object\"\n}", "session.headless": "off"},
				Presets: presets(),
				Errors:  map[string]string{options.MaxSteps: "Input should be less than or equal to 150", "": "the plan of the account does not allow more"},
			})
			f.Resize(size.w, size.h)
			states := []string{parttest.Text(f.Rows())}
			for _, script := range []string{"<up><ctrl+n>", "<ctrl+u>flash", "<up><right>", "<ctrl+x>", "n<ctrl+s>", "<esc><tab><tab><tab><tab><tab><tab><tab>", "<pgdown><end>"} {
				keys(f, script)
				states = append(states, parttest.Text(f.Rows()))
			}
			f = form.New(themes.Notte(), form.Config{Focus: options.SessionID})
			f.Resize(size.w, size.h)
			f.Update(form.Sessions{Open: []form.Session{{ID: "9b1f2c44-0001", Label: "active since 09:12"}, {ID: "77aa2c44-0002", Label: "active since 10:40"}}})
			keys(f, "<right>")
			states = append(states, parttest.Text(f.Rows()))
			golden.RequireEqual(t, strings.Join(states, "\n"+strings.Repeat("═", size.w)+"\n"))
		})
	}
}

// hostileForm is full of texts that are hard to draw.
func hostileForm(r *rand.Rand, theme *themes.Theme) *form.Form {
	texts := parttest.Hostile()
	text := func() string { return texts[r.IntN(len(texts))] }
	c := form.Config{Title: text(), Values: options.Values{}, Errors: map[string]string{"": text()}, Presets: []form.Preset{{Name: text()}, {Name: text(), Values: options.Values{options.URL: text()}}}}
	for _, field := range options.Fields() {
		if r.IntN(2) == 0 {
			c.Values[field.Name] = text()
		}
		if r.IntN(4) == 0 {
			c.Errors[field.Name] = text()
		}
	}
	f := form.New(theme, c)
	f.Update(form.Sessions{Open: []form.Session{{ID: text(), Label: text()}, {ID: text(), Label: text()}}, Err: text()})
	return f
}

// checkForm fails the test unless what the form shows is as it should be.
func checkForm(t *testing.T, f *form.Form, w, h int) {
	t.Helper()
	parttest.CheckRows(t, f.Rows(), max(w, 0), max(h, 0))
	if c := f.Cursor(); c != nil && (c.X < 0 || c.X >= w || c.Y < 0 || c.Y >= h) {
		t.Fatalf("at %d×%d the cursor is at %d,%d", w, h, c.X, c.Y)
	}
}

func TestRowsAtEverySize(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 8))
	f := hostileForm(r, themes.Notte())
	for w, h := range parttest.Sizes() {
		parttest.Exact(t, f, w, h)
		checkForm(t, f, w, h)
		keys(f, []string{"<tab>", "x", "<right>", "<ctrl+s>", "<esc>", "<ctrl+n>"}[r.IntN(6)])
		if r.IntN(40) == 0 {
			f = hostileForm(r, themes.Giorno())
		}
	}
}

// someKeys are keys of every kind.
func someKeys() []string {
	return []string{
		"<tab>", "<tab>", "<shift+tab>", "<up>", "<down>", "<pgup>", "<pgdown>", "<left>", "<right>", "<home>", "<end>", "<backspace>", "<delete>", "<enter>",
		"<ctrl+n>", "<ctrl+p>", "<ctrl+s>", "<ctrl+x>", "<ctrl+g>", "<ctrl+v>", "<ctrl+b>", "<ctrl+f>", "<ctrl+a>", "<ctrl+e>", "<ctrl+w>", "<ctrl+u>", "<ctrl+k>", "<ctrl+d>", "<ctrl+h>",
		"<ctrl+t>", "<alt+b>", "<alt+f>", "<alt+d>", "<alt+left>", "<alt+right>", "<alt+backspace>", "<alt+delete>", "<ctrl+delete>", "<ctrl+left>", "<ctrl+right>", "<esc>", "<f>",
		" ", "a", "7", "y", "n", "/", "?", "flash", "日本", "\u0301", "{", "\"", "👍",
	}
}

// act does something at random to a form of w×h cells.
func act(r *rand.Rand, f *form.Form, w, h int) {
	texts, all := parttest.Hostile(), options.Fields()
	text := texts[r.IntN(len(texts))]
	switch script := someKeys(); r.IntN(14) {
	case 0:
		f.Update(tea.PasteMsg{Content: text})
	case 1:
		f.Update(part.Click{X: r.IntN(max(w, 1)), Y: r.IntN(h+4) - 2})
	case 2:
		f.Update(part.Wheel{Rows: r.IntN(21) - 10})
	case 3:
		f.Update(form.Edited{Field: all[r.IntN(len(all))].Name, Text: text + "\n" + text, Err: texts[r.IntN(2)]})
	case 4:
		f.Update(form.Sessions{Open: []form.Session{{ID: text, Label: text}, {ID: "s-1"}}, Err: text})
	case 5:
		f.Update(part.Do{Action: part.Action(r.IntN(int(part.Stay) + 2))})
	default:
		keys(f, script[r.IntN(len(script))])
	}
}

func TestAnythingCanHappen(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 1))
		f := hostileForm(r, themes.Notte())
		w, h := 80, 24
		f.Resize(w, h)
		for range 100 {
			if r.IntN(12) == 0 {
				w, h = r.IntN(130), r.IntN(50)
				f.Resize(w, h)
			}
			act(r, f, w, h)
			checkForm(t, f, w, h)
		}
	}
}

func FuzzKeys(f *testing.F) {
	f.Add([]byte("\x00\x07flash\x08\x0d"), uint8(80), uint8(24))
	f.Fuzz(func(t *testing.T, script []byte, w, h uint8) {
		form := newForm(form.Config{Presets: presets(), Focus: options.Model})
		form.Resize(int(w), int(h))
		names := someKeys()
		for _, b := range script[:min(len(script), 200)] {
			keys(form, names[int(b)%len(names)])
			checkForm(t, form, int(w), int(h))
		}
	})
}

func TestTheSameRowsUntilSomethingChanges(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{})
	if first, again := f.Rows(), f.Rows(); &first[0] != &again[0] {
		t.Error("the rows are put together again")
	}
	before := parttest.Text(f.Rows())
	f.SetTheme(themes.Giorno())
	if f.Rows()[0] == newForm(form.Config{}).Rows()[0] || parttest.Text(f.Rows()) != before {
		t.Error("another theme changes more or less than the colours")
	}
}
