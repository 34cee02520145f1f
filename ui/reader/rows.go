package reader

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/themes"
	"notturno/ui/find"
	"notturno/ui/part"
)

// Rows are a header, the text in view, and the keys or the query.
func (r *Reader) Rows() []string {
	if r.rows == nil {
		r.rows = part.Fill(r.build(), r.w, r.h)
	}
	return r.rows
}

func (r *Reader) build() []string {
	rows := make([]string, 0, max(r.h, 0))
	body, atEnd := r.body()
	if r.headerHeight() > 0 {
		rows = append(rows, r.header(atEnd))
	}
	rows = append(rows, part.Fill(body, r.w, r.bodyHeight())...)
	switch {
	case r.bar != nil:
		rows = append(rows, r.bar.Rows()...)
	case r.footerHeight() > 0:
		rows = append(rows, r.footer())
	}
	return rows
}

// body is the text in view, and whether its last row is the last there is.
func (r *Reader) body() (rows []string, atEnd bool) {
	last := r.top
	for p := range r.view() {
		rows = append(rows, r.row(p))
		last = p
	}
	_, more := r.next(last)
	return rows, !more
}

func (r *Reader) row(p place) string {
	s := r.sections[p.section]
	switch {
	case p.at == -1 && s.heading != "":
		return part.Fit(" "+themes.Bold(r.theme.Heading, part.Line(s.heading, r.w)), r.w)
	case p.at < 0:
		return part.Fit("", r.w)
	case s.content.text() == "":
		return part.Fit(" "+themes.Paint(r.theme.Muted, "(empty)"), r.w)
	}
	text := s.content.row(p.at, r.x)
	row := part.Fit(part.Fit(strings.Repeat(" ", margin)+text.styled, r.w-margin), r.w)
	spans, current := r.marks(p.section, text)
	return find.Highlight(row, spans, current)
}

// header is the title, where the view is, and the format.
func (r *Reader) header(atEnd bool) string {
	title := part.Line(r.doc.Title, r.w)
	s := r.sections[r.top.section]
	percent := strconv.Itoa(r.percent(atEnd)) + "%"
	line := fmt.Sprintf("line %s of %s", thousands(s.lines.of(max(r.top.at, 0))), thousands(s.lines.all()))
	rights := []string{
		line + " · " + percent + " · " + s.format,
		line + " · " + percent,
		percent,
	}
	for _, right := range rights {
		if room := r.w - ansi.StringWidth(right) - 3; room >= min(ansi.StringWidth(title), r.w/2) {
			left := " " + themes.Bold(r.theme.Accent, strings.TrimRight(part.Fit(title, room), " "))
			return part.Sides(left, themes.Paint(r.theme.Muted, right)+" ", r.w)
		}
	}
	return part.Fit(" "+themes.Bold(r.theme.Accent, title), r.w)
}

// percent is how much of the document is above the view, or all of it.
func (r *Reader) percent(atEnd bool) int {
	if atEnd {
		return 100
	}
	above, all := max(r.top.at, 0), 0
	for i, s := range r.sections {
		n := len(s.content.text())
		all += n
		if i < r.top.section {
			above += n
		}
	}
	return above * 100 / max(all, 1)
}

// footer is the keys, and what was found.
func (r *Reader) footer() string {
	hint := func(a part.Action) string {
		key, short := r.keys.Hint(a)
		return key + " " + short
	}
	wrap := " off"
	if r.wrap {
		wrap = " on"
	}
	hints := []string{hint(part.FindHere), hint(part.WrapLines) + wrap}
	if !r.wrap {
		hints = append(hints, r.keys.Label(part.PanLeft)+" "+r.keys.Label(part.PanRight)+" sideways")
	}
	hints = append(hints, hint(part.CopyThis), hint(part.SaveThis), r.keys.Label(part.Back)+" close")
	if status := r.search.describe(); status != "" {
		next := r.keys.Label(part.NextMatch) + " " + r.keys.Label(part.PrevMatch) + " next, before"
		hints = append([]string{status, next}, hints...)
	}
	// What does not fit goes, but how to leave never does.
	for len(hints) > 1 && ansi.StringWidth(strings.Join(hints, " · "))+2 > r.w {
		hints = append(hints[:len(hints)-2], hints[len(hints)-1])
	}
	return part.Fit(" "+themes.Paint(r.theme.Muted, strings.Join(hints, " · ")), r.w)
}

// thousands is n with commas.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
