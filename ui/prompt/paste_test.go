package prompt

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"notturno/themes"
	"notturno/ui/part/parttest"
)

func TestPasteNeverSubmits(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ pasted, want string }{
		{"one line\n", "one line"},
		{"one\ntwo\n\n", "one\ntwo"},
		{"one\r\ntwo\rthree\n", "one\ntwo\nthree"},
		{"\r\r", ""},
		{"\x1b[31mred\x1b[0m \x1b]0;t\x07", "␛[31mred␛[0m ␛]0;t␇"},
		{"a\x00b\x7fc\u009bd", "a␀b<7F>c<9B>d"},
		{"a\u202eb", "a<202E>b"},
		{"日本語 👩‍👩‍👧‍👦", "日本語 👩‍👩‍👧‍👦"},
		{"a\xffb", "ab"},
	} {
		p := newPrompt(80, 20)
		if intent, _ := p.Update(tea.PasteMsg{Content: test.pasted}); intent != nil {
			t.Errorf("pasting %q means %#v", test.pasted, intent)
		}
		p.Resize(80, p.Want())
		parttest.CheckRows(t, p.Rows(), 80, p.Want())
		if test.want == "" {
			continue
		}
		if got := submitted(t, p); got != test.want {
			t.Errorf("pasting %q submits %q, want %q", test.pasted, got, test.want)
		}
	}
}

func TestLargePastesAreKeptBeside(t *testing.T) {
	t.Parallel()
	for name, pasted := range map[string]string{
		"many lines": strings.Repeat("line\n", 101) + "end",
		"one line":   strings.Repeat("x", maxPasteBytes+1),
		"a megabyte": strings.Repeat("日本語\n", 100_000) + "end",
	} {
		p := newPrompt(80, 5)
		write(p, "summarise this:")
		paste(p, pasted)
		text := parttest.Text(p.Rows())
		if !strings.Contains(text, "[pasted ") || strings.Contains(text, "line\n") || p.Want() != 2 {
			t.Errorf("%s: %d rows: %.300q", name, p.Want(), text)
		}
		if got := submitted(t, p); got != "summarise this:\n"+pasted {
			t.Errorf("%s: %d bytes are submitted of %d", name, len(got), len(pasted))
		}
	}
}

func TestSmallPastesAreText(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 5)
	pasted := strings.TrimSpace(strings.Repeat("word ", 1000))
	paste(p, pasted)
	if len(p.pastes) != 0 || submitted(t, p) != pasted {
		t.Error("a small paste is not the text that was pasted")
	}
}

func TestBackspaceTakesALargePasteAway(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 5)
	paste(p, strings.Repeat("a\n", 200))
	paste(p, strings.Repeat("b\n", 200))
	write(p, "x")
	backspace := tea.KeyPressMsg{Code: tea.KeyBackspace}
	for _, left := range []int{2, 1, 0, 0} {
		p.Update(backspace)
		if len(p.pastes) != left {
			t.Fatalf("%d pastes are left, want %d", len(p.pastes), left)
		}
	}
	if !p.Empty() {
		t.Errorf("the prompt still holds %q", p.text())
	}
}

func FuzzPaste(f *testing.F) {
	for _, s := range parttest.Hostile() {
		f.Add(s, 40, 3)
	}
	f.Fuzz(func(t *testing.T, text string, w, h int) {
		w, h = min(max(w, 0), 300), min(max(h, 0), 100)
		p := New(themes.Notte())
		p.Limit(w, h)
		if intent, _ := p.Update(tea.PasteMsg{Content: text}); intent != nil {
			t.Fatalf("pasting means %#v", intent)
		}
		parttest.Exact(t, p, w, h)
		checkCursor(t, p)
		if want := p.Want(); want < 1 || want > max(h, 1) {
			t.Fatalf("the prompt wants %d rows of %d", want, h)
		}
	})
}
