package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"notturno/themes"
	"notturno/ui/part"
)

// Help lists the keys, from the key table. It is a part.Part.
type Help struct {
	theme  *themes.Theme
	shift  bool // this terminal reports shift+enter
	offset int
	w, h   int
}

// NewHelp is the help. enhanced says that this terminal can send keys such as
// shift+enter; those that it cannot send are left out.
func NewHelp(theme *themes.Theme, enhanced bool) *Help {
	return &Help{theme: theme, shift: enhanced}
}

// Resize sets the size of the area that the help covers.
func (p *Help) Resize(w, h int) { p.w, p.h = w, h }

// SetTheme draws in the theme's colours.
func (p *Help) SetTheme(theme *themes.Theme) { p.theme = theme }

// Update scrolls and closes.
func (p *Help) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	do, ok := msg.(part.Do)
	if !ok {
		return nil, nil
	}
	switch do.Action {
	case part.Up:
		p.scroll(-1)
	case part.Down:
		p.scroll(1)
	case part.PageUp:
		p.scroll(-p.h)
	case part.PageDown:
		p.scroll(p.h)
	case part.Back, part.Interrupt, part.Help, part.No, part.Yes:
		return part.Close{}, nil
	default:
	}
	return nil, nil
}

func (p *Help) scroll(by int) {
	p.offset = max(0, min(p.offset+by, len(p.lines())-p.h))
}

// Rows are the part of the list that shows.
func (p *Help) Rows() []string {
	lines := p.lines()
	from := max(0, min(p.offset, len(lines)-p.h))
	rows := make([]string, 0, max(p.h, 0))
	for _, line := range lines[from:min(len(lines), from+max(p.h, 0))] {
		rows = append(rows, part.Fit(line, p.w))
	}
	return part.Fill(rows, p.w, p.h)
}

// keysWidth is the width of the column of keys: enough for three.
const keysWidth = 30

func (p *Help) lines() []string {
	lines := []string{" " + themes.Bold(p.theme.Accent, "Keys") + themes.Paint(p.theme.Muted, "   esc closes · ↑ ↓ scroll")}
	context := part.Context("")
	for _, b := range part.Bindings() {
		if b.Context != context {
			context = b.Context
			lines = append(lines, "", " "+themes.Bold(p.theme.Heading, strings.ToUpper(string(context[:1]))+string(context[1:])))
		}
		lines = append(lines, p.binding(b)...)
	}
	return lines
}

// binding is one row of the key table, on as many lines as its text needs.
func (p *Help) binding(b part.Binding) []string {
	column := min(keysWidth, max(p.w/2, 0))
	keys := p.keys(b)
	var lines []string
	for _, row := range part.Wrap(b.Help, p.w-column-5) {
		lines = append(lines, "   "+themes.Paint(p.theme.Accent, part.Fit(keys, column))+" "+row)
		keys = ""
	}
	return lines
}

func (p *Help) keys(b part.Binding) string {
	if b.Action == part.GoRun {
		return "alt+1 … alt+9"
	}
	var keys []string
	for _, key := range b.Keys {
		if key != "shift+enter" || p.shift {
			keys = append(keys, key)
		}
	}
	return strings.Join(keys, "  ")
}
