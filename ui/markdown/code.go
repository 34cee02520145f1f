package markdown

import (
	"bytes"
	"strings"

	glamour "charm.land/glamour/v2/ansi"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
	"github.com/charmbracelet/x/ansi"
)

const (
	// maxHighlight is the longest code, in bytes, that is coloured: chroma takes
	// 3 to 5 µs a byte.
	maxHighlight = 32 << 10
	tabWidth     = 4
)

// code draws a code block: its rows stand indented, are broken where they are
// full and never joined.
func (r *renderer) code(source, language string, width int) []line {
	if source == "" {
		return nil
	}
	source = expandTabs(strings.TrimSuffix(source, newline))
	indent, width := indentation(width)
	row := r.decoder.cells(r.highlight(source, language))
	return prefixed(lines(row, cut(row, width)), line{indent, len(indent)}, line{indent, len(indent)})
}

// highlight colours code in a language that chroma knows. Without one the code
// stays as it is: guessing the language would run every lexer that chroma has.
func (r *renderer) highlight(source, language string) string {
	if language == "" || len(source) > maxHighlight || lexers.Get(language) == nil {
		return source
	}
	var out bytes.Buffer
	element := glamour.CodeBlockElement{Code: source, Language: language}
	if err := element.Render(&out, r.context); err != nil {
		return source
	}
	// chroma may end the code with a line feed that it did not have.
	lines := strings.Split(out.String(), newline)
	return strings.Join(lines[:min(len(lines), strings.Count(source, newline)+1)], newline)
}

// codeTheme is a chroma style that exists. Naming one, rather than giving
// Glamour the colours, keeps away from the single style that Glamour registers
// for the whole program.
func (s Style) codeTheme() string {
	if _, ok := styles.Registry[s.CodeTheme]; ok {
		return s.CodeTheme
	}
	if s.Dark {
		return "github-dark"
	}
	return "github"
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
