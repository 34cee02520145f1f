package prompt

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"notturno/ui/part"
)

// BenchmarkKey is a key, from the press to the rows, beside what is written
// already: an empty prompt is the reference, and a large paste costs no more.
func BenchmarkKey(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"empty", ""},
		{"text of 1 KB", strings.Repeat("a line of text\n", 70)},
		{"paste of 1 MB", strings.Repeat("a line of text\n", 70_000)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			p := newPrompt(120, 12)
			p.SetText(bench.text)
			x := tea.KeyPressMsg{Code: 'x', Text: "x"}
			backspace := tea.KeyPressMsg{Code: tea.KeyBackspace}
			for i := 0; b.Loop(); i++ {
				msg := x
				if i%2 == 1 {
					msg = backspace
				}
				p.Update(msg)
				p.Resize(120, p.Want())
				p.Rows()
			}
		})
	}
}

// BenchmarkPaste is a paste of a megabyte, and taking it back.
func BenchmarkPaste(b *testing.B) {
	text := strings.Repeat("a line of text, 日本語\n", 45_000)
	p := newPrompt(120, 12)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		p.Update(tea.PasteMsg{Content: text})
		p.Rows()
		p.Update(part.Do{Action: part.Undo})
	}
}
