package markdown

import (
	"bytes"
	"strings"
)

// kind is what a top-level block is, as far as splitting needs to know.
type kind int

const (
	none      kind = iota
	paragraph      // may be cut inside, see paragraphScan
	heading        // one line, beginning with #
	fence          // fenced code
	item           // one top-level item of a list
	table          // the beginning of a table
	row            // one later row of a table
	html           // up to an end marker
	other          // quotes, indented code, other HTML, rules, …
)

// indentOf is the indentation of a line in columns, and the rest of the line.
func indentOf(l []byte) (columns int, rest []byte) {
	for i, c := range l {
		switch c {
		case ' ':
			columns++
		case '\t':
			columns += 4 - columns%4
		default:
			return columns, l[i:]
		}
	}
	return columns, nil
}

func isBlank(l []byte) bool { return len(bytes.TrimSpace(l)) == 0 }

// fenceOf is the fence that opens with l, if one does.
func fenceOf(l []byte) (mark string, ok bool) {
	indent, rest := indentOf(l)
	if indent > 3 || len(rest) < 3 || rest[0] != '`' && rest[0] != '~' {
		return "", false
	}
	n := 0
	for n < len(rest) && rest[n] == rest[0] {
		n++
	}
	if n < 3 || rest[0] == '`' && bytes.IndexByte(rest[n:], '`') >= 0 {
		return "", false
	}
	return string(rest[:n]), true
}

// closes reports whether l closes the fence.
func closes(l []byte, mark string) bool {
	indent, rest := indentOf(l)
	rest = bytes.TrimRight(rest, " \t\n")
	return indent <= 3 && len(rest) >= len(mark) && strings.Trim(string(rest), mark[:1]) == ""
}

// markerOf is the list marker that l begins with: its kind ('-', '+', '*', '.'
// or ')'), the column where the item's content begins, and its number.
func markerOf(l []byte) (marker byte, offset, number int, ok bool) {
	indent, rest := indentOf(l)
	if indent > 3 || len(rest) == 0 {
		return 0, 0, 0, false
	}
	n := 0
	for n < len(rest) && n < 9 && rest[n] >= '0' && rest[n] <= '9' {
		number = number*10 + int(rest[n]-'0')
		n++
	}
	if n == len(rest) || n > 0 && rest[n] != '.' && rest[n] != ')' || n == 0 && !strings.ContainsRune("-+*", rune(rest[0])) {
		return 0, 0, 0, false
	}
	marker = rest[n]
	spaces, text := indentOf(rest[n+1:])
	if spaces == 0 && !isBlank(text) {
		return 0, 0, 0, false
	}
	if spaces > 4 || isBlank(text) {
		spaces = 1
	}
	return marker, indent + n + 1 + spaces, number, true
}

func isHeading(l []byte) bool {
	indent, rest := indentOf(l)
	level := len(rest) - len(bytes.TrimLeft(rest, "#"))
	return indent <= 3 && level >= 1 && level <= 6 && (level == len(rest) || strings.ContainsRune(" \t\n", rune(rest[level])))
}

func isRule(l []byte) bool {
	indent, rest := indentOf(l)
	marks := bytes.Map(func(r rune) rune {
		if r == ' ' || r == '\t' || r == '\n' {
			return -1
		}
		return r
	}, rest)
	return indent <= 3 && len(marks) >= 3 && strings.ContainsRune("-*_", rune(marks[0])) &&
		strings.Trim(string(marks), string(marks[:1])) == ""
}

func isQuote(l []byte) bool {
	indent, rest := indentOf(l)
	return indent <= 3 && len(rest) > 0 && rest[0] == '>'
}

// isDelimiters reports whether l can be the second row of a table that begins
// with header.
func isDelimiters(l, header []byte) bool {
	if !bytes.Contains(header, []byte("|")) || !bytes.Contains(l, []byte("-")) {
		return false
	}
	columns := tableColumns(l)
	for _, c := range columns {
		dashes := strings.TrimPrefix(strings.TrimSuffix(strings.TrimSpace(c), ":"), ":")
		if dashes == "" || strings.Trim(dashes, "-") != "" {
			return false
		}
	}
	return len(columns) == len(tableColumns(header))
}

// tableColumns splits a row of a table into its cells.
func tableColumns(l []byte) []string {
	s := strings.ReplaceAll(strings.TrimSpace(string(l)), `\|`, "  ")
	return strings.Split(strings.TrimSuffix(strings.TrimPrefix(s, "|"), "|"), "|")
}

// htmlEnd is what ends the HTML block that l begins, for the kinds that may
// hold blank lines.
func htmlEnd(l []byte) (end string, ok bool) {
	indent, rest := indentOf(l)
	if indent > 3 || len(rest) == 0 || rest[0] != '<' {
		return "", false
	}
	lower := strings.ToLower(string(rest[:min(len(rest), 16)]))
	for _, h := range [...]struct{ begin, end string }{
		{"<!--", "-->"}, {"<?", "?>"}, {"<![cdata[", "]]>"}, {"<!", ">"},
		{"<pre", "</pre>"}, {"<script", "</script>"}, {"<style", "</style>"}, {"<textarea", "</textarea>"},
	} {
		after, ok := strings.CutPrefix(lower, h.begin)
		if !ok {
			continue
		}
		if h.begin[1] != '!' && h.begin[1] != '?' && after != "" && !strings.ContainsRune(" \t\n>", rune(after[0])) {
			continue
		}
		return h.end, true
	}
	return "", false
}

// endsHTML reports whether l holds the end marker of an HTML block.
func endsHTML(l []byte, end string) bool {
	return strings.Contains(strings.ToLower(string(l)), end)
}
