// Package parttest holds what the tests of the pieces of the screen share: the
// check that rows are exactly what the contract of a piece says, and runs full
// of content that is hard to draw.
package parttest

import (
	"iter"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"notturno/ui/part"
)

// Exact fails the test unless the rows of p, resized to w×h, are exactly h rows
// of exactly w cells that are safe to draw, and the same when asked for again.
func Exact(t testing.TB, p part.Part, w, h int) {
	t.Helper()
	p.Resize(w, h)
	rows := p.Rows()
	CheckRows(t, rows, w, h)
	if again := p.Rows(); strings.Join(rows, "\n") != strings.Join(again, "\n") {
		t.Fatalf("at %d×%d the rows change without a reason", w, h)
	}
}

// CheckRows fails the test unless rows are exactly h rows of exactly w cells
// that are safe to draw.
func CheckRows(t testing.TB, rows []string, w, h int) {
	t.Helper()
	if len(rows) != h {
		t.Fatalf("%d rows at %d×%d", len(rows), w, h)
	}
	for i, row := range rows {
		if got := ansi.StringWidth(row); got != w {
			t.Fatalf("row %d of %d×%d is %d cells wide: %q", i, w, h, got, row)
		}
		CheckSafe(t, row)
	}
}

// The only sequences that may be in a row: SGR, and OSC 8 to an address.
var (
	sgr  = regexp.MustCompile("\x1b\\[([0-9;:]*)m")
	link = regexp.MustCompile("\x1b\\]8;[^;\x1b\x07]*;([^\x1b\x07]*)(\x07|\x1b\\\\)")
)

// maxParameters is what one SGR sequence may hold; Bubble Tea's renderer stops
// the program at more than 32.
const maxParameters = 32

// CheckSafe fails the test when row holds a control character or a sequence
// other than SGR and OSC 8, or leaves a style or a link switched on.
func CheckSafe(t testing.TB, row string) {
	t.Helper()
	if !utf8.ValidString(row) {
		t.Fatalf("not valid UTF-8: %q", row)
	}
	if !strings.Contains(row, "\x1b") {
		checkPlain(t, row)
		return
	}
	var style uv.Style
	parser := ansi.NewParser()
	for _, s := range sgr.FindAllStringSubmatch(row, -1) {
		if strings.Count(s[1], ";")+strings.Count(s[1], ":") >= maxParameters {
			t.Fatalf("SGR with too many parameters in %q", row)
		}
		ansi.DecodeSequence(s[0], ansi.NormalState, parser)
		uv.ReadStyle(parser.Params(), &style)
	}
	if !style.IsZero() {
		t.Fatalf("a style stays on after %q", row)
	}
	links := link.FindAllStringSubmatch(row, -1)
	if n := len(links); n > 0 && links[n-1][1] != "" {
		t.Fatalf("a link stays on after %q", row)
	}
	checkPlain(t, link.ReplaceAllString(sgr.ReplaceAllString(row, ""), ""))
}

// checkPlain fails the test when text, which has no sequences, controls a
// terminal.
func checkPlain(t testing.TB, text string) {
	t.Helper()
	if i := strings.IndexFunc(text, forbidden); i >= 0 {
		r, _ := utf8.DecodeRuneInString(text[i:])
		t.Fatalf("%U in %q", r, text)
	}
}

// forbidden are the characters that control a terminal or reorder text.
func forbidden(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control) || r == '\u2028' || r == '\u2029'
}

// Sizes are sizes to draw at: every small one, and some of every kind up to
// 300×100. Heights change fastest.
func Sizes() iter.Seq2[int, int] {
	const small = 13
	wide := []int{20, 24, 32, 39, 40, 59, 60, 79, 80, 89, 90, 119, 120, 200, 300}
	heights := []int{0, 1, 2, 3, 4, 7, 9, 10, 11, 15, 24, 60, 100}
	return func(yield func(w, h int) bool) {
		for w := range small {
			for h := range small {
				if !yield(w, h) {
					return
				}
			}
		}
		for _, w := range wide {
			for _, h := range heights {
				if !yield(w, h) {
					return
				}
			}
		}
	}
}

// Text is what rows show, without colours and links and without the spaces at
// the ends of rows.
func Text(rows []string) string {
	plain := make([]string, len(rows))
	for i, row := range rows {
		plain[i] = strings.TrimRight(ansi.Strip(row), " ")
	}
	return strings.Join(plain, "\n")
}
