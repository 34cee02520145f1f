package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// minText is the narrowest room, in cells, that an indent, a bar or a marker
// may leave for the text beside it. With less room they are left out.
const minText = 4

// blocks draws the children of n below each other, apart by one blank row.
func (r *renderer) blocks(t *tree, n ast.Node, width int, look Text) []line {
	var out []line
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		rows := r.block(t, c, width, look)
		if len(out) > 0 && len(rows) > 0 && apart(c) {
			out = append(out, line{})
		}
		out = append(out, rows...)
	}
	return out
}

// apart reports whether a blank row stands before n: between blocks, but in a
// list item only between two of the same kind, such as two paragraphs.
func apart(n ast.Node) bool {
	if n.Parent().Kind() != ast.KindListItem {
		return true
	}
	return n.Kind() == n.PreviousSibling().Kind() && n.Kind() != ast.KindList
}

func (r *renderer) block(t *tree, n ast.Node, width int, look Text) []line {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		return r.paragraph(t, n, width, look)
	case *ast.Heading:
		if n.Level <= 2 {
			return r.paragraph(t, n, width, r.style.Heading)
		}
		return r.paragraph(t, n, width, r.style.Subheading)
	case *ast.FencedCodeBlock:
		return r.code(rawLines(n, t.source), string(n.Language(t.source)), width)
	case *ast.CodeBlock:
		return r.code(rawLines(n, t.source), "", width)
	case *ast.Blockquote:
		bar := r.mark(r.marks.bar, width)
		return prefixed(r.blocks(t, n, width-bar.width, r.style.Quote), bar, bar)
	case *ast.List:
		return r.list(t, n, width, look)
	case *extast.Table:
		rows, _ := r.table(t, n, width, nil)
		return rows
	case *ast.ThematicBreak:
		return []line{r.rule(width)}
	case *ast.HTMLBlock:
		return r.html(t, n, width)
	case *extast.DefinitionList:
		return r.definitions(t, n, width, look)
	default: // link reference definitions
		return nil
	}
}

func (r *renderer) paragraph(t *tree, n ast.Node, width int, look Text) []line {
	row := r.flow(t, n, look)
	if len(row) == 0 {
		return nil
	}
	return lines(row, wrap(row, width))
}

// list draws the items with their markers. Items are never apart.
func (r *renderer) list(t *tree, n *ast.List, width int, look Text) []line {
	var out []line
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		text := r.marks.bullet
		if n.IsOrdered() {
			text = strconv.Itoa(number) + string(n.Marker) + " "
			number++
		}
		if box := checkBox(item); box != nil {
			text = "[ ] "
			if box.IsChecked {
				text = r.marks.checked
			}
		}
		marker := r.mark(text, width)
		rows := r.blocks(t, item, width-marker.width, look)
		if len(rows) == 0 {
			rows = []line{{}}
		}
		rest := strings.Repeat(" ", marker.width)
		out = append(out, prefixed(rows, marker, line{rest, len(rest)})...)
	}
	return out
}

func checkBox(item ast.Node) *extast.TaskCheckBox {
	if item.FirstChild() == nil {
		return nil
	}
	box, _ := item.FirstChild().FirstChild().(*extast.TaskCheckBox)
	return box
}

// html draws what is left of an HTML block when the markup is gone.
func (r *renderer) html(t *tree, n *ast.HTMLBlock, width int) []line {
	source := rawLines(n, t.source)
	if n.HasClosure() {
		source += string(n.ClosureLine.Value(t.source))
	}
	text := visible(strings.TrimSpace(r.context.SanitizeHTML(source, true)))
	if text == "" {
		return nil
	}
	row := appendText(nil, text, nil)
	return lines(row, wrap(row, width))
}

func (r *renderer) definitions(t *tree, n ast.Node, width int, look Text) []line {
	var out []line
	indent, inner := r.indentation(width)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == extast.KindDefinitionTerm {
			out = append(out, r.paragraph(t, c, width, r.style.Strong)...)
			continue
		}
		rows := r.blocks(t, c, inner, look)
		out = append(out, prefixed(rows, line{indent, len(indent)}, line{indent, len(indent)})...)
	}
	return out
}

// mark is a muted marker or bar, or nothing when it would leave no room.
func (r *renderer) mark(text string, width int) line {
	l := r.styled(text, r.style.Muted)
	if width-l.width < minText {
		return line{}
	}
	return l
}

func (r *renderer) rule(width int) line {
	text := r.marks.rule
	if text == "" {
		text = strings.Repeat("─", width)
	}
	return r.styled(text, r.style.Muted)
}

// indentation is what code, top-level lists and definitions stand in, and the
// width beside it, if there is room.
func (r *renderer) indentation(width int) (indent string, rest int) {
	if width-len(r.marks.indent) < minText {
		return "", width
	}
	return r.marks.indent, width - len(r.marks.indent)
}

// styled is one row of plain text in one look.
func (r *renderer) styled(text string, look Text) line {
	return draw(appendText(nil, text, look.pen()))
}

// prefixed puts first before the first row and rest before the others.
func prefixed(rows []line, first, rest line) []line {
	for i := range rows {
		p := rest
		if i == 0 {
			p = first
		}
		rows[i] = line{p.text + rows[i].text, p.width + rows[i].width}
	}
	return rows
}

// rawLines are the lines of a block as they stand in the source.
func rawLines(n ast.Node, source []byte) string {
	return string(n.Lines().Value(source))
}
