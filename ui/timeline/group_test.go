package timeline

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// some are n events of calls that are often alike, and end in any order.
func some(r *rand.Rand, n int) []api.Data {
	names, ids := []api.Text{"click", "click", "click", "type"}, []api.Text{"", "", "a", "b", "c"}
	events := make([]api.Data, n)
	for i := range events {
		switch id := ids[r.IntN(len(ids))]; r.IntN(20) {
		case 0, 1, 2, 3, 4, 5, 6, 7, 8:
			events[i] = api.ToolStart{ID: id, Name: names[r.IntN(len(names))]}
		case 9:
			events[i] = api.ToolResult{ID: id, Failed: true}
		case 10:
			events[i] = api.SessionData{ViewerURL: api.Text(fmt.Sprintf("https://viewer.example/%d", i))}
		default:
			events[i] = api.ToolResult{ID: id}
		}
	}
	return events
}

// shown are all rows but those that are empty.
func shown(tl *Timeline) []string {
	tl.Resize(29, 150)
	var rows []string
	for _, row := range tl.Rows()[1:] {
		if text := strings.TrimSpace(strings.TrimPrefix(ansi.Strip(row), "› ")); text != "" && !strings.HasPrefix(text, slowestMark) {
			rows = append(rows, text+" ")
		}
	}
	return rows
}

// grouped is the slow way: how the rows of a run begin, worked out from the
// start.
func grouped(run *state.Run) []string {
	var rows []string
	sessions, alike, last := 0, 0, api.Text("")
	for _, tool := range run.Tools {
		for ; sessions < len(run.Sessions) && !run.Sessions[sessions].At.After(tool.StartedAt); sessions++ {
			rows, alike = append(rows, "◇ session"), 0
		}
		glyph, _ := part.ToolMark(themes.Notte(), tool.State)
		name := string(tool.Name)
		switch {
		case name == "":
			rows, alike = append(rows, glyph+" (result only)"), 0
			continue
		case tool.State != state.ToolEnded:
			rows, alike = append(rows, glyph+" "+name), 0
			continue
		case alike > 0 && last == tool.Name:
			alike++
			rows[len(rows)-1] = fmt.Sprintf("%s ▸ %s ×%d", glyph, name, alike)
		default:
			rows, alike, last = append(rows, glyph+" "+name), 1, tool.Name
		}
	}
	for ; sessions < len(run.Sessions); sessions++ {
		rows = append(rows, "◇ session")
	}
	for i := range rows {
		rows[i] += " "
	}
	return rows
}

