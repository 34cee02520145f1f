package reader

import (
	"fmt"
	"sort"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"notturno/ui/find"
	"notturno/ui/part"
)

const (
	// maxCounted is the longest document, in bytes, of which all places are
	// found at every key.
	maxCounted = 2 << 20
	// maxSearched is how much of a longer one a key searches, at most.
	maxSearched = 16 << 20
	// searchStep is how much of it is searched at once, so that a place that is
	// near is found without looking at what is far.
	searchStep = 64 << 10
)

// search is what came of a query.
type search struct {
	query   find.Query
	counted bool // hits are all places
	hits    []hit
	current int // index in hits, or -1

	// Of a document that is too long to count in:
	found  bool
	at     hit    // the current place
	resume place  // where the search stopped
	status string // what came of it
}

// hit is a place found.
type hit struct {
	section int
	span    find.Span
}

func (h hit) place() place { return place{h.section, h.span.From} }

// describe says in a few words what came of the query; nothing without one.
func (s *search) describe() string {
	switch {
	case s.query.Empty():
		return ""
	case !s.counted:
		return s.status
	case len(s.hits) == 0:
		return "nothing found"
	}
	return fmt.Sprintf("%s of %s", thousands(s.current+1), thousands(len(s.hits)))
}

// openBar lets a query be typed, the last one to begin with.
func (r *Reader) openBar() {
	r.bar = find.NewBar(r.theme)
	r.bar.SetQuery(r.search.query.Text())
	r.bar.SetStatus(r.search.describe())
	r.origin = r.top
	r.clamp()
}

// toBar hands a message to the line in which the query is typed.
func (r *Reader) toBar(msg tea.Msg) {
	r.rows = nil
	intent, _ := r.bar.Update(msg)
	switch intent := intent.(type) {
	case part.Close:
		r.bar = nil
		r.clamp()
		return
	case part.Perform:
		if intent.Action == part.NextMatch {
			r.step(1)
		} else {
			r.step(-1)
		}
	}
	if q := r.bar.Query(); q.Text() != r.search.query.Text() {
		r.find(q, r.origin)
	}
	r.bar.SetStatus(r.search.describe())
}

// find looks for a query from a place on.
func (r *Reader) find(q find.Query, from place) {
	r.search = search{query: q, current: -1, counted: r.size() <= maxCounted}
	switch {
	case q.Empty():
	case r.search.counted:
		r.gather()
		if n := len(r.search.hits); n > 0 {
			i := sort.Search(n, func(i int) bool { return !r.search.hits[i].place().before(from) })
			r.search.current = i % n
			r.showHit(r.search.hits[r.search.current])
		}
	default:
		r.search.resume = from
		r.forward(from)
	}
}

// gather finds all places, if it is for few enough bytes.
func (r *Reader) gather() {
	if !r.search.counted {
		return
	}
	r.search.hits = nil
	for i, s := range r.sections {
		for _, span := range r.search.query.In(s.content.text()) {
			r.search.hits = append(r.search.hits, hit{i, span})
		}
	}
}

func (r *Reader) size() int {
	size := 0
	for _, s := range r.sections {
		size += len(s.content.text())
	}
	return size
}

// step goes to the next place, or to the one before.
func (r *Reader) step(by int) part.Intent {
	s := &r.search
	switch {
	case s.query.Empty():
		return part.Say{Text: r.keys.Label(part.FindHere) + " finds a text"}
	case s.counted:
		n := len(s.hits)
		if n == 0 {
			return part.Say{Text: "nothing found"}
		}
		s.current = (s.current + by + n) % n
		r.showHit(s.hits[s.current])
	case by > 0:
		from := s.resume
		if s.found {
			from = place{s.at.section, s.at.span.To}
		}
		r.forward(from)
	default:
		from := s.resume
		if s.found {
			from = s.at.place()
		}
		r.backward(from)
	}
	return nil
}

// overlap is how far behind its first byte a place can end.
func (s *search) overlap() int { return utf8.UTFMax * len(s.query.Text()) }

// forward looks for the next place from a place on, past the end too.
func (r *Reader) forward(from place) {
	s, i, at := &r.search, from.section, max(from.at, 0)
	searched := 0
	for turns := 0; searched < maxSearched && turns <= len(r.sections); {
		text := r.sections[i].content.text()
		if at >= len(text) {
			i, at = (i+1)%len(r.sections), 0
			turns++
			continue
		}
		end := min(at+searchStep, len(text))
		for _, span := range s.query.In(text[at:min(end+s.overlap(), len(text))]) {
			if span.From < end-at {
				r.hit(hit{i, find.Span{From: at + span.From, To: at + span.To}})
				return
			}
		}
		searched += end - at
		at = end
	}
	r.missed(place{i, at}, searched >= maxSearched)
}

// backward looks for the place before a place, past the start too.
func (r *Reader) backward(from place) {
	s, i, at := &r.search, from.section, max(from.at, 0)
	searched := 0
	for turns := 0; searched < maxSearched && turns <= len(r.sections); {
		text := r.sections[i].content.text()
		at = min(at, len(text))
		if at == 0 {
			i = (i - 1 + len(r.sections)) % len(r.sections)
			at = len(r.sections[i].content.text())
			turns++
			continue
		}
		begin := max(0, at-searchStep)
		spans := s.query.In(text[begin:min(at+s.overlap(), len(text))])
		for k := len(spans) - 1; k >= 0; k-- {
			if spans[k].From < at-begin {
				r.hit(hit{i, find.Span{From: begin + spans[k].From, To: begin + spans[k].To}})
				return
			}
		}
		searched += at - begin
		at = begin
	}
	r.missed(place{i, at}, searched >= maxSearched)
}

func (r *Reader) hit(h hit) {
	r.search.found, r.search.at = true, h
	r.search.status = "found, too long to count"
	r.showHit(h)
}

// missed remembers where the search stopped, so that the next key goes on if
// there is more to search.
func (r *Reader) missed(at place, more bool) {
	r.search.found, r.search.resume, r.rows = false, at, nil
	r.search.status = "nothing found"
	if more {
		r.search.status = fmt.Sprintf("not in these %d MiB, next goes on", maxSearched>>20)
	}
}
