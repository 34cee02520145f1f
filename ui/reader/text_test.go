package reader_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"notturno/api"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
	"notturno/ui/reader"
)

// body is what a reader shows between its header and its footer.
func body(r *reader.Reader) []string {
	rows := strings.Split(text(r), "\n")
	rows = rows[1 : len(rows)-1]
	for len(rows) > 0 && rows[len(rows)-1] == "" {
		rows = rows[:len(rows)-1]
	}
	return rows
}

// words is text without spaces and breaks, which are where rows are cut.
func words(text string) string { return strings.Join(strings.Fields(text), "") }

func TestScrollingReachesEveryLine(t *testing.T) {
	t.Parallel()
	var source strings.Builder
	for i := range 60 {
		fmt.Fprintf(&source, "%d%s\n", i, strings.Repeat(" word漢", i%40))
	}
	doc := page(source.String(), reader.Plain)
	for _, wrap := range []bool{true, false} {
		r, all := open(doc, 60, 20), open(doc, 60, 800)
		if !wrap {
			do(r, part.WrapLines)
			do(all, part.WrapLines)
		} else if got := words(strings.Join(body(all), " ")); got != words(source.String()) {
			t.Error("what shows is not what was given")
		}
		rows := body(all)
		for i := 0; i+18 <= len(rows); i++ {
			if got := body(r); strings.Join(got, "\n") != strings.TrimRight(strings.Join(rows[i:i+18], "\n"), "\n") {
				t.Fatalf("after %d rows down: %q", i, got)
			}
			do(r, part.Down)
		}
		end := text(r)
		do(r, part.Top, part.End)
		if text(r) != end {
			t.Error("the end is not where the last row is")
		}
		for i := len(rows) - 18; i >= 0; i-- {
			if got := body(r); strings.Join(got, "\n") != strings.TrimRight(strings.Join(rows[i:i+18], "\n"), "\n") {
				t.Fatalf("going up, at row %d: %q", i, got)
			}
			do(r, part.Up)
		}
	}
}

func TestPagesMissNothing(t *testing.T) {
	t.Parallel()
	doc := page(strings.Repeat("line\n", 300), reader.Plain)
	r := open(doc, 80, 24)
	for want := 1; want < 260; want += 20 {
		if got := text(r); !strings.Contains(got, fmt.Sprintf("line %d of 300", want)) {
			t.Fatalf("not at line %d: %q", want, got[:80])
		}
		do(r, part.PageDown)
	}
	do(r, part.End)
	if got := text(r); !strings.Contains(got, "line 279 of 300 · 100%") {
		t.Errorf("at the end: %q", got[:80])
	}
	r.Update(part.Wheel{Rows: -3})
	if got := text(r); !strings.Contains(got, "line 276 of 300 · 91%") {
		t.Errorf("three rows up: %q", got[:80])
	}
}

// The line at the top stays there, whatever the size becomes.
func TestResizingKeepsTheTop(t *testing.T) {
	t.Parallel()
	var source strings.Builder
	for i := range 400 {
		fmt.Fprintf(&source, "[%d] %s\n", i, strings.Repeat("many words ", i%17))
	}
	r := open(page(source.String(), reader.Plain), 80, 24)
	for range 7 {
		do(r, part.PageDown)
	}
	for !strings.HasPrefix(body(r)[0], " [") {
		do(r, part.Down)
	}
	line, _, _ := strings.Cut(body(r)[0], "]")
	for _, size := range [][2]int{{40, 24}, {200, 50}, {17, 5}, {0, 0}, {1, 1}, {80, 24}} {
		r.Resize(size[0], size[1])
		if size[0] > 10 && !strings.HasPrefix(body(r)[0], line) {
			t.Errorf("at %v the top is %q, want %q", size, body(r)[0], line)
		}
	}
}

// A line of many pieces shows all of its text, in both directions.
func TestVeryLongLines(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 5))
	for _, unit := range []string{"x", "word 漢字 ", "👩‍👩‍👧‍👦", "e\u0301a\tb"} {
		source := strings.Repeat(unit, (40_000+r.IntN(5000))/len(unit))
		v := open(page("first\n"+source+"\nlast", reader.Plain), 100, 900)
		want := strings.ReplaceAll(words("first"+source+"last"), "\t", "")
		if got := words(strings.Join(body(v), "")); got != want {
			t.Errorf("of %q %d bytes show, want %d", unit, len(got), len(want))
		}
		low := open(page("first\n"+source+"\nlast", reader.Plain), 100, 12)
		do(low, part.End)
		rows := body(v)
		for i := len(rows) - 10; i >= 0; i -= 7 {
			if got := body(low)[0]; got != rows[i] {
				t.Fatalf("of %q, going up shows %q at row %d, want %q", unit, got, i, rows[i])
			}
			low.Update(part.Wheel{Rows: -7})
		}
	}
}

