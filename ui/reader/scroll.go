package reader

import (
	"iter"

	"notturno/ui/part"
)

// place is a row: of a section, the one that begins at a byte of its text, or
// one of those above the text, which have the numbers before 0.
type place struct{ section, at int }

// before reports whether p is above q.
func (p place) before(q place) bool {
	return p.section < q.section || p.section == q.section && p.at < q.at
}

func (r *Reader) first() place { return place{0, -r.sections[0].lead} }

func (r *Reader) last() place {
	i := len(r.sections) - 1
	c := r.sections[i].content
	return place{i, c.start(len(c.text()))}
}

// next is the row below p.
func (r *Reader) next(p place) (place, bool) {
	if p.at < 0 {
		return place{p.section, p.at + 1}, true
	}
	c := r.sections[p.section].content
	text, end := c.text(), c.end(p.at)
	switch {
	case end < len(text) && text[end] == '\n':
		return place{p.section, end + 1}, true
	case end < len(text):
		return place{p.section, end}, true
	case p.section+1 < len(r.sections):
		return place{p.section + 1, -r.sections[p.section+1].lead}, true
	}
	return p, false
}

// prev is the row above p.
func (r *Reader) prev(p place) (place, bool) {
	switch {
	case p.at > 0:
		return place{p.section, r.sections[p.section].content.start(p.at - 1)}, true
	case p.at > -r.sections[p.section].lead:
		return place{p.section, p.at - 1}, true
	case p.section > 0:
		c := r.sections[p.section-1].content
		return place{p.section - 1, c.start(len(c.text()))}, true
	}
	return p, false
}

// up is so many rows above p, or as many as there are.
func (r *Reader) up(p place, rows int) place {
	for ok := true; ok && rows > 0; rows-- {
		p, ok = r.prev(p)
	}
	return p
}

func (r *Reader) scroll(a part.Action) {
	page := max(1, r.bodyHeight()-2)
	switch a {
	case part.Up:
		r.move(-1)
	case part.Down:
		r.move(1)
	case part.PageUp:
		r.move(-page)
	case part.PageDown:
		r.move(page)
	case part.Top:
		r.top = r.first()
	case part.End:
		r.top = r.last()
	case part.PanLeft:
		r.pan(-r.textWidth() / 2)
	case part.PanRight:
		r.pan(r.textWidth() / 2)
	default:
		return
	}
	r.clamp()
}

// move scrolls by rows, down when positive.
func (r *Reader) move(rows int) {
	if rows < 0 {
		r.top = r.up(r.top, -rows)
	}
	for ok := true; ok && rows > 0; rows-- {
		r.top, ok = r.next(r.top)
	}
	r.clamp()
}

// clamp keeps the last row at the bottom when there are enough above it.
func (r *Reader) clamp() {
	r.rows = nil
	if r.bar != nil {
		r.bar.Resize(r.w, r.footerHeight())
	}
	missing := r.bodyHeight() - 1
	for p, ok := r.next(r.top); ok && missing > 0; p, ok = r.next(p) {
		missing--
	}
	r.top = r.up(r.top, missing)
}

// pan moves sideways, where lines are not broken, and right only while there is
// more of a line in view.
func (r *Reader) pan(cells int) {
	if !r.wrap && (cells < 0 || r.continues()) {
		r.x = max(0, r.x+cells)
	}
}

// continues reports whether a line in view goes on to the right of it.
func (r *Reader) continues() bool {
	for p := range r.view() {
		if p.at < 0 {
			continue
		}
		row := r.sections[p.section].content.row(p.at, r.x+max(r.textWidth(), 1))
		if row.from > p.at && row.from < row.to {
			return true
		}
	}
	return false
}

// view is the rows in view.
func (r *Reader) view() iter.Seq[place] {
	return func(yield func(place) bool) {
		p, more := r.top, r.bodyHeight() > 0
		for n := 0; more && n < r.bodyHeight() && yield(p); n++ {
			p, more = r.next(p)
		}
	}
}

// bodyHeight is how many rows the text has: the header gives way, then the
// footer, to a reader that is too low.
func (r *Reader) bodyHeight() int { return max(0, r.h-r.headerHeight()-r.footerHeight()) }

func (r *Reader) headerHeight() int {
	if r.h >= 3 {
		return 1
	}
	return 0
}

func (r *Reader) footerHeight() int {
	if r.h >= 4 || r.bar != nil && r.h >= 1 {
		return 1
	}
	return 0
}
