// Package links is the pane of what a run gives to go on with: the viewer
// links of its browser sessions and the functions that it left behind.
//
// A viewer link is a bearer secret. It shows shortened, is opened or copied
// whole, and only when the person asks.
package links

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// Links is the pane. It is a part.Part.
type Links struct {
	run      *state.Run
	theme    *themes.Theme
	w, h     int
	focused  bool
	selected int // index into entries
	rows     []string
}

// New is the links of a run.
func New(run *state.Run, theme *themes.Theme) *Links {
	return &Links{run: run, theme: theme}
}

// Resize sets the size of the pane.
func (l *Links) Resize(w, h int) {
	if w != l.w || h != l.h {
		l.w, l.h, l.rows = w, h, nil
	}
}

// Focus marks the selected entry.
func (l *Links) Focus(focused bool) { l.focused, l.rows = focused, nil }

// SetTheme draws in the theme's colours.
func (l *Links) SetTheme(theme *themes.Theme) { l.theme, l.rows = theme, nil }

// Sync takes in what the run has learned.
func (l *Links) Sync() { l.rows = nil }

// Want is how many rows the pane has to show.
func (l *Links) Want() int {
	rows := 2 // the heading, and that there is no session yet or how to use one
	rows += len(l.run.Sessions)
	if len(l.run.Functions) > 0 {
		rows += 2 // a gap and the heading
	}
	for _, f := range l.run.Functions {
		rows++
		if part.Line(f.Name, l.w) != "" {
			rows++ // the id has its own
		}
	}
	return rows
}

// entries are the sessions, then the functions.
func (l *Links) entries() int { return len(l.run.Sessions) + len(l.run.Functions) }

// Update moves the selection, opens and copies.
func (l *Links) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	do, ok := msg.(part.Do)
	if !ok || l.entries() == 0 {
		return nil, nil
	}
	l.rows = nil
	switch do.Action {
	case part.Up:
		l.selected = max(0, l.selected-1)
	case part.Down:
		l.selected = min(l.entries()-1, l.selected+1)
	case part.Top:
		l.selected = 0
	case part.End:
		l.selected = l.entries() - 1
	case part.CopyThis:
		return l.copy(), nil
	case part.OpenThis:
		return l.open(), nil
	default:
	}
	return nil, nil
}

func (l *Links) copy() part.Intent {
	if l.selected < len(l.run.Sessions) {
		return part.Copy{What: "viewer link", Text: string(l.run.Sessions[l.selected].ViewerURL)}
	}
	return part.Copy{What: "function id", Text: string(l.run.Functions[l.selected-len(l.run.Sessions)].ID)}
}

func (l *Links) open() part.Intent {
	if l.selected < len(l.run.Sessions) {
		return part.Open{URL: string(l.run.Sessions[l.selected].ViewerURL)}
	}
	return part.Open{URL: string(l.run.ViewerURL())}
}

// Rows are the sessions and the functions.
func (l *Links) Rows() []string {
	if l.rows == nil {
		l.rows = part.Fill(l.build(), l.w, l.h)
	}
	return l.rows
}

func (l *Links) build() []string {
	rows := []string{part.Fit(part.Title(l.theme, " Browser", l.focused), l.w)}
	if len(l.run.Sessions) == 0 {
		rows = append(rows, l.line(-1, themes.Paint(l.theme.Muted, "no session yet")))
	}
	for i, s := range l.run.Sessions {
		rows = append(rows, l.line(i, l.session(s)))
	}
	if len(l.run.Sessions) > 0 {
		rows = append(rows, l.line(-1, themes.Paint(l.theme.Muted, l.hint())))
	}
	if len(l.run.Functions) == 0 {
		return rows
	}
	rows = append(rows, part.Fit("", l.w), part.Fit(part.Title(l.theme, " Function", l.focused), l.w))
	for i, f := range l.run.Functions {
		rows = append(rows, l.function(len(l.run.Sessions)+i, f)...)
	}
	return rows
}

// hint says how to use the links from where the keyboard is.
func (l *Links) hint() string {
	if l.focused {
		return "o open · y copy"
	}
	return "ctrl+o open · tab, then y copy"
}

func (l *Links) session(s state.Session) string {
	glyph, color := part.PhaseMark(l.theme, l.run.Phase)
	word := "live"
	switch {
	case l.run.Phase.Ended() && l.run.Backend == state.LocalBackend:
		glyph, color, word = "○", l.theme.Muted, "ended"
	case l.run.Phase.Ended(): // Notte does not say what becomes of the session
		glyph, color, word = "?", l.theme.Muted, "unknown"
	}
	lead := themes.Paint(color, glyph+" "+word) + " "
	room := l.w - 4 - ansi.StringWidth(lead)
	return lead + part.Link(l.theme, string(s.ViewerURL), part.ShortURL(string(s.ViewerURL), room))
}

func (l *Links) function(i int, f state.Function) []string {
	name, id := part.Line(f.Name, l.w), part.Line(f.ID, l.w)
	if name == "" {
		return []string{l.line(i, themes.Paint(l.theme.Text, id))}
	}
	return []string{l.line(i, themes.Paint(l.theme.Text, name)), l.line(-1, themes.Paint(l.theme.Muted, id))}
}

// line is a row of the pane; i is its entry, or -1.
func (l *Links) line(i int, text string) string {
	lead := "  "
	if l.focused && i == l.selected {
		lead = themes.Bold(l.theme.Accent, "› ")
	}
	return part.Fit(lead+text, l.w)
}
