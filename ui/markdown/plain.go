package markdown

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
	extast "github.com/yuin/goldmark/extension/ast"
)

const (
	plainWidth = 1 << 30 // nothing is wrapped
	// plainColumn is the widest column, in cells, that plain text is aligned to.
	plainColumn = 40
)

// Plain is Markdown as plain text, for the clipboard: without markup and
// without wrapping. The address of a link stands behind its text in
// parentheses, the columns of tables are aligned with spaces, lists have "-" or
// numbers, code is as it is. There is no control character in it but line feeds
// and, in code, tabs.
func Plain(source string) string {
	text := []byte(visible(strings.ReplaceAll(source, "\r", "")))
	var split splitter
	blocks := slices.Clone(split.scan(text, true))
	r := &renderer{NewRenderer(Style{}), newReferences()}
	r.marks = plainMarks()
	out := r.plain(blocks, text)
	if r.refs.late() {
		r.refs.settle()
		out = r.plain(blocks, text)
	}
	return out
}

func (r *renderer) plain(blocks []block, source []byte) string {
	var out strings.Builder
	var f flow
	for _, b := range blocks {
		text := r.plainBlock(b, source, &f)
		if text == "" && b.kind != fence {
			continue
		}
		if out.Len() > 0 {
			out.WriteString(between(b, source))
		}
		out.WriteString(text)
	}
	return out.String()
}

// between is what stands between b and the block before it.
func between(b block, source []byte) string {
	switch {
	case !b.continues:
		return "\n\n"
	case b.kind == fence || b.source:
		if source[b.start-1] != '\n' {
			return ""
		}
		return newline
	case b.kind == paragraph:
		if b.spaced {
			return " "
		}
		return ""
	default:
		return newline
	}
}

func (r *renderer) plainBlock(b block, source []byte, f *flow) string {
	if b.kind == fence {
		code, _ := fenced(b, source)
		return strings.TrimSuffix(code, newline)
	}
	if b.source {
		return strings.TrimSuffix(string(source[b.start:b.end]), newline)
	}
	// The pieces of a paragraph are put together as text.
	b.more = false
	f.row = nil
	r.refs.at(b)
	rows := r.rows(b, source, plainWidth, f, true)
	text := make([]string, len(rows))
	for i, l := range rows {
		text[i] = strings.TrimRight(ansi.Strip(l.text), " ")
	}
	return strings.Join(text, newline)
}

// plainTable is a table with its columns aligned, as far as they are not too
// wide. Given the widths of an earlier part, it is the body alone.
func (r *renderer) plainTable(rows [][][]cell, align []extast.Alignment, widths []int) ([]line, []int) {
	if widths == nil {
		widths = columnWidths(rows, plainWidth)
		for k := range widths {
			widths[k] = min(widths[k], plainColumn)
		}
	} else {
		rows = rows[1:]
	}
	var out []line
	for _, row := range rows {
		if empty(row) {
			continue
		}
		var b strings.Builder
		for k, c := range row[:min(len(row), len(widths))] {
			if k > 0 {
				b.WriteString(r.marks.gap)
			}
			l := draw(onOneRow(c))
			before, after := margins(widths[k]-l.width, align[k])
			b.WriteString(strings.Repeat(" ", before) + l.text + strings.Repeat(" ", after))
		}
		out = append(out, line{text: b.String()})
	}
	return out, widths
}

func onOneRow(row []cell) []cell {
	for i := range row {
		if row[i].text == newline {
			row[i] = cell{text: " ", width: 1}
		}
	}
	return row
}
