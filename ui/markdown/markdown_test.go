package markdown

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
)

func testStyle() Style {
	return Style{
		Heading:     Text{Color: "4", Bold: true},
		Subheading:  Text{Bold: true},
		Strong:      Text{Bold: true},
		Emphasis:    Text{Italic: true},
		Strike:      Text{Strike: true},
		Code:        Text{Color: "3"},
		Link:        Text{Color: "6", Underline: true},
		Quote:       Text{Italic: true},
		Muted:       Text{Color: "8"},
		TableHeader: Text{Bold: true},
		TableBorder: Text{Color: "8"},
		CodeTheme:   "monokai",
		Dark:        true,
	}
}

// testRenderer draws all code in one colour: chroma gives up on a pattern after
// a time, so that on a busy machine the same code can have other tokens.
func testRenderer(style Style) *Renderer {
	r := NewRenderer(style)
	r.pens.look = func(chroma.TokenType) Text { return Text{Color: "5"} }
	return r
}

func newDoc(width int) *Doc { return testRenderer(testStyle()).New(width) }

// documents are the files in testdata, by name.
func documents(t testing.TB) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.md")
	if err != nil || len(paths) < 19 {
		t.Fatalf("testdata: %d documents, %v", len(paths), err)
	}
	all := map[string]string{}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(p)] = string(b)
	}
	return all
}

// all are the rows of a closed document that came in one piece.
func all(text string, width int) []string {
	d := newDoc(width)
	d.Append(text)
	d.Close()
	return d.Rows(0, d.Len())
}

// plainRows are rows without colours, links and trailing spaces.
func plainRows(rows []string) []string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = strings.TrimRight(ansi.Strip(r), " ")
	}
	return out
}

// chunked are the rows of a document that came in pieces of the sizes that
// next gives, with the last rows asked for in between as often as look says.
func chunked(t testing.TB, text string, width int, next func() int, look func() bool) []string {
	t.Helper()
	d := newDoc(width)
	for text != "" {
		n := min(max(next(), 1), len(text))
		d.Append(text[:n])
		text = text[n:]
		if look() {
			checkRows(t, d.Rows(d.Len()-60, d.Len()), width)
		}
	}
	d.Close()
	return d.Rows(0, d.Len())
}

func checkSame(t testing.TB, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("row %d of %d and %d differs\n got %q\nwant %q", i, len(got), len(want),
				got[min(i, len(got)):min(i+3, len(got))], want[min(i, len(want)):min(i+3, len(want))])
		}
	}
}

// checkRows holds every row to what the package promises: its width, and
// nothing in it but text, SGR without backgrounds and OSC 8 links, all closed
// at its end.
func checkRows(t testing.TB, rows []string, width int) {
	t.Helper()
	for i, r := range rows {
		if i > 0 && r == rows[i-1] {
			continue
		}
		if w := ansi.StringWidth(r); w != width {
			t.Fatalf("row %d is %d cells wide, not %d: %q", i, w, width, r)
		}
		if err := rowFault(r); err != nil {
			t.Fatalf("row %d: %v: %q", i, err, r)
		}
	}
}

func rowFault(r string) error {
	if !strings.Contains(r, "\x1b") {
		if r != visible(r) || strings.ContainsAny(r, "\t\n") {
			return errors.New("holds control characters")
		}
		return nil
	}
	styled, linked := false, false
	parser := ansi.GetParser()
	defer ansi.PutParser(parser)
	var state byte
	for r != "" {
		seq, _, n, next := ansi.DecodeSequence(r, state, parser)
		state, r = next, r[n:]
		switch {
		case ansi.HasCsiPrefix(seq) && parser.Command() == 'm':
			styled = seq != "\x1b[m"
			if len(parser.Params()) > 16 {
				return fmt.Errorf("%d parameters", len(parser.Params()))
			}
		case ansi.HasOscPrefix(seq) && strings.HasPrefix(seq, "\x1b]8;"):
			url := strings.TrimSuffix(seq[strings.LastIndexByte(seq, ';')+1:], "\a")
			if linked = url != ""; linked && checkedLink(url) == "" {
				return fmt.Errorf("links to %q", url)
			}
		case seq != visible(seq) || strings.ContainsAny(seq, "\t\n\x1b"):
			return fmt.Errorf("holds %q", seq)
		}
	}
	if styled || linked {
		return fmt.Errorf("ends with style %v, link %v", styled, linked)
	}
	return nil
}

// TestDocuments compares any way of cutting a document into deltas with the
// whole document at once.
func TestDocuments(t *testing.T) {
	t.Parallel()
	for name, text := range documents(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, width := range []int{1, 20, 90} {
				want := all(text, width)
				checkRows(t, want, width)
				random := rand.New(rand.NewPCG(uint64(width), 5))
				for _, size := range []int{12, 80} {
					got := chunked(t, text, width, func() int { return 1 + random.IntN(size) }, func() bool { return random.IntN(12) == 0 })
					checkSame(t, got, want)
				}
			}
		})
	}
}

// TestGolden holds the documents to how they looked when a person last looked.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, text := range documents(t) {
		for _, width := range []int{40, 80} {
			t.Run(fmt.Sprintf("%s/%d", name, width), func(t *testing.T) {
				t.Parallel()
				golden.RequireEqual(t, strings.Join(all(text, width), "\n"))
			})
		}
	}
}

