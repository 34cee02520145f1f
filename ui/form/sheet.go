package form

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/state/options"
	"notturno/themes"
	"notturno/ui/part"
)

// Where things stand in a row: the mark of the focus, the label, the value.
const (
	markWidth  = 2
	labelWidth = 18
	mostText   = 100 // cells of help and errors
	mostRows   = 3   // of help, or of an error
)

// target is what a row belongs to: an entry, and maybe one of its choices; -1
// is none.
type target struct{ entry, choice int }

// sheet is the rows of all fields, of which a part shows.
type sheet struct {
	w     int
	rows  []string // not yet as wide as the form; only those that show become so
	at    []target
	start []int // by entry: its row
	head  int   // the row from which the focused entry should show
	end   int   // the row behind the focused entry
	x     int   // the cell of the cursor in the row of the focused entry, or -1
}

func (s *sheet) add(at target, row string) {
	s.rows = append(s.rows, row)
	s.at = append(s.at, at)
}

// label is how many cells labels have.
func (s *sheet) label() int { return min(labelWidth, max(s.w, 0)*2/5) }

// value is how many cells values have.
func (s *sheet) value() int { return max(s.w-s.indent(), 0) }

// indent is where values begin.
func (s *sheet) indent() int { return markWidth + s.label() + 1 }

// below is where the text below a row begins: under its value, or further to
// the left where there is no room.
func (s *sheet) below() int {
	if s.w < 50 {
		return markWidth * 2
	}
	return s.indent()
}

// wrapped adds text below an entry, on a few rows.
func (s *sheet) wrapped(at target, text string, paint func(string) string) {
	width := max(min(s.w, mostText)-s.below(), 1)
	rows := part.Wrap(part.Head(text, width*mostRows), width)
	if len(rows) > mostRows {
		rows = append(rows[:mostRows-1:mostRows-1], part.Fit(rows[mostRows-1]+" …", width))
	}
	for _, row := range rows {
		s.add(at, strings.Repeat(" ", s.below())+paint(row))
	}
}

// layOut puts the rows of all fields together.
func (f *Form) layOut() sheet {
	s := sheet{w: f.w, start: make([]int, len(f.entries))}
	none := target{-1, -1}
	if f.fault != "" {
		s.wrapped(none, "✗ "+f.fault, f.red)
	}
	group, live := options.Group(""), f.live()
	for i, e := range f.entries {
		heading := len(s.rows)
		if e.Group != group {
			group = e.Group
			if f.h >= roomy {
				s.add(none, "")
			}
			s.add(none, f.heading(group, live))
		}
		s.start[i] = len(s.rows)
		f.layOutEntry(&s, i, live && group == options.NewGroup)
		if i == f.focus {
			s.head, s.end = heading, len(s.rows)
		}
	}
	return s
}

// heading is that of a group.
func (f *Form) heading(group options.Group, live bool) string {
	row := " " + themes.Bold(f.theme.Heading, string(group))
	if live && group == options.NewGroup {
		row += themes.Paint(f.theme.Muted, "  not used: the session is there already")
	}
	return row
}

// layOutEntry adds the row of an entry, and what stands below it.
func (f *Form) layOutEntry(s *sheet, i int, unused bool) {
	e, at := f.entries[i], target{i, -1}
	if i != f.focus {
		s.add(at, f.quiet(s, e, unused))
	} else {
		s.add(at, f.focused(s, e))
	}
	if e.fault != "" {
		s.wrapped(at, "✗ "+e.fault, f.red)
	}
	if i != f.focus {
		return
	}
	if f.ask != nil && f.ask.name != nil {
		f.layOutWithheld(s, at)
	}
	f.layOutChoices(s, i)
	if e.Name == options.SessionID {
		f.layOutKnown(s, at)
	}
	s.wrapped(at, f.help(e), f.muted)
}

// layOutKnown adds what is known of the open sessions, where that is nothing.
func (f *Form) layOutKnown(s *sheet, at target) {
	switch {
	case !f.heard:
		s.wrapped(at, "asking for the open sessions…", f.muted)
	case f.trouble != "":
		s.wrapped(at, "the open sessions are not known: "+f.trouble, f.yellow)
	}
}

// layOutWithheld adds what the preset that gets its name will not hold.
func (f *Form) layOutWithheld(s *sheet, at target) {
	var labels []string
	for _, field := range f.ask.values.Withheld() {
		labels = append(labels, field.Label)
	}
	if len(labels) > 0 {
		s.wrapped(at, "not saved with it, for they may be secret: "+strings.Join(labels, ", "), f.yellow)
	}
}

// quiet is the row of an entry without the keyboard.
func (f *Form) quiet(s *sheet, e *entry, unused bool) string {
	value, c := e.control.shown(s.value()), f.theme.Text
	if e.control.value() == "" {
		value = part.Line(e.Unset, s.value())
	}
	if e.control.value() == "" || unused {
		c = f.theme.Muted
	}
	label := f.theme.Text
	if unused {
		label = f.theme.Muted
	}
	mark := "  "
	if e.fault != "" {
		mark = f.red("✗ ")
	}
	return mark + themes.Paint(label, part.Fit(e.Label, s.label())) + " " + themes.Paint(c, value) + f.note(e)
}

// focused is the row of the entry with the keyboard.
func (f *Form) focused(s *sheet, e *entry) string {
	note := f.note(e)
	room := max(s.value()-ansi.StringWidth(note), 0)
	if room < 20 {
		note, room = "", s.value()
	}
	row, cursor := e.control.view(room)
	s.x = cursor
	if cursor >= 0 {
		s.x += s.indent()
	}
	if note != "" {
		row = part.Fit(row, room) + note
	}
	return themes.Bold(f.theme.Accent, "▸ "+part.Fit(e.Label, s.label())) + " " + row
}

// note is what stands beside the value of an entry.
func (f *Form) note(e *entry) string {
	text := note(e.Name)
	if e.Name == "" && f.changed() {
		text = "changed since"
	}
	if text == "" {
		return ""
	}
	return f.muted("  " + text)
}

// help says what a field is, and how it is changed.
func (f *Form) help(e *entry) string {
	text := e.Help
	switch {
	case e.Kind == options.Choice && len(e.Choices) > 0:
		text += " · " + strings.Join(e.Choices, ", ")
	case e.Kind == options.Document && e.line() != nil && e.line().held != "":
		text += " · " + f.keys.Label(part.EditField) + " edits it in $EDITOR, backspace clears it"
	case e.Kind == options.Document:
		text += " · a file, or " + f.keys.Label(part.EditField) + " writes it in $EDITOR"
	}
	return text
}

func (f *Form) red(text string) string    { return themes.Paint(f.theme.Error, text) }
func (f *Form) yellow(text string) string { return themes.Paint(f.theme.Warning, text) }
func (f *Form) muted(text string) string  { return themes.Paint(f.theme.Muted, text) }
