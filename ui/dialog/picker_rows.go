package dialog

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/sahilm/fuzzy"

	"notturno/themes"
	"notturno/ui/part"
)

// lead is before the query and before the selected item.
const lead = " › "

// head is how many rows are above the items: a rule with the title where there
// is room for it, and the query.
func (p *Picker) head() int {
	if p.h < 3 {
		return min(p.h, 1)
	}
	return 2
}

// room is how many items show.
func (p *Picker) room() int { return p.h - p.head() }

// Rows are the title, the query and the items around the selected one.
func (p *Picker) Rows() []string {
	if p.rows == nil {
		p.rows = p.build()
	}
	return p.rows
}

func (p *Picker) build() []string {
	p.top = max(0, min(p.selected, max(p.top, p.selected-p.room()+1), len(p.found)-p.room()))
	var rows []string
	if p.head() > 1 {
		rows = append(rows, p.rule())
	}
	if p.head() > 0 {
		rows = append(rows, p.queryRow())
	}
	for i := p.top; i < min(len(p.found), p.top+p.room()); i++ {
		rows = append(rows, p.item(p.found[i], i == p.selected))
	}
	if len(p.found) == 0 && p.room() > 0 {
		text := "nothing matches · backspace"
		if len(p.items) == 0 {
			text = "nothing to choose · esc"
		}
		rows = append(rows, part.Fit("   "+themes.Paint(p.theme.Muted, text), p.w))
	}
	return part.Fill(rows, p.w, p.h)
}

// rule is the line that the picker begins with: its title, and how many items
// there are.
func (p *Picker) rule() string {
	count := fmt.Sprint(len(p.found))
	if len(p.found) != len(p.items) {
		count = fmt.Sprintf("%d of %d", len(p.found), len(p.items))
	}
	title, tail := " "+part.Line(p.title, p.w)+" ", " "+count+" "
	room := p.w - ansi.StringWidth(title) - ansi.StringWidth(tail) - 4
	line := func(n int) string { return themes.Paint(p.theme.Faint, strings.Repeat("─", n)) }
	row := line(2) + themes.Bold(p.theme.Accent, title)
	if room > 0 {
		row += line(room) + themes.Paint(p.theme.Muted, tail) + line(2)
	}
	return part.Fit(row, p.w)
}

func (p *Picker) queryRow() string {
	text := themes.Paint(p.theme.Text, p.query.tail(p.queryWidth()))
	if p.query.text == "" {
		text = themes.Paint(p.theme.Muted, "type to find")
	}
	return part.Fit(themes.Bold(p.theme.Accent, lead)+text, p.w)
}

// queryWidth leaves a cell for the cursor.
func (p *Picker) queryWidth() int { return p.w - ansi.StringWidth(lead) - 1 }

// Cursor is at the end of the query.
func (p *Picker) Cursor() *tea.Cursor {
	if p.head() == 0 || p.w == 0 {
		return nil
	}
	x := ansi.StringWidth(lead) + ansi.StringWidth(p.query.tail(p.queryWidth()))
	return tea.NewCursor(min(x, p.w-1), p.head()-1)
}

// item is the row of an item.
func (p *Picker) item(m fuzzy.Match, selected bool) string {
	item, text := p.items[m.Index], p.texts[m.Index]
	row, plain := "   ", themes.Paint
	if selected {
		row, plain = themes.Bold(p.theme.Accent, lead), themes.Bold
	}
	label := p.labels[m.Index]
	row += p.emphasise(text[:label], m.MatchedIndexes, 0, func(s string) string { return plain(p.theme.Text, s) })
	if text = text[label:]; text != "" {
		row += p.emphasise(text, m.MatchedIndexes, label, func(s string) string { return themes.Paint(p.theme.Muted, s) })
	}
	detail := themes.Paint(p.theme.Muted, part.Line(item.Detail, p.w/2))
	if detail != "" {
		detail += " "
	}
	// The detail stays where the label is the longer one.
	row = part.Fit(row, min(ansi.StringWidth(row), max(p.w-ansi.StringWidth(detail)-1, p.w/2)))
	return part.Sides(row, detail, p.w)
}

// emphasise paints text, which begins at byte from of what was searched, and
// what was matched in it in the accent. A character is painted as a whole.
func (p *Picker) emphasise(text string, matched []int, from int, paint func(string) string) string {
	var b strings.Builder
	var run string
	bold := false
	flush := func() {
		if bold {
			run = themes.Bold(p.theme.Accent, run)
		} else if run != "" {
			run = paint(run)
		}
		b.WriteString(run)
		run = ""
	}
	for text != "" {
		first, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		i, _ := slices.BinarySearch(matched, from)
		if is := i < len(matched) && matched[i] < from+len(first); is != bold {
			flush()
			bold = is
		}
		run += first
		from, text = from+len(first), text[len(first):]
	}
	flush()
	return b.String()
}
