package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

const (
	// maxPiece is the largest block, in bytes, that is read as Markdown.
	maxPiece = 64 << 10
	// minSuspicious is the size, in bytes, from which a block is looked at for
	// markup without text, which goldmark takes quadratic time for.
	minSuspicious = 2 << 10
	// maxNesting is how many quotes or list markers may begin one line.
	maxNesting = 64
)

// flow is what one block leaves to the next when both are parts of one
// paragraph or table.
type flow struct {
	row    []cell // the unfinished last row of a paragraph
	widths []int  // of a table's columns
}

// rows are the rows of a block. keep says that it will not change, so that its
// link reference definitions count.
func (r *renderer) rows(b block, source []byte, width int, f *flow, keep bool) []line {
	piece := source[b.start:b.end]
	if b.kind == fence {
		code, language := fenced(b, source)
		return append(r.finish(f), r.code(code, language, width)...)
	}
	if b.source || len(piece) > maxPiece || suspicious(piece) || b.kind == row && f.widths == nil {
		f.widths = nil
		rows := r.finish(f)
		text := appendText(nil, string(bytes.TrimRight(piece, " \n")), nil)
		return append(rows, lines(text, cut(text, width))...)
	}
	return r.piece(b, source, width, f, keep)
}

// finish is the unfinished row of a paragraph.
func (r *renderer) finish(f *flow) []line {
	row := f.row
	f.row = nil
	if row == nil {
		return nil
	}
	return []line{draw(row)}
}

// piece draws a block as Markdown.
func (r *renderer) piece(b block, source []byte, width int, f *flow, keep bool) []line {
	piece := source[b.start:b.end]
	if b.kind == row {
		piece = bytes.Join([][]byte{source[b.head.from:b.head.to], piece}, nil)
	}
	t := r.parse(piece, keep)
	first := t.root.FirstChild()
	if first != nil && first == t.root.LastChild() {
		switch n := first.(type) {
		case *ast.Paragraph:
			return r.paragraphPiece(b, r.flow(t, n, r.style.Body), width, f)
		case *extast.Table:
			if b.kind != row {
				f.widths = nil
			}
			rows, widths := r.table(t, n, width, f.widths)
			f.widths = widths
			return rows
		default:
		}
	}
	before := r.finish(f)
	indent := ""
	if b.kind == item {
		if list, ok := first.(*ast.List); ok && list.IsOrdered() {
			list.Start = b.number
		}
		indent, width = r.indentation(width)
	}
	rows := prefixed(r.blocks(t, t.root, width, r.style.Body), line{indent, len(indent)}, line{indent, len(indent)})
	return append(before, rows...)
}

// paragraphPiece draws a piece of a paragraph behind the row that the piece
// before it left unfinished, and leaves its own last row if more follows.
func (r *renderer) paragraphPiece(b block, text []cell, width int, f *flow) []line {
	all := f.row
	f.row = nil
	if len(all) > 0 && b.spaced {
		all = append(all, cell{text: " ", width: 1})
	}
	all = append(all, text...)
	if len(all) == 0 {
		return nil
	}
	spans := wrap(all, width)
	if b.more {
		last := spans[len(spans)-1]
		f.row = append([]cell{}, all[last.from:last.to]...)
		spans = spans[:len(spans)-1]
	}
	return lines(all, spans)
}

// suspicious reports whether a piece is long and has more markup than text
// would, or nests deeper than text would.
func suspicious(piece []byte) bool {
	if deep(piece) {
		return true
	}
	if len(piece) < minSuspicious {
		return false
	}
	marks := 0
	for _, c := range piece {
		if strings.IndexByte("*_~[]<>`&!\\", c) >= 0 {
			marks++
		}
	}
	return marks > len(piece)/4
}

// deep reports whether a line begins with more than maxNesting markers.
func deep(piece []byte) bool {
	for l := range bytes.Lines(piece) {
		marks := 0
		for i := 0; i < len(l) && marks <= maxNesting; i++ {
			switch c := l[i]; {
			case c == '>' || strings.IndexByte("-+*.):", c) >= 0 && i+1 < len(l) && l[i+1] == ' ':
				marks++
			case c == ' ' || c == '\t' || c >= '0' && c <= '9':
			default:
				i = len(l)
			}
		}
		if marks > maxNesting {
			return true
		}
	}
	return false
}
