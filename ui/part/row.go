package part

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"notturno/themes"
)

// Fit is s as exactly w cells: cut with "…" when it is wider, padded with
// spaces when it is narrower.
func Fit(s string, w int) string {
	if w <= 0 {
		return ""
	}
	whole, have := s, ansi.StringWidth(s)
	for room := w; have > w; room-- { // Truncate counts a keycap for one cell
		s = ansi.Truncate(whole, room, "…")
		have = ansi.StringWidth(s)
	}
	return s + strings.Repeat(" ", w-have)
}

// Sides is left and right on one row of exactly w cells. When both do not fit
// the right gives way.
func Sides(left, right string, w int) string {
	room := w - ansi.StringWidth(left) - ansi.StringWidth(right)
	if right == "" || room < 1 {
		return Fit(left, w)
	}
	// Fit once more: a mark or a selector at the start of right joins the space.
	return Fit(left+strings.Repeat(" ", room)+right, w)
}

// Fill is rows as exactly h rows: cut, or continued with empty ones of w
// cells. It may return rows itself.
func Fill(rows []string, w, h int) []string {
	h = max(h, 0)
	if len(rows) >= h {
		return rows[:h]
	}
	blank := strings.Repeat(" ", max(w, 0))
	for len(rows) < h {
		rows = append(rows, blank)
	}
	return rows
}

// Wrap breaks plain text into rows of at most width cells.
func Wrap(text string, width int) []string {
	if width <= 0 || text == "" {
		return nil
	}
	text = strings.ReplaceAll(strings.TrimRight(text, "\n"), "\t", "    ")
	var rows []string
	for row := range strings.SplitSeq(ansi.Wrap(text, width, ""), "\n") {
		if ansi.StringWidth(row) > width {
			rows = append(rows, wrapAgain(row, width)...)
		} else {
			rows = append(rows, row)
		}
	}
	return rows
}

// wrapAgain breaks a row that came out too wide, because wrapping counts a
// keycap for one cell. What no width can help stays: a character of two cells
// in a column of one.
func wrapAgain(row string, width int) []string {
	tooWide := func(row string) bool { return ansi.StringWidth(row) > width }
	for limit := width - 1; limit > 0; limit-- {
		rows := strings.Split(ansi.Wrap(row, limit, ""), "\n")
		if !slices.ContainsFunc(rows, tooWide) {
			return rows
		}
	}
	return []string{row}
}

// Flow puts short texts side by side, " · " between them, on as many rows as
// the width needs.
func Flow(texts []string, width int) []string {
	var rows []string
	row := ""
	for _, text := range texts {
		if row != "" && ansi.StringWidth(row)+3+ansi.StringWidth(text) > width {
			rows, row = append(rows, row), ""
		}
		if row != "" {
			row += " · "
		}
		row += text
	}
	if row == "" {
		return rows
	}
	return append(rows, row)
}

// Head is enough of a line to fill width cells, so that a line of many
// megabytes costs no more than a short one.
func Head(line string, width int) string {
	// A cell can take several characters: combining marks, joined emoji.
	const bytesPerCell = 40
	if limit := (max(width, 0) + 1) * bytesPerCell; len(line) > limit {
		return strings.ToValidUTF8(line[:limit], "") + "…"
	}
	return line
}

// Line is the Head of a text, on one line: line breaks and tabs become spaces.
func Line[T ~string](text T, width int) string {
	space := func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}
	return strings.TrimSpace(strings.Map(space, Head(string(text), width)))
}

// Clock is a duration as people read a run's: 0:07, 12:30, 1:02:03.
func Clock(d time.Duration) string {
	s := int(d / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Seconds is a short duration: 4ms, 0.4s, 12s, 2m05s.
func Seconds(d time.Duration) string {
	switch {
	case d < 100*time.Millisecond:
		return fmt.Sprintf("%dms", d.Milliseconds())
	case d < 10*time.Second:
		return fmt.Sprintf("%.1fs", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%ds", int(d.Seconds()))
	}
	return fmt.Sprintf("%dm%02ds", int(d.Minutes()), int(d.Seconds())%60)
}

// Count is n things: "1 run", "2 runs".
func Count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// Title is the heading of a pane.
func Title(theme *themes.Theme, name string, focused bool) string {
	if focused {
		return themes.Bold(theme.Accent, name)
	}
	return themes.Bold(theme.Muted, name)
}
