package markdown

import (
	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/styles"
)

// Palette is the CodeTheme that colours code with the plain colours of the
// terminal's own palette.
const Palette = "palette"

// codePens are what the tokens of code are written with. They are made here and
// not by Glamour, which keeps the colours of code in a registry that the whole
// process shares.
type codePens struct {
	look  func(chroma.TokenType) Text
	known map[chroma.TokenType]*pen
}

func newCodePens(style Style) codePens {
	look := paletteLook
	if style.CodeTheme != Palette {
		look = chromaLook(style.chroma())
	}
	return codePens{look, map[chroma.TokenType]*pen{}}
}

// of is the pen of a token; nil is plain.
func (c codePens) of(token chroma.TokenType) *pen {
	p, ok := c.known[token]
	if !ok {
		p = c.look(token).pen()
		c.known[token] = p
	}
	return p
}

// chroma is a style that exists.
func (s Style) chroma() *chroma.Style {
	if style, ok := styles.Registry[s.CodeTheme]; ok {
		return style
	}
	if s.Dark {
		return styles.Get("github-dark")
	}
	return styles.Get("github")
}

// chromaLook is how tokens look in a chroma style. What has the style's colour
// for text has the terminal's own.
func chromaLook(style *chroma.Style) func(chroma.TokenType) Text {
	plain := style.Get(chroma.Text).Colour
	return func(token chroma.TokenType) Text {
		entry := style.Get(token)
		look := Text{
			Bold:      entry.Bold == chroma.Yes,
			Italic:    entry.Italic == chroma.Yes,
			Underline: entry.Underline == chroma.Yes,
		}
		if entry.Colour.IsSet() && entry.Colour != plain {
			look.Color = entry.Colour.String()
		}
		return look
	}
}

// paletteLook is how tokens look in the terminal's own colours.
func paletteLook(token chroma.TokenType) Text {
	switch {
	case token.InCategory(chroma.Comment):
		return Text{Italic: true}
	case token == chroma.KeywordType || token == chroma.NameClass || token == chroma.NameBuiltin:
		return Text{Color: "6"}
	case token.InCategory(chroma.Keyword) || token == chroma.NameTag:
		return Text{Color: "5"}
	case token.InSubCategory(chroma.LiteralString) || token == chroma.GenericInserted:
		return Text{Color: "2"}
	case token.InSubCategory(chroma.LiteralNumber):
		return Text{Color: "3"}
	case token == chroma.NameFunction || token == chroma.NameAttribute:
		return Text{Color: "4"}
	case token == chroma.GenericDeleted:
		return Text{Color: "1"}
	default:
		return Text{}
	}
}
