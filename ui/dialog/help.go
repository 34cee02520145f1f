package dialog

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"notturno/themes"
	"notturno/ui/part"
)

// Help lists the keys, from the key table. It is a part.Dialog.
type Help struct {
	theme   *themes.Theme
	shift   bool // this terminal reports shift+enter
	context part.Context
	lines   []string // all of the list, nil when it must be put together again
	offset  int
	w, h    int
}

// NewHelp is the help. enhanced says that this terminal can send keys such as
// shift+enter; those that it cannot send are left out. The keys of context, the
// one that has the keyboard, come first.
func NewHelp(theme *themes.Theme, enhanced bool, context part.Context) *Help {
	return &Help{theme: theme, shift: enhanced, context: context}
}

// Contexts are where its keys are looked up.
func (p *Help) Contexts() []part.Context { return []part.Context{part.InPane, part.Global} }

// Resize sets the size of the area that the help covers.
func (p *Help) Resize(w, h int) {
	if w != p.w {
		p.lines = nil
	}
	p.w, p.h = w, h
}

// SetTheme draws in the theme's colours.
func (p *Help) SetTheme(theme *themes.Theme) { p.theme, p.lines = theme, nil }

// Update scrolls and closes.
func (p *Help) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	switch msg := msg.(type) {
	case part.Wheel:
		p.scroll(msg.Rows)
	case part.Do:
		return p.do(msg.Action), nil
	}
	return nil, nil
}

func (p *Help) do(a part.Action) part.Intent {
	switch a {
	case part.Up:
		p.scroll(-1)
	case part.Down:
		p.scroll(1)
	case part.PageUp:
		p.scroll(-p.room())
	case part.PageDown:
		p.scroll(p.room())
	case part.Top:
		p.scroll(-len(p.list()))
	case part.End:
		p.scroll(len(p.list()))
	case part.Palette: // the head tells how to find a command: do it from here
		return part.Perform{Action: part.Palette}
	case part.Back, part.Interrupt, part.Help:
		return part.Close{}
	default:
	}
	return nil
}

// room is how many rows of the list show below the head.
func (p *Help) room() int { return max(p.h-1, 0) }

func (p *Help) scroll(by int) {
	p.offset = max(0, min(p.offset+by, len(p.list())-p.room()))
}

// Rows are the head and the part of the list that shows.
func (p *Help) Rows() []string {
	list := p.list()
	from := max(0, min(p.offset, len(list)-p.room()))
	to := min(len(list), from+p.room())
	rows := make([]string, 0, max(p.h, 0))
	if p.h > 0 {
		rows = append(rows, p.head(len(list)-to))
	}
	return part.Fill(append(rows, list[from:to]...), p.w, p.h)
}

// head says how to go on from the help; more is how many rows are below.
func (p *Help) head(more int) string {
	right := ""
	if more > 0 {
		right = themes.Paint(p.theme.Accent, fmt.Sprintf("▼ %d more ", more))
	}
	hint := "   ctrl+p finds a command · esc closes · ↑ ↓ scroll"
	return part.Sides(" "+themes.Bold(p.theme.Accent, "Keys")+themes.Paint(p.theme.Muted, hint), right, p.w)
}

// From this width on the list has two columns.
const twoColumnsFrom = 100

// list is the whole list, as rows of the width.
func (p *Help) list() []string {
	if p.lines != nil {
		return p.lines
	}
	w := p.w
	if w >= twoColumnsFrom {
		w /= 2
	}
	sections := p.sections(w)
	var left, right []string
	if w == p.w {
		left = slices.Concat(sections...)
	} else {
		n := columns(sections)
		left, right = slices.Concat(sections[:n]...), slices.Concat(sections[n:]...)
	}
	p.lines = make([]string, max(len(left), len(right)))
	left, right = part.Fill(left, w, len(p.lines)), part.Fill(right, w, len(p.lines))
	for i := range p.lines {
		p.lines[i] = left[i]
		if w < p.w {
			p.lines[i] = part.Fit(left[i]+right[i], p.w)
		}
	}
	return p.lines
}

// columns is how many of the sections, in their order, make the first of two
// columns, so that the longer one is as short as it can be.
func columns(sections [][]string) int {
	total := 0
	for _, s := range sections {
		total += len(s)
	}
	best, n, first := total, len(sections), 0
	for i, s := range sections {
		first += len(s)
		if longer := max(first, total-first); longer < best {
			best, n = longer, i+1
		}
	}
	return n
}

// sections are the key table by context, each as rows of width w.
func (p *Help) sections(w int) [][]string {
	bindings := part.Bindings()
	var contexts []part.Context
	for _, b := range bindings {
		if !slices.Contains(contexts, b.Context) {
			contexts = append(contexts, b.Context)
		}
	}
	if i := slices.Index(contexts, p.context); i > 0 {
		contexts = slices.Insert(slices.Delete(contexts, i, i+1), 0, p.context)
	}
	sections := make([][]string, len(contexts))
	for i, c := range contexts {
		rows := []string{part.Fit("", w), part.Fit(" "+themes.Bold(p.theme.Heading, upper(string(c))), w)}
		for _, b := range bindings {
			if b.Context == c {
				rows = append(rows, p.binding(b, w)...)
			}
		}
		sections[i] = rows
	}
	return sections
}

// keysWidth is the width of the column of keys: enough for three.
const keysWidth = 30

// binding is one row of the key table, on as many rows as its keys and its
// text need.
func (p *Help) binding(b part.Binding, w int) []string {
	column := max(min(keysWidth, w*2/5), 0)
	keys := p.keys(b, column)
	texts := part.Wrap(b.Help, w-column-5)
	rows := make([]string, max(len(keys), len(texts)))
	for i := range rows {
		var key, text string
		if i < len(keys) {
			key = keys[i]
		}
		if i < len(texts) {
			text = texts[i]
		}
		rows[i] = part.Fit("   "+themes.Paint(p.theme.Accent, part.Fit(key, column))+" "+text, w)
	}
	return rows
}

// keys are the keys of an action that this terminal can send, in a column.
func (p *Help) keys(b part.Binding, column int) []string {
	if b.Action == part.GoRun {
		return []string{b.Keys[0] + " … " + b.Keys[len(b.Keys)-1]}
	}
	var rows []string
	for _, key := range b.Keys {
		switch n := len(rows) - 1; {
		case key == "shift+enter" && !p.shift:
		case n >= 0 && len(rows[n])+2+len(key) <= column:
			rows[n] += "  " + key
		default:
			rows = append(rows, key)
		}
	}
	return rows
}
