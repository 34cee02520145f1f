package markdown

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A table that has room enough is as wide as it needs to be: no cell is broken.
func TestATableThatFitsIsNotBroken(t *testing.T) {
	t.Parallel()
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 11))
		columns, rows := 1+r.IntN(8), 1+r.IntN(6)
		natural, wide := make([]int, columns), r.IntN(columns)
		var source strings.Builder
		for row := range rows + 1 {
			for k := range columns {
				text := strings.TrimSpace(strings.Repeat("longerword ", 1+r.IntN(3)))
				if k != wide {
					text = "no"
				}
				natural[k] = max(natural[k], len(text))
				fmt.Fprintf(&source, "| %s ", text)
			}
			source.WriteString("|\n")
			if row == 0 {
				source.WriteString(strings.Repeat("|---", columns) + "|\n")
			}
		}
		width := columnGap * (columns - 1)
		for _, w := range natural {
			width += w
		}
		doc := New(Style{}, width)
		doc.Append(source.String())
		doc.Close()
		if got := doc.Len(); got != rows+2 {
			t.Fatalf("seed %d: %d rows on %d cells, want %d:\n%s", seed, got, width, rows+2, strings.Join(doc.Rows(0, got), "\n"))
		}
	}
}

// What is too wide is shared: the short columns keep what they need, and the
// long ones get the rest in equal parts.
func TestTheRoomOfATableIsShared(t *testing.T) {
	t.Parallel()
	row := func(widths ...int) [][]cell {
		var contents [][]cell
		for _, w := range widths {
			var cells []cell
			for i := range w {
				text := "a"
				if i%4 == 3 {
					text = " "
				}
				cells = append(cells, cell{text: text, width: 1})
			}
			contents = append(contents, cells)
		}
		return contents
	}
	for _, test := range []struct{ natural, want []int }{
		{[]int{3, 19, 6, 3, 5}, []int{3, 19, 6, 3, 5}},
		{[]int{3, 90, 90}, []int{3, 26, 25}},
		{[]int{90, 10, 90, 2}, []int{20, 10, 19, 2}},
		{[]int{100}, []int{60}},
	} {
		got := columnWidths([][][]cell{row(test.natural...)}, 60)
		if fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("columns of %v get %v, want %v", test.natural, got, test.want)
		}
	}
	if got := columnWidths([][][]cell{row(manyWords(30)...)}, 60); got == nil || len(got) != 0 {
		t.Errorf("thirty columns get %v, want to be stacked", got)
	}
}

// manyWords are n columns of a word each.
func manyWords(n int) []int {
	widths := make([]int, n)
	for i := range widths {
		widths[i] = 3
	}
	return widths
}
