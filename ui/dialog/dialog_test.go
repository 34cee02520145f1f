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

const warning = "Quitting stops watching. The service may finish, and bill, what goes on."

func question() *Question {
	return NewQuestion(themes.Notte(), "Quit with 2 runs going on?", []string{warning}, part.Quit{})
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 80} {
		t.Run(fmt.Sprintf("question-%d", w), func(t *testing.T) {
			t.Parallel()
			q := question()
			q.Resize(w, 12)
			golden.RequireEqual(t, parttest.Text(q.Rows()))
		})
	}
}

func TestRowsAtEverySize(t *testing.T) {
	t.Parallel()
	for w, h := range parttest.Sizes() {
		q, p := question(), NewHelp(themes.Notte(), w%2 == 0)
		parttest.Exact(t, q, w, h)
		parttest.Exact(t, p, w, h)
		q.SetTheme(themes.Giorno())
		p.SetTheme(themes.Giorno())
		parttest.Exact(t, q, w, h)
		for _, a := range []part.Action{part.PageDown, part.Down, part.PageUp, part.Up} {
			p.Update(part.Do{Action: a})
			parttest.Exact(t, p, w, h)
		}
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	for action := part.NoAction; action <= part.No; action++ {
		var want, wantHelp part.Intent
		switch action {
		case part.Yes:
			want, wantHelp = part.Quit{}, part.Close{}
		case part.No, part.Back, part.Interrupt:
			want, wantHelp = part.Close{}, part.Close{}
		case part.Help:
			wantHelp = part.Close{}
		default:
		}
		if got, cmd := question().Update(part.Do{Action: action}); got != want || cmd != nil {
			t.Errorf("action %d answers the question with %#v, want %#v", action, got, want)
		}
		if got, cmd := NewHelp(themes.Notte(), true).Update(part.Do{Action: action}); got != wantHelp || cmd != nil {
			t.Errorf("action %d answers the help with %#v, want %#v", action, got, wantHelp)
		}
	}
}

// A question is never cut so that it says something else, and its keys show.
func TestQuestionsCanBeRead(t *testing.T) {
	t.Parallel()
	for _, w := range []int{32, 40, 60, 80} {
		q := question()
		q.Resize(w, 12)
		text := strings.Join(strings.Fields(parttest.Text(q.Rows())), " ")
		for _, want := range []string{"Quit with 2 runs going on?", warning, "y yes n no"} {
			if !strings.Contains(text, want) {
				t.Errorf("at %d, %q is not in %q", w, want, text)
			}
		}
	}
	q := question()
	q.Resize(40, 2)
	if text := parttest.Text(q.Rows()); !strings.Contains(text, "Quit with 2") || !strings.Contains(text, "y yes") {
		t.Errorf("in two rows: %q", text)
	}
}

// help is all of the help at a width.
func help(enhanced bool, w int) string {
	p := NewHelp(themes.Notte(), enhanced)
	p.Resize(w, 300)
	return strings.TrimSpace(parttest.Text(p.Rows()))
}

func TestHelpHasEveryKey(t *testing.T) {
	t.Parallel()
	text := help(true, 120)
	for _, b := range part.Bindings() {
		if !strings.Contains(text, b.Help) {
			t.Errorf("%q is not in the help", b.Help)
		}
		for _, key := range b.Keys {
			if b.Action != part.GoRun && !strings.Contains(text, " "+key) {
				t.Errorf("%q is not in the help", key)
			}
		}
	}
	for _, context := range []string{"Everywhere", "Prompt", "Transcript, timeline, links", "Question"} {
		if !strings.Contains(text, context) {
			t.Errorf("%q is not in the help", context)
		}
	}
}

func TestHelpShowsWhatThisTerminalCanSend(t *testing.T) {
	t.Parallel()
	if text := help(false, 100); strings.Contains(text, "shift+enter") || !strings.Contains(text, "alt+enter") {
		t.Errorf("without enhancements: %q", text)
	}
	if text := help(true, 100); !strings.Contains(text, "shift+enter") {
		t.Errorf("with enhancements: %q", text)
	}
}

func TestHelpScrolls(t *testing.T) {
	t.Parallel()
	p := NewHelp(themes.Notte(), true)
	p.Resize(80, 10)
	first := parttest.Text(p.Rows())
	seen := first
	for range 10 {
		p.Update(part.Do{Action: part.PageDown})
		seen += "\n" + parttest.Text(p.Rows())
	}
	if all := help(true, 80); !strings.HasSuffix(strings.TrimSpace(seen), all[len(all)-200:]) {
		t.Errorf("paging down does not reach the end: it ends with %q", seen[len(seen)-200:])
	}
	for range 10 {
		p.Update(part.Do{Action: part.PageUp})
	}
	if parttest.Text(p.Rows()) != first {
		t.Error("paging up does not lead back")
	}
}
