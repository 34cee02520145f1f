package main

import (
	"fmt"
	"iter"
	"regexp"
	"strings"
)

// sequences cuts output into its control sequences and the text between them,
// as a terminal does that decodes UTF-8 first.
func sequences(output string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for output != "" {
			n := sequenceLength(output)
			if !yield(output[:n]) {
				return
			}
			output = output[n:]
		}
	}
}

// sequenceLength is the length of the sequence, or of the text, that output
// begins with.
func sequenceLength(output string) int {
	if output[0] != '\x1b' {
		if i := strings.IndexByte(output, '\x1b'); i >= 0 {
			return i
		}
		return len(output)
	}
	if len(output) == 1 {
		return 1
	}
	switch output[1] {
	case '[':
		for i := 2; i < len(output); i++ {
			if output[i] < 0x20 || output[i] > 0x3f {
				return i + 1
			}
		}
		return len(output)
	case ']', 'P', 'X', '^', '_': // strings
		for i := 2; i < len(output); i++ {
			if output[i] == '\a' {
				return i + 1
			}
			if output[i] == '\x1b' {
				return min(i+2, len(output))
			}
		}
		return len(output)
	}
	return min(1+1+strings.IndexFunc(output[1:], func(r rune) bool { return r < 0x20 || r > 0x2f }), len(output))
}

// complete reports whether seq, as far as it has come, is a whole one.
func complete(seq string) bool {
	if seq[0] != '\x1b' {
		return true
	}
	last := seq[len(seq)-1]
	if len(seq) > 2 && strings.IndexByte("]PX^_", seq[1]) >= 0 {
		return last == '\a' || strings.HasSuffix(seq, "\x1b\\")
	}
	return len(seq) > 1 && last >= 0x30 && last <= 0x7e && (seq[1] != '[' || (len(seq) > 2 && last >= 0x40))
}

// csi takes a control sequence apart: its parameters, and what it ends with.
func csi(seq string) (params, final string, ok bool) {
	body, ok := strings.CutPrefix(seq, "\x1b[")
	if !ok || body == "" {
		return "", "", false
	}
	end := strings.TrimLeft(body, "0123456789;:<=>?")
	return body[:len(body)-len(end)], end, true
}

// osc takes an operating system command apart: its number and its text.
func osc(seq string) (number, text string, ok bool) {
	body, ok := strings.CutPrefix(seq, "\x1b]")
	if !ok {
		return "", "", false
	}
	body = strings.TrimSuffix(strings.TrimSuffix(body, "\a"), "\x1b\\")
	number, text, _ = strings.Cut(body, ";")
	return number, text, true
}

// unrestored says in what the terminal differs from before, after output.
func unrestored(output string) []string {
	modes := map[string]bool{}
	keyboard, other, progress := 0, false, false
	for seq := range sequences(output) {
		if number, text, ok := osc(seq); ok && number == "9" && strings.HasPrefix(text, "4;") {
			progress = text != "4;0" && !strings.HasPrefix(text, "4;0;")
		}
		params, final, ok := csi(seq)
		switch {
		case !ok:
		case strings.HasPrefix(params, "?") && (final == "h" || final == "l"):
			for mode := range strings.SplitSeq(params[1:], ";") {
				modes[mode] = final == "h"
			}
		case final == "u" && strings.HasPrefix(params, ">"):
			keyboard++
		case final == "u" && strings.HasPrefix(params, "<"):
			keyboard--
		case final == "m" && strings.HasPrefix(params, ">4"):
			other = params != ">4" && params != ">4;0"
		}
	}
	var faults []string
	fault := func(is bool, text string) {
		if is {
			faults = append(faults, text)
		}
	}
	for mode, name := range map[string]string{
		"1049": "the alternate screen", "2004": "bracketed paste", "1004": "focus reports", "2048": "size reports",
		"1000": "the mouse captured", "1002": "the mouse captured", "1003": "the mouse captured", "2026": "output held back",
	} {
		fault(modes[mode], name)
	}
	visible, mentioned := modes["25"]
	fault(mentioned && !visible, "the cursor hidden")
	fault(keyboard > 0, "the kitty keyboard protocol")
	fault(other, "modifyOtherKeys")
	fault(progress, "a progress bar")
	return faults
}

// foreign says which control sequences and characters in output the program
// has no reason to write.
func foreign(output string, link func(url string) bool) []string {
	var faults []string
	for seq := range sequences(output) {
		if fault := foreignIn(seq, link); fault != "" {
			faults = append(faults, fault)
		}
	}
	return faults
}

func foreignIn(seq string, link func(url string) bool) string {
	if params, final, ok := csi(seq); ok {
		if !ownCSI(params, final) {
			return fmt.Sprintf("the control sequence %q", seq)
		}
		return ""
	}
	if number, text, ok := osc(seq); ok {
		return foreignOSC(number, text, link)
	}
	if strings.HasPrefix(seq, "\x1b") {
		if !regexp.MustCompile(`^\x1b[78=>HM]$`).MatchString(seq) {
			return fmt.Sprintf("the escape sequence %q", seq)
		}
		return ""
	}
	for _, r := range seq {
		if steers(r) {
			return fmt.Sprintf("the character %U in %q", r, seq)
		}
	}
	return ""
}

// ownCSI are the control sequences of the screen: movement, erasing, scrolling,
// colours, modes and the questions at the start.
func ownCSI(params, final string) bool {
	if strings.Count(params, ";") > 16 {
		return false
	}
	switch final {
	case "W":
		return params == "?5" // tab stops
	case "A", "B", "C", "D", "E", "F", "G", "H", "I", "Z", "a", "b", "d", "e", "f", "`", // movement, repetition
		"J", "K", "L", "M", "P", "S", "T", "X", "@", "r", // erasing, shifting, scrolling
		"m", "h", "l", " q", "$p", "u": // colours, modes, cursor shape, mode questions, keyboard
		return true
	}
	return false
}

func foreignOSC(number, text string, link func(url string) bool) string {
	switch number {
	case "0", "2": // the window's title, which holds the task
		return ""
	case "9":
		if strings.HasPrefix(text, "4;") {
			return ""
		}
	case "10", "11", "12":
		if text == "?" {
			return ""
		}
	case "110", "111", "112":
		return ""
	case "8":
		_, url, _ := strings.Cut(text, ";")
		if url == "" || link(url) {
			return ""
		}
	}
	return fmt.Sprintf("the operating system command %s;%s", number, text)
}

// steers are the characters that steer a terminal instead of showing.
func steers(r rune) bool {
	switch {
	case r == '\n', r == '\r', r == '\t', r == '\b':
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return true
	}
	return r == 0x061c || r == 0x200e || r == 0x200f || (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069)
}
