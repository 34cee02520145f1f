package markdown

import (
	"strings"

	"notturno/themes"
)

// AnswerStyle is how an answer looks in a theme.
func AnswerStyle(theme *themes.Theme) Style {
	heading, muted := themes.Spec(theme.Heading), themes.Spec(theme.Muted)
	return Style{
		Dark:        theme.Dark,
		Body:        Text{Color: themes.Spec(theme.Text)},
		Heading:     Text{Color: heading, Bold: true},
		Subheading:  Text{Color: heading},
		Strong:      Text{Bold: true},
		Emphasis:    Text{Italic: true},
		Strike:      Text{Strike: true},
		Code:        Text{Color: themes.Spec(theme.Code)},
		Link:        Text{Color: themes.Spec(theme.Accent), Underline: true},
		Quote:       Text{Color: muted, Italic: true},
		Muted:       Text{Color: muted},
		TableHeader: Text{Bold: true},
		TableBorder: Text{Color: themes.Spec(theme.Faint)},
		CodeTheme:   codeTheme(theme),
	}
}

// ReasoningStyle is the same, quieter.
func ReasoningStyle(theme *themes.Theme) Style {
	style := AnswerStyle(theme)
	muted := Text{Color: themes.Spec(theme.Muted)}
	style.Body, style.Heading, style.Subheading, style.Code, style.Link = muted, muted, muted, muted, muted
	return style
}

// codeTheme is what a theme says. One that says nothing, and has the terminal's
// own colours, has them for code too.
func codeTheme(theme *themes.Theme) string {
	code := themes.Spec(theme.Code)
	if theme.CodeTheme == "" && code != "" && !strings.HasPrefix(code, "#") {
		return Palette
	}
	return theme.CodeTheme
}
