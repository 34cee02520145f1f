package agent

import (
	"slices"
	"strconv"
	"strings"
)

const (
	defaultCount = 10
	everything   = 0
	maxCount     = 1_000_000
)

// countOf is how many items the words ask for, and whether they say so at
// all. It is not ok when they ask for none, or for more than any page holds.
func countOf(words []string) (count int, said, ok bool) {
	for i := range words {
		number, n := numberAt(words, i)
		if n == 0 || !counts(words, i, i+n) {
			continue
		}
		return number, true, number > 0 && number <= maxCount
	}
	if slices.Contains(words, "all") || slices.Contains(words, "every") || slices.Contains(words, "everything") {
		return everything, true, true
	}
	if singleLead(words) {
		return 1, true, true
	}
	return defaultCount, false, true
}

// countable reports words that ask for the first few of many: a number of
// things, or a leading word before things.
func countable(words []string) bool {
	for i, w := range words {
		if _, n := numberAt(words, i); n > 0 && counts(words, i, i+n) {
			return true
		}
		if leading(w) && i+1 < len(words) && (isPlural(words[i+1]) || looksPlural(words[i+1])) {
			return true
		}
	}
	return singleLead(words)
}

// counts reports whether the number in words[from:to] counts items: it follows
// "top" or "first", or a word for items follows it closely.
func counts(words []string, from, to int) bool {
	if from > 0 && leading(words[from-1]) {
		return true
	}
	if strings.HasPrefix(words[from], "top") || strings.HasPrefix(words[from], "first") {
		return true
	}
	for _, w := range words[to:min(to+3, len(words))] {
		if unit(w) {
			return false
		}
		if leading(w) || isPlural(w) {
			return true
		}
		if _, known := plural(w); known {
			return true
		}
	}
	return to < len(words) && looksPlural(words[to])
}

// unit reports a word that a number measures rather than counts.
func unit(w string) bool {
	switch w {
	case "points", "percent", "seconds", "minutes", "hours", "days", "weeks", "months", "years",
		"dollars", "euros", "pounds", "stars", "votes", "likes", "words", "characters":
		return true
	default:
		return false
	}
}

// singleLead reports "the top story" and "the first link": one item.
func singleLead(words []string) bool {
	for i, w := range words {
		if !leading(w) || i+1 >= len(words) {
			continue
		}
		if _, known := plural(words[i+1]); known {
			return true
		}
	}
	return false
}

// numberAt reads the number that begins at words[i], in digits or in words,
// and says how many words it takes; 0 means that there is none.
func numberAt(words []string, i int) (number, n int) {
	word := words[i]
	for _, lead := range []string{"top", "first"} {
		if rest, found := strings.CutPrefix(word, lead); found && rest != "" {
			word = rest
		}
	}
	if word[0] >= '0' && word[0] <= '9' {
		number, err := strconv.Atoi(word)
		if err != nil && strings.Trim(word, "0123456789") == "" {
			return 1 << 30, 1
		}
		if err != nil || number >= 1900 && number < 2100 && (i == 0 || !leading(words[i-1])) {
			return 0, 0
		}
		return number, 1
	}
	switch {
	case word == "half" && i+2 < len(words) && words[i+1] == "a" && words[i+2] == "dozen":
		return 6, 3
	case word == "dozen":
		return 12, 1
	case word == "couple" || word == "pair":
		return 2, 1
	case word == "hundred":
		return 100, 1
	}
	return spelledNumber(words, i)
}

// spelledNumber reads one to ninety-nine, and "one hundred".
func spelledNumber(words []string, i int) (number, n int) {
	units := []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
		"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}
	tens := []string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	next := ""
	if i+1 < len(words) {
		next = words[i+1]
	}
	if u := slices.Index(units, words[i]); u >= 0 {
		if next == "hundred" {
			return (u + 1) * 100, 2
		}
		return u + 1, 1
	}
	t := slices.Index(tens, words[i])
	if t < 0 {
		return 0, 0
	}
	if u := slices.Index(units, next); u >= 0 && u < 9 {
		return (t+2)*10 + u + 1, 2
	}
	return (t + 2) * 10, 1
}
