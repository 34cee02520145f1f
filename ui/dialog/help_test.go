package dialog

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

func newHelp(enhanced bool, context part.Context) *Help {
	return NewHelp(themes.Notte(), enhanced, context)
}

// help is all of the help at a width.
func help(enhanced bool, context part.Context, w int) string {
	p := newHelp(enhanced, context)
	p.Resize(w, 400)
	return strings.TrimSpace(parttest.Text(p.Rows()))
}

func TestHelpGolden(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 80, 130} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			t.Parallel()
			p := newHelp(false, part.InPane)
			p.Resize(w, 40)
			golden.RequireEqual(t, parttest.Text(p.Rows()))
		})
	}
}

func TestHelpAtEverySize(t *testing.T) {
	t.Parallel()
	for w, h := range parttest.Sizes() {
		p := newHelp(w%2 == 0, part.InPane)
		parttest.Exact(t, p, w, h)
		p.SetTheme(themes.Giorno())
		for _, a := range []part.Action{part.PageDown, part.Down, part.PageUp, part.Up, part.End} {
			p.Update(part.Do{Action: a})
			parttest.Exact(t, p, w, h)
		}
	}
}

func TestHelpAnswers(t *testing.T) {
	t.Parallel()
	for action := part.NoAction; action <= part.No; action++ {
		var want part.Intent
		switch action {
		case part.Back, part.Interrupt, part.Help:
			want = part.Close{}
		case part.Palette:
			want = part.Perform{Action: part.Palette}
		default:
		}
		if got, cmd := newHelp(true, part.Global).Update(part.Do{Action: action}); got != want || cmd != nil {
			t.Errorf("action %d answers the help with %#v, want %#v", action, got, want)
		}
	}
}

func TestHelpHasEveryKey(t *testing.T) {
	t.Parallel()
	for _, w := range []int{99, 250} { // one column, and two that are wide enough for every text
		text := help(true, part.Global, w)
		for _, b := range part.Bindings() {
			if w == 250 && !strings.Contains(text, b.Help) {
				t.Errorf("at %d, %q is not in the help", w, b.Help)
			}
			for _, key := range b.Keys {
				if b.Action != part.GoRun && !strings.Contains(text, " "+key) {
					t.Errorf("at %d, %q is not in the help", w, key)
				}
			}
		}
		if !strings.Contains(text, "alt+1 … alt+9") || !strings.Contains(text, "ctrl+p finds a command") {
			t.Errorf("at %d, the runs' keys or the way to the commands are missing", w)
		}
	}
}

// Every word of the help can be read where rows are short.
func TestHelpIsNeverCut(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 60, 99} {
		text := " " + strings.Join(strings.Fields(help(true, part.Global, w)), " ") + " "
		for _, b := range part.Bindings() {
			for _, word := range strings.Fields(b.Help) {
				if !strings.Contains(text, " "+word+" ") {
					t.Errorf("at %d, %q of %q is cut", w, word, b.Help)
				}
			}
		}
	}
}

func TestHelpBeginsWithTheContext(t *testing.T) {
	t.Parallel()
	headings := []part.Context{part.Global, part.InPrompt, part.InPane, part.InFind, part.InReader, part.InList, part.InBoard, part.InQuestion}
	for _, context := range headings {
		text := help(true, context, 80)
		first := "\n " + upper(string(context)) + "\n"
		at := strings.Index(text, first)
		if at < 0 {
			t.Fatalf("%q is not in the help", context)
		}
		for _, other := range headings {
			i := strings.Index(text, "\n "+upper(string(other))+"\n")
			if i < at {
				t.Errorf("%q comes before %q, or is missing", other, context)
			}
		}
	}
}

func TestHelpShowsWhatThisTerminalCanSend(t *testing.T) {
	t.Parallel()
	if text := help(false, part.Global, 90); strings.Contains(text, "shift+enter") || !strings.Contains(text, "alt+enter") {
		t.Errorf("without enhancements: %q", text)
	}
	if text := help(true, part.Global, 90); !strings.Contains(text, "shift+enter") {
		t.Errorf("with enhancements: %q", text)
	}
}

func TestHelpScrolls(t *testing.T) {
	t.Parallel()
	p := newHelp(true, part.Global)
	p.Resize(80, 10)
	body := func() string { return parttest.Text(p.Rows()[1:]) }
	first := body()
	seen := first
	for strings.Contains(parttest.Text(p.Rows()), "more") {
		p.Update(part.Do{Action: part.PageDown})
		seen += "\n" + body()
		if len(seen) > 1<<20 {
			t.Fatal("paging down does not reach the end")
		}
	}
	end := body()
	for line := range strings.SplitSeq(help(true, part.Global, 80), "\n") {
		if !strings.Contains(seen, strings.TrimSpace(line)) && !strings.HasPrefix(line, "Keys") {
			t.Errorf("paging down skips %q", line)
		}
	}
	p.Update(part.Wheel{Rows: -3})
	if body() == end {
		t.Error("the wheel does not scroll")
	}
	p.Update(part.Do{Action: part.Top})
	if body() != first {
		t.Error("the top is not where the help began")
	}
	p.Update(part.Do{Action: part.End})
	if body() != end {
		t.Error("the end is not where paging down led")
	}
}
