package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// pieceMin is the size, in bytes, from which a paragraph is cut at the next
	// place where no emphasis, code, link or tag is open.
	pieceMin = 1 << 10
	// pieceMax is the size from which it is cut between any two words, and
	// pieceHuge that from which it is cut between any two letters.
	pieceMax  = 4 << 10
	pieceHuge = 8 << 10
)

// isProse reports whether a line that begins no other block can begin a
// paragraph that may be cut inside.
func isProse(l []byte) bool {
	indent, rest := indentOf(l)
	if indent > 3 || len(rest) == 0 || strings.IndexByte("<>:=", rest[0]) >= 0 {
		return false
	}
	return rest[0] != '[' || !bytes.Contains(rest, []byte("]:"))
}

// surelyProse reports whether the beginning of a line is enough to know that
// the line is part of a paragraph, whatever follows.
func surelyProse(l []byte) bool {
	indent, rest := indentOf(l)
	if indent > 3 {
		return false
	}
	return startsWord(bytes.TrimLeft(rest[:min(len(rest), 3)], `*_"'(`))
}

// startsWord reports whether b begins with a letter.
func startsWord(b []byte) bool {
	r, _ := utf8.DecodeRune(b)
	return r != utf8.RuneError && unicode.IsLetter(r)
}

// paragraphScan walks through a paragraph and notes which inline constructs
// are open. It is a little stricter than Markdown: what it takes for open may
// be plain text, but hardly the other way round.
type paragraphScan struct {
	at       int
	code     int // length of the run of backticks that opened code
	emphasis [3]int
	brackets int
	address  bool // between "](" and ")"
	tag      bool // between "<" and ">"
	bar      bool // a vertical bar was seen: it may be a table
}

func (p *paragraphScan) balanced() bool {
	return p.code == 0 && p.emphasis == [3]int{} && p.brackets == 0 && !p.address && !p.tag && !p.bar
}

// cutParagraph cuts the open paragraph, in so far as it is before limit, into
// pieces of 1 to 4 KB. Where that cannot be done, the rest of the paragraph
// shows as its source.
func (s *splitter) cutParagraph(source []byte, limit int) {
	p := &s.prose
	for p.at < limit && !s.open.source {
		size := p.at - s.open.start
		if size > maxProse {
			s.open.source = true
			return
		}
		if size >= pieceMin && p.cuttable(source[:limit], size) {
			spaced := source[p.at] == ' '
			cutAt := p.at
			if spaced {
				cutAt++
			}
			piece := s.open
			piece.end, piece.more = cutAt, true
			s.found = append(s.found, piece)
			s.open = block{kind: paragraph, start: cutAt, continues: true, spaced: spaced}
			s.prose = paragraphScan{at: cutAt}
			s.at = max(s.at, cutAt)
			continue
		}
		n := p.step(source[:limit])
		if n == 0 {
			// More of the line is needed, unless it is a row of marks so long that
			// its end does not matter.
			s.open.source = limit-s.open.start > 2*maxProse
			return
		}
		p.at += n
	}
}

// cuttable reports whether the paragraph can be cut at p.at.
func (p *paragraphScan) cuttable(source []byte, size int) bool {
	c := source[p.at]
	if c == ' ' {
		return p.at+1 < len(source) && startsWord(source[p.at+1:]) &&
			strings.IndexByte(" \\\n", source[p.at-1]) < 0 && (size >= pieceMax || p.balanced())
	}
	if size < pieceHuge && (c < utf8.RuneSelf || size < pieceMax && !p.balanced()) {
		return false
	}
	// Between letters: where Chinese and Japanese have no spaces, or in one
	// endless word.
	before, _ := utf8.DecodeLastRune(source[:p.at])
	return unicode.IsLetter(before) && startsWord(source[p.at:])
}

// step takes in what stands at p.at and returns its length; 0 if that is not
// known yet.
func (p *paragraphScan) step(source []byte) int {
	c := source[p.at]
	run := 1
	switch c {
	case '`', '*', '_', '~':
		for p.at+run < len(source) && source[p.at+run] == c {
			run++
		}
		if p.at+run == len(source) {
			return 0
		}
	case '\\', ']':
		if p.at+1 == len(source) {
			return 0
		}
	default:
		_, run = utf8.DecodeRune(source[p.at:])
	}
	if p.code > 0 {
		if c == '`' && run == p.code {
			p.code = 0
		}
		return run
	}
	return p.mark(c, source[p.at+run:], run, source)
}

// mark updates what is open for c outside code.
func (p *paragraphScan) mark(c byte, after []byte, run int, source []byte) int {
	switch c {
	case '`':
		p.code = run
	case '\\':
		_, n := utf8.DecodeRune(after)
		return run + n
	case '*', '_', '~':
		inWord := p.at > 0 && startsWord(after) && isLetterBefore(source[:p.at])
		alone := p.at > 0 && source[p.at-1] == ' ' && after[0] == ' '
		if !alone && (c != '_' || !inWord) {
			toggle(&p.emphasis[strings.IndexByte("*_~", c)], run)
		}
	case '[':
		p.brackets++
	case ']':
		p.brackets = max(p.brackets-1, 0)
		p.address = after[0] == '('
	case ')':
		p.address = false
	case '<':
		p.tag = true
	case '>':
		p.tag = false
	case '|':
		p.bar = true
	}
	return run
}

func isLetterBefore(b []byte) bool {
	r, _ := utf8.DecodeLastRune(b)
	return unicode.IsLetter(r)
}

// toggle opens a run of emphasis marks, or closes as much as is open.
func toggle(open *int, run int) {
	if *open > 0 {
		*open -= min(*open, run)
	} else {
		*open = run
	}
}
