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

// renderer draws pieces of Markdown in one style. Glamour draws what is inside
// a line and inside a code block; the layout of blocks, and every width, is
// this package's. A renderer is not for concurrent use.
type renderer struct {
	style    Style
	parser   parser.Parser
	elements *glamour.ANSIRenderer
	context  glamour.RenderContext
	decoder  decoder
	refs     *references
}

func newRenderer(style Style) *renderer {
	options := glamour.Options{Styles: style.config()}
	return &renderer{
		style: style,
		parser: goldmark.New(
			goldmark.WithExtensions(extension.GFM, extension.DefinitionList),
		).Parser(),
		elements: glamour.NewRenderer(options),
		context:  glamour.NewRenderContext(options),
		decoder:  newDecoder(),
		refs:     newReferences(),
	}
}

// parse reads one piece. keep says that its link reference definitions are
// final and count for the text.
func (r *renderer) parse(piece []byte, keep bool) *tree {
	piece = piece[:len(piece):len(piece)]
	context := &pieceContext{Context: parser.NewContext(), text: r.refs, keep: keep}
	return &tree{root: r.parser.Parse(text.NewReader(piece), parser.WithContext(context)), source: piece}
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
