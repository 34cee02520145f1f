package themes

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Auto stands for the choice of For where a name is asked for. No theme has it.
const Auto = "auto"

// The longest name, in characters, and the most marks on one of them.
const (
	maxName  = 40
	maxMarks = 8
)

// folded is a name in the case in which names are compared.
func folded(name string) string { return strings.ToLower(name) }

// badName says why a name cannot be that of a theme, in words that follow it;
// empty when it can. Names reach the screen, where they share rows with others.
func badName(name string) string {
	switch {
	case name == "":
		return "is empty"
	case utf8.RuneCountInString(name) > maxName:
		return "has more than 40 characters"
	case strings.TrimSpace(name) != name:
		return "begins or ends with a space"
	case unshowable(name):
		return "has characters that cannot be shown"
	case folded(name) == Auto:
		return "means the automatic choice"
	}
	return ""
}

// marked says whether marks stand without a character, or are so many on one
// that they would cover other rows.
func marked(name string) bool {
	marks := maxMarks // none may come first
	for _, r := range name {
		if !unicode.IsMark(r) {
			marks = 0
		} else if marks++; marks > maxMarks {
			return true
		}
	}
	return false
}
