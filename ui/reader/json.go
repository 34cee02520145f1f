package reader

import (
	"bytes"
	"encoding/json"
	"image/color"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"

	"notturno/themes"
)

const (
	// maxJSON is the longest JSON, in bytes, that is checked and indented.
	maxJSON = 1 << 20
	// maxIndented bounds what indenting makes of it: what is deeply nested
	// grows with the square of its length.
	maxIndented = 8 << 20
	// maxColoured is the longest line, in bytes, that is coloured.
	maxColoured = 4 << 10

	indent = "  "
)

// isJSON reports whether text is one JSON object or array. One beyond maxJSON
// is judged by its two ends.
func isJSON(text string) bool {
	text = strings.Trim(text, " \t\r\n")
	if len(text) < 2 || text[0] != '{' && text[0] != '[' || text[len(text)-1] != text[0]+2 {
		return false
	}
	return len(text) > maxJSON || json.Valid([]byte(text))
}

// indented is JSON with one value on a line. Numbers, the order of keys and the
// escapes in strings stay as they are, so that an escape never becomes the
// character that it stands for.
func indented(text string) (string, bool) {
	if len(text) > maxJSON || indentedSize(text) > maxIndented {
		return "", false
	}
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(strings.Trim(text, " \t\r\n")), "", indent); err != nil {
		return "", false
	}
	return out.String(), true
}

// indentedSize is about how long JSON becomes when it is indented.
func indentedSize(text string) int {
	size, depth, inString := len(text), 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && inString:
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			depth++
			size += 1 + depth*len(indent)
		case c == '}' || c == ']':
			depth--
			size += 1 + depth*len(indent)
		case c == ',':
			size += 1 + depth*len(indent)
		}
	}
	return size
}

// jsonColours are the colours of JSON by what chroma takes its parts for. It is
// asked about one line at a time, because only those that show are coloured:
// a line of indented JSON never begins or ends within a string.
func jsonColours() colouring {
	lexer := lexers.Get("json")
	return func(theme *themes.Theme, line string) []run {
		if lexer == nil || len(line) > maxColoured {
			return nil
		}
		opening := "["
		if isMember(line) {
			opening = "{"
		}
		tokens, err := chroma.Tokenise(lexer, &chroma.TokeniseOptions{State: "root"}, opening+line)
		if err != nil || len(tokens) == 0 {
			return nil
		}
		runs, at := make([]run, 0, len(tokens)), -len(opening)
		for _, token := range tokens {
			at += len(token.Value)
			runs = append(runs, run{at, jsonColour(theme, token.Type)})
		}
		return runs
	}
}

// isMember reports whether a line of indented JSON begins with a key.
func isMember(line string) bool {
	line = strings.TrimLeft(line, " ")
	if !strings.HasPrefix(line, `"`) {
		return false
	}
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			return strings.HasPrefix(line[i+1:], ":")
		}
	}
	return false
}

func jsonColour(theme *themes.Theme, kind chroma.TokenType) color.Color {
	switch {
	case kind == chroma.NameTag:
		return theme.Accent
	case kind.InSubCategory(chroma.LiteralString):
		return theme.Code
	case kind.InSubCategory(chroma.LiteralNumber):
		return theme.Running
	case kind.InCategory(chroma.Keyword):
		return theme.Warning
	case kind == chroma.Punctuation:
		return theme.Muted
	}
	return theme.Text
}
