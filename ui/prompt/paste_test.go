package prompt

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"notturno/themes"
	"notturno/ui/part"
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
		pasteIn(p, pasted)
		text := parttest.Text(p.Rows())
		if !strings.Contains(text, "[pasted ") || strings.Contains(text, "line\n") || p.Want() != 3 {
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
	pasteIn(p, pasted)
	if folded(p) != 0 || submitted(t, p) != pasted {
		t.Error("a small paste is not the text that was pasted")
	}
}

func TestBackspaceTakesALargePasteAway(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 5)
	pasteIn(p, strings.Repeat("a\n", 200))
	pasteIn(p, strings.Repeat("b\n", 200))
	write(p, "x")
	for _, left := range []int{2, 1, 0, 0} {
		press(p, "backspace")
		if got := folded(p); got != left {
			t.Fatalf("%d pastes are left, want %d", got, left)
		}
	}
	if !p.Empty() {
		t.Errorf("the prompt still shows %q", shown(p))
	}
}

// What is sent is what shows, from top to bottom, wherever it was written.
func TestPastesStayInTheirPlace(t *testing.T) {
	t.Parallel()
	a, b := strings.TrimSpace(strings.Repeat("a\n", 200)), strings.TrimSpace(strings.Repeat("b\n", 812))
	p := newPrompt(80, 20)
	write(p, "compare")
	pasteIn(p, a)
	write(p, "with this")
	press(p, "left", "left", "left", "left", "left") // before " this"
	pasteIn(p, b)
	press(p, "ctrl+home")
	write(p, "please ")
	want := " › please compare\n   [pasted 200 lines · 1 KB]\n   with\n   [pasted 812 lines · 2 KB]\n    this"
	if got := shown(p); got != want {
		t.Errorf("it shows\n%s\nwant\n%s", got, want)
	}
	if got, want := submitted(t, p), "please compare\n"+a+"\nwith\n"+b+"\n this"; got != want {
		t.Errorf("%d bytes are submitted of %d: %.60q", len(got), len(want), got)
	}
}

func TestTheEditorGetsWhatIsFolded(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 20)
	write(p, "read")
	pasteIn(p, strings.Repeat("line\n", 200))
	write(p, "aloud")
	want := part.Edit{Text: "read\n" + strings.Repeat("line\n", 200) + "aloud"}
	if got := do(t, p, part.Editor); got != want {
		t.Errorf("the editor gets %.80q", got)
	}
	p.SetText("read it") // what was saved there
	if got := submitted(t, p); got != "read it" {
		t.Errorf("%q is submitted", got)
	}
}

// Many pastes that are small each do not make a text that is slow to edit.
func TestManySmallPastesFold(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 1000)
	var want strings.Builder
	for i := range 40 {
		text := strings.Repeat(fmt.Sprintf("%02d word ", i), 400) + "\n"
		pasteIn(p, text)
		want.WriteString(text)
	}
	if p.Want() > 100+40 || folded(p) < 30 {
		t.Errorf("%d pastes are folded, %d rows are left", folded(p), p.Want())
	}
	if got := submitted(t, p); got != strings.TrimSpace(want.String()) {
		t.Errorf("%d bytes are submitted of %d", len(got), want.Len())
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
