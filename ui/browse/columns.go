package browse

import (
	"strings"

	"notturno/themes"
	"notturno/ui/part"
)

// gap is between two columns.
const gap = "  "

// Widths of the columns, in cells.
const (
	stateWidth   = 16 // "✓ stop confirmed"
	idWidth      = 9
	wholeID      = 36 // a UUID
	spanWidth    = 8  // "12:30:05"
	leftWidth    = 9  // "Idle left"
	oursWidth    = 12 // "this program"
	browserWidth = 14 // "chrome-nightly"
	reasonWidth  = 12 // "idle_timeout"
	viewerWidth  = 16
	maxViewer    = 60
)

// column is one thing that is told about each entry.
type column struct {
	title string
	width int
	most  int // it grows so wide when there is room
	cell  func(b *Browse, e entry, width int) string
}

// columns are those that the width has room for. The state and the id are
// always there; of the others as many as fit are, in their order, and then
// what is cut grows.
func (b *Browse) columns() []column {
	all := b.sessionColumns()
	if b.onAgents {
		all = b.agentColumns()
	}
	room := b.w - 2 - all[0].width - len(gap)
	all[1].width = max(0, min(all[1].width, room))
	room -= all[1].width
	n := 2
	for n < len(all) && room >= len(gap)+all[n].width {
		room -= len(gap) + all[n].width
		n++
	}
	for i := range all[:n] {
		if more := min(all[i].most-all[i].width, room); more > 0 {
			all[i].width += more
			room -= more
		}
	}
	return all[:n]
}

func (b *Browse) sessionColumns() []column {
	columns := []column{
		{title: "State", width: stateWidth, cell: (*Browse).stateCell},
		{title: "Session", width: idWidth, most: wholeID, cell: (*Browse).idCell},
		{title: "     Age", width: spanWidth, cell: (*Browse).ageCell},
		{title: "Idle left", width: leftWidth, cell: (*Browse).idleCell},
		{title: "Max left", width: spanWidth, cell: (*Browse).lifetimeCell},
	}
	if len(b.mineSessions) > 0 {
		columns = append(columns, column{title: "Used by", width: oursWidth, cell: (*Browse).oursCell})
	}
	columns = append(columns, column{title: "Browser", width: browserWidth, cell: (*Browse).browserCell})
	if b.sessions.all {
		columns = append(columns, column{title: "Closed by", width: reasonWidth, cell: (*Browse).reasonCell})
	}
	return append(columns, column{title: "Viewer", width: viewerWidth, most: maxViewer, cell: (*Browse).viewerLink})
}

func (b *Browse) agentColumns() []column {
	columns := []column{
		{title: "State", width: stateWidth, cell: (*Browse).stateCell},
		{title: "Agent", width: idWidth, most: wholeID, cell: (*Browse).idCell},
		{title: "     Age", width: spanWidth, cell: (*Browse).ageCell},
		{title: "Session", width: idWidth, most: wholeID, cell: (*Browse).sessionCell},
		{title: "     Ran", width: spanWidth, cell: (*Browse).ranCell},
	}
	if len(b.mineAgents) > 0 {
		columns = append(columns, column{title: "Used by", width: oursWidth, cell: (*Browse).oursCell})
	}
	return append(columns, column{title: "Saved", width: len("Saved"), cell: (*Browse).savedCell})
}

// titles is the names of the columns.
func (b *Browse) titles(columns []column) string {
	row := ""
	for i, c := range columns {
		if i > 0 {
			row += gap
		}
		row += part.Fit(c.title, c.width)
	}
	return part.Fit("  "+themes.Paint(b.theme.Muted, row), b.w)
}

// row is an entry; the selected one is marked.
func (b *Browse) row(e entry, selected bool, columns []column) string {
	lead := "  "
	if selected {
		lead = themes.Bold(b.theme.Accent, "› ")
	}
	var row strings.Builder
	row.WriteString(lead)
	for i, c := range columns {
		if i > 0 {
			row.WriteString(gap)
		}
		row.WriteString(part.Fit(c.cell(b, e, c.width), c.width))
	}
	return part.Fit(row.String(), b.w)
}

func (b *Browse) stateCell(e entry, _ int) string {
	glyph, word, c := b.standing(e)
	return themes.Paint(c, glyph+" "+word)
}

func (b *Browse) idCell(e entry, width int) string { return b.name(e.id(), width) }

func (b *Browse) sessionCell(e entry, width int) string {
	return themes.Paint(b.theme.Muted, part.Fit(part.Line(e.sessionID(), width), width))
}

// name is an id, cut to the width.
func (b *Browse) name(id string, width int) string {
	if id = part.Line(id, width); id == "" {
		return themes.Paint(b.theme.Muted, part.Fit("(no id)", width))
	}
	return themes.Paint(b.theme.Text, part.Fit(id, width))
}

func (b *Browse) ageCell(e entry, width int) string {
	return number(b.theme.Muted, since(e.createdAt(), b.now), width)
}

func (b *Browse) idleCell(e entry, width int) string {
	text, c := b.idle(e)
	return number(c, text, width)
}

func (b *Browse) lifetimeCell(e entry, width int) string {
	text, c := b.lifetime(e)
	return number(c, text, width)
}

func (b *Browse) ranCell(e entry, width int) string {
	text := unknown
	if lasted, ok := b.lasted(e); ok {
		text = span(lasted)
	}
	return number(b.theme.Muted, text, width)
}

func (b *Browse) oursCell(e entry, _ int) string {
	if !b.ours(e) {
		return ""
	}
	return themes.Paint(b.theme.Accent, thisProgram)
}

func (b *Browse) browserCell(e entry, width int) string {
	return themes.Paint(b.theme.Muted, part.Line(e.session.BrowserType, width))
}

func (b *Browse) reasonCell(e entry, width int) string {
	return themes.Paint(b.theme.Muted, part.Line(e.session.CloseReason, width))
}

func (b *Browse) savedCell(e entry, _ int) string {
	if !e.agent.Saved {
		return ""
	}
	return themes.Paint(b.theme.Muted, "saved")
}

// viewerLink is the viewer link, shortened; empty when there is none.
func (b *Browse) viewerLink(e entry, width int) string {
	url := b.viewer(e)
	if url == "" {
		return ""
	}
	return part.Link(b.theme, url, part.ShortURL(url, width))
}
