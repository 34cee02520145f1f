package transcript

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"notturno/api"
	"notturno/state"
	"notturno/ui/find"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
	"notturno/ui/structure"
)

// allocated is how many bytes f allocates, once it is warm.
func allocated(f func()) uint64 {
	const times = 5
	f()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range times {
		f()
	}
	runtime.ReadMemStats(&after)
	return (after.TotalAlloc - before.TotalAlloc) / times
}

// The costs are counted in bytes that are allocated, over all goroutines: these
// tests run alone.

func TestHugeResultsCostNoMoreThanSmallOnes(t *testing.T) {
	draw := func(run *state.Run) (measure, rows uint64) {
		tr := newTranscript(run, 100, 30)
		measure = allocated(func() {
			tr.blocks[1].settled = false
			tr.layout(1)
		})
		rows = allocated(func() {
			tr.rows = nil
			tr.Rows()
		})
		return measure, rows
	}
	smallMeasure, smallRows := draw(toolRun(strings.Repeat("a line of a result\n", 20)))
	for name, content := range map[string]string{
		"16 MiB on one line": strings.Repeat("x", 16<<20),
		"a million lines":    strings.Repeat("a line of a result\n", 1_000_000),
		"16 MiB of tabs":     strings.Repeat("x\t", 8<<20),
		"16 MiB of CJK":      strings.Repeat("漢", 16<<20/3),
	} {
		measure, rows := draw(toolRun(content))
		if measure > 2*smallMeasure+64<<10 || rows > 2*smallRows {
			t.Errorf("%s: measuring takes %d bytes and drawing %d, a small result %d and %d", name, measure, rows, smallMeasure, smallRows)
		}
	}
}

// However large a result is, folding and finding look at the rows that show
// when it is unfolded, and count the lines once.
func TestHugeResultsUnfoldAtLittleCost(t *testing.T) {
	cost := func(run *state.Run) (unfold, search uint64) {
		tr := newTranscript(run, 100, 30)
		press(tr, part.Top, part.NextItem, part.NextItem)
		unfold = allocated(func() {
			press(tr, part.Fold)
			tr.Rows()
		})
		search = allocated(func() {
			tr.SetQuery(find.NewQuery("line of"))
			tr.SetQuery(find.NewQuery(""))
		})
		return unfold, search
	}
	const line, word = "a line of a result\n", "a line of a result, "
	for name, sizes := range map[string]struct{ small, large string }{
		"lines":    {strings.Repeat(line, 400), strings.Repeat(line, 16<<20/len(line))},
		"one line": {strings.Repeat(word, 400*5), strings.Repeat(word, 16<<20/len(word))},
	} {
		smallUnfold, smallSearch := cost(toolRun(sizes.small))
		unfold, search := cost(toolRun(sizes.large))
		if unfold > 2*smallUnfold || search > 2*smallSearch {
			t.Errorf("%s: 16 MiB unfold with %d bytes and are searched with %d, 400 rows with %d and %d", name, unfold, search, smallUnfold, smallSearch)
		}
	}
}

// While a query is set, a delta costs what it did: only new rows are searched.
func TestFindingInWhatStreams(t *testing.T) {
	cost := func(n int) uint64 {
		tr := newTranscript(numbered(n), 100, 40)
		tr.SetQuery(find.NewQuery("paragraph"))
		i := n
		return allocated(func() {
			say(tr.run, i, i+1)
			i++
			tr.Sync()
			tr.Rows()
		})
	}
	small, large := cost(500), cost(4_000)
	if large > 2*small {
		t.Errorf("a delta allocates %d bytes after 500 paragraphs and %d after 4,000", small, large)
	}
}

// long is a transcript of n settled items whose last block is still being
// written.
func long(n int) *Transcript {
	var events []api.Data
	for i := range n / 2 {
		events = append(events, api.ToolStart{Name: "read_page"}, api.ToolResult{Content: "some result\nof two lines"},
			api.TextDelta{Delta: api.Text(fmt.Sprintf("Paragraph %d with **words**.\n\n", i))})
	}
	return newTranscript(parttest.Run("task", events...), 100, 40)
}

func TestSettledBlocksAreNotRenderedAgain(t *testing.T) {
	cost := func(n int) uint64 {
		tr := long(n)
		return allocated(func() {
			tr.run.Apply(parttest.Arrivals(tr.run, api.TextDelta{Delta: "more "}))
			tr.Sync()
			tr.Rows()
		})
	}
	small, large := cost(100), cost(3_000)
	if large > small+small/2 {
		t.Errorf("a delta allocates %d bytes after 100 items and %d after 3,000", small, large)
	}
}

func TestNothingChangedCostsNothing(t *testing.T) {
	tr := long(2_000)
	tr.Rows()
	if n := testing.AllocsPerRun(100, func() { tr.Rows() }); n != 0 {
		t.Errorf("rows that have not changed take %v allocations", n)
	}
}

// TestAShortBlockCostsLittle checks that what draws Markdown is shared: it is
// far larger than a block of a few words, and tool calls cut an answer into
// many of those.
func TestAShortBlockCostsLittle(t *testing.T) {
	const most = 32 << 10
	run := parttest.Run("task", api.Connected{})
	tr := newTranscript(run, 100, 30)
	if bytes := allocated(func() {
		run.Apply(parttest.Arrivals(run, api.TextDelta{Delta: "a few words"}, api.MessageComplete{}))
		tr.Sync()
	}); bytes > most {
		t.Errorf("a block of a few words takes %d bytes, more than %d", bytes, most)
	}
}

// However many rows an answer has, folding it and drawing it look at those
// that show.
func TestHugeAnswersCostNoMoreThanSmallOnes(t *testing.T) {
	cost := func(posts int) (measure, rows uint64) {
		tr := newTranscript(answered(table(posts), ""), 100, 30)
		measure = allocated(func() {
			tr.blocks[2].settled = false
			tr.layout(2)
		})
		rows = allocated(func() {
			tr.rows = nil
			tr.Rows()
		})
		return measure, rows
	}
	smallMeasure, smallRows := cost(100)
	measure, rows := cost(50_000)
	if measure > smallMeasure+smallMeasure/2 || rows > smallRows+smallRows/2 {
		t.Errorf("50,000 rows are measured with %d bytes and drawn with %d, 100 with %d and %d", measure, rows, smallMeasure, smallRows)
	}
}

// A long answer that is JSON is never laid out as Markdown, whether the run has
// ended when it is seen first, or not.
func TestLongAnswersThatAreJSONAreNotLaidOut(t *testing.T) {
	text := table(20_000)
	arrive := func(separate bool) uint64 {
		return allocated(func() {
			run := agent("")
			tr := newTranscript(run, 100, 30)
			run.Apply(parttest.Arrivals(run, api.TextDelta{Delta: api.Text(text)}))
			if separate {
				tr.Sync()
			}
			run.Apply(parttest.Arrivals(run, api.Done{}))
			tr.Sync()
		})
	}
	parse := allocated(func() { structure.Of(answered(text, "")) })
	for _, separate := range []bool{false, true} {
		if took := arrive(separate); took > 2*parse {
			t.Errorf("a batch for each: %v: the answer takes %d bytes, and its table %d", separate, took, parse)
		}
	}
}
