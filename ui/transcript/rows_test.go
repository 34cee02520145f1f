package transcript

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"notturno/api"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/find"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

func hints(*state.Run) []string {
	return []string{"alt+r run again", "ctrl+n new task", "ctrl+o open viewer"}
}

func newTranscript(run *state.Run, w, h int) *Transcript {
	t := New(run, themes.Notte(), hints)
	t.Resize(w, h)
	return t
}

// story is a usual run, until after its n-th event.
func story(n int) *state.Run {
	cost := 0.0837
	return parttest.Run("list the top 3 posts of 127.0.0.1:41207/news", []api.Data{
		api.Connected{ThreadID: "t0"},
		api.ThinkingDelta{Delta: "The page has one block that repeats 30 times: "},
		api.ThinkingDelta{Delta: "rank, title, points.\n\nI take the first three."},
		api.ToolStart{ID: "a", Name: "open_page", Input: `{"url":"http://127.0.0.1:41207/news"}`},
		api.SessionData{ViewerURL: "http://127.0.0.1:41207/view/9b1f?token=secret"},
		api.ToolResult{ID: "a", Content: "200 OK\n30 blocks"},
		api.ToolStart{ID: "b", Name: "extract", Input: `{"count":3}`},
		api.ToolResult{ID: "b", Content: "no such field", Failed: true},
		api.Notice{Text: "one event was too large and was left out"},
		api.TextDelta{Delta: "## Top 3 posts\n\n1. A tiny database in 900 lines · **211 points**\n2. 日本の "},
		api.TextDelta{Delta: "ニュース\n3. Third\n\n| rank | title |\n|--:|---|\n| 1 | A tiny database |\n"},
		api.FunctionUploaded{FunctionID: "f1", FunctionName: "news-top-posts"},
		api.Done{TotalCostUSD: &cost, FunctionID: "f1"},
	}[:n]...)
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 79, 140} {
		for name, events := range map[string]int{"thinking": 3, "ended": 13} {
			t.Run(fmt.Sprintf("%s-%d", name, w), func(t *testing.T) {
				t.Parallel()
				golden.RequireEqual(t, parttest.Text(newTranscript(story(events), w, 32).Rows()))
			})
		}
	}
}

// withMarks is what rows show, with brackets around matches: two around the
// current one.
func withMarks(rows []string) string {
	rows = slices.Clone(rows)
	for i, row := range rows {
		for sequence, open := range map[string]string{foundMark: "[", currentMark: "[["} {
			for before, rest, ok := strings.Cut(row, sequence); ok; before, rest, ok = strings.Cut(row, sequence) {
				match, after, _ := strings.Cut(rest, ansi.ResetStyle)
				row = before + open + match + strings.Repeat("]", len(open)) + after
			}
		}
		rows[i] = row
	}
	return parttest.Text(rows)
}

// What the person does with a run shows in the goldens: an item that is
// selected, folded and unfolded, and matches.
func TestGoldenStates(t *testing.T) {
	t.Parallel()
	states := map[string]func(tr *Transcript){
		"selected": func(tr *Transcript) { press(tr, part.Top, part.NextItem, part.NextItem) },
		"unfolded": func(tr *Transcript) {
			press(tr, part.Top, part.NextItem, part.NextItem, part.Fold, part.NextItem, part.NextItem, part.NextItem, part.Fold)
		},
		"found": func(tr *Transcript) { tr.SetQuery(find.NewQuery("line 1")) },
	}
	for _, w := range []int{40, 79, 140} {
		for name, do := range states {
			t.Run(fmt.Sprintf("%s-%d", name, w), func(t *testing.T) {
				t.Parallel()
				run := story(8)
				run.Apply(parttest.Arrivals(run, api.ToolStart{Name: "read_page"}, api.ToolResult{Content: api.Text(resultOf(14))},
					api.TextDelta{Delta: "It says **line 1** and so on."}))
				tr := newTranscript(run, w, 34)
				tr.Focus(true)
				do(tr)
				golden.RequireEqual(t, withMarks(tr.Rows()))
			})
		}
	}
}

func TestRowsAtEverySize(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 1))
			tr := New(parttest.RandomRun(r, 14, seed == 1), themes.Notte(), hints)
			for w, h := range parttest.Sizes() {
				if uint64(w+h)%3 == seed {
					parttest.Exact(t, tr, w, h)
				}
			}
			tr.Focus(true)
			tr.SetQuery(find.NewQuery("e"))
			press(tr, part.NextItem, part.Fold)
			for w, h := range parttest.Sizes() {
				if uint64(w+2*h)%6 == seed {
					parttest.Exact(t, tr, w, h)
				}
			}
			tr.SetTheme(themes.Giorno())
			for _, m := range []Mode{Full, Fold, Tail} {
				tr.SetMode(m)
				parttest.Exact(t, tr, 80, 24)
				tr.Update(part.Do{Action: part.Top})
				parttest.Exact(t, tr, 33, 300)
			}
		})
	}
}

func TestAllOfARunIsExact(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		r := rand.New(rand.NewPCG(seed, 2))
		tr := New(parttest.RandomRun(r, 60, true), themes.Notte(), hints)
		tr.SetMode(Full)
		for _, w := range []int{1, 2, 3, 7, 21, 40, 103, 140} {
			tr.Resize(w, 1)
			parttest.Exact(t, tr, w, tr.total+3)
		}
	}
}

func FuzzRows(f *testing.F) {
	f.Add(uint64(1), uint8(20), 80, 24, "text", uint8(0))
	f.Add(uint64(2), uint8(60), 1, 1, "1️⃣#️⃣", uint8(3))
	f.Fuzz(func(t *testing.T, seed uint64, n uint8, w, h int, text string, mode uint8) {
		r := rand.New(rand.NewPCG(seed, 3))
		w, h = min(max(w, 0), 300), min(max(h, 0), 100)
		clean := api.Clean(text)
		run := parttest.RandomRun(r, int(n), false)
		run.Apply(parttest.Arrivals(run, api.ThinkingDelta{Delta: clean}, api.ToolStart{Name: clean, Input: clean},
			api.ToolResult{Content: clean}, api.TextDelta{Delta: clean}))
		tr := newTranscript(run, w, h)
		tr.SetMode(Mode(mode % 3))
		parttest.Exact(t, tr, w, h)
		tr.Update(part.Do{Action: part.PageUp})
		parttest.CheckRows(t, tr.Rows(), w, h)
		tr.Focus(true)
		tr.SetQuery(find.NewQuery(string(clean[:min(len(clean), 1)])))
		press(tr, part.NextItem, part.Fold, part.NextMatch)
		parttest.CheckRows(t, tr.Rows(), w, h)
	})
}

// What a tool was called with is JSON from the network: what its escapes stand
// for must be as clean as everything else.
func TestToolInputIsCleanAfterItsEscapes(t *testing.T) {
	t.Parallel()
	run := parttest.Run("task", api.ToolStart{Name: "type", Input: `{"a\u001b[2Jb":"x\u001b]52;c;eA==\u0007\ny\u202ez\u009b31m","n":1}`})
	tr := newTranscript(run, 120, 10)
	parttest.CheckRows(t, tr.Rows(), 120, 10)
}
