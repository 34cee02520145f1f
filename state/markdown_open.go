package state

import "strings"

// endsOpen reports whether Markdown may end within a fence or an HTML block,
// so that what is written after it would be taken for a part of it.
//
// It takes time in proportion to the text, which a Markdown parser does not on
// deeply nested text, and looks only at the lines that can matter: fences and
// HTML blocks in a quote or in a list end with it. In doubt it says yes.
func endsOpen(markdown string) bool {
	var f openFence
	for line := range strings.SplitSeq(markdown, "\n") {
		if f.doubt(line) {
			return true
		}
	}
	return f.length > 0
}

// openFence is the fence that the lines so far have opened, if any.
type openFence struct {
	mark   byte // ` or ~
	length int  // 0 while there is none
	indent int
	html   bool // the lines since the last empty one may be an HTML block
}

const (
	// codeIndent is the indent from which on a line is no fence of the document.
	codeIndent = 4
	// listIndent is the smallest indent of what may belong to a list item.
	listIndent = 2
)

// doubt takes in a line, and reports whether it is not clear any more whether
// a fence of the document is open.
func (f *openFence) doubt(line string) bool {
	text := strings.TrimLeft(line, " ")
	indent := len(line) - len(text)
	switch {
	case strings.Trim(text, "\t") == "":
		f.html = false
	case f.length == 0:
		f.open(text, indent)
		if f.length > 0 {
			return f.html
		}
		f.html = f.html || strings.HasPrefix(unlisted(text), "<")
		return neverEnds(unlisted(text))
	case f.indent >= listIndent && indent < f.indent && text[0] != '\t':
		return true // the end of a list item with its fence, or a line of the fence
	case f.closes(text, indent):
		*f = openFence{}
	}
	return false
}

func (f *openFence) open(text string, indent int) {
	mark, length, info := fenceMarks(text)
	if indent < codeIndent && length >= 3 && (mark == '~' || !strings.Contains(info, "`")) {
		f.mark, f.length, f.indent = mark, length, indent
	}
}

func (f *openFence) closes(text string, indent int) bool {
	mark, length, rest := fenceMarks(text)
	return indent < codeIndent && mark == f.mark && length >= f.length && strings.Trim(rest, " \t") == ""
}

// fenceMarks cuts the marks of a fence from a line.
func fenceMarks(text string) (mark byte, length int, rest string) {
	mark = text[0]
	if mark != '`' && mark != '~' {
		return 0, 0, text
	}
	rest = strings.TrimLeft(text, string(mark))
	return mark, len(text) - len(rest), rest
}

// unlisted is a line without the marks of quotes and lists before its text.
func unlisted(text string) string { return strings.TrimLeft(text, "> \t-+*.)0123456789") }

// neverEnds reports whether a line may begin one of the HTML blocks that do
// not end at an empty line.
func neverEnds(text string) bool {
	const enough = len("<textarea")
	start := strings.ToLower(text[:min(len(text), enough)])
	for _, tag := range []string{"<!", "<?", "<pre", "<script", "<style", "<textarea"} {
		if strings.HasPrefix(start, tag) {
			return true
		}
	}
	return false
}
