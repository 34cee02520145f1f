package markdown

import (
	"bytes"

	glamour "charm.land/glamour/v2/ansi"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Renderer draws Markdown in one style. Glamour draws what is inside a line;
// the layout of blocks, the colours of code, and every width, are this
// package's. It is not for concurrent use: Docs may share one only on one
// goroutine, where they should, for it is large beside a short text.
type Renderer struct {
	style    Style
	parser   parser.Parser
	elements *glamour.ANSIRenderer
	context  glamour.RenderContext
	decoder  decoder
	pens     codePens
	marks    marks
}

// renderer is a Renderer for the text of one Doc.
type renderer struct {
	*Renderer
	refs *references
}

// NewRenderer is a Renderer for a style.
func NewRenderer(style Style) *Renderer {
	options := glamour.Options{Styles: style.config()}
	return &Renderer{
		style: style,
		parser: goldmark.New(
			goldmark.WithExtensions(extension.GFM, extension.DefinitionList),
		).Parser(),
		elements: glamour.NewRenderer(options),
		context:  glamour.NewRenderContext(options),
		decoder:  newDecoder(style.Muted.pen()),
		pens:     newCodePens(style),
		marks:    screenMarks(),
	}
}

// parse reads one piece. keep says that its link reference definitions are
// final and count for the text.
func (r *renderer) parse(piece []byte, keep bool) *tree {
	piece = piece[:len(piece):len(piece)]
	context := &pieceContext{Context: parser.NewContext(), text: r.refs, keep: keep}
	root := r.parser.Parse(text.NewReader(piece), parser.WithContext(context))
	return &tree{root: root, source: piece, longest: r.marks.address}
}

// flow is the inline content of n, in one string with SGR and OSC 8 sequences;
// line breaks in it are hard ones. look is how text looks that has no look of
// its own.
func (r *renderer) flow(t *tree, n ast.Node, look Text) []cell {
	t.prepare(n)
	var out bytes.Buffer
	base := look.primitive()
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == extast.KindTaskCheckBox {
			continue
		}
		element := r.elements.NewElement(c, t.source).Renderer
		// Glamour's elements fail only when the writer does; this one does not.
		if styled, ok := element.(glamour.StyleOverriderElementRenderer); ok && look != (Text{}) {
			_ = styled.StyleOverrideRender(&out, r.context, base)
		} else if element != nil {
			_ = element.Render(&out, r.context)
		}
	}
	return r.decoder.cells(out.String())
}
