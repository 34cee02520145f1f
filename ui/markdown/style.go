package markdown

import (
	glamour "charm.land/glamour/v2/ansi"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Text is how one kind of text looks. The zero value is the terminal's own
// text.
type Text struct {
	// Color is an ANSI colour number ("4", "39") or "#rrggbb". Empty leaves the
	// terminal's own colour.
	Color     string
	Bold      bool
	Italic    bool
	Underline bool
	Strike    bool
}

// Style is how a Doc looks. It has no backgrounds: the rows are drawn on
// whatever the person's terminal has. Styles are comparable; a Doc renders
// again only when it is given a different one.
type Style struct {
	Body        Text // text that has no look of its own
	Heading     Text // levels 1 and 2
	Subheading  Text // levels 3 to 6
	Strong      Text
	Emphasis    Text
	Strike      Text
	Code        Text // code inside a sentence
	Link        Text // the text of a link, and addresses that stand alone
	Quote       Text // what is quoted
	Muted       Text // addresses beside a link's text, markers, rules, bars
	TableHeader Text
	TableBorder Text

	// CodeTheme names the chroma style that colours code blocks, or is
	// [Palette]. Empty, or a name that chroma does not know, chooses one that
	// suits Dark.
	CodeTheme string
	// Dark says that the terminal's background is dark.
	Dark bool
}

// primitive is t in Glamour's words.
func (t Text) primitive() glamour.StylePrimitive {
	var p glamour.StylePrimitive
	if t.Color != "" {
		p.Color = &t.Color
	}
	yes := true
	if t.Bold {
		p.Bold = &yes
	}
	if t.Italic {
		p.Italic = &yes
	}
	if t.Underline {
		p.Underline = &yes
	}
	if t.Strike {
		p.CrossedOut = &yes
	}
	return p
}

// config is s as Glamour's style, for the elements that this package lets
// Glamour draw. Margins, prefixes and indents are left out: the layout is ours.
func (s Style) config() glamour.StyleConfig {
	return glamour.StyleConfig{
		Emph:          s.Emphasis.primitive(),
		Strong:        s.Strong.primitive(),
		Strikethrough: s.Strike.primitive(),
		LinkText:      s.Link.primitive(),
		Code:          glamour.StyleBlock{StylePrimitive: s.Code.primitive()},
	}
}

// pen is t as this package's own marks are drawn.
func (t Text) pen() *pen {
	if t == (Text{}) {
		return nil
	}
	var s ansi.Style
	if t.Bold {
		s = s.Bold()
	}
	if t.Italic {
		s = s.Italic(true)
	}
	if t.Underline {
		s = s.Underline(true)
	}
	if t.Strike {
		s = s.Strikethrough(true)
	}
	if t.Color != "" {
		s = s.ForegroundColor(lipgloss.Color(t.Color))
	}
	return &pen{sgr: s.String(), inks: t.Underline || t.Strike}
}
