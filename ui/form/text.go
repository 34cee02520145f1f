package form

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"notturno/api"
	"notturno/ui/part"
)

// oneLine is text as it may stand in a row: cleaned, with spaces for line
// breaks and tabs.
func oneLine(text string) string {
	text = strings.NewReplacer("\r\n", " ", "\r", " ").Replace(text)
	return strings.NewReplacer("\n", " ", "\t", " ").Replace(string(api.Clean(text)))
}

// keeps reports whether an input leaves text as it is.
func keeps(text string) bool {
	return oneLine(text) == text && !strings.ContainsRune(text, utf8.RuneError)
}

// longer reports whether text has more than n characters.
func longer(text string, n int) bool { return len(text) > n && utf8.RuneCountInString(text) > n }

// isDocument reports whether text is meant to be JSON rather than a path.
func isDocument(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")
}

// compactJSON is a document of JSON without the spaces between its parts.
func compactJSON(text string) (string, bool) {
	var b bytes.Buffer
	if !isDocument(text) || json.Compact(&b, []byte(text)) != nil {
		return "", false
	}
	return b.String(), true
}

// indented is text for the editor: a document of JSON with its parts on lines
// of their own, any other as it is.
func indented(text string) string {
	var b bytes.Buffer
	if json.Indent(&b, []byte(text), "", "  ") != nil {
		return text
	}
	return b.String() + "\n"
}

// summary says what a value is that is not for one row.
func summary(text string) string {
	what := "text"
	switch {
	case json.Valid([]byte(text)):
		what = "JSON"
	case isDocument(text):
		what = "not valid JSON"
	}
	if lines := strings.Count(strings.TrimRight(text, "\n"), "\n") + 1; lines > 1 {
		return what + ", " + part.Count(lines, "line")
	}
	return fmt.Sprintf("%s, %d characters", what, utf8.RuneCountInString(text))
}
