package reader

import "notturno/themes"

// Format is how a text is shown.
type Format int

// The formats.
const (
	Plain    Format = iota // as it stands
	Markdown               // rendered
	JSON                   // indented and coloured
)

// String is the word for the format.
func (f Format) String() string { return [...]string{"text", "Markdown", "JSON"}[f] }

// extension is the end of the name of a file with such text.
func (f Format) extension() string { return [...]string{"txt", "md", "json"}[f] }

// FormatOf is the format in which to show a text that says nothing about its
// own: JSON when all of it is one object or array, else Plain. Beyond 1 MiB,
// where JSON is not indented anyway, only its first and last character count.
func FormatOf(text string) Format {
	if isJSON(text) {
		return JSON
	}
	return Plain
}

// show is the content of a section, and the word for how it is shown: a text
// that is too long for its format is shown as it stands, and the word says so.
func show(theme *themes.Theme, s Section) (content, string) {
	if s.Answer != nil && len(s.Text) <= maxJSON && s.Answer.Size() <= maxStructure {
		return newStructured(theme, s.Answer), s.Answer.Word()
	}
	format := s.Format.String()
	switch s.Format {
	case JSON:
		if pretty, ok := indented(s.Text); ok {
			return newPlainText(theme, pretty, jsonColours()), format
		}
		return newPlainText(theme, s.Text, nil), format + " as it came"
	case Markdown:
		if len(s.Text) <= maxMarkdown {
			return newRendered(theme, s.Text), format
		}
		return newPlainText(theme, s.Text, nil), format + " as it came"
	default:
		return newPlainText(theme, s.Text, nil), format
	}
}
