package markdown

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// many is a text of every construct that has far more rows than a Doc keeps.
func many(random *rand.Rand) string {
	var b strings.Builder
	for i := 0; b.Len() < 150<<10; i++ {
		b.WriteString(construct(random))
		if i%3 == 0 {
			fmt.Fprintf(&b, "\n```go\nfunc f%d() string { return \"text\" } // comment\n```\n", i)
		}
	}
	return b.String()
}

// TestDroppedRows checks that rows that were dropped come back as they were,
// and that no more than promised are kept.
func TestDroppedRows(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(0, 6))
	text := many(random)
	d := newDoc(60)
	for i := 0; i < len(text); i += 5000 {
		d.Append(text[i:min(i+5000, len(text))])
		d.Len()
	}
	n := d.Len()
	if n < 2*maxHeld {
		t.Fatalf("only %d rows", n)
	}
	want := d.Rows(0, n)
	checkRows(t, want, 60)
	for range 60 {
		from := random.IntN(n)
		to := from + random.IntN(80)
		if got := d.Rows(from, to); !slices.Equal(got, want[from:min(to, n)]) {
			t.Fatalf("rows %d to %d differ when they are drawn again", from, to)
		}
		if d.heldRows > maxHeld+200 {
			t.Fatalf("%d rows are kept", d.heldRows)
		}
	}
}

// TestLateDefinitionsStayLate checks that a block that is drawn again does not
// know a link that it did not know when it was closed, until the text ends.
func TestLateDefinitionsStayLate(t *testing.T) {
	t.Parallel()
	d := newDoc(40)
	d.Append("[page] is here\n\n" + strings.Repeat("row\n\n", maxHeld) + "[page]: https://x.example/a/long/address/that/needs/rows\n\nend\n\n")
	n := d.Len()
	d.Rows(n/2, n)
	if got := plainRows(d.Rows(0, 1))[0]; got != "[page] is here" || d.Len() != n {
		t.Errorf("shows %q, and %d rows instead of %d", got, d.Len(), n)
	}
	d.Close()
	if got := plainRows(d.Rows(0, 1))[0]; got != "page" {
		t.Errorf("at the end it shows %q", got)
	}
}

// TestRestyle checks that a new style keeps every row where it was.
func TestRestyle(t *testing.T) {
	t.Parallel()
	for name, text := range documents(t) {
		d := newDoc(50)
		d.Append(text)
		before := plainRows(d.Rows(0, d.Len()))
		other := testStyle()
		other.Body, other.Heading = Text{Color: "8"}, Text{Color: "#ff0000"}
		d.SetRenderer(testRenderer(other))
		fresh := testRenderer(other).New(50)
		fresh.Append(text)
		got := d.Rows(0, d.Len())
		checkSame(t, got, fresh.Rows(0, fresh.Len()))
		if !slices.Equal(plainRows(got), before) {
			t.Errorf("%s: the text changes with the style", name)
		}
	}
}

// TestSettled checks that settled rows stay as they are while the text grows,
// and that all rows are settled at its end.
func TestSettled(t *testing.T) {
	t.Parallel()
	texts := documents(t)
	for seed := range uint64(8) {
		texts[fmt.Sprint("seed ", seed)] = generate(rand.New(rand.NewPCG(seed, 7)))
	}
	for name, text := range texts {
		random := rand.New(rand.NewPCG(uint64(len(text)), 8))
		d := newDoc(1 + random.IntN(100))
		var settled []string
		for text != "" {
			n := min(1+random.IntN(150), len(text))
			d.Append(text[:n])
			text = text[n:]
			count := d.Settled()
			rows := plainRows(d.Rows(0, count))
			if count < len(settled) || len(rows) != count || !slices.Equal(rows[:len(settled)], settled) {
				t.Fatalf("%s: before %q, the settled rows were\n%q\nand are\n%q", name, text, settled, rows)
			}
			settled = rows
		}
		d.Close()
		if d.Settled() != d.Len() {
			t.Errorf("%s: %d of %d rows are settled at the end", name, d.Settled(), d.Len())
		}
	}
}

// TestSettledIsNear checks that what is not settled does not grow with the
// text, whatever is open.
func TestSettledIsNear(t *testing.T) {
	t.Parallel()
	for _, s := range streams {
		if s.name == "quote" {
			continue // it is one block up to 64 KB
		}
		d := newDoc(80)
		d.Append(s.head)
		for i := range 200 {
			d.Append(s.line(i))
			if open := d.Len() - d.Settled(); open > 250 {
				t.Fatalf("%s: after %d lines %d rows are not settled", s.name, i, open)
			}
		}
	}
}
