package prompt

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// The text area moves by code points and forgets, at the end of a wrapped row,
// which row it is on; so rows and what people see as one character are found
// here.

// line is the line of the text area that the cursor is in, before and after
// the cursor.
func (p *Prompt) line() (before, after string) {
	lines := strings.Split(p.area.Value(), "\n")
	line := []rune(lines[min(p.area.Line(), len(lines)-1)])
	at := min(p.area.Column(), len(line))
	return string(line[:at]), string(line[at:])
}

// cluster is the number of code points of the first character of s, as people
// see it, and its width.
func cluster(s string) (runes, width, bytes int) {
	first, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	return len([]rune(first)), width, len(first)
}

// lastCluster is the number of code points of the last character of s.
func lastCluster(s string) (runes int) {
	for s != "" {
		n, _, bytes := cluster(s)
		runes, s = n, s[bytes:]
	}
	return runes
}

// areaRow is the row of the text area that the cursor is on, and how many
// cells are before it.
func (p *Prompt) areaRow() (y, x int) {
	area := p.area
	area.Focus() // of a copy: without the keyboard there is no cursor to ask
	c := area.Cursor()
	return c.Y + area.ScrollYOffset(), c.X
}

// toRow moves the cursor to a row of the text area, and there as far as x
// cells from the left.
func (p *Prompt) toRow(y, x int) {
	p.area.BeginSelection(0, y)
	p.area.EndSelection()
	info := p.area.LineInfo()
	end := info.StartColumn + info.Width - 1 // the last place that is still on this row
	_, rest := p.line()
	column := info.StartColumn
	for cells := 0; rest != ""; {
		runes, width, bytes := cluster(rest)
		if cells+width > x || column+runes > end {
			break
		}
		cells, column, rest = cells+width, column+runes, rest[bytes:]
	}
	p.area.SetCursorColumn(column)
}

// endOfRow moves the cursor to the end of the row that it is on.
func (p *Prompt) endOfRow() {
	y, _ := p.areaRow()
	p.toRow(y, p.w)
}

// moveRow moves the cursor up or down a row, through all texts, and reports
// whether there was one. It keeps to its column where a row is long enough.
func (p *Prompt) moveRow(by int) bool {
	y, x := p.areaRow()
	if p.column >= 0 {
		x = p.column
	}
	to := y + by
	if to < 0 || to >= p.area.Height() {
		if !p.enter(p.held.at + by) {
			return false
		}
		to = 0
		if by < 0 {
			to = p.area.Height() - 1
		}
	}
	p.undo.pause()
	p.toRow(to, x)
	p.column = x
	return true
}

// enter moves the cursor to the start of another text, if there is one with
// that index.
func (p *Prompt) enter(i int) bool {
	c := p.content()
	if i < 0 || i >= len(c.texts) {
		return false
	}
	c.at, c.offset = i, 0
	p.put(c)
	return true
}

// leave moves the cursor out of the text that it is at the edge of, into the
// one beside it, and reports whether it was at the edge.
func (p *Prompt) leave(by int) bool {
	before, after := p.content().around()
	switch {
	case by < 0 && before == "" && p.enter(p.held.at-1):
		p.area.MoveToEnd()
	case by > 0 && after == "" && p.enter(p.held.at+1):
	default:
		return false
	}
	return true
}

// erase takes the paste beside the cursor away, and reports whether there was
// one.
func (p *Prompt) erase(by int) bool {
	c := p.content()
	before, after := c.around()
	switch {
	case by < 0 && before == "" && c.at > 0:
		p.change(c.drop(c.at - 1))
	case by > 0 && after == "" && c.at < len(c.pastes):
		p.change(c.drop(c.at))
	default:
		return false
	}
	return true
}

// press hands a key to the text area, as often as the character that it moves
// over or erases has code points.
func (p *Prompt) press(msg tea.KeyPressMsg) {
	times := 1
	if !erases(msg) || !p.area.HasSelection() {
		before, after := p.line()
		switch direction(msg) {
		case -1:
			times = max(1, lastCluster(before))
		case 1:
			runes, _, _ := cluster(after)
			times = max(1, runes)
		default:
		}
	}
	for range times {
		p.area, _ = p.area.Update(msg)
	}
}

// direction is -1 for a key that moves or erases a character to the left, 1
// to the right, and 0 for any other.
func direction(msg tea.KeyPressMsg) int {
	switch msg.String() {
	case "left", "backspace", "ctrl+h", "shift+left":
		return -1
	case "right", "delete", "ctrl+d", "shift+right":
		return 1
	}
	return 0
}

// erases reports whether a key takes a single character away.
func erases(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "backspace", "ctrl+h", "delete", "ctrl+d":
		return true
	}
	return false
}
