package transcript

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"notturno/api"
	"notturno/ui/find"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// record is JSON on one line, with so many numbered posts.
func record(posts int) string {
	var b strings.Builder
	b.WriteString(`{"page":"127.0.0.1:41207/news","posts":[`)
	for i := range posts {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, `{"rank":%d,"title":"Post number %d"}`, i+1, i+1)
	}
	b.WriteString("]}")
	return b.String()
}

// words are what a text says, without the spaces at which rows may break.
func words(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// unfold is a transcript whose second item, a call with the result, is unfolded.
func unfold(content string, w, h int) *Transcript {
	tr := newTranscript(toolRun(content), w, h)
	tr.Focus(true)
	press(tr, part.Top, part.NextItem, part.NextItem, part.Fold)
	return tr
}

// resultText is what the rows of the second item's result show.
func resultText(tr *Transcript) []string {
	b := tr.blocks[1]
	rows := tr.Rows()[tr.headRow(1)+1 : tr.headRow(1)+b.height]
	return strings.Split(strings.ReplaceAll(parttest.Text(rows), bar, " "), "\n")
}

func TestGoldenLongLines(t *testing.T) {
	t.Parallel()
	states := map[string]func(tr *Transcript){
		"folded":   func(*Transcript) {},
		"selected": func(tr *Transcript) { tr.Focus(true); press(tr, part.Top, part.NextItem, part.NextItem) },
		"unfolded": func(tr *Transcript) { tr.Focus(true); press(tr, part.Top, part.NextItem, part.NextItem, part.Fold) },
		"found":    func(tr *Transcript) { tr.Focus(true); tr.SetQuery(find.NewQuery("number 9")) },
	}
	for _, w := range []int{40, 79, 140} {
		for name, do := range states {
			t.Run(fmt.Sprintf("%s-%d", name, w), func(t *testing.T) {
				t.Parallel()
				run := toolRun(record(9))
				run.Apply(parttest.Arrivals(run, api.ToolStart{Name: "extract"}, api.ToolResult{Content: "200 OK\n" + api.Text(record(3)) + "\ndone"}))
				tr := newTranscript(run, w, 22)
				do(tr)
				golden.RequireEqual(t, withMarks(tr.Rows()))
			})
		}
	}
}

// Folded, a line that is too long is one row that says that it goes on;
// unfolded, all of it shows.
func TestLongLinesUnfold(t *testing.T) {
	t.Parallel()
	contents := append(parttest.Hostile(), record(9), strings.Repeat("x\t", 40), strings.Repeat("a ", 100), strings.Repeat("漢 ", 90)+"\nshort")
	for i, content := range contents {
		if i < len(contents)-1 {
			content = strings.Repeat(strings.ReplaceAll(content, "\n", " ")+"; ", 3)
		}
		clean := string(api.Clean(content))
		for _, w := range []int{20, 79} {
			tr := newTranscript(toolRun(clean), w, 30)
			lines := strings.Count(strings.TrimRight(clean, "\n"), "\n") + 1
			if h := tr.blocks[1].height; lines <= foldedLines && h != 1+lines {
				t.Errorf("at %d, %d lines fold to %d rows: %.60q", w, lines, h, clean)
			}
			if cut := strings.HasSuffix(resultText(tr)[0], "…"); cut != tr.blocks[1].foldable() && lines <= foldedLines {
				t.Errorf("at %d, the first line is cut: %v, and the result can be unfolded: %v: %.60q", w, cut, tr.blocks[1].foldable(), clean)
			}
			tr = unfold(clean, w, 160)
			parttest.CheckRows(t, tr.Rows(), tr.w, tr.h)
			if got := words(strings.Join(resultText(tr), "")); tr.blocks[1].foldable() && got != words(clean) {
				t.Errorf("at %d, %.60q unfolds to %.200q", w, clean, got)
			}
		}
	}
}

// Rows break between words where there is a place for it.
func TestRowsBreakBetweenWords(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		content string
		want    []string
	}{
		{"one two three four", []string{"one two", "three four"}},
		{"0123456789 0123456789", []string{"0123456789", "0123456789"}},
		{"a 0123456789012", []string{"a 01234567", "89012"}},
		{"漢字漢字漢字漢", []string{"漢字漢字漢", "字漢"}},
		{"a\tb\tc", []string{"a    b", "c"}},
	} {
		tr := unfold(test.content, 14, 10) // ten cells of text
		var got []string
		for _, row := range resultText(tr) {
			got = append(got, strings.TrimSpace(row))
		}
		if strings.Join(got, "|") != strings.Join(test.want, "|") {
			t.Errorf("%q becomes %q, want %q", test.content, got, test.want)
		}
	}
}

