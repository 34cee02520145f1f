package browse

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/themes"
	"notturno/ui/part"
)

// frame says which rows the height has room for: what is asked, the entries,
// the head, the keys, the names of the columns, and the detail, in this order.
type frame struct {
	head, titles, message, foot bool
	list                        int // rows for entries
	detail                      int // rows for the selected one, with the line above them
}

// maxDetail is how many rows the detail has at most, without the line above it.
const maxDetail = 5

func (b *Browse) frame() frame {
	h := b.h
	f := frame{message: h > 0 && (b.question != nil || (b.shown().problem != "" && len(b.shown().entries) > 0 && h > 1))}
	f.list = h
	take := func(rows, from int) bool {
		if h >= from {
			f.list -= rows
		}
		return h >= from
	}
	if f.message {
		f.list--
	}
	f.head, f.foot, f.titles = take(1, 3), take(1, 4), take(1, 7)
	switch {
	case h >= 24:
		f.detail = maxDetail + 1
	case h >= 16:
		f.detail = 5
	case h >= 11:
		f.detail = 4
	}
	f.list = max(0, f.list-f.detail)
	return f
}

// above is how many rows are above the entries.
func (f frame) above() int {
	rows := 0
	if f.head {
		rows++
	}
	if f.titles {
		rows++
	}
	return rows
}

func (b *Browse) build() []string {
	f, l := b.frame(), b.shown()
	var rows []string
	if f.head {
		rows = append(rows, b.head(f))
	}
	if e, ok := l.entry(); ok {
		columns := b.columns()
		if f.titles {
			rows = append(rows, b.titles(columns))
		}
		rows = append(rows, part.Fill(b.list(f, columns), b.w, f.list)...)
		rows = append(rows, b.detailRows(f, e)...)
	} else {
		titles := f.above() - len(rows)
		rows = append(rows, part.Fill(b.nothing(), b.w, titles+f.list+f.detail)...)
	}
	if f.message {
		rows = append(rows, b.message())
	}
	if f.foot {
		rows = append(rows, b.foot())
	}
	return rows
}

// list is the lines of the list that show.
func (b *Browse) list(f frame, columns []column) []string {
	l := b.shown()
	var rows []string
	for i := l.from; i < min(l.from+f.list, l.lines()); i++ {
		if i == len(l.entries) {
			rows = append(rows, part.Fit("  "+b.more(), b.w))
		} else {
			rows = append(rows, b.row(l.entries[i], i == l.selected, columns))
		}
	}
	return rows
}

// more is the line after the last entry of a list that goes on.
func (b *Browse) more() string {
	l := b.shown()
	switch {
	case l.full():
		return themes.Paint(b.theme.Muted, fmt.Sprintf("the first %d are shown · there are more", maxEntries))
	case l.loading && l.asked.Page > 1:
		return themes.Paint(b.theme.Muted, "asking for more…")
	}
	return themes.Paint(b.theme.Accent, "▼ more")
}

// detailRows are as much of the detail as there is room for, below a line
// across the screen.
func (b *Browse) detailRows(f frame, e entry) []string {
	if f.detail == 0 {
		return nil
	}
	rows := []string{part.Fit(themes.Paint(b.theme.Faint, strings.Repeat("─", max(b.w, 0))), b.w)}
	lines := b.detail(e)
	for i, line := range lines {
		if len(rows) == f.detail-1 && i < len(lines)-1 {
			line = part.Fit(line, min(ansi.StringWidth(line), b.w-2)) + themes.Paint(b.theme.Muted, " …")
		}
		rows = append(rows, part.Fit(line, b.w))
	}
	return part.Fill(rows, b.w, f.detail)
}

// nothing is what shows in the place of entries: that they are asked for, why
// they did not come, or that there are none.
func (b *Browse) nothing() []string {
	l := b.shown()
	var lines []string
	say := func(paint func(string) string, text string) {
		for _, row := range part.Wrap(text, b.w-2) {
			lines = append(lines, part.Fit(" "+paint(row), b.w))
		}
	}
	plain := func(text string) string { return themes.Paint(b.theme.Muted, text) }
	title := func(text string) string { return themes.Bold(b.theme.Accent, text) }
	refresh := b.keys.Label(part.Refresh)
	switch {
	case l.problem != "":
		say(func(text string) string { return themes.Bold(b.theme.Error, text) }, "✗ The "+l.thing()+"s could not be listed")
		say(plain, part.Line(l.problem, maxDetail*b.w))
		say(plain, refresh+" tries again")
	case !l.loaded:
		say(plain, "asking the service…")
	case l.all:
		say(title, "No "+l.thing())
		say(plain, refresh+" asks again")
	default:
		say(title, "No active "+l.thing())
		say(plain, b.keys.Label(part.ActiveOnly)+" shows all · "+refresh+" asks again")
	}
	return lines
}

// message is the row above the keys: what is to be answered, or what went
// wrong.
func (b *Browse) message() string {
	if b.question == nil {
		text := part.Line(b.shown().problem, b.w)
		return part.Fit(" "+themes.Paint(b.theme.Error, "✗ "+text), b.w)
	}
	return b.questionRow()
}
