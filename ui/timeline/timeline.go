// Package timeline is the pane of a run's tool calls: one row a call, with its
// state, its name and how long it took. Selecting a row shows its place in the
// transcript.
package timeline

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// Timeline is the pane. It is a part.Part.
type Timeline struct {
	run      *state.Run
	theme    *themes.Theme
	w, h     int
	focused  bool
	follow   bool // the newest call is selected
	selected int
	now      time.Time
	rows     []string // nil when they must be put together again
}

// New is the timeline of a run.
func New(run *state.Run, theme *themes.Theme) *Timeline {
	return &Timeline{run: run, theme: theme, follow: true, now: run.StartedAt}
}

// Resize sets the size of the pane.
func (t *Timeline) Resize(w, h int) {
	if w != t.w || h != t.h {
		t.w, t.h, t.rows = w, h, nil
	}
}

// Focus marks the selected row.
func (t *Timeline) Focus(focused bool) { t.focused, t.rows = focused, nil }

// SetTheme draws in the theme's colours.
func (t *Timeline) SetTheme(theme *themes.Theme) { t.theme, t.rows = theme, nil }

// Sync takes in what the run has learned; now is the time to which open calls
// have lasted.
func (t *Timeline) Sync(now time.Time) {
	t.now, t.rows = now, nil
	if t.follow {
		t.selected = max(0, len(t.run.Tools)-1)
	}
}

// Update moves the selection.
func (t *Timeline) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	do, ok := msg.(part.Do)
	if !ok {
		return nil, nil
	}
	switch do.Action {
	case part.Up:
		return t.choose(t.selected - 1)
	case part.Down:
		return t.choose(t.selected + 1)
	case part.PageUp:
		return t.choose(t.selected - max(1, t.h-2))
	case part.PageDown:
		return t.choose(t.selected + max(1, t.h-2))
	case part.Top:
		return t.choose(0)
	case part.End:
		return t.choose(len(t.run.Tools) - 1)
	case part.CopyThis:
		if call := t.call(); call != nil {
			return part.Copy{What: "tool result", Text: string(call.Result)}, nil
		}
	case part.OpenThis:
		return part.Open{URL: string(t.run.ViewerURL())}, nil
	default:
	}
	return nil, nil
}

func (t *Timeline) choose(i int) (part.Intent, tea.Cmd) {
	last := len(t.run.Tools) - 1
	if last < 0 {
		return nil, nil
	}
	t.rows = nil
	t.selected = min(max(i, 0), last)
	t.follow = t.selected == last
	return part.Show{Item: t.call().Item}, nil
}

func (t *Timeline) call() *state.Tool {
	if t.selected >= len(t.run.Tools) {
		return nil
	}
	return t.run.Tools[t.selected]
}

// Rows are a heading and the calls around the selected one.
func (t *Timeline) Rows() []string {
	if t.rows == nil {
		t.rows = part.Fill(t.build(), t.w, t.h)
	}
	return t.rows
}

func (t *Timeline) build() []string {
	count := ""
	if n := len(t.run.Tools); n > 0 {
		count = fmt.Sprint(n)
	}
	rows := []string{part.Sides(part.Title(t.theme, " Timeline", t.focused), themes.Paint(t.theme.Muted, count+" "), t.w)}
	if len(t.run.Tools) == 0 {
		return append(rows, themes.Paint(t.theme.Muted, part.Fit("  no tool calls yet", t.w)))
	}
	room := max(t.h-1, 1)
	from := max(0, min(t.selected-room/2, len(t.run.Tools)-room))
	for i := from; i < min(from+room, len(t.run.Tools)); i++ {
		rows = append(rows, t.row(i))
	}
	return rows
}

func (t *Timeline) row(i int) string {
	call := t.run.Tools[i]
	glyph, color := part.ToolMark(t.theme, call.State)
	lead := "  "
	if t.focused && i == t.selected {
		lead = themes.Bold(t.theme.Accent, "› ")
	}
	name := part.Line(call.Name, t.w)
	if name == "" {
		name = "(result only)"
	}
	right := t.status(call)
	room := max(0, t.w-len(right)-6)
	left := lead + themes.Paint(color, glyph) + " " + themes.Paint(t.theme.Text, ansi.Truncate(name, room, "…"))
	return part.Sides(left, themes.Paint(t.theme.Muted, right)+" ", t.w)
}

// status is how long a call took, or the word for a call that did not end well.
// A result without a call has no duration.
func (t *Timeline) status(call *state.Tool) string {
	took := part.Seconds(call.Duration(t.now))
	if call.Name == "" && call.State != state.ToolOpen {
		took = ""
	}
	switch call.State {
	case state.ToolUnfinished:
		return call.State.String()
	case state.ToolFailed:
		return strings.TrimSpace(call.State.String() + " " + took)
	default:
	}
	return took
}
