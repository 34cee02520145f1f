package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Pieces count the cells of a row by grapheme clusters. A terminal that does
// not (it says so by its answer about mode 2027, or by giving none) shows a
// joined emoji as its parts, and Bubble Tea counts as it does; what stands
// beside such a row would be pushed to the right.

// countsClusters notes the terminal's answer, by Bubble Tea's own rule.
func (a *App) countsClusters(msg tea.ModeReportMsg) {
	if msg.Mode == ansi.ModeUnicodeCore {
		a.clusters = msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet
	}
}

// cells is a row of w cells as this terminal counts them.
func (a *App) cells(row string, w int) string {
	if a.clusters || !joined(row) {
		return row
	}
	if ansi.StringWidthWc(row) > w {
		// It leaves a row alone that is not too wide by clusters.
		row = ansi.TruncateWc(row, min(w, ansi.StringWidth(row)-1), "")
	}
	return row + strings.Repeat(" ", max(0, w-ansi.StringWidthWc(row)))
}

// joined reports whether a row may hold a cluster whose parts are wider or
// narrower than the whole: emoji, joiners, selectors and keycaps.
func joined(row string) bool {
	for _, sign := range []string{"\xf0\x9f", "\u200d", "\ufe0f", "\u20e3"} {
		if strings.Contains(row, sign) {
			return true
		}
	}
	return false
}
