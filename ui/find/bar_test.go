package find_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"notturno/themes"
	"notturno/ui/find"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

var (
	_ part.Dialog   = (*find.Bar)(nil)
	_ part.Typing   = (*find.Bar)(nil)
	_ part.Cursored = (*find.Bar)(nil)
	_ part.Themed   = (*find.Bar)(nil)
	_ part.Wanting  = (*find.Bar)(nil)
)

func bar(w int) *find.Bar {
	b := find.NewBar(themes.Notte())
	b.Resize(w, 1)
	return b
}

func typed(b *find.Bar, text string) {
	for _, r := range text {
		b.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 80, 120} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			t.Parallel()
			b := bar(w)
			states := []string{parttest.Text(b.Rows())}
			add := func() { states = append(states, parttest.Text(b.Rows())) }
			typed(b, "league table")
			b.SetCount(3, 17)
			add()
			b.SetCount(0, 0)
			add()
			b.SetStatus("searching…")
			add()
			b.SetQuery(strings.Repeat("日本語 words ", 12))
			b.SetCount(1, 1)
			add()
			golden.RequireEqual(t, strings.Join(states, "\n"))
		})
	}
}

func TestRowsAtEverySize(t *testing.T) {
	t.Parallel()
	for w, h := range parttest.Sizes() {
		texts := parttest.Hostile()
		for i := range 2 { // all of them, over the sizes
			b := find.NewBar(themes.Notte())
			b.SetQuery(texts[(w+7*h+i)%len(texts)])
			b.SetCount(1, 4812)
			parttest.Exact(t, b, w, h)
			b.Update(tea.KeyPressMsg{Code: tea.KeyHome})
			b.SetTheme(themes.Giorno())
			parttest.Exact(t, b, w, h)
			if c := b.Cursor(); c != nil && (c.X < 0 || c.X >= w || c.Y != 0) {
				t.Fatalf("at %d×%d the cursor is at %d,%d", w, h, c.X, c.Y)
			}
		}
	}
}

func TestTyping(t *testing.T) {
	t.Parallel()
	b := bar(80)
	typed(b, "two  words")
	if got := b.Query().Text(); got != "two  words" {
		t.Fatalf("typed %q", got)
	}
	b.Update(tea.KeyPressMsg{Code: tea.KeyBackspace})
	b.Update(tea.KeyPressMsg{Code: tea.KeyHome})
	typed(b, "K")
	if got := b.Query().Text(); got != "Ktwo  word" {
		t.Errorf("edited to %q", got)
	}
	typed(b, strings.Repeat("x", 500))
	if got := len(b.Query().Text()); got != 200 {
		t.Errorf("the query grew to %d characters", got)
	}
}

func TestPasting(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"words":                           "a words",
		"one\ntwo":                        "a one",
		"one\r\ntwo":                      "a one",
		"one\rtwo":                        "a one",
		"\n\n\nlate":                      "a late",
		"a\tb":                            "a a b",
		"":                                "a ",
		"\x1b[31mred":                     "a ␛[31mred",
		"\u202eevil":                      "a <202E>evil",
		strings.Repeat("漢", 1<<20):        "a " + strings.Repeat("漢", 198),
		strings.Repeat("\n", 9<<10) + "x": "a x",
	} {
		b := bar(80)
		typed(b, "a ")
		b.Update(tea.PasteMsg{Content: content})
		if got := b.Query().Text(); got != want {
			t.Errorf("pasting %.20q gives %.40q, want %.40q", content, got, want)
		}
	}
}

func TestKeysOfThePlaces(t *testing.T) {
	t.Parallel()
	for action := part.NoAction; action <= part.No; action++ {
		var want part.Intent
		switch action {
		case part.NextFound, part.Find:
			want = part.Perform{Action: part.NextMatch}
		case part.PrevFound:
			want = part.Perform{Action: part.PrevMatch}
		case part.Back, part.Interrupt:
			want = part.Close{}
		default:
		}
		b := bar(80)
		typed(b, "text")
		if got, cmd := b.Update(part.Do{Action: action}); got != want || cmd != nil {
			t.Errorf("action %d means %#v, want %#v", action, got, want)
		}
		if got := b.Query().Text(); got != "text" {
			t.Errorf("action %d changes the query to %q", action, got)
		}
	}
}

func TestCountIsOfTheQuery(t *testing.T) {
	t.Parallel()
	b := bar(80)
	b.SetCount(0, 0)
	if text := parttest.Text(b.Rows()); strings.Contains(text, "found") {
		t.Errorf("without a query: %q", text)
	}
	typed(b, "a")
	b.SetCount(0, 17)
	if text := parttest.Text(b.Rows()); !strings.Contains(text, "17 found") {
		t.Errorf("with none current: %q", text)
	}
	typed(b, "b")
	if text := parttest.Text(b.Rows()); strings.Contains(text, "17") {
		t.Errorf("the count of another query: %q", text)
	}
}

// The cursor stands on the character that it is before, however wide those
// before it are and however much of them shows.
func TestCursorCountsCells(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"abc", "日本語", "a日b本c", strings.Repeat("日本 text ", 15)} {
		for w := 12; w <= 120; w += 27 {
			b := bar(w)
			b.SetQuery(text)
			runes := []rune(b.Query().Text())
			for i := len(runes); i >= 0; i-- {
				under := " "
				if i < len(runes) {
					under = string(runes[i])
				}
				x := b.Cursor().X
				got := ansi.Cut(ansi.Strip(b.Rows()[0]), x, x+ansi.StringWidth(under))
				if got != under && !strings.HasPrefix(got, "…") && x < w-1 {
					t.Fatalf("before character %d of %q at %d the cursor is on %q, want %q", i, text, w, got, under)
				}
				b.Update(tea.KeyPressMsg{Code: tea.KeyLeft})
			}
		}
	}
}

func TestCursorAfterCharactersOfManyParts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "e\u0301e\u0301", "👩‍👩‍👧‍👦x", "🇮🇹"} {
		b := bar(80)
		b.SetQuery(text)
		if got, want := b.Cursor().X, ansi.StringWidth(" find › "+text); got != want {
			t.Errorf("after %q the cursor is at %d, want %d", text, got, want)
		}
	}
}

// No key of the line that is typed in can end the program, wherever the cursor
// stands.
func TestEveryKeyAtTheEnds(t *testing.T) {
	t.Parallel()
	for _, code := range []rune{'a', 'b', 'c', 'd', 'e', 'f', 'h', 'k', 'l', 'n', 'p', 't', 'u', 'w', tea.KeyDelete, tea.KeyBackspace, tea.KeyLeft, tea.KeyRight, tea.KeyHome, tea.KeyEnd} {
		for _, mod := range []tea.KeyMod{0, tea.ModCtrl, tea.ModAlt, tea.ModCtrl | tea.ModAlt} {
			for _, text := range []string{"", "x", "one two"} {
				for _, back := range []int{0, 1, 9} {
					b := bar(40)
					typed(b, text)
					for range back {
						b.Update(tea.KeyPressMsg{Code: tea.KeyLeft})
					}
					b.Update(tea.KeyPressMsg{Code: code, Mod: mod})
					parttest.Exact(t, b, 40, 1)
				}
			}
		}
	}
}
