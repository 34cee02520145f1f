package agent

import (
	"strings"
	"unicode"
)

// shorten cuts a Markdown text to the length that the task asks for. Headings
// come along with the paragraphs that they are above.
func (p plan) shorten(markdown string) string {
	switch {
	case p.paragraphs > 0:
		return firstParagraphs(markdown, p.paragraphs)
	case p.words > 0:
		return firstWords(markdown, p.words)
	default:
		return markdown
	}
}

// firstParagraphs are the blocks up to so many that are no headings.
func firstParagraphs(markdown string, paragraphs int) string {
	var kept []string
	for _, block := range blocks(markdown) {
		if paragraphs == 0 {
			break
		}
		if !strings.HasPrefix(block, "#") {
			paragraphs--
		}
		kept = append(kept, block)
	}
	return joinBlocks(kept)
}

// firstWords are whole blocks as long as they fit, and the beginning of the
// first that does not, if it is a paragraph. A heading with nothing below it
// is left out.
func firstWords(markdown string, words int) string {
	var kept []string
	for _, block := range blocks(markdown) {
		if n := countWords(block); n <= words {
			kept = append(kept, block)
			words -= n
			continue
		}
		fields := strings.Fields(block)
		if words > 0 && !strings.ContainsAny(block[:1], "#|`>-*+~![") {
			kept = append(kept, strings.Join(fields[:words], " ")+" …")
		}
		break
	}
	for len(kept) > 1 && strings.HasPrefix(kept[len(kept)-1], "#") {
		kept = kept[:len(kept)-1]
	}
	return joinBlocks(kept)
}

// countWords is how many words a text has, without Markdown's own marks.
func countWords(text string) int {
	n := 0
	for _, field := range strings.Fields(text) {
		if strings.ContainsFunc(field, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

// blocks are the blocks of a Markdown text, a fenced one whole.
func blocks(markdown string) []string {
	var all []string
	fenced := ""
	for part := range strings.SplitSeq(strings.TrimSpace(markdown), "\n\n") {
		if fenced != "" {
			all[len(all)-1] += "\n\n" + part
		} else if strings.TrimSpace(part) != "" {
			all = append(all, strings.TrimLeft(part, "\n"))
		}
		for line := range strings.SplitSeq(part, "\n") {
			marks := line[:len(line)-len(strings.TrimLeft(line, "`"))]
			switch {
			case fenced == "" && len(marks) >= 3:
				fenced = marks
			case fenced != "" && strings.TrimSpace(line) == fenced:
				fenced = ""
			}
		}
	}
	return all
}

func joinBlocks(kept []string) string { return strings.Join(kept, "\n\n") + "\n" }
