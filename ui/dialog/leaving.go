package dialog

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/part"
)

// Leaving asks what becomes of the agents and sessions that live on when the
// program ends: stop all, leave all running, or stay. It is a part.Dialog.
type Leaving struct {
	theme *themes.Theme
	title string
	lines []string // what lives
	notes []string
	keys  *part.Keys

	w, h int
	rows []string // nil when they must be put together again
}

// NewLeaving asks. Each of lines names one thing that lives and takes one row;
// notes are sentences about what follows, and are shown whole where there is
// room.
func NewLeaving(theme *themes.Theme, title string, lines []string, notes ...string) *Leaving {
	return &Leaving{theme: theme, title: oneLine(title), lines: oneLines(lines), notes: oneLines(notes), keys: part.NewKeys()}
}

// oneLine is a text as a row may hold it: it may name what a person typed.
func oneLine(text string) string { return api.Clean(text).Line() }

func oneLines(texts []string) []string {
	clean := make([]string, len(texts))
	for i, text := range texts {
		clean[i] = oneLine(text)
	}
	return clean
}

// Contexts are where its keys are looked up.
func (l *Leaving) Contexts() []part.Context { return []part.Context{part.InLeaving, part.Global} }

// Resize sets the size of the area that the dialog covers.
func (l *Leaving) Resize(w, h int) {
	if w != l.w || h != l.h {
		l.w, l.h, l.rows = w, h, nil
	}
}

// SetTheme draws in the theme's colours.
func (l *Leaving) SetTheme(theme *themes.Theme) { l.theme, l.rows = theme, nil }

// Update takes the answer.
func (l *Leaving) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	do, ok := msg.(part.Do)
	if !ok {
		return nil, nil
	}
	switch do.Action {
	case part.StopAll:
		return part.StopAndQuit{}, nil
	case part.LeaveAll:
		return part.Quit{}, nil
	case part.Stay, part.Back, part.Interrupt:
		return part.Close{}, nil
	default:
	}
	return nil, nil
}

// Rows are the question in the middle of the area.
func (l *Leaving) Rows() []string {
	if l.rows == nil {
		l.rows = l.build()
	}
	return l.rows
}

// minList is how many lines of the list come before the notes.
const minList = 3

// build leaves out the notes where there is no room for them, then the gaps,
// then lines of the list: the question and the keys come first.
func (l *Leaving) build() []string {
	width := l.w - margin(l.w)
	title, keys, notes := l.heading(width), part.Flow(l.answers(), width), l.noteRows(width)
	room := l.h - len(title) - len(keys)
	gap := []string{""}
	var lines []string
	switch list := len(l.lines); {
	case len(notes) > 0 && room >= min(list, minList)+len(notes)+3*len(gap):
		list := l.list(room - len(notes) - 3*len(gap))
		lines = slices.Concat(title, gap, list, gap, notes, gap, keys)
	case room >= min(list, 1)+2*len(gap):
		lines = slices.Concat(title, gap, l.list(room-2*len(gap)), gap, keys)
	case room >= 0:
		lines = slices.Concat(title, l.list(room), keys)
	default:
		lines = slices.Concat(title[:min(len(title), 1)], keys)
	}
	return place(lines, l.w, l.h)
}

// noteRows are the notes.
func (l *Leaving) noteRows(width int) []string {
	var rows []string
	for _, note := range l.notes {
		rows = append(rows, part.Wrap(note, width)...)
	}
	return rows
}

// heading is the question.
func (l *Leaving) heading(width int) []string {
	rows := part.Wrap(part.Line(l.title, 2*width), width)
	for i, row := range rows {
		rows[i] = themes.Bold(l.theme.Warning, row)
	}
	return rows
}

// answers are what the keys do.
func (l *Leaving) answers() []string {
	return []string{
		l.answer(part.StopAll, "stop all and quit"), l.answer(part.LeaveAll, "leave running and quit"), l.answer(part.Stay, "stay"),
	}
}

func (l *Leaving) answer(action part.Action, does string) string {
	return themes.Paint(l.theme.Accent, l.keys.Label(action)) + " " + does
}

// list is as much of the lines as so many rows hold; the last says how many
// more there are.
func (l *Leaving) list(rows int) []string {
	var shown []string
	for i := range min(rows, len(l.lines)) {
		if more := len(l.lines) - i; i == rows-1 && more > 1 {
			return append(shown, themes.Paint(l.theme.Muted, fmt.Sprintf("… %d more", more)))
		}
		shown = append(shown, part.Line(l.lines[i], l.w))
	}
	return shown
}
