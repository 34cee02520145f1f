package dialog

import (
	"fmt"
	"image/color"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"rsc.io/qr"

	"notturno/themes"
	"notturno/ui/part"
)

// QR shows a viewer link as a code that a phone can read. It is a part.Dialog,
// and covers the whole screen: a code cannot be made smaller.
type QR struct {
	theme *themes.Theme
	url   string
	code  *qr.Code // nil when there is none
	why   string   // then: why not
	w, h  int
	rows  []string // nil when they must be put together again
}

// NewQR is the code of a link; only one that may be opened has a code.
func NewQR(theme *themes.Theme, url string) *QR {
	q := &QR{theme: theme, url: url}
	if url == "" {
		q.why = "there is no viewer link yet"
		return q
	}
	if _, ok := part.CheckURL(url); !ok {
		q.why = "this link is not safe to open, so it has no code"
		return q
	}
	// The least redundancy gives the smallest code: a screen is neither torn
	// nor stained.
	code, err := qr.Encode(url, qr.L)
	if err != nil {
		q.why = "this link is too long for a code: copy it instead"
		return q
	}
	q.code = code
	return q
}

// Resize sets the size of the area that the dialog covers.
func (q *QR) Resize(w, h int) {
	if w != q.w || h != q.h {
		q.w, q.h, q.rows = w, h, nil
	}
}

// SetTheme draws in the theme's colours.
func (q *QR) SetTheme(theme *themes.Theme) { q.theme, q.rows = theme, nil }

// Contexts are where the keys of the dialog are looked up.
func (q *QR) Contexts() []part.Context { return []part.Context{part.InPane, part.Global} }

// Whole says that the dialog covers the whole screen.
func (q *QR) Whole() {}

// Update copies and opens the link, and closes. What the footer says about it
// shows once the dialog is gone.
func (q *QR) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	do, ok := msg.(part.Do)
	if !ok {
		return nil, nil
	}
	switch do.Action {
	case part.CopyThis:
		if q.offered() {
			return part.Both{First: part.Close{}, Then: part.Copy{What: "viewer link", Text: q.url}}, nil
		}
	case part.OpenThis, part.OpenViewer:
		if q.offered() {
			return part.Both{First: part.Close{}, Then: part.Open{URL: q.url}}, nil
		}
	case part.QRCode, part.Back, part.Interrupt:
		return part.Close{}, nil
	default:
	}
	return nil, nil
}

// offered reports whether the link is one to copy and open.
func (q *QR) offered() bool {
	_, ok := part.CheckURL(q.url)
	return ok
}

// Rows are the code, and what to know about it.
func (q *QR) Rows() []string {
	if q.rows == nil {
		q.rows = q.build()
	}
	return q.rows
}

// The quiet zone is the white around a code, in modules. Four is what the
// standard asks for; with two, phones still find it.
const (
	quiet     = 4
	lessQuiet = 2
)

// besideWidth is the least width of words beside the code.
const besideWidth = 34

// build puts the words beside the code where there is room, else around it.
// What a person must know comes with every code: that it is a secret, and how
// to be rid of it.
func (q *QR) build() []string {
	if q.code == nil {
		return q.words([]string{q.why})
	}
	for _, zone := range []int{quiet, lessQuiet} {
		width, height := q.code.Size+2*zone, (q.code.Size+2*zone+1)/2
		switch {
		case height <= q.h && width+besideWidth <= q.w:
			return q.beside(q.draw(zone), width)
		case height+2 <= q.h && width <= q.w:
			return q.around(q.draw(zone))
		}
	}
	size := q.code.Size + 2*lessQuiet
	return q.words([]string{fmt.Sprintf("the code needs %d columns and %d rows: enlarge the window, or copy the link", size, (size+1)/2+2)})
}

const (
	qrTitle   = "Watch on a phone"
	qrWarning = "anyone with the link can watch"
)

// keys are the keys of the dialog, cut from the front where they do not fit.
func (q *QR) keys(width int) string {
	keys := []string{"y copy", "o open", "esc close"}
	if !q.offered() {
		keys = keys[2:]
	}
	for len(keys) > 1 && ansi.StringWidth(strings.Join(keys, " · ")) > width {
		keys = keys[1:]
	}
	return themes.Paint(q.theme.Muted, strings.Join(keys, " · "))
}

