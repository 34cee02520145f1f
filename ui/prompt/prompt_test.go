package prompt

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

func newPrompt(w, maxRows int) *Prompt {
	p := New(themes.Notte())
	p.Limit(w, maxRows)
	p.Resize(w, p.Want())
	return p
}

// write types text as keys, and settles the size as the parent does.
func write(p *Prompt, text string) {
	for _, r := range text {
		p.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	p.Resize(p.w, p.Want())
}

func pasteIn(p *Prompt, text string) {
	p.Update(tea.PasteMsg{Content: text})
	p.Resize(p.w, p.Want())
}

// press presses keys by their names.
func press(p *Prompt, keys ...string) {
	codes := map[string]tea.KeyPressMsg{
		"backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete},
		"left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "end": {Code: tea.KeyEnd},
		"shift+left": {Code: tea.KeyLeft, Mod: tea.ModShift},
		"ctrl+home":  {Code: tea.KeyHome, Mod: tea.ModCtrl}, "ctrl+end": {Code: tea.KeyEnd, Mod: tea.ModCtrl},
		"alt+left": {Code: tea.KeyLeft, Mod: tea.ModAlt}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl}, "ctrl+w": {Code: 'w', Mod: tea.ModCtrl},
	}
	for _, key := range keys {
		p.Update(codes[key])
	}
	p.Resize(p.w, p.Want())
}

// shown is what the rows say.
func shown(p *Prompt) string { return parttest.Text(p.Rows()) }

// folded is how many pastes show as one row.
func folded(p *Prompt) int { return strings.Count(shown(p), "[pasted ") }

func do(t *testing.T, p *Prompt, a part.Action) part.Intent {
	t.Helper()
	intent, cmd := p.Update(part.Do{Action: a})
	if cmd != nil {
		t.Errorf("action %d returns a command", a)
	}
	p.Resize(p.w, p.Want())
	return intent
}

// submitted is the task that enter hands over.
func submitted(t *testing.T, p *Prompt) string {
	t.Helper()
	intent := do(t, p, part.Send)
	submit, ok := intent.(part.Submit)
	if !ok {
		t.Fatalf("enter means %#v", intent)
	}
	return submit.Task
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 90} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			t.Parallel()
			p := newPrompt(w, 8)
			empty := parttest.Text(p.Rows())
			write(p, "list the top 3 posts of 127.0.0.1:41207/news and say 日本語")
			do(t, p, part.Newline)
			write(p, "in two lines")
			pasteIn(p, strings.Repeat("line\n", 200))
			golden.RequireEqual(t, empty+"\n---\n"+parttest.Text(p.Rows()))
		})
	}
}

func TestEnterSubmitsOnce(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 5)
	write(p, "  a task ")
	if got := submitted(t, p); got != "a task" {
		t.Errorf("submitted %q", got)
	}
	if !p.Empty() || p.Want() != 1 {
		t.Errorf("after it the prompt holds %q in %d rows", p.content().text(), p.Want())
	}
	if intent := do(t, p, part.Send); intent != (part.Say{Text: "describe a task first"}) {
		t.Errorf("enter again means %#v", intent)
	}
	write(p, "   ")
	if _, ok := do(t, p, part.Send).(part.Say); !ok {
		t.Error("spaces are a task")
	}
}

func TestNewline(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 5)
	write(p, "one")
	do(t, p, part.Newline)
	write(p, "two")
	if p.Want() != 2 {
		t.Errorf("two lines take %d rows", p.Want())
	}
	if got := submitted(t, p); got != "one\ntwo" {
		t.Errorf("submitted %q", got)
	}
}

func TestItGrowsUpToTheLimit(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 5)
	for lines := 1; lines < 12; lines++ {
		if want := min(lines, 5); p.Want() != want {
			t.Errorf("%d lines take %d rows, want %d", lines, p.Want(), want)
		}
		parttest.CheckRows(t, p.Rows(), 80, p.Want())
		do(t, p, part.Newline)
	}
	pasteIn(p, strings.Repeat("a\n", 200))
	if p.Want() != 5 {
		t.Errorf("with a large paste it takes %d rows, want 5", p.Want())
	}
	if got := len(strings.Split(p.content().text(), "\n")); got < 200 {
		t.Errorf("%d lines are left of the text", got)
	}
}

func TestRowsAtEverySize(t *testing.T) {
	t.Parallel()
	for i, text := range parttest.Hostile() {
		p := New(themes.Notte())
		p.Limit(80, 8)
		p.SetText(text)
		if i%3 == 0 {
			p.SetText(strings.Repeat(text+"\n", 120))
		}
		r := rand.New(rand.NewPCG(uint64(i), 1))
		for w, h := range parttest.Sizes() {
			if r.IntN(8) != 0 {
				continue // each text at some sizes; together they are at all of them
			}
			p.Focus(r.IntN(2) == 0)
			p.Limit(w, h/3)
			parttest.Exact(t, p, w, h)
			checkCursor(t, p)
		}
		p.SetTheme(themes.Giorno())
		parttest.Exact(t, p, 40, 3)
	}
}

func checkCursor(t *testing.T, p *Prompt) {
	t.Helper()
	if c := p.Cursor(); c != nil && (c.X < 0 || c.X >= max(p.w, 1) || c.Y < 0 || c.Y >= max(p.h, 1)) {
		t.Fatalf("the cursor of a prompt of %d×%d is at %d, %d", p.w, p.h, c.X, c.Y)
	}
}

// The cursor stands where the next character appears.
func TestCursorStandsWhereTextAppears(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "abc", "日本語", "日本語 abc", "👍", "e\u0301", "a\nb", "one\n日本", strings.Repeat("word ", 30), "1\n2\n3\n4\n5\n6\n7\n8"} {
		for _, rows := range []int{1, 2, 5} { // how many the parent gives
			p := New(themes.Notte())
			p.Limit(40, 5)
			p.SetText(text)
			p.Resize(40, min(p.Want(), rows))
			c := p.Cursor()
			p.Update(tea.KeyPressMsg{Code: '@', Text: "@"})
			row := ansi.Strip(p.Rows()[c.Y])
			if at := strings.Index(row, "@"); at < 0 || ansi.StringWidth(row[:at]) != c.X {
				t.Errorf("after %q in %d rows the cursor is at %d, %d, and there: %q", text, rows, c.X, c.Y, row)
			}
		}
	}
	p := newPrompt(40, 5)
	p.Focus(false)
	if c := p.Cursor(); c != nil {
		t.Errorf("without the keyboard the cursor is at %d, %d", c.X, c.Y)
	}
}
