package prompt

import (
	"fmt"
	"strings"

	"notturno/api"
	"notturno/themes"
)

// A paste that would bring all that is unfolded beyond these bounds becomes one
// row of the prompt: every key costs as much as there is text.
const (
	maxPasteBytes = 8 << 10
	maxPasteLines = 100
)

// clean is text that came as a whole, with plain line breaks and nothing that
// controls a terminal.
func clean(text string) string {
	return string(api.Clean(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)))
}

func large(text string) bool {
	return len(text) > maxPasteBytes || strings.Count(text, "\n") > maxPasteLines
}

// paste inserts text that came as a whole. It never submits, whatever line
// breaks it holds.
func (p *Prompt) paste(text string) {
	text = clean(text)
	if text == "" {
		return
	}
	p.write(func(c content) content {
		bytes, lines := len(text), strings.Count(text, "\n")
		for _, written := range c.texts {
			bytes += len(written)
			lines += strings.Count(written, "\n")
		}
		if bytes > maxPasteBytes || lines > maxPasteLines {
			return c.fold(text)
		}
		return c.insert(text)
	})
}

// chip is the row of a paste. The one just before the cursor says what can be
// done with it.
func (p *Prompt) chip(i int) string {
	paste := p.held.pastes[i]
	lines := "1 line"
	if paste.lines != 1 {
		lines = thousands(paste.lines) + " lines"
	}
	row := themes.Paint(p.theme.Accent, fmt.Sprintf("[pasted %s · %s KB]", lines, thousands((len(paste.text)+1023)/1024)))
	if i == p.held.at-1 {
		row += themes.Paint(p.theme.Muted, " backspace removes it · ctrl+g shows it")
	}
	return row
}

// thousands is n with a comma after every three digits.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