// However the events are split, the groups are those of the whole run.
func TestGroupsGrowIntoThoseOfTheWholeRun(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 4))
		run := parttest.Run("task")
		tl := newTimeline(run, 29, 150)
		for range 25 {
			run.Apply(parttest.Arrivals(run, some(r, 1+r.IntN(4))...))
			tl.Sync(parttest.Start().Add(time.Hour))
			got, want := shown(tl), grouped(run)
			if !slices.EqualFunc(got, want, strings.HasPrefix) {
				t.Fatalf("seed %d: the rows are\n%s\nwant\n%s", seed, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	}
}

// clicks is a run of n calls that are alike.
func clicks(n int) *state.Run {
	run := parttest.Run("task")
	for i := range n {
		run.Apply(parttest.Arrivals(run, api.ToolStart{Name: "click"}, api.ToolResult{Content: api.Text(fmt.Sprintf("result %d", i))}))
	}
	return run
}

func TestOpenAndCloseAGroup(t *testing.T) {
	t.Parallel()
	tl := newTimeline(clicks(7), 40, 20)
	do := func(a part.Action) part.Intent {
		intent, _ := tl.Update(part.Do{Action: a})
		return intent
	}
	text := func() string { return parttest.Text(tl.Rows()) }
	if got := text(); strings.Count(got, "click") != 2 || !strings.Contains(got, "✓ ▸ click ×7") { // once in the foot
		t.Errorf("closed: %q", got)
	}
	if intent := do(part.ReadThis); intent != (part.Read{Item: 1}) {
		t.Errorf("reading a group means %#v, want its first call", intent)
	}
	do(part.Fold)
	if got := text(); strings.Count(got, "✓ click") != 7 || !strings.Contains(got, "✓ ▾ click ×7") {
		t.Errorf("opened: %q", got)
	}
	for range 3 {
		do(part.Down)
	}
	if intent := do(part.CopyThis); intent != (part.Copy{What: "tool result", Text: "result 2"}) {
		t.Errorf("copying the third call means %#v", intent)
	}
	do(part.Fold)
	if got := text(); strings.Contains(got, "✓ click") || !strings.Contains(got, "▸ click ×7") {
		t.Errorf("closed by one of its calls: %q", got)
	}
	if intent := do(part.CopyThis); intent != (part.Copy{What: "tool result", Text: "result 0"}) {
		t.Errorf("then the group is not selected: copying means %#v", intent)
	}
}

// The slowest call is marked in the row that shows it.
func TestTheSlowestOfAGroup(t *testing.T) {
	t.Parallel()
	tl := newTimeline(told(
		api.ToolStart{Name: "click"}, seconds(1), api.ToolResult{}, api.ToolStart{Name: "click"}, seconds(3), api.ToolResult{},
		api.ToolStart{Name: "click"}, seconds(2), api.ToolResult{}, api.ToolStart{Name: "type"}, api.ToolResult{}), 40, 12)
	marked := func() string {
		var rows []string
		for _, row := range tl.Rows()[1:11] {
			if text := parttest.Text([]string{row}); strings.Contains(text, slowestMark) {
				rows = append(rows, strings.Join(strings.Fields(strings.TrimPrefix(text, "›")), " "))
			}
		}
		return strings.Join(rows, "\n")
	}
	if got := marked(); !strings.HasPrefix(got, "✓ ▸ click ×3 ") || strings.Contains(got, "\n") {
		t.Errorf("closed, it is marked in %q", got)
	}
	tl.Update(part.Do{Action: part.Top})
	tl.Update(part.Do{Action: part.Fold})
	if got := marked(); !strings.HasPrefix(got, "✓ click 3.0s◂") || strings.Contains(got, "\n") {
		t.Errorf("opened, it is marked in %q", got)
	}
}

// A group that was opened stays open, with its selected call, while it grows
// at either end.
func TestAnOpenedGroupGrows(t *testing.T) {
	t.Parallel()
	run := parttest.Run("task", api.ToolStart{ID: "a", Name: "click"})
	for range 2 {
		run.Apply(parttest.Arrivals(run, api.ToolStart{ID: "b", Name: "click"}, api.ToolResult{ID: "b", Content: "second"}))
	}
	tl := newTimeline(run, 40, 20)
	tl.Focus(true)
	tl.Update(part.Do{Action: part.Fold})
	tl.Update(part.Do{Action: part.Down})
	run.Apply(parttest.Arrivals(run, api.ToolResult{ID: "a"}, api.ToolStart{ID: "c", Name: "click"}, api.ToolResult{ID: "c"}))
	tl.Sync(parttest.Start().Add(time.Minute))
	if text := parttest.Text(tl.Rows()); !strings.Contains(text, "▾ click ×4") || strings.Count(text, "✓ click") != 4 {
		t.Errorf("it shows %q", text)
	}
	if intent, _ := tl.Update(part.Do{Action: part.CopyThis}); intent != (part.Copy{What: "tool result", Text: "second"}) {
		t.Errorf("the selected call is another one: copying means %#v", intent)
	}
}

// walk presses a key until nothing moves, and gives the selected rows.
func walk(tl *Timeline, a part.Action) []row {
	rows := []row{tl.selected}
	for {
		tl.Update(part.Do{Action: a})
		if tl.selected == rows[len(rows)-1] {
			return rows
		}
		rows = append(rows, tl.selected)
	}
}

// Every row is reached from both sides, and shows once selected.
func TestTheWayUpIsTheWayDown(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 5))
		run := parttest.Run("task", some(r, 80)...)
		tl := newTimeline(run, 40, 9)
		tl.Focus(true)
		for range 20 { // open some groups
			tl.Update(part.Do{Action: []part.Action{part.Up, part.PageUp, part.Down}[r.IntN(3)]})
			tl.Update(part.Do{Action: part.Fold})
			if n := strings.Count(parttest.Text(tl.Rows()), "›"); n != 1 {
				t.Fatalf("seed %d: %d rows are marked", seed, n)
			}
		}
		tl.Update(part.Do{Action: part.Top})
		down := walk(tl, part.Down)
		up := walk(tl, part.Up)
		slices.Reverse(up)
		if !slices.Equal(down, up) {
			t.Fatalf("seed %d: down %v, up %v", seed, down, up)
		}
		if end := down[len(down)-1]; end != tl.entries.bottom() {
			t.Fatalf("seed %d: down ends at %v", seed, end)
		}
	}
}
