package reader_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/ui/find"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
	"notturno/ui/reader"
)

// marked are the places that rows show as found.
func marked(rows []string) (found []string, current int) {
	current = -1
	for _, row := range rows {
		for {
			_, after, ok := strings.Cut(row, "7m")
			if !ok {
				break
			}
			if strings.HasSuffix(strings.TrimSuffix(row, "7m"+after), "\x1b[1;") {
				current = len(found)
			}
			place, rest, _ := strings.Cut(after, "\x1b[m")
			found = append(found, ansi.Strip(place))
			row = rest
		}
	}
	return found, current
}

// Every place in the text is found, counted, gone to in order, and marked.
func TestFindingIsASearchOfTheText(t *testing.T) {
	t.Parallel()
	source := ""
	for _, hostile := range parttest.Hostile() {
		source += string(api.Clean(hostile)) + "\n"
	}
	for _, wrap := range []bool{true, false} {
		for _, query := range []string{"e", "line", "ONE", "日", "there", "zzz", "a"} {
			want := len(find.NewQuery(query).In(source))
			r := open(page(source, reader.Plain), 50, 12)
			if !wrap {
				do(r, part.WrapLines)
			}
			do(r, part.FindHere)
			typed(r, query)
			for i := range want {
				found, current := marked(r.Rows()[:11])
				if current < 0 || len(find.NewQuery(query).In(found[current])) != 1 {
					t.Fatalf("wrap %v: place %d of %q shows as %q, of which %d", wrap, i+1, query, found, current)
				}
				if status := fmt.Sprintf("%d of %d", i+1, want); !strings.Contains(text(r), status) {
					t.Fatalf("%q is not in %q", status, r.Rows()[11])
				}
				do(r, part.NextFound)
			}
			if want == 0 && !strings.Contains(text(r), "nothing found") {
				t.Errorf("%q is not found, and the screen says %q", query, r.Rows()[11])
			}
		}
	}
}

func TestFindingBackAndForth(t *testing.T) {
	t.Parallel()
	r := open(page(strings.Repeat("x\n", 50)+"here\n"+strings.Repeat("x\n", 50)+"here\n"+strings.Repeat("x\n", 50), reader.Plain), 60, 12)
	at := func(want string) {
		t.Helper()
		if !strings.Contains(text(r), want) {
			t.Fatalf("%q is not in %q", want, text(r))
		}
	}
	do(r, part.FindHere)
	typed(r, "here")
	at("1 of 2")
	do(r, part.NextFound)
	at("2 of 2")
	do(r, part.Find)
	at("1 of 2")
	do(r, part.PrevFound, part.Back)
	at("2 of 2 · n N next, before")
	do(r, part.NextMatch)
	at("1 of 2")
	do(r, part.PrevMatch)
	at("2 of 2")
	do(r, part.FindHere)
	if !r.Typing() {
		t.Fatal("the line does not open again")
	}
	at("find › here")
}

// The search begins where the view was when it was asked for, at each key.
func TestFindingIsIncremental(t *testing.T) {
	t.Parallel()
	r := open(page("ab\n"+strings.Repeat("x\n", 60)+"a\n"+strings.Repeat("x\n", 60)+"ab", reader.Plain), 60, 12)
	do(r, part.PageDown, part.FindHere)
	typed(r, "a")
	if got := text(r); !strings.Contains(got, "2 of 3") {
		t.Errorf("a: %q", got)
	}
	typed(r, "b")
	if got := text(r); !strings.Contains(got, "2 of 2") {
		t.Errorf("ab: %q", got)
	}
	typed(r, "c")
	if got := text(r); !strings.Contains(got, "nothing found") {
		t.Errorf("abc: %q", got)
	}
}

// A match that sections, formats and widths hide or move is found all the same.
func TestFindingInEverySection(t *testing.T) {
	t.Parallel()
	doc := reader.Document{Sections: []reader.Section{
		{Heading: "Input", Text: `{"word":[1,"word"]}`, Format: reader.JSON},
		{Heading: "Notes", Text: strings.Repeat("A paragraph.\n\n", 40) + "one **word** more", Format: reader.Markdown},
		{Text: strings.Repeat("y\n", 40) + "word"},
	}}
	r := open(doc, 60, 10)
	do(r, part.FindHere)
	typed(r, "word")
	for i := range 8 {
		found, current := marked(r.Rows()[:9])
		if want := fmt.Sprintf("%d of 4", i%4+1); current < 0 || found[current] != "word" || !strings.Contains(text(r), want) {
			t.Fatalf("place %s shows as %q: %q", want, found, text(r))
		}
		r.Resize(40+i*9, 10+i%3)
		r.Resize(60, 10)
		do(r, part.NextFound)
	}
}

// A document too long to count in is searched on from key to key.
func TestFindingInAHugeText(t *testing.T) {
	t.Parallel()
	filler := strings.Repeat("some words of a result\n", 1<<20) // 23 MiB
	r := open(page("needle\n"+filler+"needle here\nneedle", reader.Plain), 60, 12)
	status := func(want string) {
		t.Helper()
		if got := ansi.Strip(r.Rows()[11]); !strings.Contains(got, want) {
			t.Fatalf("%q is not in %q", want, got)
		}
	}
	do(r, part.FindHere)
	typed(r, "needle")
	status("too long to count")
	do(r, part.NextFound)
	status("not in these 16 MiB")
	do(r, part.NextFound)
	status("too long to count")
	if found, current := marked(r.Rows()[:11]); len(found) != 2 || current != 0 {
		t.Errorf("marked are %q, of which %d", found, current)
	}
	do(r, part.NextFound, part.NextFound)
	if got := text(r); !strings.Contains(got, "line 1 of") {
		t.Errorf("past the end: %q", got)
	}
	do(r, part.PrevFound, part.PrevFound)
	if found, current := marked(r.Rows()[:11]); len(found) != 2 || current != 0 {
		t.Errorf("back past the start: %q, of which %d", found, current)
	}
	do(r, part.PrevFound)
	status("not in these 16 MiB")
	typed(r, "s that are not there")
	status("not in these 16 MiB")
}