func TestTabs(t *testing.T) {
	t.Parallel()
	r := open(page("a\tb\n漢\tc\nabcd\te\n\tf", reader.Plain), 40, 10)
	if got, want := strings.Join(body(r), "\n"), " a   b\n 漢  c\n abcd    e\n     f"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	do(r, part.FindHere)
	typed(r, "e")
	if row := r.Rows()[3]; !strings.Contains(row, "abcd    \x1b[1;7me\x1b[m") {
		t.Errorf("after a tab, what is found is marked in %q", row)
	}
}

func TestSideways(t *testing.T) {
	t.Parallel()
	line := "0123456789abcdefghijklmnopqrstuvwxyz"
	r := open(page(line, reader.Plain), 22, 6)
	do(r, part.PanRight)
	if got := body(r)[0]; got != " 0123456789abcdefghi" && !strings.HasPrefix(got, " 0123456789") {
		t.Errorf("broken lines move sideways: %q", got)
	}
	do(r, part.WrapLines)
	for _, step := range []struct {
		action part.Action
		want   string
	}{
		{part.NoAction, " 0123456789abcdefghi…"},
		{part.PanRight, " abcdefghijklmnopqrs…"},
		{part.PanRight, " klmnopqrstuvwxyz"},
		{part.PanRight, " klmnopqrstuvwxyz"},
		{part.PanLeft, " abcdefghijklmnopqrs…"},
		{part.PanLeft, " 0123456789abcdefghi…"},
		{part.PanLeft, " 0123456789abcdefghi…"},
	} {
		do(r, step.action)
		if got := body(r)[0]; got != step.want {
			t.Fatalf("%q, want %q", got, step.want)
		}
	}
}

// allocated is how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// A huge text costs no memory beside itself, whatever is done with it. It is
// not parallel: what is allocated meanwhile counts.
func TestHugeTextsTakeNoMemory(t *testing.T) {
	line := strings.Repeat("some words of a result ", 4) + "\n"
	for name, source := range map[string]string{
		"64 MiB":              strings.Repeat(line, 64<<20/len(line)),
		"a line of 8 MiB":     strings.Repeat("漢字 text ", 8<<20/12),
		"64 MiB of JSON":      "{" + strings.Repeat(`"a":[1,2,3],`, 64<<20/12) + `"b":0}`,
		"many empty lines":    strings.Repeat("\n", 8<<20),
		"8 MiB without space": strings.Repeat("x", 8<<20),
	} {
		var r *reader.Reader
		var rows []string
		got := allocated(func() {
			r = open(page(source, reader.FormatOf(source)), 120, 40)
			rows = r.Rows()
			do(r, part.PageDown, part.End)
			r.Rows()
			do(r, part.PageUp, part.WrapLines, part.PanRight, part.FindHere)
			typed(r, "q")
			r.Rows()
			do(r, part.NextFound, part.PrevFound, part.Back, part.Top)
			r.Rows()
		})
		parttest.CheckRows(t, rows, 120, 40)
		if limit := uint64(8 << 20); got > limit {
			t.Errorf("%s: %d KiB allocated, want less than %d", name, got>>10, limit>>10)
		}
	}
}

func TestUnchangedRowsCostNothing(t *testing.T) {
	r := open(page(strings.Repeat("some words\n", 1000), reader.Plain), 200, 60)
	r.Rows()
	if n := testing.AllocsPerRun(20, func() { r.Rows() }); n != 0 {
		t.Errorf("unchanged rows take %.0f allocations", n)
	}
}

func FuzzReading(f *testing.F) {
	for _, hostile := range parttest.Hostile() {
		f.Add(hostile, 20, 7, "e")
	}
	f.Fuzz(func(t *testing.T, source string, w, h int, query string) {
		w, h = w&127, h&63
		source = string(api.Clean(source))
		r := open(page(source, reader.FormatOf(source)), w, h)
		for _, a := range []part.Action{part.End, part.Up, part.FindHere, part.NextFound, part.Back, part.WrapLines, part.PanRight} {
			do(r, a)
			if a == part.FindHere {
				typed(r, query)
			}
			parttest.CheckRows(t, r.Rows(), w, h)
		}
	})
}
