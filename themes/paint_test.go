package themes

import (
	"image/color"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
)

func TestPaintLeavesTheTerminalAsItWas(t *testing.T) {
	t.Parallel()
	red := lipgloss.Color("#ff0000")
	for name, paint := range map[string]func(color.Color, string) string{"Paint": Paint, "Bold": Bold} {
		if got := paint(red, ""); got != "" {
			t.Errorf("%s of nothing is %q", name, got)
		}
		if got := paint(red, "text"); !strings.HasPrefix(got, "\x1b[") || !strings.HasSuffix(got, "text\x1b[m") {
			t.Errorf("%s is %q, want a style around the text", name, got)
		}
		if got := paint(red, "text"); strings.Contains(got, "48;") {
			t.Errorf("%s sets a background: %q", name, got)
		}
	}
	if got := Paint(nil, "text"); got != "text" {
		t.Errorf("text in the terminal's own colour is %q", got)
	}
	if got := Bold(nil, "text"); got != "\x1b[1mtext\x1b[m" {
		t.Errorf("bold text in the terminal's own colour is %q", got)
	}
}
