package markdown

import (
	"bytes"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/charmbracelet/x/ansi"
)

const (
	// maxHighlight is the longest code, in bytes, that is coloured: chroma takes
	// 3 to 5 µs a byte, and what is asked for is coloured at once.
	maxHighlight = 8 << 10
	// maxCodeLine is the longest line, in bytes, that is coloured: in longer
	// ones chroma's patterns take a time that grows with the square, and are
	// given up after a quarter of a second.
	maxCodeLine = 512
	tabWidth    = 4
)

// code draws a code block: its rows stand indented, are broken where they are
// full and never joined.
func (r *renderer) code(source, language string, width int) []line {
	if source == "" {
		return nil
	}
	source = expandTabs(strings.TrimSuffix(source, newline))
	indent, width := r.indentation(width)
	row := r.highlight(source, language)
	return prefixed(lines(row, cut(row, width)), line{indent, len(indent)}, line{indent, len(indent)})
}

// codeHeight is how many rows code has, without drawing them.
func (r *renderer) codeHeight(source string, width int) int {
	if source == "" {
		return 0
	}
	_, width = r.indentation(width)
	return len(cut(appendText(nil, expandTabs(strings.TrimSuffix(source, newline)), nil), width))
}

// fenced is the code in a piece of fenced code, and its language.
func fenced(b block, source []byte) (code, language string) {
	head := source[b.head.from:b.head.to]
	indent, info := indentOf(head)
	if words := strings.Fields(strings.TrimLeft(string(info), "`~")); len(words) > 0 {
		language = words[0]
	}
	piece := source[b.start:b.end]
	if indent == 0 {
		return string(piece), language
	}
	var out bytes.Buffer
	for l := range bytes.Lines(piece) {
		for range indent {
			l = bytes.TrimPrefix(l, []byte(" "))
		}
		out.Write(l)
	}
	return out.String(), language
}

// highlight colours code in a language that chroma knows. Without one the code
// stays as it is: guessing the language would run every lexer that chroma has.
//
// The cells are those of the plain text, whatever the lexer makes of it; a
// token only lends them its pen. So the rows of code have their places before
// it is coloured.
func (r *renderer) highlight(source, language string) []cell {
	row := appendText(nil, source, nil)
	if language == "" || len(source) > maxHighlight || longestLine(source) > maxCodeLine {
		return row
	}
	lexer := lexers.Get(language)
	if lexer == nil {
		return row
	}
	next, left := 0, 0 // the next cell; bytes from there on that have their token
	for _, token := range tokens(lexer, source) {
		pen := r.pens.of(token.Type)
		for left += len(token.Value); next < len(row) && left >= len(row[next].text); next++ {
			left -= len(row[next].text)
			if row[next].text != newline {
				row[next].pen = pen
			}
		}
	}
	return row
}

func longestLine(source string) int {
	longest := 0
	for l := range strings.Lines(source) {
		longest = max(longest, len(l))
	}
	return longest
}

// tokens is source cut by lexer; nothing if the lexer fails, which it may do
// in a panic.
func tokens(lexer chroma.Lexer, source string) (out []chroma.Token) {
	defer func() {
		if recover() != nil {
			out = nil
		}
	}()
	next, err := lexer.Tokenise(nil, source)
	if err != nil {
		return nil
	}
	return next.Tokens()
}

// expandTabs replaces tabs by spaces up to the next multiple of four cells.
func expandTabs(s string) string {
	if !strings.Contains(s, "\t") {
		return s
	}
	var b strings.Builder
	for row := range strings.SplitAfterSeq(s, newline) {
		col := 0
		for part := range strings.SplitAfterSeq(row, "\t") {
			text, tab := strings.CutSuffix(part, "\t")
			b.WriteString(text)
			col += ansi.StringWidth(text)
			if tab {
				spaces := tabWidth - col%tabWidth
				b.WriteString(strings.Repeat(" ", spaces))
				col += spaces
			}
		}
	}
	return b.String()
}
