package prompt

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// A click puts the cursor there: what is typed next appears at that place.
func TestAClickPlacesTheCursor(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "abc def", "日本語\nabc\n\nlast", strings.Repeat("word ", 30), strings.Repeat("漢", 60), "👍👍🏽 🇮🇹"} {
		p := newPrompt(40, 6)
		p.SetText(text)
		p.Resize(40, p.Want())
		for y := range 6 {
			for x := 0; x < 45; x += 2 {
				p.Update(part.Click{X: x, Y: y})
				c := p.Cursor()
				row := ansi.Strip(p.Rows()[min(y, p.h-1)])
				if text == "" {
					row = ""
				}
				// Behind the last character of a row that goes on is the next row.
				end := max(leadWidth, ansi.StringWidth(strings.TrimRight(row, " "))-2)
				if c.Y != min(y, p.h-1) || c.X > max(x, leadWidth) || (c.X < x-1 && c.X < end) {
					t.Fatalf("a click at %d, %d of %q puts the cursor at %d, %d", x, y, text, c.X, c.Y)
				}
			}
		}
	}
}

func TestAClickGoesToAnotherText(t *testing.T) {
	t.Parallel()
	p := newPrompt(60, 10)
	write(p, "above")
	pasteIn(p, strings.Repeat("line\n", 200))
	write(p, "below")
	p.Update(part.Click{X: leadWidth + 2, Y: 0})
	write(p, "X")
	p.Update(part.Click{X: leadWidth + 1, Y: 2})
	write(p, "Y")
	p.Update(part.Click{X: 50, Y: 9})
	write(p, "Z")
	text := shown(p)
	if !strings.HasPrefix(text, " › abXove\n") || !strings.HasSuffix(text, "\n   bYelowZ") {
		t.Errorf("it shows %q", text)
	}
}

func TestTheWheelScrolls(t *testing.T) {
	t.Parallel()
	p := newPrompt(40, 3)
	p.SetText("1\n2\n3\n4\n5\n6")
	p.Resize(40, p.Want())
	for _, step := range []struct {
		by   int
		want string
	}{{0, "   4\n   5\n   6"}, {-2, "   2\n   3\n   4"}, {-9, " › 1\n   2\n   3"}, {1, "   2\n   3\n   4"}, {9, "   4\n   5\n   6"}} {
		p.Update(part.Wheel{Rows: step.by})
		if got := shown(p); got != step.want {
			t.Errorf("after %d rows it shows %q, want %q", step.by, got, step.want)
		}
	}
	p.Update(part.Wheel{Rows: -9})
	if c := p.Cursor(); c != nil {
		t.Errorf("the cursor is out of view, and at %d, %d", c.X, c.Y)
	}
	write(p, "!")
	if got := shown(p); got != "   4\n   5\n   6!" {
		t.Errorf("typing shows %q", got)
	}
}

func TestTheHint(t *testing.T) {
	t.Parallel()
	const hint = "editing the queued run 5 · enter keeps it · esc leaves it"
	p := newPrompt(80, 4)
	p.SetHint(hint)
	p.SetText("1\n2\n3\n4")
	p.Resize(80, p.Want())
	if got := shown(p); got != "   "+hint+"\n   2\n   3\n   4" {
		t.Errorf("it shows %q", got)
	}
	p.Update(part.Click{X: 9, Y: 1})
	if c := p.Cursor(); c.Y != 1 || c.X != 4 {
		t.Errorf("a click below the hint puts the cursor at %d, %d", c.X, c.Y)
	}
	for w, h := range parttest.Sizes() {
		p.Limit(w, h/3)
		parttest.Exact(t, p, w, h)
		checkCursor(t, p)
	}
	p.Limit(80, 4)
	p.Resize(80, 1)
	if strings.Contains(shown(p), "editing") {
		t.Error("the only row is taken by the hint")
	}
	p.SetHint("")
	p.Resize(80, p.Want())
	if strings.Contains(shown(p), "editing") || p.Want() != 4 {
		t.Errorf("without the hint it shows %q", shown(p))
	}
}
