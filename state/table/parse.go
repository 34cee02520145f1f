package table

import (
	"bytes"
	"encoding/json"
	"strings"

	"notturno/api/jsonscan"
)

// Parse reads an answer that is one whole JSON object or array. Models like to
// put it into a fence of Markdown: that counts as well.
func Parse(answer string) (Value, bool) {
	text := unfence(answer)
	if text == "" || text[0] != '{' && text[0] != '[' || !json.Valid([]byte(text)) {
		return Value{}, false
	}
	return Value{text}, true
}

// unfence is the text without the space around it, and without the marks of
// the one fence that it may be in.
func unfence(text string) string {
	const marks = "```"
	text = strings.Trim(text, space)
	body, begins := strings.CutPrefix(text, marks)
	body, ends := strings.CutSuffix(body, marks)
	info, body, lines := strings.Cut(body, "\n")
	info = strings.Trim(info, space)
	if !begins || !ends || !lines || info != "" && !strings.EqualFold(info, "json") {
		return text
	}
	return strings.Trim(body, space)
}

// maxIndented bounds what indenting makes of an answer: what is deeply nested
// grows with the square of its length.
const maxIndented = 32 << 20

const indent = "  "

// Likely reports whether an answer looks like one that Parse reads, by its
// beginning alone, however long it is.
func Likely(answer string) bool {
	answer = strings.TrimLeft(answer, " \t\r\n")
	return strings.HasPrefix(answer, "{") || strings.HasPrefix(answer, "[") || strings.HasPrefix(answer, "```json")
}

// JSON is an answer that is JSON, indented, with its escapes, its numbers and
// the order of its members as they are. One that would become too long stays
// on its lines.
func JSON(answer string) (string, bool) {
	v, ok := Parse(answer)
	if !ok {
		return "", false
	}
	var out bytes.Buffer
	if indentedSize(v.raw) > maxIndented || json.Indent(&out, []byte(v.raw), "", indent) != nil {
		return v.raw, true
	}
	return out.String(), true
}

// indentedSize is about how long JSON becomes when it is indented.
func indentedSize(text string) int {
	size, depth := len(text), 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = jsonscan.StringEnd(text, i) - 1
		case '{', '[':
			depth++
			size += 1 + depth*len(indent)
		case '}', ']':
			depth--
			size += 1 + depth*len(indent)
		case ',':
			size += 1 + depth*len(indent)
		}
	}
	return size
}
