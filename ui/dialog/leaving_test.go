package dialog

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

const leavingNote = "What is left running goes on at the service, and may be billed."

func leaving() *Leaving {
	return NewLeaving(themes.Notte(), "Quit with 1 agent and 2 sessions going on?", []string{
		"● agent 1c2d7e08 on session 9b1f6a52 · top 3 posts",
		"● session 0f5e3d21 kept open · league table",
		"● session 77aa10c4 kept open · read the whole of the page about the moon",
	}, leavingNote)
}

func TestLeavingGolden(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{32, 10}, {40, 15}, {80, 15}, {120, 30}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			l := leaving()
			l.Resize(size[0], size[1])
			golden.RequireEqual(t, parttest.Text(l.Rows()))
		})
	}
}

func TestLeavingRowsAtEverySize(t *testing.T) {
	t.Parallel()
	for _, lines := range [][]string{nil, parttest.Hostile()} {
		l := NewLeaving(themes.Notte(), strings.Join(lines, " "), lines, lines[:len(lines)/4]...)
		for w, h := range parttest.Sizes() {
			parttest.Exact(t, l, w, h)
		}
		l.SetTheme(themes.Giorno())
		parttest.Exact(t, l, 40, 12)
	}
}

func FuzzLeavingRows(f *testing.F) {
	f.Add(40, 12, "Quit?", "● agent 1c2d7e08", leavingNote)
	f.Fuzz(func(t *testing.T, w, h int, title, line, note string) {
		l := NewLeaving(themes.Notte(), title, []string{line, line, note}, note)
		parttest.Exact(t, l, min(max(w, 0), 300), min(max(h, 0), 100))
	})
}

// Every key.
func TestLeavingAnswers(t *testing.T) {
	t.Parallel()
	want := map[part.Action]part.Intent{
		part.StopAll: part.StopAndQuit{}, part.LeaveAll: part.Quit{},
		part.Stay: part.Close{}, part.Back: part.Close{}, part.Interrupt: part.Close{},
	}
	for _, b := range part.Bindings() {
		if got, cmd := leaving().Update(part.Do{Action: b.Action}); got != want[b.Action] || cmd != nil {
			t.Errorf("the key to %q answers with %#v, want %#v", b.Help, got, want[b.Action])
		}
	}
	if intent, cmd := leaving().Update(part.Click{}); intent != nil || cmd != nil {
		t.Errorf("a click answers with %#v", intent)
	}
}

func TestLeavingContexts(t *testing.T) {
	t.Parallel()
	var d part.Dialog = leaving()
	if got, want := d.Contexts(), []part.Context{part.InLeaving, part.Global}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// leavingText is what a dialog shows at a size, without its margins.
func leavingText(l *Leaving, w, h int) string {
	l.Resize(w, h)
	return strings.Join(strings.Fields(parttest.Text(l.Rows())), " ")
}

// The question and its keys are whole at every usual size, and what does not
// fit of the list is counted.
func TestLeavingCanBeRead(t *testing.T) {
	t.Parallel()
	var lines []string
	for i := range 9 {
		lines = append(lines, fmt.Sprintf("● session %d", i))
	}
	const title, keys = "Quit with 9 sessions going on?", "s stop all and quit · l leave running and quit · n stay"
	for _, test := range []struct {
		w, h, listed int
		note         bool
	}{{120, 30, 9, true}, {80, 16, 9, true}, {80, 14, 8, true}, {80, 9, 3, true}, {80, 8, 4, false}, {80, 5, 1, false}, {80, 4, 2, false}, {80, 3, 1, false}, {80, 2, 0, false}} {
		text := leavingText(NewLeaving(themes.Notte(), title, lines, leavingNote), test.w, test.h)
		shown := strings.Count(text, "● session")
		more := 9 - shown
		if wantsMore := more > 0 && test.listed > 0; strings.Contains(text, fmt.Sprintf("… %d more", more)) != wantsMore || shown+min(more, 1) < test.listed || shown > test.listed {
			t.Errorf("in %d rows %d of 9 show and %d rows are for them: %q", test.h, shown, test.listed, text)
		}
		if !strings.HasPrefix(text, title) || !strings.HasSuffix(text, keys) || strings.Contains(text, leavingNote) != test.note {
			t.Errorf("in %d rows: %q", test.h, text)
		}
	}
	for _, w := range []int{32, 40, 60} {
		text := leavingText(leaving(), w, 14)
		for _, want := range []string{"Quit with 1 agent and 2 sessions going on?", "s stop all and quit", "l leave running and quit", "n stay", "agent 1c2d7e08", leavingNote} {
			if !strings.Contains(text, want) {
				t.Errorf("at %d, %q is not in %q", w, want, text)
			}
		}
	}
}
