package markdown

import "bytes"

// tableSettles is the size of a table, in bytes, after which the widths of its
// columns are fixed and each further row is a block of its own.
const tableSettles = 2 << 10

// block is one piece of the source that is rendered by itself.
type block struct {
	kind       kind
	start, end int  // in the source
	continues  bool // the block before it: no blank row between them
	more       bool // of a paragraph: the next block goes on in its last row
	spaced     bool // of a paragraph that continues: a space stands before it
	source     bool // too long to be read as Markdown: it shows as it is
	number     int  // of an item in an ordered list
	head       span // of a row: the table's first two lines; of code: the line that opens it
}

// splitter finds the places where a growing Markdown text can be cut, so that
// what comes later cannot change what the part before means (link reference
// definitions apart). It reads each line once, when it is complete; of a line
// that is not, only the inside of long blocks. Not to cut is always right; so
// where CommonMark's rules are involved it waits for a blank line.
//
// What a line is, is decided by its first 4 KB, so that a line without end can
// be shown in pieces.
type splitter struct {
	at     int   // every line before was scanned
	sought int   // no line feed is between at and here
	known  bool  // what the line at is was decided before it was complete
	open   block // the block that may still grow; its end is not set
	looked int   // the open block was looked at for a place to cut up to here
	blank  bool  // the last line was blank
	marker byte  // of the open item's list
	offset int   // column of the open item's content
	count  int   // lines in the open block
	mark   string
	end    string // what ends the open HTML block
	prose  paragraphScan
	found  []block
}

// scan takes in what was appended to source and returns the blocks that are
// now closed. final says that nothing will be appended.
func (s *splitter) scan(source []byte, final bool) []block {
	s.found = s.found[:0]
	for {
		from := max(s.at, s.sought)
		n := bytes.IndexByte(source[from:], '\n')
		if n < 0 {
			s.sought = len(source)
			break
		}
		s.line(source, from+n+1)
	}
	if !final {
		s.unfinished(source)
	}
	if final {
		if s.at < len(source) {
			s.line(source, len(source))
		}
		s.cut(len(source))
	}
	return s.found
}

// line takes in the line from s.at to next.
func (s *splitter) line(source []byte, next int) {
	l := source[s.at:next]
	switch {
	case s.open.kind == fence && !s.known:
		if closes(l, s.mark) {
			s.cut(s.at)
			s.open.start = next
		}
	case s.open.kind == html:
		if endsHTML(l, s.end) {
			s.cutAll(source, next)
		}
	case isBlank(l):
		s.blank = true
		if s.open.kind == none {
			s.open.start = next
		}
	default:
		s.text(source, l, next)
		s.blank = false
	}
	s.cutLong(source[:next])
	s.at, s.known = next, false
}

// unfinished takes in the line from s.at on, which has no end yet, as far as
// what follows in it cannot matter.
func (s *splitter) unfinished(source []byte) {
	rest := source[s.at:]
	if s.open.kind != fence && s.open.kind != html && !s.known {
		if !surelyProse(rest) && (len(rest) <= maxOpen || isBlank(rest)) {
			return
		}
		s.enter(source, rest)
	}
	if s.open.kind == paragraph {
		s.cutParagraph(source, len(source))
	}
	s.cutLong(source)
}

// enter decides which block the line l, which begins at s.at, is a part of.
func (s *splitter) enter(source, l []byte) {
	l = l[:min(len(l), maxOpen)]
	inFence := s.inFence(l)
	if s.open.kind != none && !inFence && !s.goesOn(source, l) {
		s.cut(s.at)
	}
	if s.open.kind == none {
		s.begin(l)
	}
	if s.open.kind == item && !inFence {
		s.openNested(l)
	}
	s.count++
	s.blank, s.known = false, true
}

// text takes in a line that is not blank, outside fences and HTML.
func (s *splitter) text(source, l []byte, next int) {
	if !s.known {
		s.enter(source, l)
	}
	switch s.open.kind {
	case heading:
		s.cutAll(source, next)
	case fence:
		s.open = block{kind: fence, start: next, head: span{s.at, next}}
	case html:
		if endsHTML(l, s.end) {
			s.cutAll(source, next)
		}
	case paragraph:
		s.cutParagraph(source, next)
	case table:
		if next-s.open.start > tableSettles {
			head := s.headOf(source, s.open.start)
			s.cutAll(source, next)
			s.open = block{kind: row, start: next, continues: true, head: head}
		}
	case row:
		head := s.open.head
		s.cutAll(source, next)
		s.open = block{kind: row, start: next, continues: true, head: head}
	default:
	}
}

