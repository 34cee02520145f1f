package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"notturno/api"
)

// The rail stays in its column beside emoji, however the terminal counts them.
func TestTheRailStandsStill(t *testing.T) {
	t.Parallel()
	text := "family 👨‍👩‍👧‍👦, thumb 👍🏽, cup ☕️, key 1️⃣, flag 🇮🇹, 日本"
	for _, clusters := range []bool{false, true} {
		s := newScreen(t, 120, 30, waiting)
		if !clusters {
			s.Update(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeNotRecognized})
		}
		run := s.start("task")
		s.hear(run, api.Connected{}, api.TextDelta{Delta: api.Text(text)})
		width := ansi.StringWidthWc
		if clusters {
			width = ansi.StringWidth
		}
		for _, row := range strings.Split(s.View().Content, "\n") {
			left, _, rail := strings.Cut(row, "│")
			if rail && width(left) != s.layout.main {
				t.Errorf("clusters %v: the rail begins in column %d, not %d: %q", clusters, width(left), s.layout.main, ansi.Strip(row))
			}
			if width(row) != 120 {
				t.Errorf("clusters %v: a row of %d cells: %q", clusters, width(row), ansi.Strip(row))
			}
		}
	}
}
