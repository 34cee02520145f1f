package markdown

import "unicode/utf8"

// Code, and what is too long to be read as Markdown, is cut into pieces by
// size: at an empty line, else at the end of a line, else between two letters.
const (
	cutAtBlank = 2 << 10
	cutAtLine  = 4 << 10
	cutInLine  = 8 << 10
	cutAnyhow  = 16 << 10
)

// maxProse is the longest piece of a paragraph, in bytes, that is read as
// Markdown.
const maxProse = 16 << 10

// cutLong cuts the open block into pieces if it is code, or too long to be read
// as Markdown.
func (s *splitter) cutLong(source []byte) {
	switch s.open.kind {
	case none, paragraph: // a paragraph knows by itself
	case fence:
		if s.open.head != (span{}) {
			s.cutPieces(source)
		}
		return
	default:
		s.open.source = s.open.source || len(source)-s.open.start > maxPiece
	}
	if s.open.source {
		s.cutPieces(source)
	}
}

// cutAll closes the open block at end, in pieces if it is too long.
func (s *splitter) cutAll(source []byte, end int) {
	s.cutLong(source[:end])
	s.cut(end)
}

// cutPieces cuts the open block, in so far as it is in source, into pieces.
func (s *splitter) cutPieces(source []byte) {
	for {
		end, ok := pieceEnd(source, s.open.start, max(s.looked, s.open.start+cutAtBlank))
		if !ok {
			s.looked = end
			return
		}
		piece := s.open
		piece.end = end
		s.found = append(s.found, piece)
		s.open.start, s.open.continues = end, true
	}
}

// pieceEnd is where the piece that begins at start ends, if that is at or after
// from and known yet; else it is where to look when there is more.
func pieceEnd(source []byte, start, from int) (end int, ok bool) {
	for i := from; i <= len(source); i++ {
		size := i - start
		if source[i-1] == '\n' {
			if size >= cutAtLine || source[i-2] == '\n' {
				return i, true
			}
			continue
		}
		if size < cutInLine {
			continue
		}
		if i == len(source) {
			return i, false
		}
		plain := source[i-1] < utf8.RuneSelf && source[i] < utf8.RuneSelf
		if plain || size >= cutAnyhow && utf8.RuneStart(source[i]) {
			return i, true
		}
	}
	return max(from, len(source)+1), false
}
