package form

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"notturno/state/options"
	"notturno/themes"
	"notturno/ui/part"
)

// From how many rows on there is a heading, a last row for keys, and room
// between the groups.
const (
	withHeading = 6
	withKeys    = 2
	withMarks   = 3 // rows of fields, for a mark that there are more
	roomy       = 16
)

// nameLabel is before the name of a new preset.
const nameLabel = " save as › "

// Rows are the heading, as many fields as fit around the focused one, and the
// keys.
func (f *Form) Rows() []string {
	if f.rows == nil {
		f.rows = f.build()
	}
	return f.rows
}

// body is how many rows the fields have.
func (f *Form) body() int {
	switch {
	case f.h >= withHeading:
		return f.h - 2
	case f.h >= withKeys:
		return f.h - 1
	}
	return max(f.h, 0)
}

func (f *Form) build() []string {
	f.sheet = f.layOut()
	f.arrange()
	var rows []string
	if f.h >= withHeading {
		rows = append(rows, part.Sides(" "+themes.Bold(f.theme.Accent, part.Line(f.title, f.w)), f.moreAbove(), f.w))
	}
	end := min(f.top+f.body(), len(f.sheet.rows))
	if f.more() {
		end--
	}
	for _, row := range f.sheet.rows[f.top:end] {
		rows = append(rows, part.Fit(row, f.w))
	}
	if f.more() {
		rows = append(rows, part.Fit("  "+f.muted(fmt.Sprintf("▼ %d more", f.hidden())), f.w))
	}
	rows = part.Fill(rows, f.w, f.h)
	if f.h >= withKeys || f.h == 1 && f.ask != nil {
		rows = append(rows[:f.h-1:f.h-1], f.lastRow())
	}
	return rows
}

// arrange finds the first row that shows: that of before, unless the focused
// field, with what is below it, would not show.
func (f *Form) arrange() {
	all, room := len(f.sheet.rows), f.body()
	last := max(all-room, 0)
	f.top = max(0, min(f.top, last))
	if f.free {
		return
	}
	start := f.sheet.start[f.focus]
	if f.focus == 0 {
		f.sheet.head = 0 // what stands above the first field is of no other
	}
	from := f.sheet.head
	if f.sheet.end-from > room-1 {
		from = start
	}
	usable := room
	if room >= withMarks && f.sheet.end < all {
		usable--
	}
	if f.sheet.end > f.top+usable {
		f.top = f.sheet.end - usable
	}
	f.top = max(0, min(f.top, from, last))
}

// more reports whether the last row of the fields says that there are more.
func (f *Form) more() bool {
	return f.body() >= withMarks && f.top+f.body() < len(f.sheet.rows)
}

// hidden is how many fields come below what shows.
func (f *Form) hidden() int {
	n := 0
	for _, row := range f.sheet.start {
		if row >= f.top+f.body()-1 {
			n++
		}
	}
	return n
}

// moreAbove says how many fields are above what shows.
func (f *Form) moreAbove() string {
	n := 0
	for _, row := range f.sheet.start {
		if row < f.top {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return f.muted(fmt.Sprintf("▲ %d more ", n))
}

// under is what a row of the form belongs to.
func (f *Form) under(y int) target {
	if f.h >= withHeading {
		y--
	}
	end := f.body()
	if f.more() {
		end--
	}
	if y += f.top; y < f.top || y >= min(f.top+end, len(f.sheet.at)) {
		return target{-1, -1}
	}
	return f.sheet.at[y]
}

// lastRow is what is asked, or the keys.
func (f *Form) lastRow() string {
	switch {
	case f.ask != nil && f.ask.name != nil:
		return f.nameRow()
	case f.ask != nil:
		question := themes.Paint(f.theme.Warning, " delete the preset "+part.Line(oneLine(f.ask.drop), f.w)+"?")
		answers := f.hint("y", "yes") + "  " + f.hint("n", "no") + " "
		room := max(f.w-ansi.StringWidth(answers)-1, 0)
		return part.Fit(part.Fit(question, min(ansi.StringWidth(question), room))+"  "+answers, f.w)
	case f.checking != noPurpose:
		return part.Fit(" "+themes.Paint(f.theme.Running, "● reading the files")+"  "+f.hint(f.keys.Label(part.Back), "close"), f.w)
	}
	return f.keysRow()
}

// nameRow is the line in which the name of a preset is typed.
func (f *Form) nameRow() string {
	label := themes.Bold(f.theme.Accent, nameLabel)
	hints := f.hint("enter", "save") + "  " + f.hint("esc", "back") + " "
	if f.preset(strings.TrimSpace(f.ask.name.value())) >= 0 {
		hints = f.hint("enter", "replace the preset") + "  " + f.hint("esc", "back") + " "
	}
	room := f.w - ansi.StringWidth(label) - ansi.StringWidth(hints) - 1
	if room < 12 {
		hints, room = "", max(f.w-ansi.StringWidth(label), 1)
	}
	name, cursor := f.ask.name.view(room)
	f.sheet.x = ansi.StringWidth(label) + cursor
	return part.Fit(part.Fit(label+name, f.w-ansi.StringWidth(hints))+hints, f.w)
}

// Cursor is where the real cursor belongs, within the form, or nil.
func (f *Form) Cursor() *tea.Cursor {
	f.Rows() // where it is is known when they are drawn
	x, y := f.sheet.x, f.sheet.start[f.focus]-f.top
	if f.h >= withHeading {
		y++
	}
	shows := y >= 0 && f.under(y).entry == f.focus
	if f.ask != nil {
		y, shows = f.h-1, f.ask.name != nil && f.h > 0
	}
	if !shows || f.checking != noPurpose || x < 0 || f.w <= 0 {
		return nil
	}
	return tea.NewCursor(min(x, f.w-1), y)
}

// keysRow are the keys that do something here, the most useful first, as many
// as fit.
func (f *Form) keysRow() string {
	e := f.current()
	var hints []string
	add := func(key, text string) { hints = append(hints, f.hint(key, text)) }
	named := func(a part.Action, text string) { add(f.keys.Label(a), text) }
	if l := e.line(); l == nil || l.choosing() {
		add("←→", "choose")
	} else if l.next() != nil {
		add("→", "complete")
	} else if len(l.found()) > 1 {
		add("ctrl+n", "next choice")
	}
	named(part.Accept, "take")
	named(part.Back, "close")
	if e.Kind == options.Document {
		named(part.EditField, "$EDITOR")
	}
	if f.taken != "" && f.focus == 0 {
		named(part.DropPreset, "delete preset")
	}
	named(part.NextField, "next")
	named(part.SavePreset, "save preset")
	row := ""
	for _, hint := range hints {
		if row != "" && ansi.StringWidth(row)+ansi.StringWidth(hint)+3 > f.w {
			break
		}
		row += " " + hint + " "
	}
	return part.Fit(row, f.w)
}

func (f *Form) hint(key, text string) string {
	return themes.Paint(f.theme.Accent, key) + " " + f.muted(text)
}
