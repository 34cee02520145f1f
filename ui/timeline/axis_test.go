package timeline

import (
	"math/rand/v2"
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

// bars are what stands on the axis of a run of 16 s, one second a cell.
func bars(run *state.Run) []string {
	run.Cancel(parttest.Start().Add(16 * time.Second))
	tl := newTimeline(run, 48, 7)
	var bars []string
	for _, row := range tl.Rows()[1:] {
		if row = ansi.Cut(row, 31, 48); strings.TrimSpace(ansi.Strip(row)) != "" {
			bars = append(bars, strings.TrimRight(ansi.Strip(row), " "))
		}
	}
	return bars
}

func TestBars(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		from, to float64
		want     string
	}{
		"at the start":         {0, 2, "██"},
		"whole":                {0, 16, "████████████████"},
		"after a gap":          {3, 5, "   ██"},
		"a part of a cell":     {1, 3.5, " ██▌"},
		"begins in a cell":     {1.5, 3, " ██"},
		"within a cell":        {2.25, 2.75, "  ▌"},
		"a sliver":             {4, 4.001, "    ▏"},
		"no time":              {4, 4, "    ▏"},
		"at the end":           {15.5, 16, "               ▌"},
		"no time, at the end":  {16, 16, "               ▏"},
		"an eighth over cells": {7, 8.125, "       █▏"},
	} {
		run := told(seconds(test.from), api.ToolStart{Name: "a"}, seconds(test.to-test.from), api.ToolResult{})
		if got := bars(run); len(got) != 1 || got[0] != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestMoments(t *testing.T) {
	t.Parallel()
	at := func(s float64) time.Time { return parttest.Start().Add(time.Duration(s * 1e9)) }
	got := bars(told(
		seconds(2), api.ToolResult{Content: "alone"}, seconds(3), api.SessionData{ViewerURL: "https://viewer.example/"},
		api.FunctionUploaded{FunctionID: "1", CreatedAt: at(9.9)}, api.FunctionUploaded{FunctionID: "2", CreatedAt: at(-3600)},
		api.FunctionUploaded{FunctionID: "3", CreatedAt: at(7200)}, api.FunctionUploaded{FunctionID: "4"}))
	want := "  ◆\n     ◆\n         ◆"
	if strings.Join(got, "\n") != want {
		t.Errorf("the axis holds %q, want %q", got, want)
	}
}

func TestAnUnfinishedCallLastsToTheEnd(t *testing.T) {
	t.Parallel()
	if got := bars(told(seconds(10), api.ToolStart{Name: "a"})); len(got) != 1 || got[0] != "          ██████" {
		t.Errorf("the axis holds %q", got)
	}
}

// The axis holds all of the run, grows in steps while it goes on, and fits it
// once it has ended.
func TestTheAxisRescales(t *testing.T) {
	t.Parallel()
	run := told(api.ToolStart{Name: "open"})
	tl := newTimeline(run, 60, 9)
	for _, test := range []struct {
		at   time.Duration
		want string
	}{
		{0, "1s"}, {time.Second, "1s"}, {1001 * time.Millisecond, "2s"}, {4 * time.Second, "5s"}, {8 * time.Second, "10s"},
		{46 * time.Second, "1m"}, {61 * time.Second, "1m30s"}, {46 * time.Minute, "60m"}, {61 * time.Minute, "120m"},
		{25*time.Hour + 61*time.Second, "1501m01s"}, {1<<63 - 1, "153722867m16s"},
	} {
		tl.Sync(parttest.Start().Add(test.at))
		if head := strings.TrimSpace(ansi.Strip(tl.Rows()[0])); !strings.HasSuffix(head, " "+test.want) || !strings.Contains(head, " 0s ") {
			t.Errorf("after %v the heading is %q, want the axis to end at %s", test.at, head, test.want)
		}
		parttest.CheckRows(t, tl.Rows(), 60, 9)
	}
	run.Cancel(parttest.Start().Add(7200 * time.Millisecond))
	tl.Sync(parttest.Start().Add(time.Hour))
	if head := ansi.Strip(tl.Rows()[0]); !strings.HasSuffix(head, " 7.2s ") {
		t.Errorf("after the end the heading is %q", head)
	}
}

func TestOpenCallsGrow(t *testing.T) {
	t.Parallel()
	tl := New(told(seconds(1), api.ToolStart{Name: "open"}), themes.Notte())
	tl.Resize(48, 5)
	before := ""
	for _, test := range []struct {
		at   float64
		want string
	}{{5.5, "██████"}, {6, "███████"}, {6.9, "████████"}} {
		tl.Sync(parttest.Start().Add(time.Duration(test.at * 1e9)))
		text := parttest.Text(tl.Rows())
		if bar := strings.Count(text, "█"); bar <= strings.Count(before, "█") {
			t.Errorf("after %vs the bar has not grown: %q, before %q", test.at, text, before)
		}
		before = text
	}
}

// A tick draws only what has moved: the rows are as if all had been drawn.
func TestATickLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		r := rand.New(rand.NewPCG(seed, 6))
		run := parttest.RandomRun(r, 60, seed == 9)
		tl := newTimeline(run, 48, 20)
		now := run.ProgressAt
		for range 60 {
			now = now.Add(time.Duration(r.IntN(3000)) * time.Millisecond)
			switch r.IntN(4) {
			case 0:
				run.Apply(parttest.Arrivals(run, parttest.Events(r, 2)...))
			case 1:
				tl.Update(part.Wheel{Rows: r.IntN(21) - 10})
			}
			tl.Sync(now)
			got := parttest.Text(tl.Rows())
			tl.SetTheme(themes.Notte())
			if want := parttest.Text(tl.Rows()); got != want {
				t.Fatalf("seed %d: after a tick\n%s\nwant\n%s", seed, got, want)
			}
		}
	}
}
