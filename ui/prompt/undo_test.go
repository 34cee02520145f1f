package prompt

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// texts are what undo brings, one after the other, until there is nothing
// left; and then what redo brings.
func texts(t *testing.T, p *Prompt, a part.Action) []string {
	t.Helper()
	var seen []string
	for do(t, p, a) == nil {
		seen = append(seen, p.content().text())
	}
	return seen
}

func TestUndoAndRedo(t *testing.T) {
	t.Parallel()
	large := strings.Repeat("line\n", 150)
	for _, test := range []struct {
		name string
		edit func(p *Prompt)
		back []string
		now  string
	}{
		{"nothing", func(*Prompt) {}, nil, ""},
		{"words", func(p *Prompt) { write(p, "two words  here") }, []string{"two words  ", "two ", ""}, "two words  here"},
		{"erasing", func(p *Prompt) { write(p, "abc"); press(p, "backspace", "backspace"); write(p, "x") }, []string{"a", "abc", ""}, "ax"},
		{"a word at once", func(p *Prompt) { write(p, "ab cd"); press(p, "ctrl+w", "ctrl+w") }, []string{"ab ", "ab cd", "ab ", ""}, ""},
		{"moving between", func(p *Prompt) { write(p, "ab"); press(p, "left"); write(p, "x") }, []string{"ab", ""}, "axb"},
		{"new lines", func(p *Prompt) { write(p, "a"); do(t, p, part.Newline); do(t, p, part.Newline) }, []string{"a\n", "a", ""}, "a\n\n"},
		{"pastes", func(p *Prompt) { write(p, "a"); pasteIn(p, large); pasteIn(p, "b") }, []string{"a\n" + large, "a", ""}, "a\n" + large + "b"},
		{"a paste taken away", func(p *Prompt) { pasteIn(p, large); press(p, "backspace") }, []string{large, ""}, ""},
		{"a selection", func(p *Prompt) { write(p, "abc"); press(p, "shift+left", "shift+left"); pasteIn(p, "x") }, []string{"abc", ""}, "ax"},
		{"a line for a selection", func(p *Prompt) { write(p, "abc"); press(p, "shift+left"); do(t, p, part.Newline) }, []string{"abc", ""}, "ab\n"},
		{"clearing", func(p *Prompt) { pasteIn(p, large); p.Clear(); p.Clear() }, []string{large, ""}, ""},
		{"setting", func(p *Prompt) { write(p, "mine"); p.SetText("example") }, []string{"mine", ""}, "example"},
		{"the tasks of before", func(p *Prompt) { write(p, "mine"); walk(t, p, "uu"); write(p, "x") }, []string{"old", "mine", ""}, "oldx"},
	} {
		p := newPrompt(80, 10)
		remember(p, "old", "older")
		test.edit(p)
		if got := p.content().text(); got != test.now {
			t.Errorf("%s: the text is %.60q, want %.60q", test.name, got, test.now)
		}
		if got := texts(t, p, part.Undo); fmt.Sprint(got) != fmt.Sprint(test.back) {
			t.Errorf("%s: undo brings %.60q, want %.60q", test.name, got, test.back)
		}
		if got := texts(t, p, part.Redo); len(got) != len(test.back) || (len(got) > 0 && got[len(got)-1] != test.now) {
			t.Errorf("%s: redo brings %.60q, want %.60q in the end", test.name, got, test.now)
		}
	}
}

// A change after undo is another way on: there is nothing to do again.
func TestAChangeEndsRedo(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 10)
	write(p, "one two")
	do(t, p, part.Undo)
	write(p, "three")
	if _, ok := do(t, p, part.Redo).(part.Say); !ok {
		t.Errorf("redo brings %q", shown(p))
	}
	if got := texts(t, p, part.Undo); fmt.Sprint(got) != "[one  ]" {
		t.Errorf("undo brings %q", got)
	}
}

func TestUndoIsBounded(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 10)
	for i := range maxSteps + 50 {
		p.SetText(fmt.Sprint(i))
	}
	if got := texts(t, p, part.Undo); len(got) != maxSteps {
		t.Errorf("%d steps can be undone, want %d", len(got), maxSteps)
	}
	p = newPrompt(80, 10)
	for range 8 {
		pasteIn(p, strings.Repeat("x", 1<<20))
		p.Clear()
	}
	if got := texts(t, p, part.Undo); len(got) == 0 || len(got) > 8 {
		t.Errorf("%d steps of a megabyte each can be undone", len(got))
	}
	p = newPrompt(80, 10)
	pasteIn(p, strings.Repeat("x", 2<<20)) // shared by all steps after it
	for range 50 {
		write(p, "a ")
	}
	if got := texts(t, p, part.Undo); len(got) != 51 {
		t.Errorf("beside a large paste %d steps can be undone, want 51", len(got))
	}
}

// Whatever is done, undoing all of it leads back to the start, and doing it
// again to the end.
func TestUndoLeadsBack(t *testing.T) {
	t.Parallel()
	hostile := parttest.Hostile()
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 7))
		p := newPrompt(20+r.IntN(60), 8)
		remember(p, "a task", "日本\n語", strings.Repeat("x\n", 120))
		actions := []part.Action{part.Newline, part.Older, part.Newer}
		keys := []string{"backspace", "delete", "left", "right", "ctrl+home", "ctrl+end", "alt+left", "ctrl+u", "ctrl+w", "end"}
		for range 30 {
			switch r.IntN(9) {
			case 0:
				do(t, p, actions[r.IntN(len(actions))])
			case 1, 2, 3:
				press(p, keys[r.IntN(len(keys))])
			case 4:
				pasteIn(p, strings.Repeat(hostile[r.IntN(len(hostile))], 1+r.IntN(2)*120))
			case 5:
				p.Update(part.Click{X: r.IntN(p.w), Y: r.IntN(p.h)})
			case 6:
				p.Update(part.Wheel{Rows: r.IntN(7) - 3})
			case 7:
				p.Clear()
			default:
				write(p, "añ 漢")
			}
			p.Resize(p.w, p.Want())
			parttest.CheckRows(t, p.Rows(), p.w, p.h)
			checkCursor(t, p)
		}
		end := p.content().text()
		if back := texts(t, p, part.Undo); len(back) > 0 && back[len(back)-1] != "" {
			t.Fatalf("seed %d: undo ends with %.80q", seed, back[len(back)-1])
		}
		texts(t, p, part.Redo)
		if got := p.content().text(); got != end {
			t.Fatalf("seed %d: redo ends with %.80q, want %.80q", seed, got, end)
		}
	}
}

// A character of several code points is moved over and erased as one.
func TestCharactersAreWhole(t *testing.T) {
	t.Parallel()
	for _, c := range []string{"a", "漢", "👩‍👩‍👧‍👦", "🇮🇹", "e\u0301", "1️⃣", "👍🏽"} {
		p := newPrompt(40, 5)
		p.Update(tea.PasteMsg{Content: "x" + c + "y"})
		press(p, "left", "left", "right", "backspace")
		if got := p.content().text(); got != "xy" {
			t.Errorf("backspace after %q leaves %q", c, got)
		}
		p.SetText("x" + c + "y")
		press(p, "left", "left", "delete")
		if got := p.content().text(); got != "xy" {
			t.Errorf("delete before %q leaves %q", c, got)
		}
	}
}