func (s *splitter) headOf(source []byte, start int) span {
	end := start
	for range 2 {
		end += bytes.IndexByte(source[end:], '\n') + 1
	}
	return span{start, end}
}

// begin opens the block that l begins at s.at.
func (s *splitter) begin(l []byte) {
	s.open = block{kind: other, start: s.at}
	s.blank, s.count, s.mark, s.prose = false, 0, "", paragraphScan{at: s.at}
	if mark, ok := fenceOf(l); ok {
		s.open.kind, s.mark = fence, mark
	} else if isHeading(l) {
		s.open.kind = heading
	} else if end, ok := htmlEnd(l); ok {
		s.open.kind, s.end = html, end
	} else if isRule(l) {
		s.open.kind = heading // one line, too
	} else if marker, offset, number, ok := markerOf(l); ok {
		s.open.kind, s.open.number = item, number
		s.marker, s.offset = marker, offset
	} else if isProse(l) {
		s.open.kind = paragraph
	}
}

// cut closes the open block at end and leaves none open.
func (s *splitter) cut(end int) {
	if s.open.kind != none && end > s.open.start {
		s.open.end = end
		s.found = append(s.found, s.open)
	}
	s.open = block{start: end}
	s.mark = ""
}

// goesOn reports whether the open block can go on with l. It opens the next
// item itself when that is what l is.
func (s *splitter) goesOn(source, l []byte) bool {
	indent, rest := indentOf(l)
	switch s.open.kind {
	case item:
		return s.itemGoesOn(l, indent)
	case paragraph:
		if s.count == 1 && !s.blank && !s.open.continues && isDelimiters(l, source[s.open.start:s.at]) {
			s.open.kind = table
			return true
		}
		if s.blank {
			return rest[0] == ':' && s.stay()
		}
		return !interrupts(l)
	case table, row:
		return !s.blank && !interrupts(l)
	default:
		if s.blank {
			return indent >= 4 || rest[0] == ':'
		}
		// HTML up to a blank line may hold anything.
		return !isQuote(firstLine(source[s.open.start:])) || isQuote(l) || !interrupts(l)
	}
}

// stay turns the open paragraph into a block that is not cut inside, such as a
// definition list.
func (s *splitter) stay() bool {
	s.open.kind = other
	return true
}

func firstLine(b []byte) []byte {
	first, _, _ := bytes.Cut(b, []byte(newline))
	return first
}

// interrupts reports whether l ends a paragraph that it follows, as a fence, a
// heading, a quote, HTML or a list with text does. A row of dashes does not: it
// makes the paragraph a heading.
func interrupts(l []byte) bool {
	if _, ok := fenceOf(l); ok || isHeading(l) || isQuote(l) {
		return true
	}
	if _, ok := htmlEnd(l); ok {
		return true
	}
	marker, _, number, ok := markerOf(l)
	if !ok || isRule(l) {
		return false
	}
	_, text := indentOf(l)
	text = bytes.TrimLeft(text, "0123456789")
	return !isBlank(text[1:]) && (number == 1 || marker != '.' && marker != ')')
}

// itemGoesOn is goesOn for list items.
func (s *splitter) itemGoesOn(l []byte, indent int) bool {
	if indent >= s.offset {
		return true
	}
	marker, offset, _, ok := markerOf(l)
	if ok && !isRule(l) {
		if marker == s.marker {
			number := s.open.number + 1
			s.cut(s.at)
			s.open = block{kind: item, start: s.at, continues: true, number: number}
			s.offset, s.count = offset, 0
			return true
		}
		return false
	}
	return !s.blank && !interrupts(l) && !isRule(l)
}

// openNested notes a fence that l opens inside the open item.
func (s *splitter) openNested(l []byte) {
	if s.mark != "" {
		return
	}
	for range maxNesting {
		marker, _, _, ok := markerOf(bytes.TrimLeft(l, " \t"))
		if !ok || isRule(l) {
			break
		}
		l = l[bytes.IndexByte(l, marker)+1:]
	}
	s.mark, _ = fenceOf(bytes.TrimLeft(l, " \t"))
}

// inFence reports whether l is inside a fence of the open item, and closes the
// fence when l does.
func (s *splitter) inFence(l []byte) bool {
	if s.open.kind != item || s.mark == "" {
		return false
	}
	if indent, _ := indentOf(l); indent < s.offset {
		s.mark = ""
		return false
	}
	if closes(bytes.TrimLeft(l, " \t"), s.mark) {
		s.mark = ""
	}
	return true
}
