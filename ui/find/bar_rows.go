package find

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"notturno/themes"
	"notturno/ui/part"
)

const (
	label      = " find › "
	shortLabel = "› "
	// minLine is how many cells of the query show before a hint may.
	minLine = 20
)

// Rows are the query, what came of it, and the keys.
func (b *Bar) Rows() []string {
	if b.rows == nil {
		b.rows = part.Fill([]string{b.row()}, b.w, b.h)
	}
	return b.rows
}

func (b *Bar) row() string {
	text, _ := b.window()
	line := text
	if b.query.Empty() {
		line = themes.Paint(b.theme.Muted, part.Fit("text to find", b.room()))
	}
	right := b.right()
	if right != "" {
		right = "  " + themes.Paint(b.theme.Muted, right) + " "
	}
	return part.Fit(themes.Bold(b.theme.Accent, b.label())+part.Fit(line, b.room())+right, b.w)
}

func (b *Bar) label() string {
	if b.w < ansi.StringWidth(label)+minLine {
		return shortLabel
	}
	return label
}

// right is as much of the status and the keys as leaves room for the query.
func (b *Bar) right() string {
	room := b.w - ansi.StringWidth(b.label()) - minLine
	var texts []string
	if b.status != "" {
		texts = append(texts, b.status)
	}
	texts = append(texts, b.hints...)
	for len(texts) > 0 {
		if right := strings.Join(texts, " · "); ansi.StringWidth(right)+3 <= room {
			return right
		}
		texts = texts[:len(texts)-1]
	}
	if short := b.w - ansi.StringWidth(b.label()) - ansi.StringWidth(b.status) - 3; b.status != "" && short >= minLine/4 {
		return b.status
	}
	return ""
}

// room is how many cells there are for the query.
func (b *Bar) room() int {
	room := b.w - ansi.StringWidth(b.label())
	if right := b.right(); right != "" {
		room -= ansi.StringWidth(right) + 3
	}
	return max(room, 0)
}

// window is the part of the query that shows, and the cell of the cursor in it:
// the beginning, or as much before the cursor as there is room for.
func (b *Bar) window() (text string, cursor int) {
	value := b.line.Value()
	at := len(string([]rune(value)[:b.line.Position()]))
	before, room := value[:at], b.room()
	for ansi.StringWidth(before) >= max(room, 1) && before != "" {
		cluster, _ := ansi.FirstGraphemeCluster(before, ansi.GraphemeWidth)
		before = before[len(cluster):]
	}
	return before + value[at:], ansi.StringWidth(before)
}

// Cursor is where the real cursor belongs, within the bar, or nil.
func (b *Bar) Cursor() *tea.Cursor {
	c := b.line.Cursor()
	if c == nil || b.w <= 0 || b.h <= 0 {
		return nil
	}
	_, at := b.window()
	c.X, c.Y = min(ansi.StringWidth(b.label())+at, b.w-1), 0
	return c
}