// words are the dialog without a code.
func (q *QR) words(text []string) []string {
	width := q.w - 2*margin(q.w)
	lines := []string{themes.Bold(q.theme.Heading, qrTitle)}
	if q.offered() {
		lines = append(lines, q.address(width))
	}
	lines = append(lines, "")
	for _, line := range text {
		lines = append(lines, part.Wrap(line, width)...)
	}
	if q.offered() {
		lines = append(lines, q.warning(width)...)
	}
	lines = append(lines, "", q.keys(width))
	if len(lines) > q.h { // the gaps give way first, the end last
		lines = full(lines)
		lines = lines[max(0, len(lines)-max(q.h, 0)):]
	}
	return place(lines, q.w, q.h)
}

// full are the lines that are not empty.
func full(lines []string) []string {
	var kept []string
	for _, line := range lines {
		if line != "" {
			kept = append(kept, line)
		}
	}
	return kept
}

// around puts as many words above and below the code as there is room for.
func (q *QR) around(code []string) []string {
	warning := themes.Paint(q.theme.Warning, ansi.Truncate(qrWarning, q.w, "…"))
	lines := append([]string{warning}, append(code, q.keys(q.w))...)
	if len(lines) < q.h {
		lines = append([]string{q.address(q.w)}, lines...)
	}
	if len(lines) < q.h {
		lines = append([]string{themes.Bold(q.theme.Heading, ansi.Truncate(qrTitle, q.w, "…"))}, lines...)
	}
	return q.centre(lines)
}

// beside puts the words to the right of the code.
func (q *QR) beside(code []string, width int) []string {
	room := q.w - width - 3
	words := []string{themes.Bold(q.theme.Heading, qrTitle), q.address(room), ""}
	words = append(words, q.warning(room)...)
	words = append(words, "", q.keys(room))
	from := max(0, (len(code)-len(words))/2)
	lines := make([]string, len(code))
	for i := range code {
		lines[i] = code[i]
		if at := i - from; at >= 0 && at < len(words) {
			lines[i] += "  " + words[at]
		}
	}
	return q.centre(lines)
}

// centre puts lines a little from the edge where there is room.
func (q *QR) centre(lines []string) []string {
	above := max(0, (q.h-len(lines))/2)
	rows := make([]string, 0, q.h)
	for range above {
		rows = append(rows, part.Fit("", q.w))
	}
	for _, line := range lines {
		lead := ""
		if ansi.StringWidth(line) < q.w {
			lead = " "
		}
		rows = append(rows, part.Fit(lead+line, q.w))
	}
	return part.Fill(rows, q.w, q.h)
}

func (q *QR) address(width int) string {
	return part.Link(q.theme, q.url, part.ShortURL(q.url, width))
}

func (q *QR) warning(width int) []string {
	rows := part.Wrap(qrWarning, width)
	for i, row := range rows {
		rows[i] = themes.Paint(q.theme.Warning, row)
	}
	return rows
}

// draw is the code in half blocks, two rows of modules a line, with a quiet
// zone of so many modules.
//
// Its cells are the one thing on the screen with a background: a phone needs
// black on white, whatever the terminal's own colours are. Where colours are
// switched off the blocks stay: so on a dark terminal they are the white
// modules, on a light one the black ones, and the code reads the same.
func (q *QR) draw(zone int) []string {
	ink, paper := color.Color(color.Black), color.Color(color.White)
	if q.theme.Dark {
		ink, paper = paper, ink
	}
	style := ansi.NewStyle().ForegroundColor(ink).BackgroundColor(paper)
	inked := func(x, y int) bool { return q.code.Black(x, y) != q.theme.Dark }
	var lines []string
	for y := -zone; y < q.code.Size+zone; y += 2 {
		var cells strings.Builder
		for x := -zone; x < q.code.Size+zone; x++ {
			cells.WriteString(half(inked(x, y), inked(x, y+1)))
		}
		lines = append(lines, style.Styled(cells.String()))
	}
	return lines
}

// half is a cell with its upper and lower half inked or not.
func half(upper, lower bool) string {
	switch {
	case upper && lower:
		return "█"
	case upper:
		return "▀"
	case lower:
		return "▄"
	}
	return " "
}