// TestGenerated compares, for texts made of every construct, any way of
// cutting them into deltas with the whole text at once.
func TestGenerated(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		random := rand.New(rand.NewPCG(seed, 1))
		text := generate(random)
		width := 1 + random.IntN(100)
		want := all(text, width)
		checkRows(t, want, width)
		next := func() int { return 1 + random.IntN(1+random.IntN(60)) }
		got := chunked(t, text, width, next, func() bool { return random.IntN(4) == 0 })
		if !slices.Equal(got, want) {
			t.Logf("seed %d, text %q", seed, text)
			checkSame(t, got, want)
		}
	}
}

// TestOpen checks that not only the end but every moment shows the same,
// however the text came.
func TestOpen(t *testing.T) {
	t.Parallel()
	for name, text := range documents(t) {
		text = text[:min(len(text), 2000)]
		steps := newDoc(50)
		for i := 0; i < len(text); {
			n := min(97, len(text)-i)
			steps.Append(text[i : i+n])
			i += n
			once := newDoc(50)
			once.Append(text[:i])
			got, want := steps.Rows(0, steps.Len()), once.Rows(0, once.Len())
			if !slices.Equal(got, want) {
				t.Logf("%s, after %q", name, text[max(0, i-60):i])
				checkSame(t, got, want)
			}
		}
	}
}

func TestResizeAndRestyle(t *testing.T) {
	t.Parallel()
	for _, text := range documents(t) {
		d := New(Style{}, 33)
		d.Append(text)
		d.Len()
		d.SetWidth(71)
		d.SetRenderer(testRenderer(testStyle()))
		d.Close()
		checkSame(t, d.Rows(0, d.Len()), all(text, 71))
		d.SetWidth(20)
		checkSame(t, d.Rows(0, d.Len()), all(text, 20))
		d.SetWidth(0)
		if d.SetWidth(-3); d.Len() != 0 || len(d.Rows(0, 9)) != 0 {
			t.Fatal("a width below 1 has rows")
		}
		d.SetWidth(71)
		checkSame(t, d.Rows(0, d.Len()), all(text, 71))
	}
}

func TestRowsRange(t *testing.T) {
	t.Parallel()
	d := newDoc(20)
	if d.Len() != 0 || len(d.Rows(-1, 5)) != 0 {
		t.Fatal("an empty Doc has rows")
	}
	d.Append("one\n\ntwo\n\nthr")
	want := []string{"one", "", "two", "", "thr"}
	for from := -1; from < 7; from++ {
		for to := -1; to < 7; to++ {
			a := min(max(from, 0), 5)
			b := min(max(to, a), 5)
			if got := plainRows(d.Rows(from, to)); !slices.Equal(got, want[a:b]) {
				t.Fatalf("Rows(%d, %d) = %q", from, to, got)
			}
		}
	}
}

// TestCode checks that code is coloured when its fence is closed, and that its
// rows stand where they stood.
func TestCode(t *testing.T) {
	t.Parallel()
	code := "```go\nfunc main() {\n\n\tprintln(\"日本語\", 1, 2, 3, 4)\n}\n\n"
	d := New(testStyle(), 20)
	d.Append("text\n\n" + code)
	open := d.Rows(0, d.Len())
	d.Append("```\n")
	closed := d.Rows(0, d.Len())
	if !slices.Equal(plainRows(open), plainRows(closed)) {
		t.Errorf("open   %q\nclosed %q", plainRows(open), plainRows(closed))
	}
	if strings.Contains(strings.Join(open, ""), "\x1b") || !strings.Contains(strings.Join(closed, ""), "\x1b[38;2;") {
		t.Errorf("open %q, closed %q", open, closed)
	}
	dark, light := testStyle(), testStyle()
	light.CodeTheme = "github"
	d.SetRenderer(NewRenderer(light))
	inLight := d.Rows(0, d.Len())
	d.SetRenderer(NewRenderer(dark))
	if slices.Equal(inLight, closed) || !slices.Equal(d.Rows(0, d.Len()), closed) {
		t.Error("a change of theme does not change the colours of code and back")
	}
}

func FuzzChunks(f *testing.F) {
	for _, text := range documents(f) {
		f.Add(text, uint8(40), uint64(1))
	}
	for seed := range uint64(10) {
		f.Add(generate(rand.New(rand.NewPCG(seed, 2))), uint8(seed*7), seed)
	}
	f.Fuzz(func(t *testing.T, text string, width uint8, seed uint64) {
		if len(text) > 20<<10 {
			return
		}
		w := 1 + int(width)%120
		want := all(text, w)
		checkRows(t, want, w)
		random := rand.New(rand.NewPCG(seed, 3))
		got := chunked(t, text, w, func() int { return 1 + random.IntN(40) }, func() bool { return random.IntN(8) == 0 })
		checkSame(t, got, want)
	})
}

// TestBody checks that text without a look of its own is drawn in the body's,
// in paragraphs, lists and tables, while it streams and afterwards.
func TestBody(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"word", "- word", "| a |\n|---|\n| word |"} {
		d := New(Style{Body: Text{Color: "8"}}, 40)
		d.Append(text)
		for _, closed := range []bool{false, true} {
			if closed {
				d.Close()
			}
			rows := strings.Join(d.Rows(0, d.Len()), "\n")
			if before, _, _ := strings.Cut(rows, "word"); !strings.HasSuffix(before, "\x1b[90m") {
				t.Errorf("%q, closed %v: the word is not drawn in the body's colour: %q", text, closed, rows)
			}
		}
	}
}
