package part_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// styled are the ways in which text reaches a row.
func styled(s string) []string {
	theme := themes.Notte()
	return []string{s, themes.Paint(theme.Accent, s), part.Link(theme, "https://example.com/", s), themes.Bold(nil, s) + s}
}

// line is a text as a row may hold it: cleaned, on one line.
func line(s string) string { return api.Clean(s).Line() }

func checkRow(t *testing.T, row string, w int) {
	t.Helper()
	parttest.CheckRows(t, []string{row}, max(w, 0), 1)
}

func TestRowsAreExactlyAsWide(t *testing.T) {
	t.Parallel()
	for _, raw := range parttest.Hostile() {
		for _, s := range styled(line(raw)) {
			for _, w := range []int{-1, 0, 1, 2, 3, 4, 5, 6, 7, 11, 19, 28, 40, 79, 200} {
				checkRow(t, part.Fit(s, w), w)
				checkRow(t, part.Sides(s, "right", w), w)
				checkRow(t, part.Sides("left", s, w), w)
				checkRow(t, part.Sides(s, s, w), w)
			}
		}
	}
}

func FuzzRowsAreExactlyAsWide(f *testing.F) {
	for _, s := range parttest.Hostile() {
		f.Add(s, "right", 20)
	}
	f.Fuzz(func(t *testing.T, left, right string, w int) {
		w = min(max(w, -1), 400)
		for _, s := range styled(line(left)) {
			checkRow(t, part.Fit(s, w), w)
			checkRow(t, part.Sides(s, line(right), w), w)
		}
		for _, row := range part.Wrap(string(api.Clean(left)), w) {
			checkWrapped(t, row, w)
		}
	})
}

// checkWrapped allows what cannot be helped: in three columns or fewer, a
// character or a dash with the space before it can be too wide.
func checkWrapped(t *testing.T, row string, w int) {
	t.Helper()
	parttest.CheckSafe(t, row)
	if got := ansi.StringWidth(row); w > 3 && got > w {
		t.Fatalf("a row wrapped to %d is %d cells wide: %q", w, got, row)
	}
}

func TestFitKeepsWhatFits(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text string
		w    int
		want string
	}{
		{"abc", 5, "abc  "}, {"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"abc", 1, "…"}, {"abc", 0, ""}, {"abc", -4, ""},
		{"日本", 4, "日本"}, {"日本", 3, "日…"}, {"日本", 2, "… "}, {"日本", 1, "…"}, {"", 2, "  "},
	} {
		if got := part.Fit(test.text, test.w); got != test.want {
			t.Errorf("%q in %d cells is %q, want %q", test.text, test.w, got, test.want)
		}
	}
}

func TestSidesGiveWayOnTheRight(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		w    int
		want string
	}{
		{12, "left   right"}, {10, "left right"}, {9, "left     "}, {4, "left"}, {3, "le…"}, {0, ""},
	} {
		if got := part.Sides("left", "right", test.w); got != test.want {
			t.Errorf("in %d cells: %q, want %q", test.w, got, test.want)
		}
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	for h := -1; h < 5; h++ {
		rows := part.Fill([]string{"ab", "cd"}, 2, h)
		parttest.CheckRows(t, rows, 2, max(h, 0))
	}
	parttest.CheckRows(t, part.Fill(nil, -1, 2), 0, 2)
}

func TestWrapKeepsEveryWord(t *testing.T) {
	t.Parallel()
	for _, raw := range parttest.Hostile() {
		text := string(api.Clean(raw))
		for _, w := range []int{-1, 0, 1, 2, 3, 4, 5, 8, 13, 20, 40} {
			rows := part.Wrap(text, w)
			for _, row := range rows {
				checkWrapped(t, row, w)
			}
			if w < 1 && rows != nil {
				t.Fatalf("wrapped to %d: %q", w, rows)
			}
			if got, want := letters(strings.Join(rows, "")), letters(text); w >= 2 && got != want {
				t.Fatalf("wrapped to %d, %q became %q", w, want, got)
			}
		}
	}
}

// letters is s without the space that wrapping may eat.
func letters(s string) string { return strings.Join(strings.Fields(s), "") }

func TestFlow(t *testing.T) {
	t.Parallel()
	texts := []string{"one", "two", "three", "日本"}
	for _, test := range []struct {
		w    int
		want []string
	}{
		{80, []string{"one · two · three · 日本"}},
		{17, []string{"one · two · three", "日本"}},
		{16, []string{"one · two", "three · 日本"}},
		{5, []string{"one", "two", "three", "日本"}},
		{0, []string{"one", "two", "three", "日本"}},
	} {
		if got := part.Flow(texts, test.w); !slices.Equal(got, test.want) {
			t.Errorf("in %d cells: %q, want %q", test.w, got, test.want)
		}
	}
	if rows := part.Flow(nil, 10); rows != nil {
		t.Errorf("nothing flows into %q", rows)
	}
}

func TestLineIsShortAndOnOneLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "a name": "a name", "two\nlines\tand\n": "two lines and", " \n\t": "", "日本\n語": "日本 語",
	} {
		if got := part.Line(text, 10); got != want {
			t.Errorf("%q reads %q, want %q", text, got, want)
		}
	}
	for _, raw := range parttest.Hostile() {
		long := strings.Repeat(line(raw)+" .", 300)
		for _, w := range []int{-1, 0, 1, 10, 100} {
			got := part.Line(long, w)
			parttest.CheckSafe(t, got)
			if len(got) > (w+2)*40+43 || part.Fit(got, w) != part.Fit(strings.TrimSpace(long), w) {
				t.Errorf("%.40q for %d cells is %d bytes: %.80q", long, w, len(got), got)
			}
		}
	}
}

func TestTimes(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration][2]string{
		0:                        {"0:00", "0ms"},
		4 * time.Millisecond:     {"0:00", "4ms"},
		99 * time.Millisecond:    {"0:00", "99ms"},
		100 * time.Millisecond:   {"0:00", "0.1s"},
		2100 * time.Millisecond:  {"0:02", "2.1s"},
		7 * time.Second:          {"0:07", "7.0s"},
		12 * time.Second:         {"0:12", "12s"},
		59900 * time.Millisecond: {"0:59", "59s"},
		time.Minute:              {"1:00", "1m00s"},
		125 * time.Second:        {"2:05", "2m05s"},
		time.Hour - 1:            {"59:59", "59m59s"},
		3723 * time.Second:       {"1:02:03", "62m03s"},
		100 * time.Hour:          {"100:00:00", "6000m00s"},
	} {
		if got := [2]string{part.Clock(d), part.Seconds(d)}; got != want {
			t.Errorf("%v shows as %q, want %q", d, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0 lines", 1: "1 line", 2: "2 lines", 1000000: "1000000 lines"} {
		if got := part.Count(n, "line"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestTitleTellsTheFocusWithoutWords(t *testing.T) {
	t.Parallel()
	theme := themes.Notte()
	if on, off := part.Title(theme, "Timeline", true), part.Title(theme, "Timeline", false); on == off || ansi.Strip(on) != ansi.Strip(off) {
		t.Errorf("focused %q, otherwise %q", on, off)
	}
}
