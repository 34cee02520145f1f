// Package links is the pane of what a run gives to go on with: a card for each
// of its browser sessions, with the viewer link, and for each function that it
// left behind.
//
// A viewer link is a bearer secret. It shows shortened, is opened, copied or
// drawn as a code whole, and only when the person asks.
package links

import (
	"time"

	tea "charm.land/bubbletea/v2"

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
	now      time.Time // zero until the first Tick
	selected card
	top      int // the first line that shows

	rows  []string // nil when they must be put together again
	drawn []place  // what each row showed when it was last drawn
}

// card is a session, or a function, by its index in the run.
type card struct {
	function bool
	index    int
}

// New is the links of a run.
func New(run *state.Run, theme *themes.Theme) *Links {
	return &Links{run: run, theme: theme}
}

// Resize sets the size of the pane. While it has the keyboard the selected
// card goes on showing.
func (l *Links) Resize(w, h int) {
	if w != l.w || h != l.h {
		l.w, l.h = w, h
		l.settle()
	}
}

// Focus marks the selected card and says what can be done with it.
func (l *Links) Focus(focused bool) {
	if focused != l.focused {
		l.focused = focused
		l.settle()
	}
}

func (l *Links) settle() {
	if l.focused {
		l.reveal()
	}
	l.clamp()
}

// SetTheme draws in the theme's colours.
func (l *Links) SetTheme(theme *themes.Theme) { l.theme, l.rows = theme, nil }

// Sync takes in what the run has learned.
func (l *Links) Sync() {
	if !l.exists(l.selected) {
		l.selected = l.nth(0)
	}
	l.clamp()
}

// Tick says what time it is, for the age of the sessions. Within a second
// nothing changes.
func (l *Links) Tick(now time.Time) {
	if l.now.Unix() == now.Unix() && l.now.Location() == now.Location() {
		return
	}
	l.now = now
	if l.cards() > 0 {
		l.rows = nil
	}
}

// Want is how many rows the pane has to show.
func (l *Links) Want() int { return l.lines() }

// cards are the sessions, then the functions.
func (l *Links) cards() int { return len(l.run.Sessions) + len(l.run.Functions) }

// nth is the card at a place among all of them.
func (l *Links) nth(i int) card {
	if n := len(l.run.Sessions); i >= n && len(l.run.Functions) > 0 {
		return card{function: true, index: i - n}
	}
	return card{index: i}
}

// number is the place of a card among all of them.
func (l *Links) number(c card) int {
	if c.function {
		return len(l.run.Sessions) + c.index
	}
	return c.index
}

func (l *Links) exists(c card) bool {
	if c.function {
		return c.index < len(l.run.Functions)
	}
	return c.index < len(l.run.Sessions)
}

// Update moves the selection and the view, opens, copies and shows the code.
func (l *Links) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	if l.cards() == 0 {
		return nil, nil
	}
	switch msg := msg.(type) {
	case part.Do:
		return l.do(msg.Action), nil
	case part.Click:
		return l.click(msg.Y), nil
	case part.Wheel:
		l.top += msg.Rows
		l.clamp()
	}
	return nil, nil
}

func (l *Links) do(action part.Action) part.Intent {
	at := l.number(l.selected)
	switch action {
	case part.Up, part.PrevItem:
		l.choose(at - 1)
	case part.Down, part.NextItem:
		l.choose(at + 1)
	case part.PageUp:
		l.choose(at - max(1, l.h/cardHeight))
	case part.PageDown:
		l.choose(at + max(1, l.h/cardHeight))
	case part.Top:
		l.choose(0)
	case part.End:
		l.choose(l.cards() - 1)
	case part.CopyThis:
		if l.selected.function {
			return part.Copy{What: "function id", Text: string(l.run.Functions[l.selected.index].ID)}
		}
		return part.Copy{What: "viewer link", Text: l.viewer()}
	case part.OpenThis:
		return part.Open{URL: l.viewer()}
	case part.QRCode:
		return part.ShowQR{URL: l.viewer()}
	default:
	}
	return nil
}

// choose selects the card at a place among all of them.
func (l *Links) choose(i int) {
	l.selected = l.nth(min(max(i, 0), l.cards()-1))
	l.reveal()
}

// viewer is the link of the selected session; with a function selected, the
// run's.
func (l *Links) viewer() string {
	if l.selected.function {
		return string(l.run.ViewerURL())
	}
	return string(l.run.Sessions[l.selected.index].ViewerURL)
}

// click selects a card, by what was drawn under the pointer. On the link
// itself it opens it.
func (l *Links) click(y int) part.Intent {
	if y < 0 || y >= len(l.drawn) || !l.drawn[y].card || !l.exists(l.drawn[y].of) {
		return nil
	}
	at := l.drawn[y]
	l.choose(l.number(at.of))
	if !at.of.function && at.line == linkLine {
		return part.Open{URL: l.viewer()}
	}
	return nil
}

// Rows are the lines of the cards that show.
func (l *Links) Rows() []string {
	if l.rows == nil {
		l.build()
	}
	return l.rows
}