func TestUnfoldingEndsAtItsRows(t *testing.T) {
	t.Parallel()
	const w, cells = 54, 50 // of text
	for _, test := range []struct {
		name, content string
		rows          int
		more          string
	}{
		{"as many rows as show", strings.Repeat("x", cells*unfoldedRows), unfoldedRows, ""},
		{"a line that goes on", strings.Repeat("x", cells*unfoldedRows+1), unfoldedRows, "  … more · enter reads all"},
		{"a long line and others", strings.Repeat("x", 1<<20) + "\na\nb", unfoldedRows, "  … 2 lines more · enter reads all"},
		{"long lines", strings.Repeat(strings.Repeat("x", 3*cells)+"\n", 200), unfoldedRows, "  … 66 lines more · enter reads all"},
		{"few rows", strings.Repeat("x", 3*cells+1) + "\nend", 5, ""},
	} {
		rows := resultText(unfold(test.content, w, unfoldedRows+10))
		last := strings.TrimPrefix(rows[len(rows)-1], " ")
		if test.more != "" {
			rows = rows[:len(rows)-1]
		}
		if len(rows) != test.rows || (test.more != "" && last != test.more) || (test.more == "" && strings.Contains(last, "more")) {
			t.Errorf("%s: %d rows that end with %q, want %d and %q", test.name, len(rows), last, test.rows, test.more)
		}
	}
}

// A cut line says its keys on the item that they are about, where there is room
// for them, and without making it higher.
func TestCutLinesSayTheirKeys(t *testing.T) {
	t.Parallel()
	const keys = "… · space unfolds · enter reads"
	for _, test := range []struct {
		w             int
		content       string
		focused, want bool
	}{
		{80, record(9), true, true}, {80, record(9), false, false}, {40, record(9), true, false}, {80, "short", true, false},
		{80, resultOf(3) + record(9) + "\nend", true, true}, {80, resultOf(20), true, false},
	} {
		tr := newTranscript(toolRun(test.content), test.w, 30)
		height := tr.total
		tr.Focus(test.focused)
		text := parttest.Text(tr.Rows())
		if got := strings.Contains(text, keys); got != test.want || tr.total != height {
			t.Errorf("at %d, focused %v: the keys show: %v, in %d rows instead of %d: %q", test.w, test.focused, got, tr.total, height, text)
		}
	}
}

// What is found beyond the end of a cut line unfolds the result as long as the
// reader is there, and what is in a line that shows anyway does not.
func TestFindsInCutLines(t *testing.T) {
	t.Parallel()
	run := toolRun("needle, which shows\n" + record(40) + "\nneedle, below")
	run.Apply(parttest.Arrivals(run, api.TextDelta{Delta: "Number 40 is the last, a needle."}))
	tr := newTranscript(run, 60, 20)
	press(tr, part.Top)
	for _, step := range []struct {
		query     string
		n         int // matches
		unfolds   []bool
		following string // in the row of each match
	}{
		{"needle", 3, []bool{false, false, false}, "needle"},
		{"number 40", 2, []bool{true, false}, "umber 40"},
		{`"rank":1,`, 1, []bool{true}, `"rank":1,`},
	} {
		tr.SetQuery(find.NewQuery(step.query))
		for i, want := range step.unfolds {
			at, n := tr.Matches()
			if at != i+1 || n != step.n || tr.blocks[1].unfolded() != want {
				t.Fatalf("%q: match %d of %d, unfolded %v, want %d of %d, %v", step.query, at, n, tr.blocks[1].unfolded(), i+1, step.n, want)
			}
			if _, current := marks(tr.Rows()); current != 1 || !strings.Contains(parttest.Text(tr.Rows()), step.following) {
				t.Errorf("%q: match %d does not show: %q", step.query, at, parttest.Text(tr.Rows()))
			}
			tr.NextMatch()
		}
		tr.SetQuery(find.NewQuery(""))
	}
}

// Another width makes other rows of the same words: the result stays unfolded,
// and is searched in the rows that it has now.
func TestCutLinesAtAnotherWidth(t *testing.T) {
	t.Parallel()
	tr := unfold(record(40), 100, 30)
	tr.SetQuery(find.NewQuery("rank"))
	for _, w := range []int{60, 30, 140, 100} {
		tr.Resize(w, 30)
		shown := 0
		b := tr.blocks[1]
		for _, row := range b.rows(1, b.height) {
			shown += strings.Count(ansi.Strip(row), "rank")
		}
		if _, n := tr.Matches(); n != shown || b.height < 5 {
			t.Errorf("at %d, %d matches, and %d in %d rows", w, n, shown, b.height)
		}
	}
}
