package prompt

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"notturno/themes"
	"notturno/ui/part"
)

// The lead of the first row; the others are as far in.
const (
	lead      = " › "
	leadWidth = 3
)

const placeholder = "Describe a task…"

// wrap breaks the texts that the cursor is not in into rows. They change only
// with all that is held, and the width.
func (p *Prompt) wrap() {
	p.wrapped = make([][]string, len(p.held.texts))
	for i, text := range p.held.texts {
		if i == p.held.at || text == "" {
			continue
		}
		for line := range strings.SplitSeq(text, "\n") {
			if line == "" {
				p.wrapped[i] = append(p.wrapped[i], "")
				continue
			}
			// The text area, too, keeps a cell for the cursor.
			p.wrapped[i] = append(p.wrapped[i], part.Wrap(line, max(p.w-leadWidth-1, 2))...)
		}
	}
}

// height is how many rows text i takes.
func (p *Prompt) height(i int) int {
	if i == p.held.at {
		return p.area.Height()
	}
	return len(p.wrapped[i])
}

// Rows are the hint, then as much of the texts and the pastes as fits, with
// the row of the cursor.
func (p *Prompt) Rows() []string {
	if p.rows == nil {
		p.rows = p.build()
	}
	return p.rows
}

// head is how many rows the hint takes.
func (p *Prompt) head() int {
	if p.hint != "" && p.h > 1 {
		return 1
	}
	return 0
}

func (p *Prompt) build() []string {
	all := p.all()
	room := max(p.h-p.head(), 0)
	if !p.scrolled {
		y, _ := p.cursorRow()
		p.top = min(max(p.top, y-room+1), y)
	}
	p.top = max(0, min(p.top, len(all)-room))
	var rows []string
	if p.head() > 0 {
		rows = append(rows, part.Fit(strings.Repeat(" ", leadWidth)+themes.Paint(p.theme.Muted, part.Line(p.hint, p.w)), p.w))
	}
	for i := p.top; i < min(len(all), p.top+room); i++ {
		rows = append(rows, part.Fit(p.lead(i)+all[i], p.w))
	}
	return part.Fill(rows, p.w, p.h)
}

func (p *Prompt) lead(row int) string {
	switch {
	case row > 0:
		return strings.Repeat(" ", leadWidth)
	case p.area.Focused():
		return themes.Bold(p.theme.Accent, lead)
	}
	return themes.Paint(p.theme.Muted, lead)
}

// all are the rows of everything that the prompt holds.
func (p *Prompt) all() []string {
	if p.Empty() {
		return []string{themes.Paint(p.theme.Muted, placeholder)}
	}
	var rows []string
	for i := range p.held.texts {
		if i == p.held.at {
			rows = append(rows, strings.Split(p.area.View(), "\n")...)
		} else {
			for _, row := range p.wrapped[i] {
				rows = append(rows, p.quiet(row))
			}
		}
		if i < len(p.held.pastes) {
			rows = append(rows, p.chip(i))
		}
	}
	return rows
}

// quiet is a row of a text that the cursor is not in.
func (p *Prompt) quiet(row string) string {
	if p.area.Focused() {
		return themes.Paint(p.theme.Text, row)
	}
	return themes.Paint(p.theme.Muted, row)
}

// above is how many rows there are before the text area.
func (p *Prompt) above() int {
	n := p.held.at // as many pastes
	for _, rows := range p.wrapped[:p.held.at] {
		n += len(rows)
	}
	return n
}

// cursorRow is the row of the cursor among all, and its cell in the text area.
func (p *Prompt) cursorRow() (y, x int) {
	y, x = p.areaRow()
	return p.above() + y, x
}

// Cursor is where the real cursor belongs, within the piece, or nil.
func (p *Prompt) Cursor() *tea.Cursor {
	c := p.area.Cursor()
	if c == nil || p.h == 0 {
		return nil
	}
	p.Rows() // settles which rows show
	y, x := p.cursorRow()
	y += p.head() - p.top
	if y < p.head() || y >= p.h {
		return nil
	}
	c.X, c.Y = min(x+leadWidth, max(p.w-1, 0)), y
	return c
}

// scroll moves the rows that show and leaves the cursor where it is.
func (p *Prompt) scroll(by int) {
	p.Rows()
	p.top += by // Rows keeps it within bounds
	p.scrolled, p.rows = true, nil
}

// click puts the cursor into the text at a cell of the piece.
func (p *Prompt) click(x, y int) {
	p.column = -1
	p.undo.pause()
	row := p.top + y - p.head()
	for i := range p.held.texts {
		height := p.height(i)
		if row < height || (row == height && i < len(p.held.pastes)) || i == len(p.held.texts)-1 {
			if i != p.held.at {
				p.enter(i)
			}
			p.toRow(max(0, min(row, p.area.Height()-1)), x-leadWidth)
			return
		}
		row -= height + 1
	}
}
