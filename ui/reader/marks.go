package reader

import (
	"slices"
	"sort"

	"notturno/ui/find"
)

// showHit brings a place into view, a third of the way down, unless it shows.
func (r *Reader) showHit(h hit) {
	r.rows = nil
	c := r.sections[h.section].content
	row := place{h.section, c.start(h.span.From)}
	if !slices.Contains(slices.Collect(r.view()), row) {
		r.top = r.up(row, r.bodyHeight()/3)
		r.clamp()
	}
	if !r.wrap {
		col := columns(c.text()[row.at:h.span.From], 0)
		if wide := columns(c.text()[h.span.From:min(h.span.To, c.end(row.at))], col); col < r.x || col+wide >= r.x+r.textWidth() {
			r.x = max(0, col-r.textWidth()/2)
		}
	}
}

// marks are the places in a row of a section, in bytes of the row as it is
// drawn, and which of them is the current one.
func (r *Reader) marks(section int, text row) (spans []find.Span, current int) {
	if r.search.query.Empty() {
		return nil, -1
	}
	now, hits := r.near(section, text.from, text.to)
	current = -1
	for _, h := range hits {
		from, to := text.place(h.span.From), text.place(h.span.To)
		if from == to {
			continue
		}
		if h == now {
			current = len(spans)
		}
		spans = append(spans, find.Span{From: from + margin, To: to + margin})
	}
	return spans, current
}

// near are the places that overlap the bytes of a section, and the current one.
func (r *Reader) near(section, from, to int) (now hit, hits []hit) {
	s := &r.search
	now.section = -1
	if !s.counted {
		if s.found {
			now = s.at
		}
		text := r.sections[section].content.text()
		begin := max(0, from-s.overlap())
		for _, span := range s.query.In(text[begin:min(len(text), to+s.overlap())]) {
			hits = append(hits, hit{section, find.Span{From: begin + span.From, To: begin + span.To}})
		}
		return now, hits
	}
	if s.current >= 0 {
		now = s.hits[s.current]
	}
	first := sort.Search(len(s.hits), func(i int) bool {
		h := s.hits[i]
		return h.section > section || h.section == section && h.span.To > from
	})
	for _, h := range s.hits[first:] {
		if h.section != section || h.span.From >= to {
			break
		}
		hits = append(hits, h)
	}
	return now, hits
}
