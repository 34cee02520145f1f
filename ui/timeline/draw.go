package timeline

import (
	"fmt"
	"image/color"
	"time"

	"github.com/charmbracelet/x/ansi"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// Columns go by priority: the name and the state stay, a duration takes some
// width, a bar more.
const (
	durationFrom = 18
	barFrom      = 30
)

// slowestMark stands beside the duration of the slowest call.
const slowestMark = "◂"

// line is what a row shows, before it is laid out.
type line struct {
	lead   string // in front of the glyph
	glyph  string
	color  color.Color
	name   string
	suffix string // what stays of a name that is cut
	word   string // how it stands, when that is not well
	took   string
	slow   bool
	bar    string
}

func (t *Timeline) build() []string {
	a := t.axis()
	rows := []string{t.heading(a)}
	t.shown = t.shown[:0]
	if len(t.entries) == 0 {
		text := "  no tool calls yet"
		if t.run.Phase.Ended() {
			text = "  no tool calls"
		}
		return append(rows, themes.Paint(t.theme.Muted, part.Fit(text, t.w)))
	}
	room := t.room()
	for r, more := t.top, true; more && len(rows) <= room; r, more = t.entries.next(r) {
		t.shown = append(t.shown, r)
		rows = append(rows, t.draw(t.describe(r, a), r, a))
	}
	if t.footed() {
		rows = append(part.Fill(rows, t.w, room+1), t.foot())
	}
	return rows
}

// grow draws the open calls again: nothing else changes with time alone.
func (t *Timeline) grow() {
	a := t.axis()
	for i, r := range t.shown {
		tool := t.entries[r.entry].tool
		if tool != nil && tool.State == state.ToolOpen && i+1 < len(t.rows) {
			t.rows[i+1] = t.draw(t.describe(r, a), r, a)
		}
	}
}

// axis is the axis at the width of the pane.
func (t *Timeline) axis() axis {
	a := axis{start: t.run.StartedAt, span: t.span}
	if t.w >= barFrom {
		a.cells = t.w/2 - 8
	}
	return a
}

func (t *Timeline) heading(a axis) string {
	title := part.Title(t.theme, " Timeline", t.focused)
	if n := len(t.run.Tools); n > 0 {
		title += themes.Paint(t.theme.Muted, fmt.Sprintf(" %d", n))
	}
	labels := ""
	if len(t.entries) > 0 {
		labels = themes.Paint(t.theme.Muted, a.labels()+" ")
	}
	return part.Sides(title, labels, t.w)
}

// foot says which call is the slowest: it may be out of view.
func (t *Timeline) foot() string {
	text := "  " + slowestMark + " slowest: " + part.Line(t.slowest.Name, t.w)
	return themes.Paint(t.theme.Muted, part.Sides(ansi.Truncate(text, max(0, t.w-8), "…"), part.Seconds(t.slowest.Duration(t.now))+" ", t.w))
}

// describe is what a row shows.
func (t *Timeline) describe(r row, a axis) line {
	e := t.entries[r.entry]
	switch {
	case e.kind == session:
		return t.describeSession(e.index, a)
	case e.kind == function:
		return t.describeFunction(e.index, a)
	case !r.member && t.entries.size(r.entry) > 1:
		return t.describeGroup(r.entry, a)
	}
	l := t.describeCall(e.tool, a)
	if r.member {
		l.lead = "  "
	}
	l.slow = t.ended > 1 && r.entry == t.slowestAt
	return l
}

// describeCall is the row of a call. A result without a call has no duration,
// and neither has a call that was made before the run was watched.
func (t *Timeline) describeCall(call *state.Tool, a axis) line {
	l := line{name: part.Line(call.Name, t.w), took: part.Seconds(call.Duration(t.now))}
	l.glyph, l.color = part.ToolMark(t.theme, call.State)
	switch call.State {
	case state.ToolOpen:
		l.bar = a.bar(call.StartedAt, t.now)
	case state.ToolUnfinished:
		l.word, l.took = call.State.String(), ""
		l.bar = a.bar(call.StartedAt, t.run.EndedAt)
	case state.ToolFailed:
		l.word = call.State.String()
		l.bar = a.bar(call.StartedAt, call.EndedAt)
	case state.ToolEnded:
		l.bar = a.bar(call.StartedAt, call.EndedAt)
	}
	if l.name == "" {
		l.name = "(result only)"
	}
	if call.Name == "" && call.State != state.ToolOpen {
		l.took, l.bar = "", a.moment(call.StartedAt)
	}
	if call.Past { // it is not known when it was made
		l.took, l.bar = "", ""
	}
	return l
}

// describeGroup is the row of neighbours that are alike: all of them ended
// well.
func (t *Timeline) describeGroup(first int, a axis) line {
	group := t.entries[first]
	l := line{name: "▸ " + part.Line(group.tool.Name, t.w), suffix: fmt.Sprintf(" ×%d", t.entries.size(first))}
	if group.opened {
		l.name = "▾ " + part.Line(group.tool.Name, t.w)
	}
	l.glyph, l.color = part.ToolMark(t.theme, state.ToolEnded)
	l.took = part.Seconds(group.end.Sub(group.tool.StartedAt))
	l.bar = a.bar(group.tool.StartedAt, group.end)
	if group.tool.Past {
		l.took, l.bar = "", ""
	}
	l.slow = t.ended > 1 && !group.opened && first <= t.slowestAt && t.slowestAt <= group.last
	return l
}

func (t *Timeline) describeSession(i int, a axis) line {
	name := "session"
	if len(t.run.Sessions) > 1 {
		name = fmt.Sprintf("session %d", i+1)
	}
	at := t.run.Sessions[i].At
	return line{glyph: "◇", color: t.theme.Accent, name: name, took: t.since(at), bar: a.moment(at)}
}

// describeFunction is the row of a function. The time is the service's own: it
// shows when the clocks agree that it was during the run.
func (t *Timeline) describeFunction(i int, a axis) line {
	f := t.run.Functions[i]
	l := line{glyph: "ƒ", color: t.theme.Accent, name: part.Line(f.Name, t.w)}
	if l.name == "" {
		l.name = "function"
	}
	if in := f.CreatedAt.Sub(t.run.StartedAt); in >= 0 && in <= t.run.Elapsed(t.now) {
		l.took, l.bar = t.since(f.CreatedAt), a.moment(f.CreatedAt)
	}
	return l
}

// since is when in the run something was, in words.
func (t *Timeline) since(at time.Time) string {
	return "at " + part.Seconds(max(0, at.Sub(t.run.StartedAt)))
}

// draw lays a line out: lead, glyph and name, then word and duration to the
// right, then the bar.
func (t *Timeline) draw(l line, r row, a axis) string {
	lead := "  "
	if t.focused && r == t.selected {
		lead = themes.Bold(t.theme.Accent, "› ")
	}
	mark := " "
	took := themes.Paint(t.theme.Muted, l.took)
	if l.slow && t.w >= durationFrom {
		mark, took = themes.Bold(t.theme.Warning, slowestMark), themes.Bold(t.theme.Warning, l.took)
	}
	if t.w < durationFrom {
		took = ""
	}
	right := themes.Paint(l.color, l.word)
	if l.word != "" && took != "" {
		right += " "
	}
	right += took
	width := max(0, t.w-a.cells-2)
	if a.cells == 0 {
		width = max(0, t.w-1)
	}
	room := max(0, width-ansi.StringWidth(right)-len(l.lead)-5-ansi.StringWidth(l.suffix))
	name := themes.Paint(t.theme.Text, ansi.Truncate(l.name, room, "…")+l.suffix)
	text := part.Sides(lead+l.lead+themes.Paint(l.color, l.glyph)+" "+name, right, width)
	if a.cells == 0 {
		return part.Fit(text+mark, t.w)
	}
	return part.Fit(text+mark+themes.Paint(l.color, l.bar), t.w)
}
