package transcript

import (
	"fmt"
	"image/color"

	"notturno/themes"
	"notturno/ui/markdown"
)

// looks are what draws the Markdown of a transcript in a theme.
type looks struct {
	answer, reasoning *markdown.Renderer
}

func newLooks(theme *themes.Theme) looks {
	return looks{markdown.NewRenderer(answerStyle(theme)), markdown.NewRenderer(reasoningStyle(theme))}
}

// answerStyle is how Markdown looks in a theme.
func answerStyle(theme *themes.Theme) markdown.Style {
	heading, code, muted := hex(theme.Heading), hex(theme.Code), hex(theme.Muted)
	return markdown.Style{
		Dark:        theme.Dark,
		Heading:     markdown.Text{Color: heading, Bold: true},
		Subheading:  markdown.Text{Color: heading},
		Strong:      markdown.Text{Bold: true},
		Emphasis:    markdown.Text{Italic: true},
		Strike:      markdown.Text{Strike: true},
		Code:        markdown.Text{Color: code},
		Link:        markdown.Text{Color: hex(theme.Accent), Underline: true},
		Quote:       markdown.Text{Color: muted, Italic: true},
		Muted:       markdown.Text{Color: muted},
		TableHeader: markdown.Text{Bold: true},
		TableBorder: markdown.Text{Color: hex(theme.Faint)},
	}
}

// reasoningStyle is the same, quieter.
func reasoningStyle(theme *themes.Theme) markdown.Style {
	style := answerStyle(theme)
	muted := markdown.Text{Color: hex(theme.Muted)}
	style.Body, style.Heading, style.Subheading, style.Code, style.Link = muted, muted, muted, muted, muted
	return style
}

// hex is a colour as Glamour wants it; nothing for the terminal's own.
func hex(c color.Color) string {
	if c == nil {
		return ""
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
